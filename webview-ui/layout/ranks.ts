/** An edge between two nodes by their numbers. */
export interface Arc {
  readonly from: number;
  readonly to: number;
}

/**
 * The arcs without those that lead back to a node on the way to it: these are turned round, so that no ring is left.
 * Which one of a ring is turned depends on the order of the nodes alone. Linear.
 */
export function withoutRings(count: number, arcs: readonly Arc[]): readonly (Arc & { readonly isTurned: boolean })[] {
  const leaving = neighbours(count, arcs);
  const state = new Uint8Array(count);
  const turned = new Set<number>();
  for (let start = 0; start < count; start++) {
    if (state[start] !== NEW) continue;
    const way: { readonly node: number; next: number }[] = [{ node: start, next: 0 }];
    state[start] = ON_THE_WAY;
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const index = leaving[top.node]?.[top.next++];
      const arc = index === undefined ? undefined : arcs[index];
      if (index === undefined || arc === undefined) {
        state[top.node] = DONE;
        way.pop();
      } else if (state[arc.to] === ON_THE_WAY) turned.add(index);
      else if (state[arc.to] === NEW) {
        state[arc.to] = ON_THE_WAY;
        way.push({ node: arc.to, next: 0 });
      }
    }
  }
  return arcs.map(({ from, to }, index) =>
    turned.has(index) ? { from: to, to: from, isTurned: true } : { from, to, isTurned: false },
  );
}

const NEW = 0;
const ON_THE_WAY = 1;
const DONE = 2;

/**
 * The row of each node: as high as what it waits for lets it, then down again as far as it makes arcs shorter. There
 * must be no ring. Linear.
 */
export function ranksOf(count: number, arcs: readonly Arc[]): readonly number[] {
  const leaving = neighbours(count, arcs);
  const waiting = new Array<number>(count).fill(0);
  for (const { to } of arcs) waiting[to] = (waiting[to] ?? 0) + 1;
  const arriving = [...waiting];
  const order = [...waiting.keys()].filter((node) => waiting[node] === 0);
  const ranks = new Array<number>(count).fill(0);
  for (const node of order) {
    for (const index of leaving[node] ?? []) {
      const to = arcs[index]?.to ?? node;
      ranks[to] = Math.max(ranks[to] ?? 0, (ranks[node] ?? 0) + 1);
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) order.push(to);
    }
  }
  for (const node of order.reverse()) {
    const after = (leaving[node] ?? []).map((index) => ranks[arcs[index]?.to ?? node] ?? 0);
    if (after.length > (arriving[node] ?? 0)) ranks[node] = Math.min(...after) - 1;
  }
  return ranks;
}

/** By node, the numbers of the arcs that leave it. */
function neighbours(count: number, arcs: readonly Arc[]): readonly (readonly number[])[] {
  const leaving: number[][] = Array.from({ length: count }, () => []);
  arcs.forEach(({ from }, index) => {
    leaving[from]?.push(index);
  });
  return leaving;
}
