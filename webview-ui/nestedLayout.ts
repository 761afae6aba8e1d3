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
  /** Of a node; of a box around others, the size of its title. */
  readonly size: Size;
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
const BETWEEN_NEIGHBOURS = 24;
const BETWEEN_RANKS = 40;
export const AROUND = 16;
export const ABOVE_TITLE = 8;
const UNDER_TITLE = 10;
/** Between an edge and a node that it passes. */
const PASSING = 10;
/** Between the corner of a box and an edge that ends at its side. */
const CORNER = 16;
/** Of an edge at each of its ends. */
const STRAIGHT = 12;

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
  /** Where edges between them bend, by `pairKey`. */
  readonly bends: ReadonlyMap<string, readonly Point[]>;
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
  const places = new Map<string, Point>();
  for (const child of children) {
    const { x, y } = graph.node(child) as Point;
    places.set(child, { x, y });
  }
  const rows = rowsOf(children, places, sizes);
  const bends = new Map<string, readonly Point[]>();
  for (const { v, w } of graph.edges() as readonly { readonly v: string; readonly w: string }[]) {
    const { points } = graph.edge(v, w) as { readonly points: readonly Point[] };
    bends.set(
      pairKey(v, w),
      points.slice(1, -1).flatMap((point) => past(point, rows, (points.at(-1)?.y ?? 0) < (points[0]?.y ?? 0))),
    );
  }
  const { width = 0, height = 0 } = graph.graph() as Partial<Size>;
  return { size: { width, height }, places, bends };
}

interface Row {
  readonly middle: number;
  readonly height: number;
}

function rowsOf(
  children: readonly string[],
  places: ReadonlyMap<string, Point>,
  sizes: ReadonlyMap<string, Size>,
): readonly Row[] {
  const rows = new Map<number, number>();
  for (const child of children) {
    const middle = Math.round(places.get(child)?.y ?? 0);
    rows.set(middle, Math.max(rows.get(middle) ?? 0, sizes.get(child)?.height ?? 0));
  }
  return [...rows].map(([middle, height]) => ({ middle, height }));
}

/** An edge that bends beside a row of nodes goes straight along the whole row, or it would cut their corners. */
function past({ x, y }: Point, rows: readonly Row[], isUpwards: boolean): readonly Point[] {
  const row = rows.find(({ middle }) => Math.abs(middle - y) <= 1);
  if (row === undefined) return [{ x, y }];
  const half = (isUpwards ? -1 : 1) * (row.height / 2);
  return [
    { x, y: y - half },
    { x, y: y + half },
  ];
}

/** The title is above the content, whichever way edges run. */
function sizeAround(content: Size, title: Size, turn: boolean): Size {
  const inside = turn ? turnedSize(content) : content;
  const whole = {
    width: Math.max(inside.width, title.width) + 2 * AROUND,
    height: inside.height + ABOVE_TITLE + title.height + UNDER_TITLE + AROUND,
  };
  return turn ? turnedSize(whole) : whole;
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
  const title = tree.nodes.get(box)?.size ?? NO_SIZE;
  const corner = {
    x: around.x - inside.width / 2,
    y: around.y - around.height / 2 + ABOVE_TITLE + title.height + UNDER_TITLE,
  };
  return turn ? turned(corner) : corner;
}

// ── edges ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function routeOf(span: Span, tree: Tree, contents: Contents, boxes: ReadonlyMap<string, Box>): readonly Point[] {
  const from = boxes.get(span.edge.from);
  const to = boxes.get(span.edge.to);
  const start = boxes.get(span.from);
  const end = boxes.get(span.to);
  const anchor = [...(contents.of.get(span.box)?.places ?? [])][0];
  const anchored = anchor === undefined ? undefined : boxes.get(anchor[0]);
  if (!from || !to || !start || !end || !anchor || !anchored) return [];
  const corner = { x: anchored.x - anchor[1].x, y: anchored.y - anchor[1].y };
  const bends = (contents.of.get(span.box)?.bends.get(pairKey(span.from, span.to)) ?? []).map(({ x, y }) => ({
    x: corner.x + x,
    y: corner.y + y,
  }));
  const isBox = (id: string) => tree.children.has(id);
  const obstacles = (holder: string, end: string) =>
    holder === end ? [] : leavesIn(holder, tree).flatMap((id) => (id === end ? [] : (boxes.get(id) ?? [])));
  const leaving = leave(from, start, bends[0] ?? end, isBox(span.edge.from), obstacles(span.from, span.edge.from));
  const entering = leave(to, end, bends.at(-1) ?? start, isBox(span.edge.to), obstacles(span.to, span.edge.to));
  return [...leaving, ...bends, ...entering.toReversed()];
}

/**
 * The first points of an edge: from the side of its end that looks towards the next point, and, where the end stands
 * inside other boxes, in a free lane to the border of the outermost.
 */
function leave(end: Box, holder: Box, towards: Point, isBox: boolean, obstacles: readonly Box[]): readonly Point[] {
  const down = towards.y >= holder.y ? 1 : -1;
  const side = (box: Box) => box.y + (down * box.height) / 2;
  const reach = Math.max(0, end.width / 2 - CORNER);
  const first = isBox ? clamp(towards.x, end.x - reach, end.x + reach) : end.x;
  if (end === holder) {
    const x = isBox ? first : end.x + clamp((towards.x - end.x) * 0.25, -reach, reach);
    return straightOut(x, side(end), down);
  }
  const x = freeLane(first, towards.x, side(end), side(holder), holder, obstacles);
  const lane = { x, y: side(holder) };
  return x === first
    ? [{ x, y: side(end) }, lane]
    : [...straightOut(first, side(end), down), { x, y: side(end) + down * (BETWEEN_RANKS / 2) }, lane];
}

/** Edges leave and reach a side at a right angle. */
function straightOut(x: number, y: number, down: number): readonly Point[] {
  return [
    { x, y },
    { x, y: y + down * STRAIGHT },
  ];
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
