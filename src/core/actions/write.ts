import { firstUnintended, type Intended } from '../edit/exactly';
import { type FieldChange, type Reworded, waysToChange } from '../edit/fields/change';
import { applyEdits, inOrder, type PlanEdits, whyNotWritten } from '../edit/planEdits';
import type { Plan, PlanPart, Thing } from '../model';
import { readPlanFile } from '../notation/read';
import { joinPlan } from '../plan/joinPlan';
import { nameOf } from '../plan/tellings';
import type { Location, TextEdit } from '../text';
import { type ActionSource, type Refusal, refuse } from './action';

/** Edits that were read back and say exactly what was meant. */
export type Written = { readonly edits: PlanEdits } | { readonly refused: Refusal };

/** One way to write something, and what the plan is to say then. */
export interface Way {
  readonly edits: PlanEdits;
  readonly intended: Intended;
  /** What else has to be so then. */
  readonly holds?: (after: Plan) => boolean;
}

/** What is written about, for messages. */
export interface Subject {
  readonly name: string;
  readonly at: Location;
}

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
  function* ways(): Iterable<Way> {
    for (const { edits, reworded } of waysToChange(source, thing, changes))
      yield { edits: together(edits, besides), intended: new Map([[thing, intended(reworded)]]) };
  }
  return writeExactly(source, subjectOf(thing), ways());
}

export function subjectOf(thing: Thing): Subject {
  return { name: nameOf(thing), at: thing.head };
}

/** The first way after which the plan says exactly what was meant. */
export function writeExactly(source: ActionSource, { name, at }: Subject, ways: Iterable<Way>): Written {
  const { plan } = source.snapshot;
  const part = source.part(at.file);
  const why = part === undefined ? 'Its file is not there any more.' : whyNotChanged(part);
  if (why !== undefined) return refuse('not-written', why, undefined, at);
  let unintended: string | undefined;
  for (const { edits, intended, holds } of ways) {
    for (const file of edits.keys()) {
      const reason = whyNotChanged(
        source.part(file) ?? { notation: 'markdown', text: textIn(source, file), diagnostics: [] },
      );
      if (reason !== undefined) return refuse('not-written', reason, undefined, { file, start: 0, end: 0 });
    }
    const after = planWith(source, edits);
    const found = firstUnintended(plan, after, intended);
    if (found === undefined && (holds === undefined || holds(after))) return { edits };
    unintended ??= found;
  }
  const isElsewhere = unintended !== undefined && unintended.toLowerCase() !== name.toLowerCase();
  const about = isElsewhere ? `: it would change ${unintended}` : '';
  return refuse(
    'not-written',
    `${name} is written in a form in which Phasewise cannot change just this${about}.`,
    'Write it by hand, or give it lines of its own: one for each field.',
    at,
  );
}

/** The text of a file of the plan or of one of its logs. */
export function textIn({ part, progress, promptLog }: ActionSource, file: string): string {
  return part(file)?.text ?? [progress, promptLog].find((side) => side?.file === file)?.text ?? '';
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

/** Why nothing may be written into a file, for people; undefined when it may be. */
export function whyNotChanged(part: Pick<PlanPart, 'text' | 'notation' | 'diagnostics'>): string | undefined {
  if (/^<{7} /m.test(part.text) && /^>{7} /m.test(part.text))
    return 'This file holds a merge conflict. Solve it first: look for the lines that begin with <<<<<<<.';
  return whyNotWritten(part);
}

/** The edits of several changes as one. */
export function together(...all: readonly PlanEdits[]): PlanEdits {
  const result = new Map<string, readonly TextEdit[]>();
  for (const edits of all) {
    for (const [file, own] of edits) result.set(file, inOrder([...(result.get(file) ?? []), ...own]));
  }
  return result;
}
