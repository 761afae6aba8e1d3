import type { PlanSource } from '../language/planSource';
import type { Diagnostic } from '../model';
import { fixesOf } from '../rules/fixes/fixes';
import type { TextEdit } from '../text';
import { inOrder } from './planEdits';

/**
 * The edits of one file that solve all of these diagnostics at once, as far as each needs no decision. Fixes that would
 * touch the same characters wait for the next time, and so does all but the first that makes up an id.
 */
export function fixAll(source: PlanSource, file: string, diagnostics: readonly Diagnostic[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let makesId = false;
  for (const diagnostic of diagnostics) {
    const isAboutId = diagnostic.code === 'duplicate-id' || diagnostic.code === 'missing-id';
    if (isAboutId && makesId) continue;
    const fix = fixesOf(diagnostic, source).find(({ preferred }) => preferred);
    if (fix === undefined || fix.file !== file || fix.edits.some((edit) => edits.some((other) => touch(edit, other))))
      continue;
    edits.push(...fix.edits);
    makesId ||= isAboutId;
  }
  return inOrder(edits);
}

function touch({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  return a.start <= b.end && b.start <= a.end;
}
