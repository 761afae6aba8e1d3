import type { Bead } from '../model';
import type { PlanSnapshot } from '../snapshot';
import type { FlowFilter } from './levels';
import { type Family, type Place, phaseOf } from './places';

/** Says of each place whether it is to be faint. A phase is not while one of its beads is not, drawn or undrawn. */
export function faintness(
  { plan, schedule }: PlanSnapshot,
  filter: FlowFilter | undefined,
  family: Family,
): (place: Place) => boolean {
  if (filter === undefined || Object.values(filter).every((list) => list === undefined)) return () => false;
  const { states, priorities, owners, phases } = filter;
  const isInPhase = (id: string | undefined) => phases === undefined || phases.includes(id ?? '');
  const asksForBeads = priorities !== undefined || owners !== undefined;
  const matches = (bead: Bead) =>
    isInPhase(family.phases.get(bead)?.id) &&
    (states === undefined || states.includes(schedule.beadState(bead.id))) &&
    (priorities === undefined || priorities.includes(bead.priority?.value ?? -1)) &&
    (owners === undefined || owners.includes(bead.owner?.value ?? ''));

  const isFaint = (place: Place): boolean => {
    const { thing, stand, children } = place;
    if (children.length > 0 && children.some((child) => !isFaint(child))) return false;
    if (thing === undefined) {
      if (stand?.kind === 'rest') return !plan.beads.some((bead) => !family.phases.has(bead) && matches(bead));
      return stand?.kind === 'wave';
    }
    if (thing.kind === 'bead') return !matches(thing);
    if (!isInPhase(phaseOf(plan, thing, family)?.id)) return true;
    if (thing.kind === 'gate') {
      return asksForBeads || (states !== undefined && !states.includes(schedule.gateState(thing.id)));
    }
    const isItself = !asksForBeads && (states === undefined || states.includes(schedule.phaseState(thing.id)));
    return !isItself && !plan.beadsOfPhase(thing.id).some(matches);
  };
  return isFaint;
}
