import { firstUnintended, type Intended } from '../edit/exactly';
import { type FieldChange, type Reworded, waysToChange } from '../edit/fields/change';
import { applyEdits, inOrder, type PlanEdits, whyNotWritten } from '../edit/planEdits';
import type { Plan, PlanPart, Thing } from '../model';
import { readPlanFile } from '../notation/read';
import { joinPlan } from '../plan/joinPlan';
import { nameOf } from '../plan/tellings';
import type { TextEdit } from '../text';
import { type ActionSource, type Refusal, refuse } from './action';

/** Edits that were read back and say exactly what was meant. */
export type Written = { readonly edits: PlanEdits } | { readonly refused: Refusal };

/**
 * Changes fields of a thing, with `besides` in one step. The result is read again: when the plan says anything but what
 * was meant, nothing is changed.
 */
export function writeFields(
  source: ActionSource,
  thing: Thing,
  changes: readonly FieldChange[],
  intended: (reworded: Reworded) => Readonly<Record<string, unknown>>,
  besides: PlanEdits = new Map(),
): Written {
  const { plan } = source.snapshot;
  const part = source.part(thing.location.file);
  const why = part === undefined ? 'Its file is not there any more.' : whyNotChanged(part);
  if (why !== undefined) return refuse('not-written', why, undefined, thing.head);
  let unintended: string | undefined;
  for (const { edits: own, reworded } of waysToChange(source, thing, changes)) {
    const edits = together(own, besides);
    const meant: Intended = new Map([[thing, intended(reworded)]]);
    const other = [...edits.keys()].map((file) => source.part(file)).find((each) => each && whyNotChanged(each));
    if (other !== undefined) return refuse('not-written', whyNotChanged(other) ?? '', undefined, thing.head);
    const found = firstUnintended(plan, planWith(source, edits), meant);
    if (found === undefined) return { edits };
    unintended ??= found;
  }
  const about =
    unintended === undefined || unintended === `${thing.kind} ${thing.id}` ? '' : `: it would change ${unintended}`;
  return refuse(
    'not-written',
    `${nameOf(thing)} is written in a form in which Phasewise cannot change just this${about}.`,
    'Write it by hand, or give it lines of its own: one for each field.',
    thing.head,
  );
}

/** The plan as it reads once the edits are made. What did not change is not read again. */
function planWith(source: ActionSource, edits: PlanEdits): Plan {
  const { plan } = source.snapshot;
  const parts = plan.files.flatMap((file): readonly PlanPart[] => {
    const part = source.part(file);
    if (part === undefined) return [];
    const changes = edits.get(file);
    return [changes === undefined ? part : readPlanFile(file, applyEdits(part.text, changes), part)];
  });
  return joinPlan(plan.key, parts);
}

const CONFLICT = /^(?:<{7} |={7}\r?$|>{7} )/m;

/** Why nothing may be written into a file, for people; undefined when it may be. */
export function whyNotChanged(part: PlanPart): string | undefined {
  if (/^<{7} /m.test(part.text) && CONFLICT.test(part.text) && /^>{7} /m.test(part.text)) {
    return 'This file holds a merge conflict. Solve it first: look for the lines that begin with <<<<<<<.';
  }
  return whyNotWritten(part);
}

/** The edits of two plans of edits as one. */
export function together(...all: readonly PlanEdits[]): PlanEdits {
  const result = new Map<string, readonly TextEdit[]>();
  for (const edits of all) {
    for (const [file, own] of edits) result.set(file, inOrder([...(result.get(file) ?? []), ...own]));
  }
  return result;
}
