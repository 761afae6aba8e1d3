import type { PlanSource } from '../language/planSource';
import type { Plan, PlanPart } from '../model';
import { readPlanFile } from '../notation/read';
import { joinPlan } from '../plan/joinPlan';
import type { TextEdit } from '../text';

/** Edits by file, each file's in its order and without overlap. */
export type PlanEdits = ReadonlyMap<string, readonly TextEdit[]>;

/** What came of an intent: the characters to change, or why nothing can be changed, for people to read. */
export type Outcome = { readonly edits: PlanEdits } | { readonly refused: string };

/** The text after the edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const { range, newText } of inOrder(edits)) {
    result += text.slice(from, range.start) + newText;
    from = range.end;
  }
  return result + text.slice(from);
}

export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** The plan as it reads once the edits are made. Costs a fresh reading of every file that changes. */
export function planAfter(source: PlanSource, edits: PlanEdits): Plan {
  const { plan } = source.snapshot;
  const parts = plan.files.flatMap((file): readonly PlanPart[] => {
    const part = source.part(file);
    if (part === undefined) return [];
    const changes = edits.get(file);
    return [changes === undefined ? part : readPlanFile(file, applyEdits(part.text, changes))];
  });
  return joinPlan(plan.key, parts);
}

/** Why a file must not be written, for people to read; undefined when it may be. */
export function whyNotWritten(part: Pick<PlanPart, 'notation' | 'diagnostics'>): string | undefined {
  if (part.notation === 'beads') {
    return 'This file is an export of the Beads tracker and is never written here. Change the issue in the tracker.';
  }
  const broken = part.diagnostics.find(({ code, severity }) => code === 'malformed-file' && severity === 'error');
  return broken === undefined
    ? undefined
    : 'This file cannot be read to its end, so it is left as it is. Solve what the Problems view says first.';
}
