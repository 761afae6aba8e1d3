import type { Bead, Diagnostic, Plan } from '../model';
import { nameOf } from '../plan/tellings';
import type { PlanSnapshot } from '../snapshot';
import { isExport } from './export';
import { finding, nameAt, spanOf } from './finding';
import { lacking } from './lacking';
import { isMeasurable } from './measurable';

/** More conditions, or more lines, than one piece of work can have. */
const MOST_CONDITIONS = 5;
const MOST_LINES = 60;

/** Whether each bead that is still to be done says when it is done, what to do when it fails, and how urgent it is. */
export function checkBeads({ plan, schedule }: PlanSnapshot): readonly Diagnostic[] {
  const leaves = plan.beads.filter(({ id }) => plan.childrenOf(id).length === 0);
  const isToDo = ({ id }: Bead) => {
    const state = schedule.beadState(id);
    return state !== 'closed' && state !== 'deferred';
  };
  const open = leaves.filter(isToDo);
  return [
    ...lacking({
      code: 'missing-done-when',
      all: leaves,
      has: ({ doneWhen }) => doneWhen.length > 0,
      matters: isToDo,
      each: (bead) => `${nameOf(bead)} does not say when it is done. Add a "Done when" that can be measured or shown.`,
      once: (count) =>
        `${count} open beads do not say when they are done. Add a "Done when" to each that can be measured or shown.`,
      onceSeverity: 'info',
    }),
    ...open
      .filter(isVague)
      .map((bead) =>
        finding(
          'vague-done-when',
          spanOf(bead.doneWhen) ?? nameAt(bead),
          `Nothing here can be measured or shown. Say by which number, command, file or visible state ${nameOf(bead)} is known to be done.`,
        ),
      ),
    ...lacking({
      code: 'missing-failure-pointer',
      // The tracker that writes exports has no field for it.
      all: leaves.filter(({ location }) => !isExport(location.file)),
      has: ({ ifItFails }) => ifItFails.length > 0,
      matters: isToDo,
      each: (bead) => `${nameOf(bead)} does not say what to do when it fails. Point at a failure scenario.`,
      once: (count) =>
        `${count} open beads do not say what to do when they fail. Name failure scenarios, and point at them with "If it fails".`,
    }),
    ...lacking({
      code: 'missing-priority',
      all: leaves,
      has: ({ priority }) => priority !== undefined,
      matters: isToDo,
      each: (bead) => `${nameOf(bead)} has no priority, so it comes last. Add one from P0 to P4.`,
      once: (count) => `${count} open beads have no priority, so their order is that of the file.`,
    }),
    ...open.flatMap((bead) => fat(plan, bead)),
  ];
}

function isVague({ doneWhen }: Bead): boolean {
  return doneWhen.length > 0 && !doneWhen.some(({ value }) => isMeasurable(value));
}

function fat(plan: Plan, bead: Bead): readonly Diagnostic[] {
  const conditions = bead.doneWhen.length;
  if (conditions > MOST_CONDITIONS) {
    const message = `${nameOf(bead)} has ${conditions} conditions to be done. When it fails, nobody knows which part failed: split it.`;
    return [finding('fat-bead', nameAt(bead), message)];
  }
  const lines = linesOf(plan, bead);
  if (lines <= MOST_LINES) return [];
  return [
    finding(
      'fat-bead',
      nameAt(bead),
      `${nameOf(bead)} takes ${lines} lines. Split it into beads that can fail one at a time.`,
    ),
  ];
}

/** Lines with something on them. */
function linesOf(plan: Plan, { location }: Bead): number {
  // A line has an average length, and most beads are far too short to be counted.
  if (location.end - location.start < MOST_LINES) return 0;
  const text = plan.textOf(location.file) ?? '';
  let lines = 0;
  let isBlank = true;
  for (let at = location.start; at < location.end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) {
      if (!isBlank) lines++;
      isBlank = true;
    } else if (code > 32) isBlank = false;
  }
  return isBlank ? lines : lines + 1;
}
