import { at, isSet } from '../graph/adjacency';
import { type DependencyGraph, dependencyGraph } from '../graph/graph';
import type { GraphStructure } from '../graph/structure';
import type { Phase, Plan } from '../model';
import type { Waitable } from '../plan/references';

/** What is satisfied in a plan (plan-format: what it means), whatever stands before it. */
export interface Satisfaction {
  /** By bead index: 1 when closed. A bead with children is closed when all of them are, whatever it says itself. */
  readonly closed: Uint8Array;
  /** By node of the dependency graph: 1 when what waits for that node need not wait any longer. */
  readonly nodes: Uint8Array;
}

/** Whether a thing is satisfied: a closed bead, a passed gate, a phase with all its beads closed and gates passed. */
export function isSatisfied(plan: Plan, thing: Waitable): boolean {
  const graph = dependencyGraph(plan);
  return isSet(satisfactionOf(graph).nodes, graph.endOf(thing));
}

const known = new WeakMap<GraphStructure, Satisfaction>();

/** Computed once for each structure, in linear time. Starts of phases and of beads with children are left at 0. */
export function satisfactionOf(graph: DependencyGraph): Satisfaction {
  const before = known.get(graph.structure);
  if (before !== undefined) return before;
  const result = compute(graph);
  known.set(graph.structure, result);
  return result;
}

function compute(graph: DependencyGraph): Satisfaction {
  const { beads, gates, phases } = graph.plan;
  const { structure } = graph;
  const closed = closedBeads(graph);
  const nodes = new Uint8Array(structure.nodeCount);
  const openBeads = new Int32Array(phases.length);
  const beadCount = new Int32Array(phases.length);
  for (let bead = 0; bead < beads.length; bead++) {
    nodes[at(structure.endOf, bead)] = isSet(closed, bead) ? 1 : 0;
    const phase = at(structure.phaseOf, bead);
    if (phase < 0) continue;
    beadCount[phase] = at(beadCount, phase) + 1;
    if (!isSet(closed, bead)) openBeads[phase] = at(openBeads, phase) + 1;
  }
  const openGates = new Int32Array(phases.length);
  const gateCount = new Int32Array(phases.length);
  for (const [index, gate] of gates.entries()) {
    const passed = gate.decision?.verdict === 'pass';
    nodes[graph.nodeOfGate(index)] = passed ? 1 : 0;
    const phase = at(structure.phaseOfGate, index);
    if (phase < 0) continue;
    gateCount[phase] = at(gateCount, phase) + 1;
    if (!passed) openGates[phase] = at(openGates, phase) + 1;
  }
  for (const [index, phase] of phases.entries()) {
    const hasBeads = at(beadCount, index) > 0;
    const worked = at(openBeads, index) === 0;
    const holdsAnything = hasBeads || at(gateCount, index) > 0;
    const ended = worked && at(openGates, index) === 0 && (holdsAnything || saysClosed(phase));
    nodes[graph.workOfPhase(index)] = worked && (hasBeads || ended) ? 1 : 0;
    nodes[graph.endOfPhase(index)] = ended ? 1 : 0;
  }
  return { closed, nodes };
}

/** A phase that holds nothing yet is not done for that reason; it is when the plan says so. */
function saysClosed(phase: Phase): boolean {
  return phase.status?.value === 'closed';
}

function closedBeads(graph: DependencyGraph): Uint8Array {
  const { beads } = graph.plan;
  const { parentOf, parentsFirst, endOf } = graph.structure;
  const closed = new Uint8Array(beads.length);
  for (let index = 0; index < beads.length; index++) {
    const isParent = at(endOf, index) !== graph.startOfBead(index);
    if (isParent || beads[index]?.status === 'closed') closed[index] = 1;
  }
  for (let place = parentsFirst.length - 1; place >= 0; place--) {
    const bead = at(parentsFirst, place);
    const parent = at(parentOf, bead);
    if (parent >= 0 && !isSet(closed, bead)) closed[parent] = 0;
  }
  return closed;
}
