import { isOwner } from './actions/person';
import type { Bead } from './model';
import type { PlanSnapshot } from './snapshot';

/** Beads without parts that this person has in progress, in the plan's order. */
export function beadsInHand({ plan, schedule }: PlanSnapshot, name: string): readonly Bead[] {
  if (name.trim() === '') return [];
  return plan.beads.filter(
    ({ id, owner, status }) =>
      // What costs least comes first: most beads are somebody else's, or not begun.
      status === 'in_progress' &&
      owner !== undefined &&
      isOwner(owner.value, { name }) &&
      schedule.beadState(id) === 'in_progress' &&
      plan.childrenOf(id).length === 0,
  );
}
