import { expect, test } from 'vitest';
import { sparkline } from '../../../src/core/sparkline';

test('a bar for each value, the largest the highest', () => {
  expect(sparkline([7, 3, 1, 0])).toBe('█▄▂▁');
});

test('what is not zero is seen', () => {
  expect(sparkline([100, 1, 0])).toBe('█▂▁');
});

test('nothing but zero is low, and nothing is nothing', () => {
  expect(sparkline([0, 0])).toBe('▁▁');
  expect(sparkline([])).toBe('');
});
