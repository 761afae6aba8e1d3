import type { FlowEdge } from './flowchart';

/** More edges than this are left as they are: nobody could follow them one by one anyway. */
const MOST = 2000;

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
