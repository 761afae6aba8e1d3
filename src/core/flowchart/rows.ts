import type { FlowEdge } from './flowchart';
import type { Place } from './places';

/**
 * A layered layout puts everything that waits for the same things into one endless row, and everything that waits for
 * nothing into another. Invisible links make blocks of several rows out of them.
 */
export function rowsOf(top: readonly Place[], edges: readonly FlowEdge[]): readonly (readonly [string, string])[] {
  const places = new Map(allPlaces(top).map((place) => [place.id, place]));
  const tied = new Ties();
  const neighbours = new Map<Place, string[]>();
  for (const edge of edges) {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    if (from === undefined || to === undefined) continue;
    const [upper, lower] = siblingsAbove(from, to);
    tied.tie(upper, lower);
    addTo(neighbours, upper, `${lower.id} after`);
    addTo(neighbours, lower, `${upper.id} before`);
  }
  return [top, ...allPlaces(top).map(({ children }) => children)].flatMap((siblings) => [
    ...block(
      tied.parts(siblings),
      siblings.some(({ children }) => children.length > 0),
      0,
    ),
    ...twins(siblings, neighbours).flatMap((alike) =>
      block(
        alike.map((place) => [place]),
        false,
        MOST_ABREAST,
      ),
    ),
  ]);
}

/** So many that hang together with the same things stay in one row. */
const MOST_ABREAST = 5;

/** Links that put more parts than `abreast` into rows, one below the other. */
function block(
  parts: readonly (readonly Place[])[],
  areBoxes: boolean,
  abreast: number,
): readonly (readonly [string, string])[] {
  if (parts.length <= abreast) return [];
  const columns = columnsFor(parts.length, areBoxes);
  return parts.flatMap((part, index) => {
    const last = part.at(-1);
    const first = parts[index + columns]?.[0];
    return last === undefined || first === undefined ? [] : [[last.id, first.id] as const];
  });
}

/** Nodes with edges from and to exactly the same things. */
function twins(
  siblings: readonly Place[],
  neighbours: ReadonlyMap<Place, readonly string[]>,
): readonly (readonly Place[])[] {
  const alike = new Map<string, Place[]>();
  for (const place of siblings) {
    const around = neighbours.get(place);
    if (around !== undefined && place.children.length === 0) addTo(alike, [...new Set(around)].sort().join(), place);
  }
  return [...alike.values()];
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/**
 * Other people's renderers take an edge to a box for an edge to one node in it, and let boxes that follow each other
 * stand side by side. Invisible links from the last nodes of one to the first of the other put them in order.
 */
export function orderOf(top: readonly Place[], edges: readonly Ends[]): readonly (readonly [string, string])[] {
  const places = new Map(allPlaces(top).map((place) => [place.id, place]));
  const links: (readonly [string, string])[] = [];
  for (const edge of edges) {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    if (from === undefined || to === undefined || from.children.length + to.children.length === 0) continue;
    for (const last of outermost(from, edges, 'from')) {
      for (const first of outermost(to, edges, 'to')) links.push([last, first]);
    }
  }
  return links;
}

type Ends = Pick<FlowEdge, 'from' | 'to'>;

/** More would only be more of the same. */
const MOST_ENDS = 3;

/** Nodes in a box from which (or to which) no edge inside the box leads; a node by itself. */
function outermost(box: Place, edges: readonly Ends[], end: 'from' | 'to'): readonly string[] {
  const inside = new Set(allPlaces([box]).map(({ id }) => id));
  const inner = new Set(edges.filter(({ from, to }) => inside.has(from) && inside.has(to)).map((edge) => edge[end]));
  const leaves = allPlaces([box]).filter(({ id, children }) => children.length === 0 && !inner.has(id));
  return leaves.slice(0, MOST_ENDS).map(({ id }) => id);
}

/** Nodes are about three times as wide as high, boxes about square: both make a block somewhat wider than high. */
function columnsFor(count: number, areBoxes: boolean): number {
  return areBoxes
    ? Math.max(1, Math.round(Math.sqrt(count / 2)))
    : Math.max(Math.min(count, 2), Math.round(Math.sqrt(count)));
}

/** Parents before children. */
export function allPlaces(top: readonly Place[]): readonly Place[] {
  return top.flatMap((place) => [place, ...allPlaces(place.children)]);
}

/** From the place itself up to the outermost box. */
export function* upwards(place: Place): Generator<Place> {
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) yield at;
}

/** The two places, side by side in one box, that hold the given ones. */
function siblingsAbove(a: Place, b: Place): readonly [Place, Place] {
  const aboveA = [...upwards(a)];
  const aboveB = [...upwards(b)];
  let outer = -1;
  while (aboveA.at(outer) !== undefined && aboveA.at(outer) === aboveB.at(outer)) outer--;
  return [aboveA.at(outer) ?? a, aboveB.at(outer) ?? b];
}

/** Sets of places that edges join (union-find). */
class Ties {
  readonly #above = new Map<Place, Place>();

  tie(a: Place, b: Place): void {
    const rootA = this.#root(a);
    const rootB = this.#root(b);
    if (rootA !== rootB) this.#above.set(rootB, rootA);
  }

  /** In the order of their first members. */
  parts(places: readonly Place[]): readonly (readonly Place[])[] {
    const parts = new Map<Place, Place[]>();
    for (const place of places) {
      const root = this.#root(place);
      const part = parts.get(root);
      if (part === undefined) parts.set(root, [place]);
      else part.push(place);
    }
    return [...parts.values()];
  }

  #root(place: Place): Place {
    let root = place;
    for (let above = this.#above.get(root); above !== undefined; above = this.#above.get(root)) root = above;
    for (let at = place; at !== root; ) {
      const above = this.#above.get(at) ?? root;
      this.#above.set(at, root);
      at = above;
    }
    return root;
  }
}
