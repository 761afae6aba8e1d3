import { gateLinks } from '../graph/graph';
import type { Bead, Gate, Plan, Reference, Thing } from '../model';
import { resolve } from '../plan/references';

/** Beads and phases that name the thing as their blocker, and gates that wait for it, written or not. */
export function waitersOf(plan: Plan, thing: Bead | Gate): readonly Thing[] {
  const names = (references: readonly Reference[]) => references.some((each) => resolve(plan, each) === thing);
  const waiters = new Set<Thing>([
    ...plan.beads.filter(({ blockedBy }) => names(blockedBy)),
    ...plan.gates.filter((gate) => gateLinks(plan, gate).blockedBy.includes(thing)),
    ...plan.phases.filter(({ dependsOn }) => names(dependsOn)),
  ]);
  if (thing.kind === 'gate') for (const blocked of gateLinks(plan, thing).blocks) waiters.add(blocked);
  return [...waiters];
}
