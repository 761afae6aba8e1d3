import type { Size } from './layout/geometry';
import type { Rectangle } from './viewport';

/** Where over the picture something may stand, in order of preference. */
export const CORNERS = ['bottom right', 'bottom left', 'top left', 'top right'] as const;

export type Corner = (typeof CORNERS)[number];

/** The corner in which something covers least of these rectangles; all measured from the upper left of the room. */
export function freestCorner(rectangles: readonly Rectangle[], size: Size, room: Size): Corner {
  let best: Corner = CORNERS[0];
  let least = Number.POSITIVE_INFINITY;
  for (const corner of CORNERS) {
    const covered = coveredIn(corner, rectangles, size, room);
    if (covered >= least) continue;
    least = covered;
    best = corner;
  }
  return best;
}

/** How much of these rectangles something covers in a corner. */
export function coveredIn(corner: Corner, rectangles: readonly Rectangle[], size: Size, room: Size): number {
  const place = {
    ...size,
    x: corner.endsWith('left') ? 0 : room.width - size.width,
    y: corner.startsWith('top') ? 0 : room.height - size.height,
  };
  return rectangles.reduce((sum, each) => sum + overlap(each, place), 0);
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
