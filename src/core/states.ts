import { at, isSet } from './adjacency';
import { type DependencyGraph, NEVER } from './graph';
import type { Plan, Reference } from './model';
import { type OtherPlans, resolveOutside } from './references';
import { isSatisfied, satisfactionOf } from './satisfaction';
import type { BeadState, GateState, PhaseState } from './snapshot';

/** The states of everything in a plan, by index in the plan's lists. */
export interface States {
  readonly graph: DependencyGraph;
  readonly others: OtherPlans | undefined;
  readonly closed: Uint8Array;
  /** By node: 1 when what waits for it need not wait any longer. */
  readonly satisfied: Uint8Array;
  /** References to other plans that are not satisfied, by the node that waits for them. */
  readonly waitingOutside: ReadonlyMap<number, readonly Reference[]>;
  bead(index: number): BeadState;
  gate(index: number): GateState;
  phase(index: number): PhaseState;
  /** Whether a gate's decision can be taken: what blocks it is satisfied and it did not pass or abort. */
  isDue(gateIndex: number): boolean;
  /** Whether the plan records approvals, is being executed, and this phase has none. */
  lacksApproval(phaseIndex: number): boolean;
}

/** Linear in things and references. */
export function statesOf(graph: DependencyGraph, others: OtherPlans | undefined): States {
  const { plan } = graph;
  const { closed, nodes } = satisfactionOf(graph);
  const satisfied = nodes.slice();
  const waitingOutside = unsatisfiedOutside(graph, others);
  const needsApproval = plan.mode === 'executing' && recordsApprovals(plan);
  const lacksApproval = (index: number) => needsApproval && plan.phases[index]?.approvals.length === 0;

  for (let phase = 0; phase < plan.phases.length; phase++) {
    const start = graph.startOfPhase(phase);
    satisfied[start] = !lacksApproval(phase) && nothingBefore(start) ? 1 : 0;
  }
  const held = new Uint8Array(plan.beads.length);
  for (const bead of graph.parentsFirst) {
    const start = graph.startOfBead(bead);
    const free = nothingBefore(start);
    held[bead] = free ? 0 : 1;
    if (at(graph.endOf, bead) !== start) satisfied[start] = free ? 1 : 0;
  }

  function nothingBefore(node: number): boolean {
    const { starts, neighbours } = graph.predecessors;
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
      const before = at(neighbours, edge);
      if (before === NEVER || !isSet(satisfied, before)) return false;
    }
    return !waitingOutside.has(node);
  }

  const isDue = (index: number) => {
    const verdict = plan.gates[index]?.decision?.verdict;
    return verdict !== 'pass' && verdict !== 'abort' && nothingBefore(graph.nodeOfGate(index));
  };

  let started: Uint8Array | undefined;
  return {
    graph,
    others,
    closed,
    satisfied,
    waitingOutside,
    isDue,
    lacksApproval,
    bead(index) {
      if (isSet(closed, index)) return 'closed';
      const status = plan.beads[index]?.status;
      if (status === 'in_progress' || status === 'deferred') return status;
      return isSet(held, index) ? 'blocked' : 'ready';
    },
    gate(index) {
      const verdict = plan.gates[index]?.decision?.verdict;
      if (verdict === 'pass') return 'passed';
      if (verdict === 'abort') return 'aborted';
      if (verdict === 'adjust') return 'adjusted';
      return isDue(index) ? 'due' : 'waiting';
    },
    phase(index) {
      if (isSet(satisfied, graph.endOfPhase(index))) return 'satisfied';
      if (!isSet(satisfied, graph.startOfPhase(index))) return 'guarded';
      started ??= startedPhases(graph, closed);
      return isSet(started, index) ? 'in_progress' : 'open';
    },
  };
}

function recordsApprovals(plan: Plan): boolean {
  return (
    plan.head.approvals.length > 0 ||
    plan.phases.some((phase) => phase.approvals.length > 0) ||
    plan.gates.some((gate) => gate.approvals.length > 0)
  );
}

function unsatisfiedOutside(
  graph: DependencyGraph,
  others: OtherPlans | undefined,
): ReadonlyMap<number, readonly Reference[]> {
  const waiting = new Map<number, Reference[]>();
  for (const { node, reference } of graph.outside) {
    const target = resolveOutside(reference, others);
    if (target !== undefined && isSatisfied(target.plan, target.thing)) continue;
    const known = waiting.get(node);
    if (known === undefined) waiting.set(node, [reference]);
    else known.push(reference);
  }
  return waiting;
}

/** Phases that say so, or in which a bead is being worked on or closed. */
function startedPhases(graph: DependencyGraph, closed: Uint8Array): Uint8Array {
  const { plan } = graph;
  const started = Uint8Array.from(plan.phases, (phase) => (phase.status?.value === 'in_progress' ? 1 : 0));
  for (const [index, bead] of plan.beads.entries()) {
    const phase = at(graph.phaseOf, index);
    if (phase >= 0 && (bead.status === 'in_progress' || isSet(closed, index))) started[phase] = 1;
  }
  return started;
}
