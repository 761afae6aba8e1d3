import { applyEdits } from '../core/edit/planEdits';
import type { Diagnostic } from '../core/model';
import { fixesOf } from '../core/rules/fixes/fixes';
import type { PlanSnapshot } from '../core/snapshot';
import type { TextEdit } from '../core/text';
import type { LoadedPlans } from './plans';

/** A fix can uncover what the next one solves; this many times is enough for any plan by hand. */
const MOST_ROUNDS = 20;

export interface Fixed {
  readonly loaded: LoadedPlans;
  /** New texts by file. */
  readonly texts: ReadonlyMap<string, string>;
  readonly count: number;
}

/**
 * Solves what can be solved without asking, in memory. Each round reads the plans again; a file that would have an error
 * more than before, or that could not be parsed any more, stays as it was.
 */
export function fixPlans(
  before: LoadedPlans,
  choose: (loaded: LoadedPlans) => readonly PlanSnapshot[],
  withHints: boolean,
): Fixed {
  let loaded = before;
  let count = 0;
  const texts = new Map<string, string>();
  const refused = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const edits = editsOf(loaded, choose(loaded), withHints, refused);
    if (edits.size === 0) break;
    const changed = new Map<string, string>();
    for (const [file, { list }] of edits) changed.set(file, applyEdits(loaded.part(file)?.text ?? '', list));
    const next = loaded.withTexts(changed);
    const worse = [...changed.keys()].filter((file) => errorsIn(next, file) > errorsIn(loaded, file));
    if (worse.length > 0) {
      for (const file of worse) refused.add(file);
      continue;
    }
    for (const [file, { solved }] of edits) {
      texts.set(file, changed.get(file) ?? '');
      count += solved;
    }
    loaded = next;
  }
  return { loaded, texts, count };
}

interface FileEdits {
  readonly list: TextEdit[];
  solved: number;
}

function editsOf(
  loaded: LoadedPlans,
  chosen: readonly PlanSnapshot[],
  withHints: boolean,
  refused: ReadonlySet<string>,
): ReadonlyMap<string, FileEdits> {
  const edits = new Map<string, FileEdits>();
  for (const snapshot of chosen) {
    const source = { snapshot, part: loaded.part };
    // Of two things that both want an id, the next free one is the same: one fix of a kind in each round and file.
    const ids = new Set<string>();
    for (const diagnostic of loaded.diagnosticsOf([snapshot], withHints)) {
      const fix = fixesOf(diagnostic, source).find(({ preferred }) => preferred);
      if (fix === undefined || refused.has(fix.file) || takesId(diagnostic, ids)) continue;
      const known = edits.get(fix.file) ?? { list: [], solved: 0 };
      if (fix.edits.some((edit) => known.list.some((other) => overlaps(edit, other)))) continue;
      known.list.push(...fix.edits);
      known.solved++;
      edits.set(fix.file, known);
    }
  }
  return edits;
}

function takesId({ code }: Diagnostic, ids: Set<string>): boolean {
  if (code !== 'duplicate-id' && code !== 'missing-id') return false;
  const isTaken = ids.size > 0;
  ids.add(code);
  return isTaken;
}

function overlaps({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function errorsIn(loaded: LoadedPlans, file: string): number {
  return loaded
    .diagnosticsOf(loaded.snapshots)
    .filter(({ severity, location }) => severity === 'error' && location.file === file).length;
}
