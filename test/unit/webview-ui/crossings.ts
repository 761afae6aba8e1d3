import type { Point } from '../../../webview-ui/layout/geometry';

/** An edge as the line that it is drawn along. */
export interface Line {
  readonly from: unknown;
  readonly to: unknown;
  readonly points: readonly Point[];
}

/** How often lines cross that have no end in common. */
export function crossings(lines: readonly Line[]): number {
  let count = 0;
  lines.forEach((one, index) => {
    for (const other of lines.slice(index + 1)) {
      if ([one.from, one.to].some((end) => end === other.from || end === other.to)) continue;
      count += crossingsOf(one.points, other.points);
    }
  });
  return count;
}

function crossingsOf(one: readonly Point[], other: readonly Point[]): number {
  let count = 0;
  for (let i = 1; i < one.length; i++) {
    for (let j = 1; j < other.length; j++) {
      if (cross(one[i - 1] as Point, one[i] as Point, other[j - 1] as Point, other[j] as Point)) count++;
    }
  }
  return count;
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function side(a: Point, b: Point, at: Point): number {
  return Math.sign((b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x));
}

export function lengthOf({ points }: Line): number {
  return points.slice(1).reduce((sum, { x, y }, index) => {
    const before = points[index] ?? { x, y };
    return sum + Math.hypot(x - before.x, y - before.y);
  }, 0);
}
