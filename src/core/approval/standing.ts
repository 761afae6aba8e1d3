import type { Approval, Gate, Phase, Plan } from '../model';
import { isApproved } from './approvedText';

/** Whether an approval still stands: it has no hash, or nothing was changed since. */
export function stands(plan: Plan, of: Phase | Gate | undefined, { hash }: Approval): boolean {
  return hash === undefined || isApproved(plan, of, hash);
}

const known = new WeakMap<Plan, Uint8Array>();

/** By phase index: 1 where somebody has approved the phase, or the whole plan, as it is now. */
export function approvedPhases(plan: Plan): Uint8Array {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const isWhole = plan.head.approvals.some((approval) => stands(plan, undefined, approval));
  const approved = Uint8Array.from(plan.phases, (phase) =>
    isWhole || phase.approvals.some((approval) => stands(plan, phase, approval)) ? 1 : 0,
  );
  known.set(plan, approved);
  return approved;
}
