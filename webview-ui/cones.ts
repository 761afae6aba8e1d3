import type { FlowEdge, FlowNode } from '../src/core/flowchart/flowchart';

/** Nodes, and the edges between them by `edgeKey`. */
export interface Lit {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export function edgeKey(from: string, to: string): string {
  return `${from} ${to}`;
}

/** A node with everything that it waits for in the end, and everything that waits for it. Linear in the picture. */
export function conesOf(nodes: readonly FlowNode[], edges: readonly FlowEdge[], id: string): Lit {
  const boxes = new Map(nodes.map((node) => [node.id, node.parent]));
  const members = new Map<string, string[]>();
  for (const { id: member, parent } of nodes) if (parent !== undefined) addTo(members, parent, member);
  const lit = { nodes: new Set<string>([id]), edges: new Set<string>() };
  for (const way of ['before', 'after'] as const) follow(way);
  return lit;

  function follow(way: 'before' | 'after'): void {
    const next = new Map<string, FlowEdge[]>();
    for (const edge of edges) addTo(next, way === 'before' ? edge.to : edge.from, edge);
    const seen = new Set<string>();
    const open = [...around(id), ...inside(id)];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      for (const edge of next.get(at) ?? []) {
        lit.edges.add(edgeKey(edge.from, edge.to));
        const end = way === 'before' ? edge.from : edge.to;
        for (const reached of inside(end)) lit.nodes.add(reached);
        // What holds a node waits, and is waited for, with it.
        open.push(...inside(end), ...around(end));
      }
    }
    for (const member of inside(id)) lit.nodes.add(member);
  }

  /** The node and the boxes around it. */
  function around(node: string): readonly string[] {
    const way: string[] = [];
    for (let at: string | undefined = node; at !== undefined && !way.includes(at); at = boxes.get(at)) way.push(at);
    return way;
  }

  function inside(node: string): readonly string[] {
    const found = [node];
    for (const each of found) found.push(...(members.get(each) ?? []).filter((member) => !found.includes(member)));
    return found;
  }
}

function addTo<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
