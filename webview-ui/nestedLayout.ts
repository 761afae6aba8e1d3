import { layout as dagre } from 'dagre-d3-es/src/dagre/index.js';
import { Graph } from 'dagre-d3-es/src/graphlib/index.js';

/**
 * Places boxes in boxes. Each box is laid out alone, from the innermost out, and then stands as one node in the box
 * around it; an edge between two boxes counts there as one between the nodes that hold its ends. So all of one box
 * comes before all of the next, and the cost is that of many small graphs instead of a large one.
 */

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

export interface LayoutNode {
  readonly id: string;
  /** The box it stands in. */
  readonly parent?: string;
  /** Of a node; of a box around others, that of its title on one line. */
  readonly size: Size;
  /** Edges end at the middle of its sides only, as at a diamond's corners. */
  readonly isPointed?: boolean;
}

export interface LayoutEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export interface NestedLayout {
  readonly boxes: ReadonlyMap<string, Box>;
  /** By edge, from the border of one end to the border of the other. None where one end stands in the other. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

/** Pixels. */
export const AROUND = 16;
export const ABOVE_TITLE = 8;
const UNDER_TITLE = 10;
/** A title breaks at the width of its box, but not at less than this. */
const NARROW_TITLE = 240;
const BETWEEN_NEIGHBOURS = 24;
const BETWEEN_RANKS = 40;
/** Between an edge and a node that it passes. */
const PASSING = 10;
/** So much of an edge at each of its ends is a line: an arrow's head points along it. */
const STRAIGHT = 9;
/** How far edges lean from the middle of a node's side towards where they go. */
const LEAN = 0.55;
/** Between the corner of a box and an edge that ends at its side. */
const CORNER = 16;

const ROOT = '';
const NO_SIZE: Size = { width: 0, height: 0 };

export function nestedLayout(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  direction: 'TB' | 'LR',
): NestedLayout {
  const tree = treeOf(nodes);
  const spans = edges.flatMap((edge) => spanOf(edge, tree) ?? []);
  const turn = direction === 'LR';
  const contents = layOutAll(tree, spans, turn);
  const boxes = placeAll(tree, contents, turn);
  const routes = new Map(
    spans.map((span) => {
      const route = routeOf(span, tree, contents, boxes);
      return [span.edge.id, turn ? route.map(turned) : route] as const;
    }),
  );
  return { boxes: turn ? new Map([...boxes].map(([id, box]) => [id, turnedBox(box)])) : boxes, routes };
}

// ── who stands in whom ──────────────────────────────────────────────────────────────────────────────────────────────

interface Tree {
  readonly nodes: ReadonlyMap<string, LayoutNode>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Boxes, inner ones before those that they stand in; the outermost is `ROOT`. */
  readonly insideOut: readonly string[];
}

function treeOf(nodes: readonly LayoutNode[]): Tree {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const children = new Map<string, string[]>([[ROOT, []]]);
  for (const { id, parent } of nodes) {
    const box = parent !== undefined && byId.has(parent) ? parent : ROOT;
    const siblings = children.get(box);
    if (siblings === undefined) children.set(box, [id]);
    else siblings.push(id);
  }
  const outsideIn = [ROOT];
  for (const box of outsideIn) outsideIn.push(...(children.get(box) ?? []).filter((child) => children.has(child)));
  return { nodes: byId, children, insideOut: outsideIn.reverse() };
}

/** From a node to the outermost thing around it. */
function wayOut(id: string, { nodes }: Tree): readonly string[] {
  const way: string[] = [];
  for (let at: string | undefined = id; at !== undefined && nodes.has(at); at = nodes.get(at)?.parent) way.push(at);
  return way;
}

/** An edge, the innermost box around both its ends, and the two things in that box that hold them. */
interface Span {
  readonly edge: LayoutEdge;
  readonly box: string;
  readonly from: string;
  readonly to: string;
}

function spanOf(edge: LayoutEdge, tree: Tree): Span | undefined {
  const out = wayOut(edge.from, tree);
  const around = new Set(wayOut(edge.to, tree));
  const box = out.find((each) => around.has(each)) ?? ROOT;
  const holder = (end: string) => wayOut(end, tree).find((each) => (tree.nodes.get(each)?.parent ?? ROOT) === box);
  const from = holder(edge.from);
  const to = holder(edge.to);
  return from === undefined || to === undefined || from === to ? undefined : { edge, box, from, to };
}

// ── inside each box. From here on edges run downwards; for edges to the right, all is turned ─────────────────────────

interface Content {
  readonly size: Size;
  /** Middles of what stands in the box, from the content's corner. */
  readonly places: ReadonlyMap<string, Point>;
  /** The row that each of them stands in. */
  readonly rows: ReadonlyMap<string, Row>;
  /** Where edges between them pass rows, by `pairKey`. */
  readonly bends: ReadonlyMap<string, readonly Point[]>;
}

/** Things side by side; from the content's upper side. */
interface Row {
  readonly top: number;
  readonly bottom: number;
}

interface Contents {
  readonly of: ReadonlyMap<string, Content>;
  readonly sizes: ReadonlyMap<string, Size>;
}

function layOutAll(tree: Tree, spans: readonly Span[], turn: boolean): Contents {
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
    contents.set(box, layOut(children, sizes, spansByBox.get(box) ?? []));
  }
  return { of: contents, sizes };
}

