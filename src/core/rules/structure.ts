import { cycles } from '../graph/cycles';
import type { Bead, Diagnostic, Gate, Phase, Plan, Thing } from '../model';
import type { OtherPlans } from '../plan/references';
import { nameOf } from '../plan/tellings';
import { checkReferences } from './references';

/** Whether a plan holds together: every thing once, every reference to something, nothing waiting for itself. */
export function checkStructure(plan: Plan, others?: OtherPlans): readonly Diagnostic[] {
  return [...duplicateIds(plan), ...missingIds(plan), ...checkReferences(plan, others), ...dependencyCycles(plan)];
}

function duplicateIds(plan: Plan): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const things of [plan.phases, plan.beads, plan.gates, plan.scenarios]) {
    const first = new Map<string, Thing>();
    for (const thing of things) {
      const known = first.get(thing.id);
      if (known === undefined) first.set(thing.id, thing);
      else {
        diagnostics.push({
          code: 'duplicate-id',
          severity: 'error',
          message: `Two different ${PLURALS[thing.kind]} have the id ${thing.id}, and references go to the first. Give this one another id.`,
          location: thing.idAt ?? thing.head,
          related: [{ location: known.idAt ?? known.head, message: `The first ${nameOf(known)}` }],
        });
      }
    }
  }
  return diagnostics;
}

const PLURALS: Record<Thing['kind'], string> = {
  phase: 'phases',
  bead: 'beads',
  gate: 'gates',
  scenario: 'scenarios',
};

function missingIds(plan: Plan): readonly Diagnostic[] {
  const things: readonly (Phase | Bead | Gate)[] = [...plan.phases, ...plan.beads, ...plan.gates];
  return things
    .filter((thing) => thing.idAt === undefined)
    .map((thing) => ({
      code: 'missing-id',
      severity: 'hint',
      message: `This ${thing.kind} has no id, so nothing can refer to it. Write one in front of its title; it is shown as ${thing.id} until then.`,
      location: thing.head,
    }));
}

function dependencyCycles(plan: Plan): readonly Diagnostic[] {
  return cycles(plan).flatMap((loop) => {
    const first = loop[0];
    if (first === undefined) return [];
    const shown = loop.length > LONGEST_LOOP ? loop.slice(0, LONGEST_LOOP) : loop;
    const left = loop.length - shown.length;
    const chain = [...shown.map(nameOf), ...(left > 0 ? [`${left} more`] : []), nameOf(first)].join(' → ');
    return {
      code: 'dependency-cycle',
      severity: 'error',
      message: `These wait for each other, so none of them can ever start: ${chain}. Take out one of these dependencies.`,
      location: first.idAt ?? first.head,
      related: loop.map((thing, index) => ({
        location: thing.idAt ?? thing.head,
        message: `${nameOf(thing)} waits for ${nameOf(loop[index + 1] ?? first)}`,
      })),
    };
  });
}

/** Things named in a message; the related places have them all. */
const LONGEST_LOOP = 12;
