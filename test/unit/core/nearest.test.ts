import { expect, test } from 'vitest';
import { nearest } from '../../../src/core/nearest';

test.each([
  ['ft-0001.8b', ['ft-0001.7', 'ft-0001.8a', 'bd-1'], 'ft-0001.8a'],
  ['ojective', ['constraints', 'objective'], 'objective'],
  ['hsow', ['show', 'check'], 'show'],
  ['j', ['K', 'J'], 'J'],
  ['J1', ['K', 'J'], 'J'],
  ['verifiction', ['verification'], 'verification'],
])('%s among %j is %s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test('nothing close is nothing', () => {
  expect(nearest('deploy', ['show', 'check', 'prompt'])).toBeUndefined();
  expect(nearest('M', ['A', 'B'])).toBeUndefined();
  expect(nearest('anything', [])).toBeUndefined();
});

test('words too long to be a slip are passed over', () => {
  expect(nearest('a'.repeat(200_000), ['a'.repeat(200_001)])).toBeUndefined();
});
