import type {
  Approval,
  Bead,
  Criterion,
  Diagnostic,
  Field,
  Gate,
  Insight,
  Phase,
  PlanHead,
  Reference,
  Scenario,
  Step,
  Verification,
} from '../model';
import type { Location } from '../text';
import type { Wait } from './waits';

/**
 * Things as they are after text in front of them grew by some characters: all places move, nothing else changes. Every
 * object is spelled out, since a keystroke at the top of a large plan moves all that follows.
 */

/** The same list when there is nothing in it. */
export function moveAll<T>(list: readonly T[], by: number, move: (item: T, by: number) => T): T[] {
  if (list.length === 0) return list as T[];
  const moved = new Array<T>(list.length);
  for (let index = 0; index < list.length; index++) moved[index] = move(list[index] as T, by);
  return moved;
}

export function movePhase(phase: Phase, by: number): Phase {
  const { operations, workspace } = phase;
  return {
    kind: 'phase',
    id: phase.id,
    ...maybe('idAt', phase.idAt, by, moveLocation),
    title: moveField(phase.title, by),
    location: moveLocation(phase.location, by),
    head: moveLocation(phase.head, by),
    dependsOn: moveAll(phase.dependsOn, by, moveReference),
    objective: moveAll(phase.objective, by, moveField),
    constraints: moveAll(phase.constraints, by, moveField),
    outOfScope: moveAll(phase.outOfScope, by, moveField),
    doneMeans: moveAll(phase.doneMeans, by, moveField),
    interfaces: moveAll(phase.interfaces, by, moveField),
    prerequisites: moveAll(phase.prerequisites, by, moveField),
    verification: moveAll(phase.verification, by, moveVerification),
    operations: {
      git: moveAll(operations.git, by, moveField),
      migrations: moveAll(operations.migrations, by, moveField),
      tophatting: moveAll(operations.tophatting, by, moveField),
      gates: moveAll(operations.gates, by, moveField),
      notes: moveAll(operations.notes, by, moveField),
    },
    risks: moveAll(phase.risks, by, moveField),
    ...(workspace === undefined
      ? {}
      : {
          workspace: {
            paths: moveAll(workspace.paths, by, moveField),
            ...maybe('branch', workspace.branch, by, moveField),
            ...maybe('sparse', workspace.sparse, by, moveField),
          },
        }),
    approvals: moveAll(phase.approvals, by, moveApproval),
    ...maybe('status', phase.status, by, moveField),
  };
}

/** Every key stands here, also without a value: one shape for all beads is three times as fast as one for each. */
export function moveBead(bead: Bead, by: number): Bead {
  const { idAt, type, priority, statusAt, owner, estimate } = bead;
  return {
    kind: 'bead',
    id: bead.id,
    idAt: idAt && moveLocation(idAt, by),
    title: moveField(bead.title, by),
    location: moveLocation(bead.location, by),
    head: moveLocation(bead.head, by),
    phase: bead.phase,
    parent: bead.parent,
    type: type && moveField(type, by),
    priority: priority && moveField(priority, by),
    blockedBy: moveAll(bead.blockedBy, by, moveReference),
    what: moveAll(bead.what, by, moveField),
    doneWhen: moveAll(bead.doneWhen, by, moveField),
    ifItFails: moveAll(bead.ifItFails, by, moveField),
    failureScenarios: moveAll(bead.failureScenarios, by, moveReference),
    steps: moveAll(bead.steps, by, moveStep),
    status: bead.status,
    ...(bead.saysBlocked && { saysBlocked: true as const }),
    statusAt: statusAt && moveLocation(statusAt, by),
    owner: owner && moveField(owner, by),
    estimate: estimate && moveField(estimate, by),
    labels: moveAll(bead.labels, by, moveField),
    evidence: moveAll(bead.evidence, by, moveField),
  };
}

