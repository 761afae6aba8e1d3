import { approvedPhases } from '../approval/standing';
import type { Bead, Gate, Phase, Plan, Reference } from '../model';
import { recordsApprovals } from '../schedule/states';

/**
 * Whether two plans hold the same things in the same order with the same links, states and weights, so that the same
 * follows from both. Texts and places may differ, and titles where nothing is found by them. Linear, and fast where things are the same objects.
 */
export function haveSameStructure(a: Plan, b: Plan): boolean {
  return (
    a.id === b.id &&
    a.mode === b.mode &&
    !a.reliesOnTitles &&
    !b.reliesOnTitles &&
    recordsApprovals(a) === recordsApprovals(b) &&
    haveSameApprovals(a, b) &&
    areSame(a.beads, b.beads, isSameBead) &&
    areSame(a.phases, b.phases, isSamePhase) &&
    areSame(a.gates, b.gates, isSameGate) &&
    areSame(a.scenarios, b.scenarios, (one, other) => one.id === other.id)
  );
}

/** Whether the same phases are approved as they are; only plans that are executed and record hashes cost anything. */
function haveSameApprovals(a: Plan, b: Plan): boolean {
  if (a.mode !== 'executing' || ![a, b].some(recordsHashes)) return true;
  const [one, other] = [approvedPhases(a), approvedPhases(b)];
  return one.every((value, index) => value === other[index]);
}

function recordsHashes({ head, phases }: Plan): boolean {
  return [head, ...phases].some(({ approvals }) => approvals.some(({ hash }) => hash !== undefined));
}

function isSameBead(a: Bead, b: Bead): boolean {
  return (
    a.id === b.id &&
    a.status === b.status &&
    a.saysBlocked === b.saysBlocked &&
    a.phase === b.phase &&
    a.parent === b.parent &&
    a.priority?.value === b.priority?.value &&
    a.estimate?.value === b.estimate?.value &&
    areSame(a.blockedBy, b.blockedBy, isSameReference)
  );
}

function isSamePhase(a: Phase, b: Phase): boolean {
  return (
    a.id === b.id &&
    a.status?.value === b.status?.value &&
    a.approvals.length > 0 === b.approvals.length > 0 &&
    areSame(a.dependsOn, b.dependsOn, isSameReference)
  );
}

function isSameGate(a: Gate, b: Gate): boolean {
  return (
    a.id === b.id &&
    a.phase === b.phase &&
    a.decision?.verdict === b.decision?.verdict &&
    areSame(a.blockedBy, b.blockedBy, isSameReference) &&
    areSame(a.blocks, b.blocks, isSameReference)
  );
}

function isSameReference(a: Reference, b: Reference): boolean {
  return a.value === b.value && a.kind === b.kind && a.plan === b.plan && a.through === b.through;
}

function areSame<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    const one = a[index] as T;
    const other = b[index] as T;
    if (one !== other && !isSame(one, other)) return false;
  }
  return true;
}
