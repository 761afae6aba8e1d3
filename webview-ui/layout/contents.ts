import { type Point, type Size, turnedSize } from './geometry';
import { type Layered, layered, type Row } from './layered';
import { type PackedArc, packed } from './packed';
import { brokenTitle, titleRoom } from './titles';
import type { Span, Tree } from './tree';

/** What stands in a box, from the content's corner. Edges run downwards; for edges to the right, all is turned. */
export interface Content {
  readonly size: Size;
  /** Middles. */
  readonly places: ReadonlyMap<string, Point>;
  /** The row that each of them stands in. */
  readonly rows: ReadonlyMap<string, Row>;
  /** Where edges between them pass rows, by `pairKey`. */
  readonly bends: ReadonlyMap<string, readonly Point[]>;
}

export interface Contents {
  readonly of: ReadonlyMap<string, Content>;
  /** Of nodes and of boxes with all that is in them. */
  readonly sizes: ReadonlyMap<string, Size>;
}

/** How what is in a box is laid out. */
const WAYS = {
  packed,
  layered: (sizes: readonly Size[], arcs: readonly PackedArc[]) => layered(sizes, arcs),
  inLine: (sizes: readonly Size[], arcs: readonly PackedArc[]) => layered(sizes, arcs, true),
};

type Way = keyof typeof WAYS;

const NO_SIZE: Size = { width: 0, height: 0 };

/** Lays out each box, from the innermost out. Yields after each one. */
export function* contentsOf(tree: Tree, spans: readonly Span[], turn: boolean): Generator<void, Contents> {
  const contents = new Map<string, Content>();
  const sizes = new Map<string, Size>();
  const spansByBox = new Map<string, Span[]>();
  for (const span of spans) {
    const known = spansByBox.get(span.box);
    if (known === undefined) spansByBox.set(span.box, [span]);
    else known.push(span);
  }
  for (const box of tree.insideOut) {
    const children = tree.children.get(box) ?? [];
    for (const child of children) {
      const { size } = tree.nodes.get(child) ?? { size: NO_SIZE };
      const content = contents.get(child);
      const whole = content === undefined ? size : sizeAround(content.size, size, turn);
      sizes.set(child, turn && content === undefined ? turnedSize(whole) : whole);
    }
    const columns = children.filter((child) => contents.has(child) && tree.nodes.get(child)?.isRanked === true);
    makeEven(columns, sizes);
    const way = columns.length > 0 ? 'inLine' : tree.nodes.get(box)?.isRanked === true ? 'layered' : 'packed';
    contents.set(box, contentOf(children, sizes, spansByBox.get(box) ?? [], turn, way));
    yield;
  }
  return { of: contents, sizes };
}

/** Columns are all as long as the longest: where they begin and end is in line. */
function makeEven(columns: readonly string[], sizes: Map<string, Size>): void {
  const width = Math.max(0, ...columns.map((column) => sizes.get(column)?.width ?? 0));
  for (const column of columns) sizes.set(column, { ...(sizes.get(column) ?? NO_SIZE), width });
}

export function pairKey(from: string, to: string): string {
  return `${from} ${to}`;
}

function contentOf(
  children: readonly string[],
  sizes: ReadonlyMap<string, Size>,
  spans: readonly Span[],
  turn: boolean,
  way: Way,
): Content {
  const numbers = new Map(children.map((child, index) => [child, index]));
  const drawnFirst = spans.toSorted((a, b) => Number(a.edge.isHidden ?? false) - Number(b.edge.isHidden ?? false));
  const pairs = new Map<string, PackedArc>();
  for (const { from, to, edge } of drawnFirst) {
    const key = pairKey(from, to);
    if (pairs.has(key)) continue;
    pairs.set(key, { from: numbers.get(from) ?? 0, to: numbers.get(to) ?? 0, isDrawn: edge.isHidden !== true });
  }
  const { size, places, rows, bends } = knownOrLaid(
    way,
    children.map((child) => sizes.get(child) ?? NO_SIZE),
    [...pairs.values()],
    turn,
  );
  return {
    size,
    places: new Map(children.map((child, index) => [child, places[index] ?? { x: 0, y: 0 }])),
    rows: new Map(children.map((child, index) => [child, rows[index] ?? { top: 0, bottom: 0 }])),
    bends: new Map([...pairs.keys()].map((key, index) => [key, bends[index] ?? []])),
  };
}

/** So many boxes are remembered: an edit of one phase leaves all others as they were. */
const MOST_KNOWN = 1_000;
const known = new Map<string, Layered>();

function knownOrLaid(way: Way, sizes: readonly Size[], arcs: readonly PackedArc[], turn: boolean): Layered {
  const key = JSON.stringify([
    way,
    turn,
    sizes.map(({ width, height }) => [width, height]),
    arcs.map(({ from, to, isDrawn }) => [from, to, isDrawn]),
  ]);
  const made = known.get(key) ?? WAYS[way](sizes, arcs, turn);
  // What was asked for last is forgotten last.
  known.delete(key);
  known.set(key, made);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return made;
}

/** The title is above the content, whichever way edges run. */
function sizeAround(content: Size, title: Size, turn: boolean): Size {
  const inside = turn ? turnedSize(content) : content;
  const room = titleRoom(inside, brokenTitle(title, inside.width));
  return turn ? turnedSize(room) : room;
}
