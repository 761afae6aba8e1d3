import { expect, test } from 'vitest';
import { mermaidText, shorten, visible } from '../../../../src/core/flowchart/text';

test('plain words stay readable in the source', () => {
  expect(mermaidText('Reconstruct facts (80 percent), part 2/3')).toBe('Reconstruct facts (80 percent), part 2/3');
});

test('what mermaid could read as more than text becomes references', () => {
  expect(mermaidText('"a" <b> #1')).toBe('#34;a#34; #60;b#62; #35;1');
  expect(mermaidText('1. first')).toBe('1#46; first');
  expect(mermaidText('- item')).toBe('#45; item');
  expect(mermaidText('style and direction')).not.toMatch(/style|direction/);
});

test('characters that mean something together are kept apart', () => {
  expect(mermaidText('$$')).toBe('#36;<i></i>#36;');
  expect(mermaidText('\\n')).toBe('#92;<i></i>n');
});

test('text is put on one line, without what a document cannot carry', () => {
  expect(visible(' a\tb\r\n c ')).toBe('a b c');
  expect(visible('a\0b\ud800c')).toBe('a\ufffdb\ufffdc');
  expect(visible('👩‍👩‍👧‍👦')).toBe('👩‍👩‍👧‍👦');
});

test('texts are cut between characters as people count them', () => {
  expect(shorten('abcdef', 6)).toBe('abcdef');
  expect(shorten('abcdefg', 6)).toBe('abcde…');
  expect(shorten('👩‍👩‍👧‍👦'.repeat(10), 3)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…');
  expect(shorten('👩‍👩‍👧‍👦'.repeat(3), 3)).toBe('👩‍👩‍👧‍👦'.repeat(3));
  expect(shorten('word '.repeat(100), 10)).toBe('word word…');
});

test('a pile of marks on one letter is cut', () => {
  const pile = `a${'\u0301'.repeat(100_000)}`;
  expect(shorten(pile, 20).length).toBeLessThan(1000);
});
