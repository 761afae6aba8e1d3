import { acrossRows, type Pull } from './coordinates';
import { BETWEEN_NEIGHBOURS, BETWEEN_RANKS, type Point, type Size } from './geometry';
import { ordered } from './order';
import { type Arc, ranksOf, withoutRings } from './ranks';

/** Things side by side; from the upper side of the whole. */
export interface Row {
  readonly top: number;
  readonly bottom: number;
}

export interface Layered {
  readonly size: Size;
  /** Middles, by node. */
  readonly places: readonly Point[];
  /** The row that each node stands in. */
  readonly rows: readonly Row[];
  /** By arc: where it passes rows, at the upper and the lower side of each, in its own direction. */
  readonly bends: readonly (readonly Point[])[];
}

/** Beside an arc that passes a row: to a node, and to another arc. */
const BESIDE_NODE = 14;
const BESIDE_ARC = 12;
/** An arc gets a place of its own in each row that it passes, as long as all of them need no more places than this. */
const MOST_PASSAGES = 20_000;

/** Gansner et al. 1993: the longer an arc, the straighter. */
const STRAIGHT = { whole: 1, end: 2, middle: 8 } as const;
/** Stronger than all else that pulls. */
const IN_LINE = 1e6;

/**
 * Nodes of these sizes in rows, arcs downwards: what waits is below what it waits for, except in rings. In a line, what
 * follows each other stands exactly one below the other.
 */
export function layered(sizes: readonly Size[], arcs: readonly Arc[], isLine = false): Layered {
  const count = sizes.length;
  const downwards = withoutRings(count, arcs);
  const ranks = ranksOf(count, downwards);
  const { rows, parts, ways, total } = withPassages(count, ranks, downwards);
  const widthOf = (node: number) => sizes[node]?.width ?? 0;
  const isPassage = (node: number) => node >= count;
  const gap = (left: number, right: number) =>
    (widthOf(left) + widthOf(right)) / 2 +
    (isPassage(left) && isPassage(right)
      ? BESIDE_ARC
      : isPassage(left) || isPassage(right)
        ? BESIDE_NODE
        : BETWEEN_NEIGHBOURS);
  const inOrder = asWritten(ordered(rows, total, parts), count);
  const pulls = parts.map(({ from, to }): Pull => {
    const passages = Number(isPassage(from)) + Number(isPassage(to));
    const whole = isLine ? IN_LINE : STRAIGHT.whole;
    return { from, to, weight: [whole, STRAIGHT.end, STRAIGHT.middle][passages] ?? 1 };
  });
  const x = acrossRows(inOrder, total, pulls, gap);
  straighten(ways, inOrder, x, gap);

  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (let node = 0; node < total; node++) {
    left = Math.min(left, (x[node] ?? 0) - widthOf(node) / 2);
    right = Math.max(right, (x[node] ?? 0) + widthOf(node) / 2);
  }
  const bands = bandsOf(inOrder, sizes);
  const bandOf = (rank: number): Row => bands[rank] ?? { top: 0, bottom: 0 };
  const rowOf = (node: number) => bandOf(ranks[node] ?? 0);
  const bends = ways.map((way, index) => {
    const points = way.flatMap((node, passed) => {
      const { top, bottom } = bandOf((ranks[downwards[index]?.from ?? 0] ?? 0) + passed + 1);
      const at = (x[node] ?? 0) - left;
      return [
        { x: at, y: top },
        { x: at, y: bottom },
      ];
    });
    return downwards[index]?.isTurned === true ? points.reverse() : points;
  });
  return {
    size: count === 0 ? { width: 0, height: 0 } : { width: right - left, height: bands.at(-1)?.bottom ?? 0 },
    places: sizes.map((_, node) => ({ x: (x[node] ?? 0) - left, y: (rowOf(node).top + rowOf(node).bottom) / 2 })),
    rows: sizes.map((_, node) => rowOf(node)),
    bends,
  };
}

interface Passages {
  /** Nodes and passages by row. */
  readonly rows: readonly (readonly number[])[];
  /** From row to row. */
  readonly parts: readonly Arc[];
  /** By arc, its passages from the upper row to the lower. */
  readonly ways: readonly (readonly number[])[];
  /** How many nodes and passages there are. */
  readonly total: number;
}

