/** Where the picture lies: `x` and `y` of its corner in pixels of the canvas, and its size. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}
