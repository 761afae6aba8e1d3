import { type Adjacency, at } from '../../graph/adjacency';
import { type DependencyGraph, dependencyGraph } from '../../graph/graph';
import type { Plan, Thing } from '../../model';
import type { Waitable } from '../../plan/references';

/**
 * Which things would close a cycle if `thing` waited for them (`blockedBy`) or let them wait (`blocks`). One walk
 * through the graph; then each answer is a look-up.
 */
export function closesCycle(plan: Plan, thing: Waitable, field: 'blockedBy' | 'blocks'): (other: Thing) => boolean {
  const graph = dependencyGraph(plan);
  if (graph.indexOf(thing) < 0) return () => false;
  const { successors, predecessors, nodeCount } = graph.structure;
  const isBlocks = field === 'blocks';
  const from = isBlocks ? graph.endOf(thing) : graph.startOf(thing);
  const reached = reachable(isBlocks ? predecessors : successors, from, nodeCount);
  return (other) => other.kind !== 'scenario' && reached[nodeOf(graph, other, isBlocks)] === 1;
}

function nodeOf(graph: DependencyGraph, other: Waitable, isBlocks: boolean): number {
  return isBlocks ? graph.startOf(other) : graph.endOf(other);
}

function reachable({ starts, neighbours }: Adjacency, from: number, nodeCount: number): Uint8Array {
  const reached = new Uint8Array(nodeCount);
  const open = [from];
  reached[from] = 1;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
      const next = at(neighbours, edge);
      if (reached[next] === 1) continue;
      reached[next] = 1;
      open.push(next);
    }
  }
  return reached;
}
