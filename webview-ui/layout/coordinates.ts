import type { Rows } from './order';
import type { Arc } from './ranks';

/** An arc that pulls its ends over each other. */
export interface Pull extends Arc {
  readonly weight: number;
}

const ROUNDS = 12;
/** What nothing pulls stays where it is, but does not stand in the way. */
const LOOSE = 0.001;

/**
 * The middle of each node across its row: rows in the given order, at least `gap` between the middles of neighbours,
 * arcs as upright as that allows. Row by row each node wants to the mean of its neighbours; what then stands too close
 * moves together (least squares under an order: pool adjacent violators, linear for a row).
 */
export function acrossRows(
  rows: Rows,
  count: number,
  pulls: readonly Pull[],
  gap: (left: number, right: number) => number,
): Float64Array {
  const above: Pull[][] = Array.from({ length: count }, () => []);
  const below: Pull[][] = Array.from({ length: count }, () => []);
  for (const pull of pulls) {
    above[pull.to]?.push(pull);
    below[pull.from]?.push(pull);
  }
  const x = new Float64Array(count);
  for (const row of rows) {
    let place = 0;
    row.forEach((node, index) => {
      const before = row[index - 1];
      if (before !== undefined) place += gap(before, node);
      x[node] = place;
    });
  }
  for (let round = 0; round <= ROUNDS; round++) {
    const isDown = round % 2 === 0;
    const isLast = round >= ROUNDS - 1;
    for (let step = 0; step < rows.length; step++) {
      const row = rows[isDown ? step : rows.length - 1 - step] ?? [];
      settle(row, x, gap, (node) => {
        const side = isDown ? (above[node] ?? []) : (below[node] ?? []);
        return isLast ? [...(above[node] ?? []), ...(below[node] ?? [])] : side;
      });
    }
  }
  return x;
}

/** Several neighbours that stand as close as they may. */
interface Group {
  want: number;
  weight: number;
  size: number;
}

function settle(
  row: readonly number[],
  x: Float64Array,
  gap: (left: number, right: number) => number,
  pullsOf: (node: number) => readonly Pull[],
): void {
  const groups: Group[] = [];
  let offset = 0;
  row.forEach((node, index) => {
    const before = row[index - 1];
    if (before !== undefined) offset += gap(before, node);
    let sum = LOOSE * (x[node] ?? 0);
    let weight = LOOSE;
    for (const pull of pullsOf(node)) {
      sum += pull.weight * (x[pull.from === node ? pull.to : pull.from] ?? 0);
      weight += pull.weight;
    }
    let group: Group = { want: sum / weight - offset, weight, size: 1 };
    for (let last = groups.at(-1); last !== undefined && last.want > group.want; last = groups.at(-1)) {
      groups.pop();
      const both = last.weight + group.weight;
      group = {
        want: (last.want * last.weight + group.want * group.weight) / both,
        weight: both,
        size: last.size + group.size,
      };
    }
    groups.push(group);
  });
  let index = 0;
  let place = 0;
  for (const { want, size } of groups) {
    for (let member = 0; member < size; member++, index++) {
      const node = row[index] ?? 0;
      const before = row[index - 1];
      if (before !== undefined) place += gap(before, node);
      x[node] = want + place;
    }
  }
}