function layOut(children: readonly string[], sizes: ReadonlyMap<string, Size>, spans: readonly Span[]): Content {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: BETWEEN_NEIGHBOURS, ranksep: BETWEEN_RANKS });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const child of children) graph.setNode(child, { ...sizes.get(child) });
  for (const { from, to } of spans) graph.setEdge(from, to);
  if (children.length > 0) dagre(graph, {});
  const { width = 0, height = 0 } = graph.graph() as Partial<Size>;
  const inOrder = asWritten(children, graph, width);
  const places = new Map(children.map((child) => [child, inOrder(graph.node(child) as Point)]));
  const rows = rowsOf(children, places, sizes);
  const bends = new Map<string, readonly Point[]>();
  for (const { v, w } of graph.edges() as readonly { readonly v: string; readonly w: string }[]) {
    const { points } = graph.edge(v, w) as { readonly points: readonly Point[] };
    const isUpwards = (points.at(-1)?.y ?? 0) < (points[0]?.y ?? 0);
    bends.set(
      pairKey(v, w),
      points.slice(1, -1).flatMap((point) => past(inOrder(point), rows, isUpwards)),
    );
  }
  return { size: { width, height }, places, rows, bends };
}

/** Where edges leave the choice, dagre may put what is written first on the right: then all is mirrored. */
function asWritten(children: readonly string[], graph: Graph, width: number): (point: Point) => Point {
  const rows = new Map<number, number[]>();
  for (const child of children) {
    const { x, y } = graph.node(child) as Point;
    const row = rows.get(Math.round(y));
    if (row === undefined) rows.set(Math.round(y), [x]);
    else row.push(x);
  }
  let balance = 0;
  for (const row of rows.values()) {
    row.slice(1).forEach((x, index) => {
      balance += Math.sign(x - (row[index] ?? x));
    });
  }
  return balance < 0 ? ({ x, y }) => ({ x: width - x, y }) : ({ x, y }) => ({ x, y });
}

/** dagre puts all middles of a row on one line. */
function rowsOf(
  children: readonly string[],
  places: ReadonlyMap<string, Point>,
  sizes: ReadonlyMap<string, Size>,
): ReadonlyMap<string, Row> {
  const heights = new Map<number, number>();
  const middleOf = (child: string) => Math.round(places.get(child)?.y ?? 0);
  for (const child of children) {
    const middle = middleOf(child);
    heights.set(middle, Math.max(heights.get(middle) ?? 0, sizes.get(child)?.height ?? 0));
  }
  return new Map(
    children.map((child) => {
      const middle = middleOf(child);
      const half = (heights.get(middle) ?? 0) / 2;
      return [child, { top: middle - half, bottom: middle + half }];
    }),
  );
}

