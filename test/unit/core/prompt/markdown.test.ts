import { GFM, parser } from '@lezer/markdown';
import { describe, expect, test } from 'vitest';
import {
  bullets,
  checkList,
  fenced,
  field,
  numbered,
  prose,
  sentenceList,
  table,
} from '../../../../src/core/prompt/markdown';

const markdown = parser.configure(GFM);

/** Names of the blocks at the top level, as a Markdown reader sees them. */
function topBlocks(text: string): string[] {
  const names: string[] = [];
  for (let node = markdown.parse(text).topNode.firstChild; node !== null; node = node.nextSibling)
    names.push(node.name);
  return names;
}

test('a plain line is a paragraph, several texts are a list', () => {
  expect(prose(['Ship it.'])).toBe('Ship it.');
  expect(prose(['a', 'b'])).toBe('- a\n- b');
  expect(prose(['a long line\n  that was broken'])).toBe('a long line\nthat was broken');
  expect(prose(['a\n\nb'])).toBe('- a\n\n  b');
  expect(prose([])).toBe('');
  expect(prose([' ', ''])).toBe('');
});

test('continuation lines follow their list item, without the indentation of the plan file', () => {
  expect(bullets(['first\n      second\n        deeper'])).toBe('- first\n  second\n    deeper');
  expect(numbered(['a', 'b\nc'])).toBe('1. a\n2. b\n   c');
});

test('a check list shows what is done', () => {
  expect(
    checkList([
      { text: 'a', done: true },
      { text: 'b', done: false },
    ]),
  ).toBe('- [x] a\n- [ ] b');
});

test('one text stands beside its name, several below it', () => {
  expect(field('What', ['x'])).toBe('- **What:** x');
  expect(field('What', ['x\ny'])).toBe('- **What:** x\n  y');
  expect(field('What', ['x', 'y'])).toBe('- **What:**\n  - x\n  - y');
  expect(field('What', [])).toBe('');
});

describe('plan text cannot break out of where it is put', () => {
  test.each([
    '```\nrm -rf',
    '~~~~',
    '<!-- never closed',
    '<script>',
    '# A heading',
    '> quote',
    '1. one',
    '=== x',
    'title\n---',
    'text\n```\ncode',
    '| a | b |',
  ])('%j', (text) => {
    const blocks = topBlocks(`${prose([text])}\n\n## After\n\nend`);
    expect(blocks.slice(-2)).toEqual(['ATXHeading2', 'Paragraph']);
    expect(blocks).toHaveLength(3);
    expect(blocks[0]).toMatch(/Paragraph|BulletList/);
  });

  test('a fence is longer than the fences inside it', () => {
    const text = fenced('echo "```"\n`````\nend', 'sh');
    expect(text.split('\n')[0]).toBe('``````sh');
    expect(topBlocks(`${text}\n\n## After`)).toEqual(['FencedCode', 'ATXHeading2']);
  });

  test('cells keep their bars and stay on one line', () => {
    expect(
      table(
        ['A', 'B'],
        [
          ['x | y', 'a\nb'],
          ['p \\| q', ''],
        ],
      ),
    ).toBe('| A | B |\n| --- | --- |\n| x \\| y | a b |\n| p \\| q |  |');
  });
});

test('words are listed as in a sentence', () => {
  expect(sentenceList([])).toBe('');
  expect(sentenceList(['a'])).toBe('a');
  expect(sentenceList(['a', 'b'])).toBe('a and b');
  expect(sentenceList(['a', 'b', 'c'])).toBe('a, b and c');
});
