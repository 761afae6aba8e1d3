import { type Content, type Contents, pairKey } from './contents';
import { BETWEEN_NEIGHBOURS, type Box, type Point } from './geometry';
import type { Row } from './layered';
import { leavesIn, type Span, type Tree } from './tree';

/** Pixels between an edge and a node that it passes. */
const PASSING = 10;
/** So much of an edge at each of its ends is a line: an arrow's head points along it. */
const STRAIGHT = 9;
/** In so much height an edge goes over into its lane: less than there is between any two rows. */
const TURNING = BETWEEN_NEIGHBOURS - 2;
/** How far edges lean from the middle of a node's side towards where they go. */
const LEAN = 0.55;
/** Between the corner of a box and an edge that ends at its side. */
const CORNER = 16;

/** Curves run straight at each of these points; where two have the same `x`, the edge is a line between them. */
export function routeOf(span: Span, tree: Tree, contents: Contents, boxes: ReadonlyMap<string, Box>): readonly Point[] {
  const content = contents.of.get(span.box);
  const start = endOf(span.edge.from, span.from, tree, content, boxes);
  const end = endOf(span.edge.to, span.to, tree, content, boxes);
  if (content === undefined || start === undefined || end === undefined) return [];
  const bends = (content.bends.get(pairKey(span.from, span.to)) ?? []).map(({ x, y }) => ({
    x: start.corner.x + x,
    y: start.corner.y + y,
  }));
  const isDown = start.holder.y <= end.holder.y;
  const leaving = leave(start, bends[0] ?? end.holder, isDown);
  const entering = leave(end, bends.at(-1) ?? start.holder, !isDown);
  return withoutRepeats([...leaving, ...bends, ...entering.toReversed()]);
}

/** One end of an edge. */
interface End {
  readonly box: Box;
  /** What holds the end where the two ends stand side by side; the end itself if it stands there. */
  readonly holder: Box;
  /** Where the content begins in which the holder stands, and the row of the holder in it. */
  readonly corner: Point;
  readonly row: Row;
  readonly isBox: boolean;
  readonly isPointed: boolean;
  /** What else stands in the holder. */
  readonly obstacles: readonly Box[];
}

function endOf(
  id: string,
  holderId: string,
  tree: Tree,
  content: Content | undefined,
  boxes: ReadonlyMap<string, Box>,
): End | undefined {
  const box = boxes.get(id);
  const holder = boxes.get(holderId);
  const place = content?.places.get(holderId);
  const row = content?.rows.get(holderId);
  if (box === undefined || holder === undefined || place === undefined || row === undefined) return undefined;
  const obstacles =
    id === holderId ? [] : leavesIn(holderId, tree).flatMap((leaf) => (leaf === id ? [] : (boxes.get(leaf) ?? [])));
  const corner = { x: holder.x - place.x, y: holder.y - place.y };
  const isPointed = tree.nodes.get(id)?.isPointed === true;
  return { box, holder, corner, row, isBox: tree.children.has(id), isPointed, obstacles };
}

/**
 * The first points of an edge: from its end's side, where the end stands inside other boxes in a free lane to the
 * border of the outermost, and on past the row that this stands in.
 */
function leave(
  { box, holder, corner, row, isBox, isPointed, obstacles }: End,
  next: Point,
  isDown: boolean,
): readonly Point[] {
  const down = isDown ? 1 : -1;
  const side = (of: Box) => of.y + (down * of.height) / 2;
  const pastRow = corner.y + (isDown ? row.bottom : row.top);
  const reach = Math.max(0, box.width / 2 - CORNER);
  const towards = clamp(next.x, box.x - reach, box.x + reach);
  if (box === holder) {
    const x = isBox ? towards : isPointed ? box.x : box.x + (towards - box.x) * LEAN;
    const straight = side(box) + down * STRAIGHT;
    return [
      { x, y: side(box) },
      { x, y: isDown ? Math.max(straight, pastRow) : Math.min(straight, pastRow) },
    ];
  }
  const first = isBox ? towards : box.x;
  const x = freeLane(first, next.x, side(box), side(holder), holder, obstacles);
  const start = pastNeighbours(first, x, side(box), down, obstacles);
  return [
    { x: first, y: side(box) },
    ...(x === first
      ? []
      : [
          { x: first, y: start },
          { x, y: start + down * TURNING },
        ]),
    { x, y: side(holder) },
    { x, y: pastRow },
  ];
}

/** The height at which an edge can turn towards its lane: past those in its row that reach further than its end. */
function pastNeighbours(from: number, to: number, side: number, down: 1 | -1, obstacles: readonly Box[]): number {
  const [left, right] = from < to ? [from, to] : [to, from];
  const beside = obstacles.filter(
    (box) => box.x + box.width / 2 > left && box.x - box.width / 2 < right && Math.abs(side - box.y) < box.height / 2,
  );
  return beside.reduce(
    (y, box) => (down > 0 ? Math.max(y, box.y + box.height / 2) : Math.min(y, box.y - box.height / 2)),
    side,
  );
}

function withoutRepeats(points: readonly Point[]): readonly Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || Math.abs(point.x - before.x) > 0.01 || Math.abs(point.y - before.y) > 0.01;
  });
}

/** The place where nothing stands between two heights, with the shortest way from `x` over it towards `next`. */
function freeLane(x: number, next: number, from: number, to: number, within: Box, obstacles: readonly Box[]): number {
  const [top, bottom] = from < to ? [from + 1, to] : [to, from - 1];
  const inTheWay = obstacles.filter((box) => box.y - box.height / 2 < bottom && box.y + box.height / 2 > top);
  const isFree = (lane: number) => inTheWay.every((box) => Math.abs(lane - box.x) >= box.width / 2 + PASSING - 1);
  const lanes = [x, ...inTheWay.flatMap((box) => [box.x - box.width / 2 - PASSING, box.x + box.width / 2 + PASSING])];
  const inside = lanes.filter((lane) => Math.abs(lane - within.x) <= within.width / 2 - PASSING / 2);
  const way = (lane: number) => Math.abs(lane - x) + Math.abs(next - lane);
  return inside.filter(isFree).sort((a, b) => way(a) - way(b) || Math.abs(a - x) - Math.abs(b - x))[0] ?? x;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