export function moveGate(gate: Gate, by: number): Gate {
  return {
    kind: 'gate',
    id: gate.id,
    ...maybe('idAt', gate.idAt, by, moveLocation),
    title: moveField(gate.title, by),
    location: moveLocation(gate.location, by),
    head: moveLocation(gate.head, by),
    type: gate.type,
    ...(gate.phase === undefined ? {} : { phase: gate.phase }),
    blockedBy: moveAll(gate.blockedBy, by, moveReference),
    blocks: moveAll(gate.blocks, by, moveReference),
    criteria: moveAll(gate.criteria, by, moveCriterion),
    ...maybe('decision', gate.decision, by, moveAt),
    approvals: moveAll(gate.approvals, by, moveApproval),
  };
}

export function moveScenario(scenario: Scenario, by: number): Scenario {
  return {
    kind: 'scenario',
    id: scenario.id,
    ...maybe('idAt', scenario.idAt, by, moveLocation),
    title: moveField(scenario.title, by),
    location: moveLocation(scenario.location, by),
    head: moveLocation(scenario.head, by),
    detection: moveAll(scenario.detection, by, moveField),
    recovery: moveAll(scenario.recovery, by, moveField),
  };
}

export function moveHead(head: PlanHead, by: number): PlanHead {
  return {
    ...maybe('planId', head.planId, by, moveField),
    ...maybe('title', head.title, by, moveField),
    ...maybe('mode', head.mode, by, moveField),
    baseline: moveAll(head.baseline, by, moveField),
    risks: moveAll(head.risks, by, moveField),
    ...maybe('repository', head.repository, by, moveField),
    ...maybe('progress', head.progress, by, moveField),
    ...maybe('branch', head.branch, by, moveField),
    ...maybe('worktrees', head.worktrees, by, moveField),
    approvals: moveAll(head.approvals, by, moveApproval),
    ...(head.rules === undefined ? {} : { rules: moveAll(head.rules, by, moveAt) }),
  };
}

export function moveInsight(insight: Insight, by: number): Insight {
  return moveAt(insight, by);
}

export function moveApproval(approval: Approval, by: number): Approval {
  return moveAt(approval, by);
}

export function moveDiagnostic(diagnostic: Diagnostic, by: number): Diagnostic {
  const { related } = diagnostic;
  return {
    ...diagnostic,
    location: moveLocation(diagnostic.location, by),
    ...(related === undefined
      ? {}
      : { related: related.map((each) => ({ ...each, location: moveLocation(each.location, by) })) }),
  };
}

function moveStep({ text, done, mark }: Step, by: number): Step {
  return { text: moveField(text, by), done, mark: mark && moveLocation(mark, by) };
}

function moveVerification({ value, file, start, end, kind }: Verification, by: number): Verification {
  return { value, file, start: start + by, end: end + by, kind };
}

function moveReference({ value, file, start, end, kind, plan, through }: Reference, by: number): Reference {
  return { value, file, start: start + by, end: end + by, kind, plan, through };
}

function moveCriterion({ file, start, end, criterion, pass, adjust, abort }: Criterion, by: number): Criterion {
  return { file, start: start + by, end: end + by, criterion, pass, adjust, abort };
}

function moveField<T>({ value, file, start, end }: Field<T>, by: number): Field<T> {
  return { value, file, start: start + by, end: end + by };
}

function moveLocation({ file, start, end }: Location, by: number): Location {
  return { file, start: start + by, end: end + by };
}

function moveAt<T extends Location>(at: T, by: number): T {
  return { ...at, start: at.start + by, end: at.end + by };
}

/** The key with its moved value, when there is one. */
function maybe<K extends string, T>(
  key: K,
  value: T | undefined,
  by: number,
  move: (value: T, by: number) => T,
): { [key in K]?: T } {
  return value === undefined ? {} : ({ [key]: move(value, by) } as { [key in K]?: T });
}

export function moveWait({ of, by: blockers, otherwise }: Wait, by: number): Wait {
  const moved = { of: moveReference(of, by), by: moveAll(blockers, by, moveReference) };
  return otherwise === undefined ? moved : { ...moved, otherwise: moveAll(otherwise, by, moveReference) };
}
