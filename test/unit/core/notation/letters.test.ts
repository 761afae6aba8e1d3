import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TOKEN } from '../../../../src/core/notation/ids';
import {
  firstWordFrom,
  isCapitalAt,
  isLetterAt,
  isWordAt,
  plainWordAt,
  tokenAt,
} from '../../../../src/core/notation/letters';

/** Characters that ids, words and what is around them are made of, in several scripts. */
const texts = fc.string({
  unit: fc.constantFrom(..."aZ09_.-'’ :#(étßЖ字한𝐀🚧²"),
  maxLength: 12,
});

describe('letters and tokens are what the expressions say', () => {
  test.each([
    ['a letter', isLetterAt, /\p{L}/uy],
    ['a capital', isCapitalAt, /\p{Lu}/uy],
    ['a letter or digit', isWordAt, /[\p{L}\p{N}]/uy],
  ])('%s', (_, is, shape) => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const at of starts(text)) expect(is(text, at)).toBe(matchAt(shape, text, at) !== '');
        expect(is(text, text.length)).toBe(false);
      }),
    );
  });

  test('a token', () => {
    const shape = new RegExp(TOKEN, 'uy');
    fc.assert(
      fc.property(texts, (text) => {
        for (const at of starts(text)) expect(tokenAt(text, at)).toBe(matchAt(shape, text, at));
      }),
    );
  });

  test('the first of all letters and digits', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(text.slice(firstWordFrom(text, 0))).toBe(text.replace(/^[^\p{L}\p{N}]+/u, ''));
      }),
    );
  });

  test('a word of ASCII, in lower case', () => {
    expect(plainWordAt('the Phase, and', 4)).toBe('phase');
    expect(plainWordAt('the Phase', 3)).toBe('');
  });
});

/** Where a character begins. */
function starts(text: string): readonly number[] {
  let at = 0;
  return [...text].map((character) => {
    const start = at;
    at += character.length;
    return start;
  });
}

function matchAt(shape: RegExp, text: string, at: number): string {
  shape.lastIndex = at;
  return shape.exec(text)?.[0] ?? '';
}
