import { at } from './adjacency';
import { countDownstream, lightestDownstream } from './downstream';
import type { Bead, Gate } from './model';
import type { ReadyItem } from './snapshot';
import type { States } from './states';
import type { Timeline } from './timeline';

/** Weight of a bead without a priority: after all that have one. */
const NO_PRIORITY = 5;

interface Candidate {
  readonly item: ReadyItem;
  readonly hasChildren: boolean;
  readonly weight: number;
}

/**
 * What can be done now, most useful first: by priority, then by the number of beads that wait for it in the end, then
 * by position. A gate is as urgent as the most urgent bead behind it.
 */
export function nextOf(
  states: States,
  { open }: Timeline,
): { readonly ready: readonly Bead[]; readonly next: readonly ReadyItem[] } {
  const { graph } = states;
  const { beads, gates } = graph.plan;
  const beadStates = beads.map((_, index) => states.bead(index));
  const isDue = gates.map((_, index) => states.isDue(index));
  if (!beadStates.includes('ready') && !isDue.includes(true)) return { ready: [], next: [] };

  const counted = Uint8Array.from(beadStates, (state) => (state === 'blocked' ? 1 : 0));
  const stops = new Uint8Array(graph.nodeCount);
  for (const [index, gate] of gates.entries()) {
    if (gate.decision?.verdict === 'abort') stops[graph.nodeOfGate(index)] = 1;
  }
  const weights = Uint8Array.from(beads, (bead) => bead.priority?.value ?? NO_PRIORITY);
  const counts = countDownstream(graph, open, { stops, counted });
  const lightest = isDue.includes(true)
    ? lightestDownstream(graph, open, { stops, counted, weights, none: NO_PRIORITY })
    : new Int32Array();

  const candidates: Candidate[] = [];
  for (const [index, bead] of beads.entries()) {
    if (beadStates[index] !== 'ready') continue;
    const end = at(graph.endOf, index);
    candidates.push({
      item: { kind: 'bead', bead, unblocks: at(counts, end) },
      hasChildren: end !== graph.startOfBead(index),
      weight: weights[index] as number,
    });
  }
  for (const [index, gate] of gates.entries()) {
    if (isDue[index] !== true) continue;
    const node = graph.nodeOfGate(index);
    candidates.push({
      item: { kind: 'gate', gate, unblocks: at(counts, node) },
      hasChildren: false,
      weight: at(lightest, node),
    });
  }
  const fileOrder = new Map(graph.plan.files.map((file, index) => [file, index]));
  candidates.sort(
    (a, b) =>
      a.weight - b.weight || b.item.unblocks - a.item.unblocks || comparePlaces(thingOf(a.item), thingOf(b.item)),
  );
  return {
    ready: candidates.flatMap(({ item }) => (item.kind === 'bead' ? [item.bead] : [])),
    next: candidates.filter((candidate) => !candidate.hasChildren).map((candidate) => candidate.item),
  };

  function comparePlaces({ location: a }: Bead | Gate, { location: b }: Bead | Gate): number {
    return (fileOrder.get(a.file) ?? 0) - (fileOrder.get(b.file) ?? 0) || a.start - b.start;
  }
}

function thingOf(item: ReadyItem): Bead | Gate {
  return item.kind === 'bead' ? item.bead : item.gate;
}
