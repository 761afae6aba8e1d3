/** A stretch of one list that another list has something else for: `[start, end)` in each. One of them can be empty. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly otherStart: number;
  readonly otherEnd: number;
}

/** Steps of the search for the shortest difference; beyond, the rest counts as changed as a whole. */
const MOST_STEPS = 1_500;

/**
 * What to change in `one` to get `other`, in order and without touching stretches: the greedy search of E. Myers, “An
 * O(ND) Difference Algorithm and Its Variations” (1986). Lists that have little in common are not searched to the end.
 */
export function difference(one: readonly string[], other: readonly string[]): readonly Change[] {
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < one.length - head && tail < other.length - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  const [a, b] = [one.slice(head, one.length - tail), other.slice(head, other.length - tail)];
  if (a.length === 0 && b.length === 0) return [];
  const matches = a.length === 0 || b.length === 0 ? [] : (matchesOf(a, b) ?? []);
  const changes: Change[] = [];
  let [x, y] = [0, 0];
  for (const [matchX, matchY] of [...matches, [a.length, b.length] as const]) {
    if (matchX > x || matchY > y) {
      changes.push({ start: head + x, end: head + matchX, otherStart: head + y, otherEnd: head + matchY });
    }
    [x, y] = [matchX + 1, matchY + 1];
  }
  return changes;
}

/** Indices of equal elements in both, in order; undefined when that takes too many steps. */
function matchesOf(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] | undefined {
  const most = Math.min(a.length + b.length, MOST_STEPS);
  const offset = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const history: Int32Array[] = [];
  for (let steps = 0; steps <= most; steps++) {
    history.push(reach.slice(offset - steps - 1, offset + steps + 2));
    for (let k = -steps; k <= steps; k += 2) {
      const [below, above] = [reach[offset + k - 1] ?? 0, reach[offset + k + 1] ?? 0];
      let x = k === -steps || (k !== steps && below < above) ? above : below + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[offset + k] = x;
      if (x >= a.length && x - k >= b.length) return wayBack(history, a.length, b.length);
    }
  }
  return undefined;
}

function wayBack(history: readonly Int32Array[], endX: number, endY: number): readonly (readonly [number, number])[] {
  const matches: (readonly [number, number])[] = [];
  let [x, y] = [endX, endY];
  for (let steps = history.length - 1; steps >= 0; steps--) {
    const k = x - y;
    const before = (at: number): number => history[steps]?.[at + steps + 1] ?? 0;
    const isDown = k === -steps || (k !== steps && before(k - 1) < before(k + 1));
    const from = isDown ? k + 1 : k - 1;
    const [startX, startY] = steps === 0 ? [0, 0] : [before(from), before(from) - from];
    while (x > startX && y > startY && (steps === 0 || x > (isDown ? startX : startX + 1))) matches.push([--x, --y]);
    [x, y] = [startX, startY];
  }
  return matches.reverse();
}
