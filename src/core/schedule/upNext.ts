import { at } from '../graph/adjacency';
import { countDownstream, lightestDownstream } from '../graph/downstream';
import type { Bead, Gate, Plan } from '../model';
import type { ReadyItem } from '../snapshot';
import type { States } from './states';
import type { Timeline } from './timeline';

/** Weight of a bead without a priority: after all that have one. */
const NO_PRIORITY = 5;

/** Something that can be done now. It holds no thing, so that plans of the same structure can share it. */
export interface Candidate {
  readonly kind: 'bead' | 'gate';
  readonly index: number;
  /** Smaller is more urgent. */
  readonly weight: number;
  readonly unblocks: number;
  readonly hasChildren: boolean;
}

/**
 * What can be done now, by priority, then by the number of beads that wait for it in the end. A gate is as urgent as the
 * most urgent bead behind it.
 */
export function candidatesOf(states: States, { open }: Timeline): readonly Candidate[] {
  const { graph } = states;
  const { structure } = graph;
  const { beads, gates } = graph.plan;
  const beadStates = beads.map((_, index) => states.bead(index));
  const isDue = gates.map((_, index) => states.isDue(index));
  if (!beadStates.includes('ready') && !isDue.includes(true)) return [];

  const counted = Uint8Array.from(beadStates, (state) => (state === 'blocked' ? 1 : 0));
  const stops = new Uint8Array(structure.nodeCount);
  for (const [index, gate] of gates.entries()) {
    if (gate.decision?.verdict === 'abort') stops[graph.nodeOfGate(index)] = 1;
  }
  const weights = Uint8Array.from(beads, (bead) => bead.priority?.value ?? NO_PRIORITY);
  const counts = countDownstream(graph, open, { stops, counted });
  const lightest = isDue.includes(true)
    ? lightestDownstream(graph, open, { stops, counted, weights, none: NO_PRIORITY })
    : new Int32Array();

  const candidates: Candidate[] = [];
  for (let index = 0; index < beads.length; index++) {
    if (beadStates[index] !== 'ready') continue;
    const end = at(structure.endOf, index);
    const hasChildren = end !== graph.startOfBead(index);
    candidates.push({ kind: 'bead', index, weight: weights[index] as number, unblocks: at(counts, end), hasChildren });
  }
  for (let index = 0; index < gates.length; index++) {
    if (isDue[index] !== true) continue;
    const node = graph.nodeOfGate(index);
    candidates.push({
      kind: 'gate',
      index,
      weight: at(lightest, node),
      unblocks: at(counts, node),
      hasChildren: false,
    });
  }
  return candidates.sort(byUse);
}

export interface UpNext {
  /** Beads only, those with children among them. */
  readonly ready: readonly Bead[];
  /** What to pick from: beads without children, and gates. */
  readonly next: readonly ReadyItem[];
}

/** The candidates as things of a plan; position decides between equals. */
export function upNext(plan: Plan, candidates: readonly Candidate[]): UpNext {
  const fileOrder = new Map(plan.files.map((file, index) => [file, index]));
  const things = candidates.flatMap((candidate) => {
    const thing = (candidate.kind === 'bead' ? plan.beads : plan.gates)[candidate.index];
    return thing === undefined ? [] : [{ candidate, thing }];
  });
  things.sort((a, b) => {
    const places = [a.thing.location, b.thing.location] as const;
    const files = (fileOrder.get(places[0].file) ?? 0) - (fileOrder.get(places[1].file) ?? 0);
    return byUse(a.candidate, b.candidate) || files || places[0].start - places[1].start;
  });
  return {
    ready: things.flatMap(({ thing }) => (thing.kind === 'bead' ? [thing] : [])),
    next: things
      .filter(({ candidate }) => !candidate.hasChildren)
      .map(({ thing, candidate }) => item(thing, candidate)),
  };
}

function byUse(a: Candidate, b: Candidate): number {
  return a.weight - b.weight || b.unblocks - a.unblocks;
}

function item(thing: Bead | Gate, { unblocks }: Candidate): ReadyItem {
  return thing.kind === 'bead' ? { kind: 'bead', bead: thing, unblocks } : { kind: 'gate', gate: thing, unblocks };
}
