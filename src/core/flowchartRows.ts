import type { FlowEdge } from './flowchart';
import type { Place } from './flowchartPlaces';

/**
 * A layered layout puts everything without an edge into one endless row. Invisible links make a block of several rows
 * out of it: of the nodes of a box that hang together with nothing, and of the parts of the plan that do.
 */
export function rowsOf(top: readonly Place[], edges: readonly FlowEdge[]): readonly (readonly [string, string])[] {
  const places = new Map(allPlaces(top).map((place) => [place.id, place]));
  const tied = new Ties();
  for (const edge of edges) {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    if (from !== undefined && to !== undefined) tied.tie(...siblingsAbove(from, to));
  }
  const rows: (readonly [string, string])[] = [];
  for (const places of [top, ...allPlaces(top).map(({ children }) => children)]) {
    const parts = tied.parts(places);
    const columns = columnsFor(
      parts.length,
      places.some(({ children }) => children.length > 0),
    );
    parts.forEach((part, index) => {
      const below = parts[index + columns];
      const last = part.at(-1);
      const first = below?.[0];
      if (last !== undefined && first !== undefined) rows.push([last.id, first.id]);
    });
  }
  return rows;
}

/**
 * Other people's renderers take an edge to a box for an edge to one node in it, and let boxes that follow each other
 * stand side by side. Invisible links from the last nodes of one to the first of the other put them in order.
 */
export function orderOf(top: readonly Place[], edges: readonly FlowEdge[]): readonly (readonly [string, string])[] {
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

/** More would only be more of the same. */
const MOST_ENDS = 3;

/** Nodes in a box from which (or to which) no edge inside the box leads; a node by itself. */
function outermost(box: Place, edges: readonly FlowEdge[], end: 'from' | 'to'): readonly string[] {
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
