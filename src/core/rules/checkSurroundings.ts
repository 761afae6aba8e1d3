import type { Diagnostic } from '../model';
import { nameOf } from '../plan/tellings';
import type { PlanSnapshot } from '../snapshot';
import { finding } from './finding';
import { lacking } from './lacking';
import type { Surroundings } from './surroundings';

/** Whether what was done is written down outside of the plan, too. */
export function checkSurroundings(snapshot: PlanSnapshot, around: Surroundings): readonly Diagnostic[] {
  return [...progressEntries(snapshot, around), ...commits(snapshot, around)];
}

function progressEntries({ plan }: PlanSnapshot, { progress }: Surroundings): readonly Diagnostic[] {
  if (progress === undefined || plan.head.progress === undefined) return [];
  const named = new Set(
    progress.text.match(/[\p{L}\p{N}][\p{L}\p{N}._-]*/gu)?.map((word) => word.replace(/[._-]+$/, '')),
  );
  const file = plan.head.progress.value;
  return lacking({
    code: 'missing-progress-entry',
    all: plan.beads.filter(({ id, status }) => status === 'closed' && plan.childrenOf(id).length === 0),
    has: ({ id }) => named.has(id),
    matters: () => true,
    each: (bead) => `${nameOf(bead)} is closed, and ${file} does not name it. Write a line there on what happened.`,
    once: (count) => `${count} beads are closed, and ${file} does not name them. Write a line there for each.`,
    onceSeverity: 'info',
  });
}

function commits({ plan }: PlanSnapshot, { uncommitted = [] }: Surroundings): readonly Diagnostic[] {
  if (plan.mode !== 'executing') return [];
  return uncommitted.map((file) => {
    const { mode } = plan.head;
    const place = mode?.file === file ? mode : { file, start: 0, end: 0 };
    const message = 'This plan is being executed, and this file holds changes that are not committed. Commit it first.';
    return finding('plan-not-committed', place, message);
  });
}
