import { approvedPhases } from '../approval/standing';
import { at, isSet } from '../graph/adjacency';
import type { DependencyGraph } from '../graph/graph';
import { NEVER } from '../graph/nodes';
import type { Plan, Reference } from '../model';
import { type OtherPlans, resolveOutside } from '../plan/references';
import type { BeadState, GateState, PhaseState } from '../snapshot';
import { isSatisfied, satisfactionOf } from './satisfaction';

/** What the states of a plan follow from. It names no things, so that plans of the same structure can share it. */
export interface StateFacts {
  /** By bead index. */
  readonly closed: Uint8Array;
  /** By bead index: 1 for what has to wait for something, whatever it says itself. */
  readonly held: Uint8Array;
  /** By phase index: whether a bead in it was begun or closed, or the phase says that it is in progress. */
  readonly started: Uint8Array;
  /** By node: 1 when what waits for it need not wait any longer. */
  readonly satisfied: Uint8Array;
  /** References to other plans that are not satisfied, by the node that waits for them. */
  readonly waitingOutside: ReadonlyMap<number, readonly Reference[]>;
  /** Whether the plan is being executed and records approvals at all. */
  readonly needsApprovals: boolean;
}

/** Linear in things and references. */
export function stateFactsOf(graph: DependencyGraph, others: OtherPlans | undefined): StateFacts {
  const { plan, structure } = graph;
  const { closed, nodes } = satisfactionOf(graph);
  const satisfied = nodes.slice();
  const waitingOutside = unsatisfiedOutside(graph, others);
  const needsApprovals = plan.mode === 'executing' && recordsApprovals(plan);
  const held = new Uint8Array(plan.beads.length);
  const facts = { closed, held, started: startedPhases(graph, closed), satisfied, waitingOutside, needsApprovals };

  const approved = needsApprovals ? approvedPhases(plan) : undefined;
  for (let index = 0; index < plan.phases.length; index++) {
    const start = graph.startOfPhase(index);
    const isApproved = approved === undefined || isSet(approved, index);
    satisfied[start] = isApproved && nothingBefore(start, graph, facts) ? 1 : 0;
  }
  for (let place = 0; place < structure.parentsFirst.length; place++) {
    const bead = at(structure.parentsFirst, place);
    const start = graph.startOfBead(bead);
    const free = plan.beads[bead]?.saysBlocked !== true && nothingBefore(start, graph, facts);
    held[bead] = free ? 0 : 1;
    if (at(structure.endOf, bead) !== start) satisfied[start] = free ? 1 : 0;
  }
  return facts;
}

/** Whether everything that a node waits for is satisfied. */
function nothingBefore(
  node: number,
  { structure }: DependencyGraph,
  { satisfied, waitingOutside }: Pick<StateFacts, 'satisfied' | 'waitingOutside'>,
): boolean {
  const { starts, neighbours } = structure.predecessors;
  for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
    const before = at(neighbours, edge);
    if (before === NEVER || !isSet(satisfied, before)) return false;
  }
  return !waitingOutside.has(node);
}

/** The states of everything in a plan, by index in the plan's lists. */
export class States {
  readonly graph: DependencyGraph;
  readonly others: OtherPlans | undefined;
  readonly facts: StateFacts;

  constructor(graph: DependencyGraph, others: OtherPlans | undefined, facts: StateFacts) {
    this.graph = graph;
    this.others = others;
    this.facts = facts;
  }

  bead(index: number): BeadState {
    if (isSet(this.facts.closed, index)) return 'closed';
    const status = this.graph.plan.beads[index]?.status;
    if (status === 'in_progress' || status === 'deferred') return status;
    return isSet(this.facts.held, index) ? 'blocked' : 'ready';
  }

  gate(index: number): GateState {
    const verdict = this.#verdict(index);
    if (verdict === 'pass') return 'passed';
    if (verdict === 'abort') return 'aborted';
    if (verdict === 'adjust') return 'adjusted';
    return this.isDue(index) ? 'due' : 'waiting';
  }

  phase(index: number): PhaseState {
    const { satisfied, started } = this.facts;
    if (isSet(satisfied, this.graph.endOfPhase(index))) return 'satisfied';
    if (!isSet(satisfied, this.graph.startOfPhase(index))) return 'guarded';
    return isSet(started, index) ? 'in_progress' : 'open';
  }

  /** Whether a gate's decision can be taken: what blocks it is satisfied and it did not pass or abort. */
  isDue(gateIndex: number): boolean {
    const verdict = this.#verdict(gateIndex);
    const isOpen = verdict !== 'pass' && verdict !== 'abort';
    return isOpen && nothingBefore(this.graph.nodeOfGate(gateIndex), this.graph, this.facts);
  }

  /** Whether the plan records approvals, is being executed, and this phase has none that still stands. */
  lacksApproval(phaseIndex: number): boolean {
    return this.facts.needsApprovals && !isSet(approvedPhases(this.graph.plan), phaseIndex);
  }

  #verdict(gateIndex: number) {
    return this.graph.plan.gates[gateIndex]?.decision?.verdict;
  }
}

/** Whether anybody's approval is written down anywhere in the plan. */
export function recordsApprovals(plan: Plan): boolean {
  return (
    plan.head.approvals.length > 0 ||
    plan.phases.some((phase) => phase.approvals.length > 0) ||
    plan.gates.some((gate) => gate.approvals.length > 0)
  );
}

function unsatisfiedOutside(
  { structure }: DependencyGraph,
  others: OtherPlans | undefined,
): ReadonlyMap<number, readonly Reference[]> {
  const waiting = new Map<number, Reference[]>();
  for (const { node, reference } of structure.outside) {
    const target = resolveOutside(reference, others);
    if (target !== undefined && isSatisfied(target.plan, target.thing)) continue;
    const known = waiting.get(node);
    if (known === undefined) waiting.set(node, [reference]);
    else known.push(reference);
  }
  return waiting;
}

function startedPhases({ plan, structure }: DependencyGraph, closed: Uint8Array): Uint8Array {
  const started = new Uint8Array(plan.phases.length);
  for (const [index, phase] of plan.phases.entries()) if (phase.status?.value === 'in_progress') started[index] = 1;
  for (let index = 0; index < plan.beads.length; index++) {
    const phase = at(structure.phaseOf, index);
    if (phase >= 0 && (isSet(closed, index) || plan.beads[index]?.status === 'in_progress')) started[phase] = 1;
  }
  return started;
}
