import { isOwner } from './actions/person';
import type { Bead } from './model';
import type { PlanSnapshot } from './snapshot';

/** Beads without parts that this person has in progress, in the plan's order. */
export function beadsInHand({ plan, schedule }: PlanSnapshot, name: string): readonly Bead[] {
  if (name.trim() === '') return [];
  return plan.beads.filter(
    ({ id, owner }) =>
      owner !== undefined &&
      schedule.beadState(id) === 'in_progress' &&
      isOwner(owner.value, { name }) &&
      plan.childrenOf(id).length === 0,
  );
}
