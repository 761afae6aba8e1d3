import { expect, test } from 'vitest';
import { freestCorner } from '../../../webview-ui/corners';

const room = { width: 800, height: 600 };
const map = { width: 180, height: 120 };
const at = (x: number, y: number) => ({ x, y, width: 200, height: 60 });

test('something stands at the lower right where nothing is in its way', () => {
  expect(freestCorner([], map, room)).toBe('bottom right');
  expect(freestCorner([at(300, 300), at(0, 0)], map, room)).toBe('bottom right');
});

test('it goes where it covers nothing, and else where it covers least', () => {
  expect(freestCorner([at(600, 500)], map, room)).toBe('bottom left');
  expect(freestCorner([at(600, 500), at(0, 500)], map, room)).toBe('top left');
  expect(freestCorner([at(600, 500), at(0, 500), at(0, 0)], map, room)).toBe('top right');
  expect(freestCorner([at(600, 500), at(0, 500), at(0, 0), at(790, 100)], map, room)).toBe('top right');
});
