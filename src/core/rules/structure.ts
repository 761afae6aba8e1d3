import { cycles } from '../graph/cycles';
import type { Bead, Diagnostic, Gate, Phase, Plan, Thing } from '../model';
import { nameOf } from '../plan/tellings';
import type { Blocker, PlanSnapshot } from '../snapshot';
import { edgeBetween } from './edges';
import { finding, nameAt } from './finding';
import { checkReferences } from './references';
import { checkValues } from './values';

/** Whether a plan holds together: every thing once, every reference to something, nothing waiting for itself. */
export function checkStructure(snapshot: PlanSnapshot): readonly Diagnostic[] {
  const { plan, others } = snapshot;
  return [
    ...duplicateIds(plan),
    ...missingIds(plan),
    ...checkReferences(plan, others),
    ...dependencyCycles(plan),
    ...unreachablePhases(snapshot),
    ...checkValues(plan),
  ];
}

function duplicateIds(plan: Plan): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const things of [plan.phases, plan.beads, plan.gates, plan.scenarios]) {
    const first = new Map<string, Thing>();
    for (const thing of things) {
      const known = first.get(thing.id);
      if (known === undefined) first.set(thing.id, thing);
      else {
        const message = `Two different ${PLURALS[thing.kind]} have the id ${thing.id}, and references go to the first. Give this one another id.`;
        const related = [{ location: nameAt(known), message: `The first ${nameOf(known)}` }];
        diagnostics.push(finding('duplicate-id', nameAt(thing), message, { related }));
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
  // A heading that is the only phase because all beads stand below it needs no name: nothing stands beside it.
  const phases = plan.phases.length === 1 ? [] : plan.phases;
  const things: readonly (Phase | Bead | Gate)[] = [...phases, ...plan.beads, ...plan.gates];
  return things
    .filter((thing) => thing.idAt === undefined)
    .map((thing) => {
      const message = `This ${thing.kind} has no id, so nothing can refer to it. Write one in front of its title; it is shown as ${thing.id} until then.`;
      return finding('missing-id', thing.head, message);
    });
}

function dependencyCycles(plan: Plan): readonly Diagnostic[] {
  return cycles(plan).flatMap((loop) => {
    const first = loop[0];
    if (first === undefined) return [];
    const shown = loop.length > LONGEST_LOOP ? loop.slice(0, LONGEST_LOOP) : loop;
    const left = loop.length - shown.length;
    const chain = [...shown.map(nameOf), ...(left > 0 ? [`${left} more`] : []), nameOf(first)].join(' → ');
    const message = `These wait for each other, so none of them can ever start: ${chain}. Take out one of these dependencies.`;
    const related = loop.map((thing, index) => {
      const before = loop[index + 1] ?? first;
      const edge =
        thing.kind === 'scenario' || before.kind === 'scenario' ? undefined : edgeBetween(plan, thing, before);
      return { location: edge ?? nameAt(thing), message: `${nameOf(thing)} waits for ${nameOf(before)}` };
    });
    return finding('dependency-cycle', nameAt(first), message, { related });
  });
}

/** Things named in a message; the related places have them all. */
const LONGEST_LOOP = 12;

/** Phases behind something that can never happen. What a phase itself names wrongly is reported there already. */
function unreachablePhases({ plan, schedule }: PlanSnapshot): readonly Diagnostic[] {
  return plan.phases.flatMap((phase) => {
    if (schedule.phaseState(phase.id) !== 'guarded') return [];
    const dead = deadEnd(plan, schedule.blockersOf(phase), 0);
    if (dead === undefined) return [];
    const message = `${nameOf(phase)} can never begin: ${dead}. Change what it waits for, or take it out.`;
    return [finding('unreachable-phase', nameAt(phase), message)];
  });
}

function deadEnd(plan: Plan, blockers: readonly Blocker[], depth: number): string | undefined {
  for (const { kind, id, because } of blockers) {
    if (kind === 'missing' && depth > 0) return `it waits for ${id}, which is not in the plan`;
    if (kind === 'cycle' && depth > 0) return `it waits for a circle through ${id}`;
    if (kind === 'gate') {
      const gate = plan.find(id, 'gate');
      if (gate?.kind === 'gate' && gate.decision?.verdict === 'abort') return `Gate ${id} was aborted`;
    }
    const behind = deadEnd(plan, because, depth + 1);
    if (behind !== undefined) return behind;
  }
  return undefined;
}
