import { expect, test } from 'vitest';
import { remembered } from '../../../../src/core/notation/remembered';

test('what a function gave is known the next time, nothing at all too', () => {
  const asked: string[] = [];
  const read = remembered((text) => {
    asked.push(text);
    return text === 'none' ? undefined : text.length;
  });
  expect([read('P1'), read('none'), read('P1'), read('none')]).toEqual([2, undefined, 2, undefined]);
  expect(asked).toEqual(['P1', 'none']);
});

test('long texts are not kept', () => {
  let count = 0;
  const read = remembered((text) => {
    count++;
    return text.length;
  });
  const long = 'a sentence that stands once';
  expect([read(long), read(long)]).toEqual([long.length, long.length]);
  expect(count).toBe(2);
});

test('however many texts there are, each gives its own', () => {
  const read = remembered(Number);
  for (let number = 0; number < 2000; number++) expect(read(String(number))).toBe(number);
  expect(read('7')).toBe(7);
});
