import type { Picture, Shape } from './picture';

export type Direction = 'up' | 'down' | 'left' | 'right';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Where an arrow key leads from a node: along an edge that goes this way, else to the nearest node this way. So in a
 * picture from top to bottom, down goes to what waits for the node and left to its neighbour.
 */
export function neighbour(picture: Picture, from: Shape, direction: Direction): Shape | undefined {
  const start = anchor(from);
  const ahead = picture.shapes.filter(
    (shape) => shape.node.id !== from.node.id && isAhead(start, anchor(shape), direction),
  );
  const linked = new Set(
    picture.edges.flatMap((edge) =>
      edge.from === from.node.id ? [edge.to] : edge.to === from.node.id ? [edge.from] : [],
    ),
  );
  const alongEdges = ahead.filter(({ node }) => linked.has(node.id));
  return nearest(start, alongEdges, direction) ?? nearest(start, ahead, direction);
}

/** In reading order, from the top. */
export function firstShape(picture: Picture): Shape | undefined {
  return inReadingOrder(picture)[0];
}

export function lastShape(picture: Picture): Shape | undefined {
  return inReadingOrder(picture).at(-1);
}

function inReadingOrder({ shapes }: Picture): readonly Shape[] {
  const placed = shapes.map((shape) => ({ shape, at: anchor(shape) }));
  return placed.sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x).map(({ shape }) => shape);
}

/** The middle of a node; of a box around others, the middle of its title. */
function anchor({ element, node }: Shape): Point {
  const part = node.form === 'group' ? element.querySelector('.cluster-label') : null;
  const box = (part ?? element).getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Distances along and across the direction. */
function apart(from: Point, to: Point, direction: Direction): { readonly along: number; readonly across: number } {
  const x = to.x - from.x;
  const y = to.y - from.y;
  switch (direction) {
    case 'up':
      return { along: -y, across: Math.abs(x) };
    case 'down':
      return { along: y, across: Math.abs(x) };
    case 'left':
      return { along: -x, across: Math.abs(y) };
    case 'right':
      return { along: x, across: Math.abs(y) };
  }
}

function isAhead(from: Point, to: Point, direction: Direction): boolean {
  const { along, across } = apart(from, to, direction);
  return along > 1 && along * 3 >= across;
}

function nearest(from: Point, shapes: readonly Shape[], direction: Direction): Shape | undefined {
  let best: Shape | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const shape of shapes) {
    const { along, across } = apart(from, anchor(shape), direction);
    const distance = along + 2 * across;
    if (distance < least) {
      least = distance;
      best = shape;
    }
  }
  return best;
}
