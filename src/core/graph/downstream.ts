import { at, type Components, isSet } from './adjacency';
import type { DependencyGraph } from './graph';

export interface DownstreamOptions {
  /** By node: 1 for nodes that let nothing through: what waits for them is not reached. */
  readonly stops: Uint8Array;
  /** By bead index: 1 for beads that count. */
  readonly counted: Uint8Array;
}

/** Beads looked at together; each component keeps one bit for each of them. */
const BATCH = 1024;
const WORDS = BATCH / 32;

/**
 * By node, how many of the counted beads wait for it in the end. A bead that is reached in several ways counts once, so
 * sets of beads travel up the graph as bits, a batch of beads at a time: memory is linear in the number of nodes, time
 * is one pass over the graph for each 1,024 beads.
 */
export function countDownstream(graph: DependencyGraph, active: Components, options: DownstreamOptions): Int32Array {
  const { componentOf, order, sizes } = active;
  const { starts, neighbours } = graph.structure.successors;
  const counts = new Int32Array(graph.structure.nodeCount);
  const bits = new Int32Array(sizes.length * WORDS);
  const bitOf = new Int32Array(graph.structure.nodeCount);
  const beads: number[] = [];
  for (let bead = 0; bead < options.counted.length; bead++) if (isSet(options.counted, bead)) beads.push(bead);
  for (let first = 0; first < beads.length; first += BATCH) {
    bits.fill(0);
    bitOf.fill(-1);
    for (let bit = 0; bit < BATCH && first + bit < beads.length; bit++) {
      bitOf[graph.startOfBead(beads[first + bit] ?? 0)] = bit;
    }
    // Everything that a node leads to stands before it in this order.
    for (let place = 0; place < order.length; place++) {
      const node = at(order, place);
      if (isSet(options.stops, node)) continue;
      const own = at(componentOf, node) * WORDS;
      for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
        const neighbour = at(neighbours, edge);
        const component = at(componentOf, neighbour);
        if (component < 0) continue;
        const bit = at(bitOf, neighbour);
        if (bit >= 0) bits[own + (bit >> 5)] = at(bits, own + (bit >> 5)) | (1 << (bit & 31));
        if (component * WORDS !== own) addBits(bits, own, component * WORDS);
      }
    }
    for (let place = 0; place < order.length; place++) {
      const node = at(order, place);
      counts[node] = at(counts, node) + countBits(bits, at(componentOf, node) * WORDS);
    }
  }
  return counts;
}

/** By node, the smallest weight of the counted beads that wait for it in the end; `none` where none does. */
export function lightestDownstream(
  graph: DependencyGraph,
  active: Components,
  options: DownstreamOptions & { readonly weights: Uint8Array; readonly none: number },
): Int32Array {
  const { componentOf, order, sizes } = active;
  const { starts, neighbours } = graph.structure.successors;
  const byComponent = new Int32Array(sizes.length).fill(options.none);
  for (let place = 0; place < order.length; place++) {
    const node = at(order, place);
    if (isSet(options.stops, node)) continue;
    const own = at(componentOf, node);
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
      const neighbour = at(neighbours, edge);
      const component = at(componentOf, neighbour);
      if (component < 0) continue;
      const bead = neighbour - graph.startOfBead(0);
      const weight = options.counted[bead] === 1 ? (options.weights[bead] as number) : options.none;
      byComponent[own] = Math.min(at(byComponent, own), at(byComponent, component), weight);
    }
  }
  return Int32Array.from(componentOf, (component) => (component < 0 ? options.none : at(byComponent, component)));
}

function addBits(bits: Int32Array, to: number, from: number): void {
  for (let word = 0; word < WORDS; word++) bits[to + word] = at(bits, to + word) | at(bits, from + word);
}

/** Bits in a word counted in parallel: pairs, nibbles, bytes (Warren, Hacker's Delight). */
function countBits(bits: Int32Array, start: number): number {
  let count = 0;
  for (let index = start; index < start + WORDS; index++) {
    let word = at(bits, index);
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
