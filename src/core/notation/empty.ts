import type { Operations, PlanHead, PlanPart } from '../model';

/** What most things leave empty, once for all of them: a large index would hold it a hundred thousand times. */
export const NOTHING: readonly never[] = Object.freeze([]);

export const NO_OPERATIONS: Operations = Object.freeze({
  git: NOTHING,
  migrations: NOTHING,
  tophatting: NOTHING,
  gates: NOTHING,
  notes: NOTHING,
});

export const NO_HEAD: PlanHead = Object.freeze({ baseline: NOTHING, risks: NOTHING, approvals: NOTHING });

/** The one shared empty list instead of an empty list. */
export function orNothing<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NOTHING : list;
}

/** A part that holds nothing. */
export function emptyPart(file: string, notation: PlanPart['notation'], text: string): PlanPart {
  return {
    file,
    notation,
    text,
    head: NO_HEAD,
    phases: NOTHING,
    beads: NOTHING,
    gates: NOTHING,
    scenarios: NOTHING,
    insights: NOTHING,
    promptCount: 0,
    critiqueCount: 0,
    diagnostics: NOTHING,
  };
}

/** Whether a text is a binary file's: such files match a glob now and then. */
export function isBinary(text: string): boolean {
  return text.slice(0, 8000).includes('\0');
}
