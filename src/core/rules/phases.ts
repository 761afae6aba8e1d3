import type { Diagnostic, Phase, Plan } from '../model';
import { resolve } from '../plan/references';
import { nameOf } from '../plan/tellings';
import { recordsApprovals } from '../schedule/states';
import type { PlanSnapshot } from '../snapshot';
import { isExport } from './export';
import { finding, nameAt } from './finding';
import { lacking } from './lacking';
import { checkRepetition } from './repetition';

/** Whether each phase that is not done yet can be handed to somebody: what for, proved how, with what to others. */
export function checkPhases(snapshot: PlanSnapshot): readonly Diagnostic[] {
  const { plan, schedule } = snapshot;
  const isToDo = ({ id, status }: Phase) => status?.value !== 'closed' && schedule.phaseState(id) !== 'satisfied';
  const needed = neededPhases(plan);
  // A heading that became a phase because beads stand below it is not written as one.
  const written = plan.phases.filter(({ idAt, location }) => idAt !== undefined && !isExport(location.file));
  return [
    ...lacking({
      code: 'missing-objective',
      all: written,
      has: ({ objective }) => objective.length > 0,
      matters: isToDo,
      each: (phase) => `${nameOf(phase)} does not say what it is for. Add an "Objective".`,
      once: (count) => `${count} open phases do not say what they are for. Add an "Objective" to each.`,
    }),
    ...lacking({
      code: 'missing-verification',
      all: written,
      has: ({ verification }) => verification.length > 0,
      matters: isToDo,
      each: (phase) =>
        `${nameOf(phase)} names nothing that proves it done. Add a "Verification" with commands or manual steps.`,
      once: (count) =>
        `${count} open phases name nothing that proves them done. Add a "Verification" with commands or manual steps.`,
    }),
    ...lacking({
      code: 'missing-interfaces',
      all: written.filter((phase) => needed.has(phase)),
      has: ({ interfaces }) => interfaces.length > 0,
      matters: isToDo,
      each: (phase) =>
        `Another phase depends on ${nameOf(phase)}, which does not say what it hands over. Add "Interfaces": files, contracts, names that stay.`,
      once: (count) =>
        `${count} open phases are depended on and do not say what they hand over. Add "Interfaces" to each.`,
    }),
    ...lacking({
      code: 'prompt-too-narrow',
      all: written,
      has: isAnchored,
      matters: isToDo,
      each: (phase) =>
        `The prompt of ${nameOf(phase)} says neither where to work nor what must stay nor what proves it right. Add a workspace, interfaces or a verification.`,
      once: (count) =>
        `The prompts of ${count} open phases say neither where to work nor what must stay nor what proves them right.`,
    }),
    ...approvals(snapshot),
    ...checkRepetition(plan, isToDo),
  ];
}

function isAnchored({ workspace, interfaces, verification }: Phase): boolean {
  return (workspace?.paths.length ?? 0) > 0 || interfaces.length > 0 || verification.length > 0;
}

/** Phases that another one depends on. */
function neededPhases(plan: Plan): ReadonlySet<Phase> {
  const needed = new Set<Phase>();
  for (const phase of plan.phases) {
    for (const reference of phase.dependsOn) {
      const before = resolve(plan, reference, 'phase');
      if (before?.kind === 'phase' && before !== phase) needed.add(before);
    }
  }
  return needed;
}

/** Phases that only their approval keeps from being worked on. */
function approvals({ plan, schedule }: PlanSnapshot): readonly Diagnostic[] {
  if (plan.mode !== 'executing' || !recordsApprovals(plan)) return [];
  return plan.phases
    .filter((phase) => phase.approvals.length === 0 && schedule.phaseState(phase.id) === 'guarded')
    .filter((phase) => schedule.blockersOf(phase, 1).every(({ kind, id }) => kind === 'phase' && id === phase.id))
    .map((phase) => {
      const message = `${nameOf(phase)} could begin, but nobody has approved it. Let its owner read it, and add "Approved by".`;
      return finding('missing-approval', nameAt(phase), message);
    });
}