/** In each row nodes stand as a walk along the arcs finds them, so that what hangs together begins side by side. */
function withPassages(count: number, ranks: readonly number[], arcs: readonly Arc[]): Passages {
  const span = ({ from, to }: Arc) => (ranks[to] ?? 0) - (ranks[from] ?? 0) - 1;
  let room = MOST_PASSAGES;
  let total = count;
  const ways: number[][] = arcs.map(() => []);
  const parts: Arc[] = [];
  const leaving: { readonly arc: number; readonly to: number }[][] = Array.from({ length: count }, () => []);
  arcs.forEach((arc, index) => {
    leaving[arc.from]?.push({ arc: index, to: arc.to });
    const passed = span(arc);
    if (passed > room) return;
    room -= passed;
    let before = arc.from;
    for (let step = 0; step < passed; step++) {
      const passage = total++;
      ways[index]?.push(passage);
      parts.push({ from: before, to: passage });
      before = passage;
    }
    parts.push({ from: before, to: arc.to });
  });
  const rows: number[][] = Array.from({ length: 1 + Math.max(-1, ...ranks) }, () => []);
  const seen = new Uint8Array(count);
  const visit = (start: number) => {
    const open = [start];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen[node] === 1) continue;
      seen[node] = 1;
      rows[ranks[node] ?? 0]?.push(node);
      for (const { arc, to } of (leaving[node] ?? []).toReversed()) {
        ways[arc]?.forEach((passage, step) => {
          rows[(ranks[node] ?? 0) + step + 1]?.push(passage);
        });
        open.push(to);
      }
    }
  };
  const arriving = new Set(arcs.map(({ to }) => to));
  for (let node = 0; node < count; node++) if (!arriving.has(node)) visit(node);
  for (let node = 0; node < count; node++) visit(node);
  return { rows, parts, ways, total };
}

/** Where arcs leave the choice, what is written first may have come to stand on the right: then all is mirrored. */
function asWritten(rows: readonly (readonly number[])[], count: number): readonly (readonly number[])[] {
  let balance = 0;
  for (const row of rows) {
    const nodes = row.filter((node) => node < count);
    nodes.slice(1).forEach((node, index) => {
      balance += Math.sign(node - (nodes[index] ?? node));
    });
  }
  return balance < 0 ? rows.map((row) => row.toReversed()) : rows;
}

/** A long arc becomes a line where nothing is in its way. */
function straighten(
  ways: readonly (readonly number[])[],
  rows: readonly (readonly number[])[],
  x: Float64Array,
  gap: (left: number, right: number) => number,
): void {
  const sides = new Map<number, { readonly left?: number; readonly right?: number }>();
  for (const row of rows) {
    row.forEach((node, index) => {
      const [left, right] = [row[index - 1], row[index + 1]];
      sides.set(node, { ...(left !== undefined && { left }), ...(right !== undefined && { right }) });
    });
  }
  for (const way of ways) {
    if (way.length < 2) continue;
    let low = Number.NEGATIVE_INFINITY;
    let high = Number.POSITIVE_INFINITY;
    let sum = 0;
    for (const passage of way) {
      const { left, right } = sides.get(passage) ?? {};
      if (left !== undefined) low = Math.max(low, (x[left] ?? 0) + gap(left, passage));
      if (right !== undefined) high = Math.min(high, (x[right] ?? 0) - gap(passage, right));
      sum += x[passage] ?? 0;
    }
    if (low > high) continue;
    const line = Math.min(Math.max(sum / way.length, low), high);
    for (const passage of way) x[passage] = line;
  }
}

function bandsOf(rows: readonly (readonly number[])[], sizes: readonly Size[]): readonly Row[] {
  let top = 0;
  return rows.map((row) => {
    const bottom = top + Math.max(0, ...row.map((node) => sizes[node]?.height ?? 0));
    const band = { top, bottom };
    top = bottom + BETWEEN_RANKS;
    return band;
  });
}
