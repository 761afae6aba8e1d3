import type { Arc } from './ranks';

/**
 * What stands in a row, from left to right. All arcs lead from one row to the next.
 */
export type Rows = readonly (readonly number[])[];

/** So often the rows are gone through, down and up in turn; and so many rounds in a row may bring nothing. */
const ROUNDS = 16;
const PATIENCE = 4;

/**
 * The rows in an order with few crossings: each node goes to the mean place of its neighbours in the row before it (or
 * after it), then neighbours change places where that helps (Sugiyama, Tagawa and Toda 1981; the exchange is Gansner
 * et al. 1993). What no arc decides stays in the given order.
 */
export function ordered(rows: Rows, count: number, arcs: readonly Arc[]): Rows {
  const graph = new Neighbours(count, arcs);
  const at = new Float64Array(count);
  const settle = (row: readonly number[]) => {
    row.forEach((node, index) => {
      at[node] = index;
    });
  };
  let current = rows.map((row) => [...row]);
  for (const row of current) settle(row);
  let best = current.map((row) => [...row]);
  let fewest = allCrossings(current, graph, at);
  for (let round = 0, idle = 0; fewest > 0 && round < ROUNDS && idle < PATIENCE; round++) {
    const isDown = round % 2 === 0;
    const side = isDown ? graph.above : graph.below;
    current = current.map((row) => [...row]);
    for (let step = 1; step < current.length; step++) {
      const index = isDown ? step : current.length - 1 - step;
      const row = byMeans(current[index] ?? [], side, at);
      current[index] = row;
      settle(row);
    }
    exchange(current, graph, at);
    const crossings = allCrossings(current, graph, at);
    idle++;
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = current.map((row) => [...row]);
    idle = 0;
  }
  return best;
}

class Neighbours {
  readonly above: readonly (readonly number[])[];
  readonly below: readonly (readonly number[])[];

  constructor(count: number, arcs: readonly Arc[]) {
    const above: number[][] = Array.from({ length: count }, () => []);
    const below: number[][] = Array.from({ length: count }, () => []);
    for (const { from, to } of arcs) {
      above[to]?.push(from);
      below[from]?.push(to);
    }
    this.above = above;
    this.below = below;
  }
}

/** Nodes without a neighbour on that side keep their place among the others. */
function byMeans(row: readonly number[], side: readonly (readonly number[])[], at: Float64Array): number[] {
  const tied = row.filter((node) => (side[node]?.length ?? 0) > 0);
  const means = new Map(tied.map((node) => [node, mean(side[node] ?? [], at)]));
  const sorted = tied.toSorted((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0));
  let next = 0;
  return row.map((node) => (means.has(node) ? (sorted[next++] ?? node) : node));
}

function mean(nodes: readonly number[], at: Float64Array): number {
  let sum = 0;
  for (const node of nodes) sum += at[node] ?? 0;
  return sum / nodes.length;
}

/** Exchanges neighbours in a row as long as it lessens the crossings above and below it, but not for ever. */
function exchange(rows: number[][], graph: Neighbours, at: Float64Array): void {
  for (let pass = 0, isBetter = true; isBetter && pass < PATIENCE; pass++) {
    isBetter = false;
    for (const row of rows) {
      for (let index = 1; index < row.length; index++) {
        const [left, right] = [row[index - 1] ?? 0, row[index] ?? 0];
        const now = crossingsOf(left, right, graph, at);
        if (now === 0 || crossingsOf(right, left, graph, at) >= now) continue;
        row[index - 1] = right;
        row[index] = left;
        at[right] = index - 1;
        at[left] = index;
        isBetter = true;
      }
    }
  }
}

/** Crossings of the arcs of two nodes, when the first stands to the left of the second. */
function crossingsOf(left: number, right: number, { above, below }: Neighbours, at: Float64Array): number {
  let count = 0;
  for (const side of [above, below]) {
    for (const a of side[left] ?? []) for (const b of side[right] ?? []) if ((at[a] ?? 0) > (at[b] ?? 0)) count++;
  }
  return count;
}

/** Barth, Jünger and Mutzel 2002, with a tree of sums. */
function allCrossings(rows: Rows, { below }: Neighbours, at: Float64Array): number {
  let total = 0;
  rows.forEach((row, index) => {
    const sums = new Float64Array((rows[index + 1]?.length ?? 0) + 1);
    let known = 0;
    for (const node of row) {
      const ends = (below[node] ?? []).map((end) => at[end] ?? 0);
      for (const end of ends) {
        let notAfter = 0;
        for (let place = end + 1; place > 0; place -= place & -place) notAfter += sums[place] ?? 0;
        total += known - notAfter;
      }
      for (const end of ends) {
        for (let place = end + 1; place < sums.length; place += place & -place) sums[place] = (sums[place] ?? 0) + 1;
        known++;
      }
    }
  });
  return total;
}
