import { at, type Components, components, isSet } from '../graph/adjacency';
import { NEVER } from '../graph/nodes';
import type { States } from './states';

/** How the open work of a plan follows on itself. It holds no things, so that plans of the same structure can share it. */
export interface Timeline {
  /** Ids by wave, in document order. */
  readonly waves: readonly (readonly string[])[];
  /** By bead index; -1 for beads that are in none. */
  readonly waveOf: Int32Array;
  readonly criticalPath: readonly string[];
  /** What is not satisfied, in components. */
  readonly open: Components;
}

/** The wave of what never comes. */
const NO_WAVE = 0x3fffffff;

/**
 * Waves and the critical path, in linear time.
 *
 * Gates and approvals take no time here: they are taken as given once what they wait for is done. What waits for a
 * deferred bead or an unknown thing never comes and is in no wave; nor does what only says that it is blocked. What is in or behind a loop or an aborted gate is not
 * on the critical path either.
 */
export function timelineOf(states: States): Timeline {
  const { graph, facts } = states;
  const { plan, structure } = graph;
  const { nodeCount, predecessors, endOf, parentOf, parentsFirst } = structure;
  const open = components(nodeCount, structure.successors, facts.satisfied);
  const from = new Int32Array(nodeCount).fill(NO_WAVE);
  const until = new Int32Array(nodeCount).fill(NO_WAVE);
  const dead = new Uint8Array(nodeCount);
  const length = new Float64Array(nodeCount);
  const previous = new Int32Array(nodeCount).fill(-1);

  for (let place = open.order.length - 1; place >= 0; place--) {
    const node = at(open.order, place);
    const bead = beadAt(node);
    const isLeaf = bead >= 0 && at(endOf, bead) === node;
    const { status, saysBlocked } = plan.beads[bead] ?? {};
    const isNever = node === NEVER || facts.waitingOutside.has(node) || saysBlocked === true;
    let wave = isNever ? NO_WAVE : 0;
    let isDead = (open.sizes[at(open.componentOf, node)] ?? 1) > 1 || isAborted(node);
    let longest = 0;
    let last = -1;
    for (let edge = at(predecessors.starts, node); edge < at(predecessors.starts, node + 1); edge++) {
      const before = at(predecessors.neighbours, edge);
      if (at(open.componentOf, before) < 0) continue;
      wave = Math.max(wave, at(until, before));
      if (isSet(dead, before)) isDead = true;
      const hours = length[before] as number;
      if (hours > longest || (hours === longest && hours > 0 && before < last)) {
        longest = hours;
        last = before;
      }
    }
    dead[node] = isDead ? 1 : 0;
    if (isDead) continue;
    length[node] = longest;
    previous[node] = last;
    from[node] = isLeaf && status === 'in_progress' ? 0 : wave;
    until[node] = at(from, node);
    if (!isLeaf) continue;
    if (status === 'deferred') {
      until[node] = NO_WAVE;
      length[node] = 0;
      previous[node] = -1;
    } else {
      if (at(from, node) !== NO_WAVE) until[node] = at(from, node) + 1;
      length[node] = longest + (plan.beads[bead]?.estimate?.value ?? 1);
    }
  }
  const waveOf = wavesOfBeads();
  return { waves: grouped(), waveOf, criticalPath: longestChain(), open };

  function beadAt(node: number): number {
    const bead = node - graph.startOfBead(0);
    return bead >= 0 && bead < plan.beads.length ? bead : -1;
  }

  function isAborted(node: number): boolean {
    return plan.gates[node - graph.nodeOfGate(0)]?.decision?.verdict === 'abort';
  }

  /** A bead with children is in the wave of the first of them. */
  function wavesOfBeads(): Int32Array {
    const waves = new Int32Array(plan.beads.length).fill(-1);
    for (let place = parentsFirst.length - 1; place >= 0; place--) {
      const bead = at(parentsFirst, place);
      const start = graph.startOfBead(bead);
      const status = plan.beads[bead]?.status;
      const isLeaf = at(endOf, bead) === start;
      if (isLeaf && !isSet(facts.closed, bead) && status !== 'deferred' && at(from, start) !== NO_WAVE) {
        waves[bead] = at(from, start);
      }
      const wave = at(waves, bead);
      const parent = at(parentOf, bead);
      if (wave < 0 || parent < 0) continue;
      if (at(waves, parent) < 0 || wave < at(waves, parent)) waves[parent] = wave;
    }
    for (const [bead, { status }] of plan.beads.entries()) if (status === 'deferred') waves[bead] = -1;
    return waves;
  }

  function grouped(): string[][] {
    const waves: string[][] = [];
    for (const [bead, { id }] of plan.beads.entries()) {
      const wave = at(waveOf, bead);
      if (wave < 0) continue;
      while (waves.length <= wave) waves.push([]);
      waves[wave]?.push(id);
    }
    return waves;
  }

  function longestChain(): string[] {
    let last = -1;
    for (let bead = 0; bead < plan.beads.length; bead++) {
      const node = graph.startOfBead(bead);
      if (at(endOf, bead) !== node || at(open.componentOf, node) < 0 || isSet(dead, node)) continue;
      if (plan.beads[bead]?.status === 'deferred') continue;
      if (last < 0 || (length[node] as number) > (length[last] as number)) last = node;
    }
    const chain: string[] = [];
    for (let node = last; node >= 0; node = at(previous, node)) {
      const bead = beadAt(node);
      const id = plan.beads[bead]?.id;
      if (id !== undefined && at(endOf, bead) === node) chain.push(id);
    }
    return chain.reverse();
  }
}
