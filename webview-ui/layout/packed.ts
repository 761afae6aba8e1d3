import { BETWEEN_NEIGHBOURS, BETWEEN_RANKS, type Point, type Size } from './geometry';
import { type Layered, layered } from './layered';
import type { Arc } from './ranks';

/** An arc that is not drawn only keeps order among things that hang together anyway. */
export interface PackedArc extends Arc {
  readonly isDrawn: boolean;
}

/** How much wider than high the whole should be, where there is a choice. */
const WIDE = 1.6;

/**
 * Things that hang together are laid out in rows; several such groups stand side by side like words in lines, in the
 * order of their first members, and what hangs together with nothing stands in a grid after them.
 */
export function packed(sizes: readonly Size[], arcs: readonly PackedArc[], isTurned: boolean): Layered {
  const group = groupsOf(sizes.length, arcs);
  const members = new Map<number, number[]>();
  sizes.forEach((_, node) => {
    const known = members.get(group[node] ?? node);
    if (known === undefined) members.set(group[node] ?? node, [node]);
    else known.push(node);
  });
  if (members.size <= 1) return layered(sizes, arcs);
  const ratio = isTurned ? 1 / WIDE : WIDE;
  const all = [...members.values()];
  const together = all.filter(({ length }) => length > 1).map((nodes) => partOf(nodes, sizes, arcs));
  const alone = all.flatMap((nodes) => (nodes.length === 1 ? nodes : []));
  const parts = alone.length === 0 ? together : [...together, gridOf(alone, sizes, ratio)];
  return joined(sizes, arcs, parts, placesInLines(parts, ratio));
}

interface Part {
  readonly nodes: readonly number[];
  /** Numbers of the arcs among them. */
  readonly arcs: readonly number[];
  readonly layout: Layered;
}

function partOf(nodes: readonly number[], sizes: readonly Size[], arcs: readonly PackedArc[]): Part {
  const numbers = new Map(nodes.map((node, index) => [node, index]));
  const inside = arcs.flatMap(({ from }, index) =>
    numbers.has(from) && numbers.has(arcs[index]?.to ?? -1) ? [index] : [],
  );
  const layout = layered(
    nodes.map((node) => sizes[node] ?? { width: 0, height: 0 }),
    inside.map((index) => ({
      from: numbers.get(arcs[index]?.from ?? 0) ?? 0,
      to: numbers.get(arcs[index]?.to ?? 0) ?? 0,
    })),
  );
  return { nodes, arcs: inside, layout };
}

function gridOf(nodes: readonly number[], sizes: readonly Size[], ratio: number): Part {
  const all = nodes.map((node) => sizes[node] ?? { width: 0, height: 0 });
  const mean = (side: 'width' | 'height') => all.reduce((sum, size) => sum + size[side], 0) / all.length;
  const [width, height] = [mean('width') + BETWEEN_NEIGHBOURS, mean('height') + BETWEEN_NEIGHBOURS];
  const columns = Math.max(1, Math.min(all.length, Math.round(Math.sqrt((all.length * height * ratio) / width))));
  const bands: { top: number; bottom: number }[] = [];
  for (let first = 0, top = 0; first < all.length; first += columns) {
    const bottom = top + Math.max(...all.slice(first, first + columns).map((size) => size.height));
    bands.push({ top, bottom });
    top = bottom + BETWEEN_NEIGHBOURS;
  }
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...all.filter((_, index) => index % columns === column).map((size) => size.width)),
  );
  const middles = widths.map(
    (own, column) => widths.slice(0, column).reduce((sum, before) => sum + before + BETWEEN_NEIGHBOURS, 0) + own / 2,
  );
  const rows = all.map((_, index) => bands[Math.floor(index / columns)] ?? { top: 0, bottom: 0 });
  const layout: Layered = {
    size: {
      width: (middles.at(-1) ?? 0) + (widths.at(-1) ?? 0) / 2,
      height: bands.at(-1)?.bottom ?? 0,
    },
    places: rows.map(({ top, bottom }, index) => ({
      x: middles[index % columns] ?? 0,
      y: (top + bottom) / 2,
    })),
    rows,
    bends: [],
  };
  return { nodes, arcs: [], layout };
}

/** The corner of each part. */
function placesInLines(parts: readonly Part[], ratio: number): readonly Point[] {
  const sizes = parts.map(({ layout }) => layout.size);
  const area = sizes.reduce((sum, { width, height }) => sum + (width + BETWEEN_RANKS) * (height + BETWEEN_RANKS), 0);
  const room = Math.max(Math.sqrt(area * ratio), ...sizes.map(({ width }) => width));
  let [x, y, bottom] = [0, 0, 0];
  return sizes.map(({ width, height }) => {
    if (x > 0 && x + width > room) [x, y] = [0, bottom + BETWEEN_RANKS];
    const corner = { x, y };
    x += width + BETWEEN_RANKS;
    bottom = Math.max(bottom, y + height);
    return corner;
  });
}

function joined(
  sizes: readonly Size[],
  arcs: readonly PackedArc[],
  parts: readonly Part[],
  corners: readonly Point[],
): Layered {
  const places: Point[] = sizes.map(() => ({ x: 0, y: 0 }));
  const rows = sizes.map(() => ({ top: 0, bottom: 0 }));
  const bends: (readonly Point[])[] = arcs.map(() => []);
  let [width, height] = [0, 0];
  parts.forEach(({ nodes, arcs: own, layout }, index) => {
    const corner = corners[index] ?? { x: 0, y: 0 };
    const moved = ({ x, y }: Point): Point => ({ x: x + corner.x, y: y + corner.y });
    nodes.forEach((node, member) => {
      places[node] = moved(layout.places[member] ?? { x: 0, y: 0 });
      const { top, bottom } = layout.rows[member] ?? { top: 0, bottom: 0 };
      rows[node] = { top: top + corner.y, bottom: bottom + corner.y };
    });
    own.forEach((arc, member) => {
      bends[arc] = (layout.bends[member] ?? []).map(moved);
    });
    width = Math.max(width, corner.x + layout.size.width);
    height = Math.max(height, corner.y + layout.size.height);
  });
  return { size: { width, height }, places, rows, bends };
}

/** By node, the first node of those that drawn arcs join it with (union-find). */
function groupsOf(count: number, arcs: readonly PackedArc[]): readonly number[] {
  const above = Array.from({ length: count }, (_, node) => node);
  const root = (node: number): number => {
    let at = node;
    while (above[at] !== undefined && above[at] !== at) {
      above[at] = above[above[at] ?? at] ?? at;
      at = above[at] ?? at;
    }
    return at;
  };
  for (const { from, to, isDrawn } of arcs) {
    if (!isDrawn) continue;
    const [a, b] = [root(from), root(to)];
    above[Math.max(a, b)] = Math.min(a, b);
  }
  return above.map((_, node) => root(node));
}
