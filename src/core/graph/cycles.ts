import type { Plan, Thing } from '../model';
import { type Adjacency, at, components } from './adjacency';
import { dependencyGraph } from './graph';

/**
 * Each knot of things that wait for each other, told as one loop: each thing waits for the next, the last for the
 * first. A thing that waits for itself is not among them. Linear in things and references.
 */
export function cycles(plan: Plan): readonly (readonly Thing[])[] {
  const graph = dependencyGraph(plan);
  const { componentOf, sizes, order } = components(graph.structure.nodeCount, graph.structure.successors);
  const loops: Thing[][] = [];
  let start = 0;
  for (const [component, size] of sizes.entries()) {
    if (size > 1) {
      const first = order.subarray(start, start + size).reduce((a, b) => Math.min(a, b));
      const nodes = loopThrough(first, graph.structure.predecessors, (node) => at(componentOf, node) === component);
      loops.push(thingsAlong(nodes, (node) => graph.thingAt(node)));
    }
    start += size;
  }
  return loops.reverse();
}

/** A shortest way from a node along its predecessors back to itself, inside its component. */
function loopThrough(first: number, predecessors: Adjacency, isInside: (node: number) => boolean): number[] {
  const waits = new Map<number, number>();
  const queue = [first];
  for (const node of queue) {
    for (let edge = at(predecessors.starts, node); edge < at(predecessors.starts, node + 1); edge++) {
      const before = at(predecessors.neighbours, edge);
      if (before === first) return wayFrom(first, node, waits);
      if (isInside(before) && !waits.has(before)) {
        waits.set(before, node);
        queue.push(before);
      }
    }
  }
  return [first];
}

function wayFrom(first: number, last: number, waits: ReadonlyMap<number, number>): number[] {
  const way = [last];
  for (let node = last; node !== first; ) {
    node = waits.get(node) ?? first;
    way.push(node);
  }
  return way.reverse();
}

/** A thing that is several nodes is named once: the way from a bead to its parts and back is left out. */
function thingsAlong(nodes: readonly number[], thingAt: (node: number) => Thing | undefined): Thing[] {
  const things: Thing[] = [];
  for (const node of nodes) {
    const thing = thingAt(node);
    if (thing === undefined || thing === things.at(-1)) continue;
    if (things.length > 2 && thing === things.at(-2)) things.pop();
    else things.push(thing);
  }
  if (things.length > 1 && things[0] === things.at(-1)) things.pop();
  return things;
}
