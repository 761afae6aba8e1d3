/** Pixels throughout. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x` and `y` are the middle. */
export interface Box extends Point, Size {}

/** Between the boxes of two neighbours in a row. */
export const BETWEEN_NEIGHBOURS = 24;
export const BETWEEN_RANKS = 40;

export function turned({ x, y }: Point): Point {
  return { x: y, y: x };
}

export function turnedSize({ width, height }: Size): Size {
  return { width: height, height: width };
}

export function turnedBox(box: Box): Box {
  return { ...turned(box), ...turnedSize(box) };
}
