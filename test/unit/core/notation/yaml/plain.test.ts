import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { plainYaml } from '../../../../../src/core/notation/yaml/plain';
import { generateYaml } from '../../../../support/generatePlan';

/** What the readers see of a node: kinds, texts and places. */
function seen(node: unknown, text: string): unknown {
  const place = (range: readonly number[] | null | undefined) => {
    const [start = 0, end = 0] = range ?? [];
    return [start, start + text.slice(start, end).trimEnd().length];
  };
  if (isMap(node))
    return { map: node.items.map(({ key, value }) => [seen(key, text), seen(value, text)]), at: place(node.range) };
  if (isSeq(node))
    return { list: node.items.map((item) => seen(item, text)), at: place(node.range), flow: node.flow === true };
  if (!isScalar(node)) return String(node);
  const { value, source, type, range } = node;
  return {
    text: typeof value === 'string' ? value : source,
    isBoolean: typeof value === 'boolean',
    type,
    at: place(range),
  };
}

function sameAsParser(text: string): boolean {
  const node = plainYaml(text);
  if (node === undefined) return false;
  const parsed = parseDocument(text, { uniqueKeys: false });
  expect(
    parsed.errors.map(({ message }) => message),
    text,
  ).toEqual([]);
  expect(seen(node, text), text).toEqual(seen(parsed.contents, text));
  return true;
}

describe('what is read without the parser is what the parser reads', () => {
  test.each([
    'plan: shop\nmode: executing\n',
    '- id: b-1\n  title: Do it (now), for 3 < 4\n  needs: [a, b-2]\n  done: true\n  steps:\n    - One\n    - "Two: the second"\n    - \'# three\'\n',
    '      - id: b-1\n        title: Über den Wolken\n        estimate: 1.50\n\n',
    'a:\n- x\n- y\nb:\n  c:\n    d: e\n',
    'a: b\r\nc:\r\n  - d\r\n  - e: f\r\n    g: h\r\n',
    'empty: []\nwith space: "x y"  \nlast: 2026-05-02',
  ])('%j', (text) => {
    expect(sameAsParser(text)).toBe(true);
  });

  test.each([
    '',
    'words',
    'a:',
    'a: b\n  c',
    'a: |\n  b\n',
    'a: &x b\n',
    'a: b # c\n',
    'a: b  \n',
    '# c\na: b\n',
    'a: {b: c}\n',
    'a: null\n',
    'a: "b\n  c"\n',
    'a: "\\n"\n',
    "a: 'it''s'\n",
    'a: b: c\n',
    'a:b\n',
    '- - a\n',
    '-  a\n',
    'a:\n\t- b\n',
    'a: b\n c: d\n',
    '--- \na: b\n',
    '- a\n b\n',
    'a: [b, [c]]\n',
    'a: - b\n',
    'true: b\n',
  ])('left to the parser: %j', (text) => {
    expect(plainYaml(text)).toBeUndefined();
  });

  test('whatever the text', () => {
    const pieces = [
      ...[
        'a',
        'b c',
        'key',
        'title',
        ':',
        ': ',
        ' ',
        '  ',
        '    ',
        '\n',
        '\n',
        '\n',
        '- ',
        '-',
        '\n  ',
        '\n    ',
        '\n- ',
        '\n  - ',
      ],
      ...[
        '[a, b]',
        '[]',
        '[',
        ']',
        ',',
        '"x: y"',
        '"',
        "'z'",
        "'",
        '#',
        ' #',
        '1',
        '1.0',
        'true',
        'null',
        '~',
        '.',
        '...',
        '---',
      ],
      ...[
        '\t',
        '\r\n',
        '|',
        '>',
        '&',
        '*',
        '!',
        '%',
        '@',
        '`',
        '{',
        '}',
        '?',
        '? ',
        '\\',
        'é',
        '😀',
        '\u2028',
        '\u0085',
        '<<',
        '=',
        '<',
      ],
    ];
    const noise = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((all) => all.join(''));
    const standing = 'a: b c\nkey:\n  - [a, b]\n';
    const nearly = fc
      .tuple(fc.nat(20), fc.constantFrom(...pieces))
      .map(([at, piece]) => standing.slice(0, at) + piece + standing.slice(at));
    const text = fc.oneof(noise, nearly);
    let read = 0;
    fc.assert(
      fc.property(text, (each) => {
        if (sameAsParser(each)) read++;
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  test('whatever the mapping', () => {
    const word = fc.constantFrom(
      'a',
      'b c',
      'P0',
      '1d',
      '"x: y"',
      "'z # 1'",
      '[a, b-1]',
      '[]',
      'x',
      'true',
      '3.0',
      '(a)',
      'é',
    );
    const key = fc.constantFrom('id', 'title', 'done when', 'a.b', 'x/y', 'k-1');
    const blank = fc.constantFrom('', '', '', '\n', '   \n');
    const { block } = fc.letrec<{ block: (indent: string) => string }>((tie) => ({
      block: fc.oneof(
        { depthSize: 'small' },
        fc.tuple(key, word, blank).map(
          ([k, v, gap]) =>
            (indent: string) =>
              `${indent}${k}: ${v}\n${gap}`,
        ),
        fc
          .array(fc.tuple(word, blank), { minLength: 1, maxLength: 3 })
          .map((all) => (indent: string) => all.map(([w, gap]) => `${indent}- ${w}\n${gap}`).join('')),
        fc.tuple(key, tie('block')).map(
          ([k, inner]) =>
            (indent: string) =>
              `${indent}${k}:\n${inner(`${indent}  `)}`,
        ),
        fc.tuple(tie('block'), tie('block')).map(
          ([one, two]) =>
            (indent: string) =>
              one(indent) + two(indent),
        ),
        tie('block').map((inner) => (indent: string) => `${indent}- ${inner(`${indent}  `).trimStart()}`),
      ),
    }));
    let read = 0;
    fc.assert(
      fc.property(block, (make) => {
        if (sameAsParser(make(''))) read++;
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(500);
  });

  test('most of a plan', () => {
    const text = generateYaml({ beads: 12, phases: 2 });
    const beads = text.split(/(?=^ {6}- id: b)/m).slice(1, -2);
    for (const bead of beads) if (!bead.includes('gates:')) expect(sameAsParser(bead), bead).toBe(true);
  });
});