/** An edge that passes a row goes straight along all of it. What dagre bends between rows is left to the curve. */
function past({ x, y }: Point, rows: ReadonlyMap<string, Row>, isUpwards: boolean): readonly Point[] {
  const row = [...rows.values()].find(({ top, bottom }) => Math.abs((top + bottom) / 2 - y) <= 1);
  if (row === undefined) return [];
  const way = [
    { x, y: row.top },
    { x, y: row.bottom },
  ];
  return isUpwards ? way.reverse() : way;
}

/** The title is above the content, whichever way edges run. */
function sizeAround(content: Size, title: Size, turn: boolean): Size {
  const inside = turn ? turnedSize(content) : content;
  const broken = brokenTitle(title, inside.width);
  const whole = {
    width: Math.max(inside.width, broken.width) + 2 * AROUND,
    height: inside.height + ABOVE_TITLE + broken.height + UNDER_TITLE + AROUND,
  };
  return turn ? turnedSize(whole) : whole;
}

/** Words do not fill lines to the end: a broken title takes somewhat more room than its length asks for. */
function brokenTitle({ width, height }: Size, room: number): Size {
  const widest = Math.max(room, NARROW_TITLE);
  if (width <= widest) return { width, height };
  return { width: widest, height: Math.ceil((width * 1.12) / widest) * height };
}

// ── on the page ─────────────────────────────────────────────────────────────────────────────────────────────────────

function placeAll(tree: Tree, { of: contents, sizes }: Contents, turn: boolean): ReadonlyMap<string, Box> {
  const placed = new Map<string, Box>();
  for (const box of [...tree.insideOut].reverse()) {
    const corner = cornerOf(box, placed, contents, tree, turn);
    for (const [child, at] of contents.get(box)?.places ?? []) {
      placed.set(child, { x: corner.x + at.x, y: corner.y + at.y, ...(sizes.get(child) ?? NO_SIZE) });
    }
  }
  return placed;
}

/** Where the content of a placed box begins. */
function cornerOf(
  box: string,
  placed: ReadonlyMap<string, Box>,
  contents: ReadonlyMap<string, Content>,
  tree: Tree,
  turn: boolean,
): Point {
  const at = placed.get(box);
  const content = contents.get(box)?.size;
  if (at === undefined || content === undefined) return { x: 0, y: 0 };
  const around = turn ? turnedBox(at) : at;
  const inside = turn ? turnedSize(content) : content;
  const title = brokenTitle(tree.nodes.get(box)?.size ?? NO_SIZE, inside.width);
  const corner = {
    x: around.x - inside.width / 2,
    y: around.y - around.height / 2 + ABOVE_TITLE + title.height + UNDER_TITLE,
  };
  return turn ? turned(corner) : corner;
}

// ── edges ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Curves run straight at each of these points; where two have the same `x`, the edge is a line between them. */
function routeOf(span: Span, tree: Tree, contents: Contents, boxes: ReadonlyMap<string, Box>): readonly Point[] {
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
  const turning = side(box) + down * BETWEEN_RANKS * 0.9;
  return [
    { x: first, y: side(box) },
    ...(x === first ? [] : [{ x, y: turning }]),
    { x, y: side(holder) },
    { x, y: pastRow },
  ];
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

function leavesIn(box: string, tree: Tree): readonly string[] {
  const children = tree.children.get(box);
  return children === undefined ? [box] : children.flatMap((child) => leavesIn(child, tree));
}

// ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function pairKey(from: string, to: string): string {
  return `${from} ${to}`;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

function turned({ x, y }: Point): Point {
  return { x: y, y: x };
}

function turnedSize({ width, height }: Size): Size {
  return { width: height, height: width };
}

function turnedBox(box: Box): Box {
  return { ...turned(box), ...turnedSize(box) };
}
