import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksOf, parsedBlocksOf } from '../../../../../src/core/notation/markdown/blockReader';
import { singleLineOf } from '../../../../../src/core/notation/markdown/singleLine';

describe('a chunk of one line', () => {
  test.each([
    '- a b',
    '- a b  \n\n\n',
    '*   a\n \t \n',
    '12. x y\n',
    '1) [x] **B1** — done\n',
    '- [ ] T001 [P] draw\n',
    '- **Done when:** `x` > 3\n',
    '## T t ##  \n\n',
    '# [x] a\n',
    '## B1 — a\n\nDone when: b\n\n**Status:** open\n',
    '## a\nb\n \t\nc  \n',
    '- 3.1 parts\n',
  ])('is read as the parser reads it, without it: %j', (text) => {
    expect(singleLineOf(text)).toBeDefined();
    expect(blocksOf(text)).toEqual(parsedBlocksOf(text));
  });

  test.each([
    '- a\n  b\n',
    '- a\nb\n',
    '- - a\n',
    '- 1. a\n',
    '- # a\n',
    '- > a\n',
    '- ```\n',
    '- ***\n',
    '- [a]: b\n',
    '-     a\n',
    '-\n',
    '- \n',
    '#a\n',
    '# a\nb\nc\n',
    '# a\nb\n---\n',
    '# a\n\n  b\n',
    '# a\n\n> b\n',
    '# a\n\n1. b\n',
    'a\n',
    '* * *\n',
    '',
  ])('is left to the parser: %j', (text) => {
    expect(singleLineOf(text)).toBeUndefined();
  });

  test('whatever the line', () => {
    const marks = ['- ', '* ', '+ ', '1. ', '23) ', '# ', '### ', '-\t', '-  ', '1.', '#', '-     '];
    const pieces = [
      ...['a', 'B1', ' ', '  ', '\t', '**', '*', '_', '__', '`', '``', '```', '~~', '~~~', '[', ']', '[x]', '(', '):'],
      ...[
        '- ',
        '+ ',
        '# ',
        '#',
        '> ',
        '<',
        '<p>',
        '<!--',
        '-->',
        '|',
        ':',
        '1.',
        '2) ',
        '=',
        '==',
        '---',
        '\\',
        '&amp;',
      ],
      ...['!', '\n', '\n\n', '\u00a0', 'é', '😀', '0', '\u2028', '[a]: b', '***', '- [ ] '],
    ];
    const below = fc
      .array(
        fc.constantFrom(
          'a',
          'Done when: b',
          '**a:** b',
          '**',
          '\n',
          '\n',
          '\n\n',
          ' ',
          '[a]: b',
          '1. ',
          '`',
          '<p>',
          '|',
          '-',
          'é',
          '=',
          '~~~',
        ),
        {
          maxLength: 9,
        },
      )
      .map((all) => `## B1\n${all.join('')}`);
    const line = fc
      .tuple(fc.constantFrom(...marks), fc.array(fc.constantFrom(...pieces), { maxLength: 8 }))
      .map(([mark, rest]) => mark + rest.join(''));
    let quick = 0;
    fc.assert(
      fc.property(fc.oneof(line, below), (text) => {
        if (singleLineOf(text) === undefined) return;
        quick++;
        expect(blocksOf(text)).toEqual(parsedBlocksOf(text));
      }),
      { numRuns: 20_000 },
    );
    expect(quick).toBeGreaterThan(1000);
  });
});
