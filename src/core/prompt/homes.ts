import type { Bead, Gate, Phase, Plan } from '../model';

const homes = new WeakMap<Plan, ReadonlyMap<Bead | Gate, Phase>>();

/** The phase that a bead or gate stands in; for a sub-bead, that of the bead above it. Constant time after the first call for a plan. */
export function phaseOf(plan: Plan, thing: Bead | Gate): Phase | undefined {
  let known = homes.get(plan);
  if (known === undefined) {
    known = homesOf(plan);
    homes.set(plan, known);
  }
  return known.get(thing);
}

export function phaseById(plan: Plan, id: string): Phase | undefined {
  const phase = plan.find(id, 'phase');
  return phase?.kind === 'phase' ? phase : undefined;
}

function homesOf(plan: Plan): ReadonlyMap<Bead | Gate, Phase> {
  const found = new Map<Bead | Gate, Phase>();
  for (const phase of plan.phases) {
    for (const thing of [...plan.beadsOfPhase(phase.id), ...plan.gatesOfPhase(phase.id)]) {
      if (!found.has(thing)) found.set(thing, phase);
    }
  }
  return found;
}
