import { join, relative, sep } from 'node:path';
import type { Diagnostic, PlanPart } from '../core/model';
import { nearest } from '../core/nearest';
import { PlanStore } from '../core/plan/planStore';
import { checkPlan } from '../core/rules/check';
import type { Surroundings } from '../core/rules/surroundings';
import type { PlanSnapshot } from '../core/snapshot';
import { LineStarts, type Position } from '../core/text';
import { findPlanFiles, type PlanFile, reasonOf, type Trouble } from './findFiles';
import { readText } from './readText';
import { UsageError } from './usage';

/** Everything that a command line asks about, read. Files are called by their path from the current folder. */
export interface LoadedPlans {
  readonly snapshots: readonly PlanSnapshot[];
  /** Files that were named and hold no plan. */
  readonly withoutPlan: readonly PlanPart[];
  /** With paths as files are called. */
  readonly troubles: readonly Trouble[];
  readonly part: (file: string) => PlanPart | undefined;
  /** The same with other texts in some of the files; nothing is written. */
  withTexts(texts: ReadonlyMap<string, string>): LoadedPlans;
  /** The absolute path of a file. */
  pathOf(file: string): string;
  /** How a file is called in what is printed. */
  nameOf(path: string): string;
  /** The folder that the file was looked for under, or the one it stands in. */
  rootOf(file: string): string;
  positionOf(file: string, offset: number): Position;
  /** Of these plans and of files that were named and hold none, in the order of the plans. Hints only when asked for. */
  diagnosticsOf(
    snapshots: readonly PlanSnapshot[],
    withHints?: boolean,
    around?: ReadonlyMap<string, Surroundings>,
  ): readonly Diagnostic[];
}

export async function loadPlans(paths: readonly string[], cwd: string): Promise<LoadedPlans> {
  const { files, troubles } = await findPlanFiles(paths, cwd);
  const byName = new Map(files.map((file) => [nameOf(file.path, cwd), file]));
  const texts = new Map<string, string>();
  const unreadable: Trouble[] = [];
  for (const [name, file] of byName) {
    const trouble = await readInto(texts, name, file);
    if (trouble !== undefined) unreadable.push(trouble);
  }
  const named = [...troubles, ...unreadable].map((trouble) => ({ ...trouble, path: nameOf(trouble.path, cwd) }));
  return plansOf(byName, texts, named, cwd);
}

function plansOf(
  byName: ReadonlyMap<string, PlanFile>,
  texts: ReadonlyMap<string, string>,
  troubles: readonly Trouble[],
  cwd: string,
): LoadedPlans {
  const store = new PlanStore();
  for (const [name, text] of texts) store.set(name, text, byName.get(name)?.root ?? cwd);
  const snapshots = store.plans();
  const lines = new Map<string, LineStarts>();
  const withoutPlan = [...byName].flatMap(([name, { isNamed }]) => {
    const part = isNamed && store.planOfFile(name) === undefined ? store.part(name) : undefined;
    return part === undefined ? [] : [part];
  });
  return {
    snapshots,
    withoutPlan,
    troubles,
    part: (file) => store.part(file),
    withTexts: (others) => plansOf(byName, new Map([...texts, ...others]), troubles, cwd),
    pathOf: (file) => byName.get(file)?.path ?? join(cwd, file),
    nameOf: (path) => nameOf(path, cwd),
    rootOf: (file) => byName.get(file)?.root ?? cwd,
    positionOf: (file, offset) => {
      const known = lines.get(file) ?? new LineStarts(store.part(file)?.text ?? '');
      lines.set(file, known);
      return known.positionAt(offset);
    },
    diagnosticsOf: (chosen, withHints = false, around = new Map()) =>
      [
        ...chosen.flatMap((snapshot) => checkPlan(snapshot, undefined, around.get(snapshot.plan.key))),
        ...withoutPlan.flatMap(({ diagnostics }) => diagnostics),
      ].filter(({ severity }) => withHints || severity !== 'hint'),
  };
}

/** All plans, or the one with this id. Throws `UsageError` when there is none. */
export function choosePlans(snapshots: readonly PlanSnapshot[], id: string | undefined): readonly PlanSnapshot[] {
  if (id === undefined) return snapshots;
  const chosen = snapshots.filter(({ plan }) => plan.id.toLowerCase() === id.toLowerCase());
  if (chosen.length > 0) return chosen;
  const ids = snapshots.map(({ plan }) => plan.id);
  throw new UsageError(`there is no plan ${id}. ${suggestion(id, ids)}`);
}

/** What to write instead of a word that names none of these. */
export function suggestion(word: string, names: readonly string[]): string {
  if (names.length === 0) return 'No plan was found here.';
  const near = nearest(word, names);
  return near === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${near}?`;
}

async function readInto(texts: Map<string, string>, name: string, file: PlanFile): Promise<Trouble | undefined> {
  try {
    const text = await readText(file.path);
    if (text !== undefined) texts.set(name, text);
    else if (file.isNamed) return { path: file.path, why: 'it is a binary file', isFatal: true };
  } catch (error) {
    return { path: file.path, why: reasonOf(error), isFatal: true };
  }
  return undefined;
}

/** From the current folder, with `/` on every system. */
function nameOf(path: string, cwd: string): string {
  return (relative(cwd, path) || '.').replaceAll(sep, '/');
}
