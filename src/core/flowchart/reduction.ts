import type { FlowEdge } from './flowchart';

/** More edges than this are left as they are: nobody could follow them one by one anyway. */
const MOST = 2000;
const MOST_TRANSITIVE = 10_000;

/**
 * Without the edges that a longer way says already. Only edges that `mayGo` accepts are left out, and only ways over
 * `counts` edges are taken. Edges are tried one after the other, so of a ring of them enough stay.
 * Edges times edges in the worst case.
 */
export function withoutImplied(
  edges: readonly FlowEdge[],
  mayGo: (edge: FlowEdge) => boolean,
  counts: (edge: FlowEdge) => boolean,
): readonly FlowEdge[] {
  if (edges.length > MOST) return edges;
  const outgoing = new Map<string, Set<FlowEdge>>();
  for (const edge of edges) {
    if (!counts(edge)) continue;
    const known = outgoing.get(edge.from);
    if (known === undefined) outgoing.set(edge.from, new Set([edge]));
    else known.add(edge);
  }
  return edges.filter((edge) => {
    if (!mayGo(edge)) return true;
    const siblings = outgoing.get(edge.from);
    siblings?.delete(edge);
    const implied = isReachable(edge.from, edge.to, outgoing);
    if (!implied) siblings?.add(edge);
    return !implied;
  });
}

function isReachable(from: string, to: string, outgoing: ReadonlyMap<string, ReadonlySet<FlowEdge>>): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    for (const edge of outgoing.get(at) ?? []) {
      if (seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
}

/**
 * Edges between things for which a longer way exists. What stands in a ring keeps all its edges. The search looks no
 * deeper than where the edge ends, so in layered graphs it is near to linear; edges times edges in the worst case.
 */
export function transitiveEdges(edges: readonly FlowEdge[]): ReadonlySet<FlowEdge> {
  const implied = new Set<FlowEdge>();
  if (edges.length > MOST_TRANSITIVE) return implied;
  const outgoing = new Map<string, FlowEdge[]>();
  for (const edge of edges) {
    const known = outgoing.get(edge.from);
    if (known === undefined) outgoing.set(edge.from, [edge]);
    else known.push(edge);
  }
  const ranks = ranksOf(edges, outgoing);
  for (const [from, siblings] of outgoing) {
    const deepest = Math.max(...siblings.map(({ to }) => ranks.get(to) ?? -1));
    if (siblings.length < 2 || !ranks.has(from)) continue;
    const seen = new Set<string>();
    const open = siblings.map(({ to }) => to);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const { to } of outgoing.get(at) ?? []) {
        if (seen.has(to) || (ranks.get(to) ?? Number.POSITIVE_INFINITY) > deepest) continue;
        seen.add(to);
        open.push(to);
      }
    }
    for (const edge of siblings) if (seen.has(edge.to)) implied.add(edge);
  }
  return implied;
}

/** The longest way to each node from one without edges to it. None for what is in or behind a ring. */
function ranksOf(
  edges: readonly FlowEdge[],
  outgoing: ReadonlyMap<string, readonly FlowEdge[]>,
): ReadonlyMap<string, number> {
  const waiting = new Map<string, number>();
  for (const { to } of edges) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const ranks = new Map<string, number>();
  const reached = new Map<string, number>();
  const open = [...outgoing.keys()].filter((id) => !waiting.has(id));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const rank = reached.get(at) ?? 0;
    ranks.set(at, rank);
    for (const { to } of outgoing.get(at) ?? []) {
      reached.set(to, Math.max(reached.get(to) ?? 0, rank + 1));
      const left = (waiting.get(to) ?? 1) - 1;
      waiting.set(to, left);
      if (left === 0) open.push(to);
    }
  }
  return ranks;
}
