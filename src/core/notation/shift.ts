import type { Bead, Diagnostic, Field, Gate, Phase, Scenario } from '../model';
import type { Location } from '../text';

/** Things as they are when text in front of them grew by `by` characters: all places move, nothing else changes. */

export function shiftPhase(phase: Phase, by: number): Phase {
  const { operations, workspace } = phase;
  const isEmpty = Object.values(operations).every((texts) => texts.length === 0);
  return {
    ...shiftNamed(phase, by),
    dependsOn: shiftAll(phase.dependsOn, by),
    objective: shiftAll(phase.objective, by),
    constraints: shiftAll(phase.constraints, by),
    outOfScope: shiftAll(phase.outOfScope, by),
    doneMeans: shiftAll(phase.doneMeans, by),
    interfaces: shiftAll(phase.interfaces, by),
    prerequisites: shiftAll(phase.prerequisites, by),
    verification: shiftAll(phase.verification, by),
    operations: isEmpty
      ? operations
      : {
          git: shiftAll(operations.git, by),
          migrations: shiftAll(operations.migrations, by),
          tophatting: shiftAll(operations.tophatting, by),
          gates: shiftAll(operations.gates, by),
          notes: shiftAll(operations.notes, by),
        },
    risks: shiftAll(phase.risks, by),
    ...(workspace && {
      workspace: {
        paths: shiftAll(workspace.paths, by),
        ...(workspace.branch && { branch: shift(workspace.branch, by) }),
        ...(workspace.sparse && { sparse: shift(workspace.sparse, by) }),
      },
    }),
    approvals: shiftAll(phase.approvals, by),
    ...(phase.status && { status: shift(phase.status, by) }),
  };
}

export function shiftBead(bead: Bead, by: number): Bead {
  return {
    ...shiftNamed(bead, by),
    ...(bead.type && { type: shift(bead.type, by) }),
    ...(bead.priority && { priority: shift(bead.priority, by) }),
    blockedBy: shiftAll(bead.blockedBy, by),
    what: shiftAll(bead.what, by),
    doneWhen: shiftAll(bead.doneWhen, by),
    ifItFails: shiftAll(bead.ifItFails, by),
    failureScenarios: shiftAll(bead.failureScenarios, by),
    steps: mapAll(bead.steps, (step) => ({
      ...step,
      text: shift(step.text, by),
      ...(step.mark && { mark: shift(step.mark, by) }),
    })),
    ...(bead.statusAt && { statusAt: shift(bead.statusAt, by) }),
    ...(bead.owner && { owner: shift(bead.owner, by) }),
    ...(bead.estimate && { estimate: shift(bead.estimate, by) }),
    labels: shiftAll(bead.labels, by),
    evidence: shiftAll(bead.evidence, by),
  };
}

export function shiftGate(gate: Gate, by: number): Gate {
  return {
    ...shiftNamed(gate, by),
    blockedBy: shiftAll(gate.blockedBy, by),
    blocks: shiftAll(gate.blocks, by),
    criteria: shiftAll(gate.criteria, by),
    ...(gate.decision && { decision: shift(gate.decision, by) }),
    approvals: shiftAll(gate.approvals, by),
  };
}

export function shiftScenario(scenario: Scenario, by: number): Scenario {
  return {
    ...shiftNamed(scenario, by),
    detection: shiftAll(scenario.detection, by),
    recovery: shiftAll(scenario.recovery, by),
  };
}

export function shiftDiagnostic(diagnostic: Diagnostic, by: number): Diagnostic {
  return {
    ...diagnostic,
    location: shift(diagnostic.location, by),
    ...(diagnostic.related && {
      related: diagnostic.related.map((each) => ({ ...each, location: shift(each.location, by) })),
    }),
  };
}

export function shift<T extends Location>(at: T, by: number): T {
  return { ...at, start: at.start + by, end: at.end + by };
}

/** The same list when there is nothing in it. */
export function shiftAll<T extends Location>(list: readonly T[], by: number): readonly T[] {
  return mapAll(list, (at) => shift(at, by));
}

function mapAll<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  return list.length === 0 ? list : list.map(change);
}

function shiftNamed<
  T extends {
    readonly idAt?: Location;
    readonly title: Field<string>;
    readonly location: Location;
    readonly head: Location;
  },
>(thing: T, by: number): T {
  return {
    ...thing,
    ...(thing.idAt && { idAt: shift(thing.idAt, by) }),
    title: shift(thing.title, by),
    location: shift(thing.location, by),
    head: shift(thing.head, by),
  };
}
