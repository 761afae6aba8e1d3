import type { Size } from './layout/geometry';

/** Where the picture lies: `x` and `y` of its corner in pixels of the canvas, and its size. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** `x` and `y` are the upper left corner. */
export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}
