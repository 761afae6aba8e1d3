import { expect, test } from 'vitest';
import { literal, prose } from '../../src/markdownText';

test('plan text stays plan text in a Markdown string', () => {
  expect(literal('a *b* [c](command:d) <e> `f` # g | h')).toBe(
    'a \\*b\\* \\[c\\]\\(command\\:d\\) \\<e\\> \\`f\\` \\# g \\| h',
  );
});

test('the syntax of icons keeps a backslash that Markdown does not take', () => {
  expect(literal('$(gear) $(sync~spin) $(not an icon)')).toBe(
    '\\\\\\$\\(gear\\) \\\\\\$\\(sync\\~spin\\) \\$\\(not an icon\\)',
  );
});

test('line breaks are folded, and long text is cut between characters', () => {
  expect(literal('one\n\n  two\tthree ')).toBe('one two three');
  const cut = literal(`${'x'.repeat(499)}😀😀`);
  expect(cut).toBe(`${'x'.repeat(499)}…`);
  expect(literal('y'.repeat(600))).toBe(`${'y'.repeat(500)}…`);
});

test('code stays code, and what is beside it stays text', () => {
  expect(prose('run `npm test` *now*, `$(gear)` ``')).toBe('run `npm test` \\*now\\*\\, `$\u200b(gear)` \\`\\`');
  expect(prose('a ` alone')).toBe('a \\` alone');
});
