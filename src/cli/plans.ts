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
import { UsageError } from './usageError';

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
  return await new PlanSession(paths, cwd).load();
}

/** Plans under some paths, read again and again: what did not change is not read anew. */
export class PlanSession {
  readonly #paths: readonly string[];
  readonly #cwd: string;
  readonly #store = new PlanStore();
  #byName: ReadonlyMap<string, PlanFile> = new Map();
  #troubles: readonly Trouble[] = [];

  constructor(paths: readonly string[], cwd: string) {
    this.#paths = paths;
    this.#cwd = cwd;
  }

  /** Looks for files again, and reads all of them. */
  async load(): Promise<LoadedPlans> {
    const { files, troubles } = await findPlanFiles(this.#paths, this.#cwd);
    const byName = new Map(files.map((file) => [nameOf(file.path, this.#cwd), file]));
    for (const name of this.#byName.keys()) if (!byName.has(name)) this.#store.delete(name);
    this.#byName = byName;
    this.#troubles = troubles.map((trouble) => ({ ...trouble, path: nameOf(trouble.path, this.#cwd) }));
    return await this.reread([...byName.keys()]);
  }

  /** Reads these files again, by their names. */
  async reread(names: readonly string[]): Promise<LoadedPlans> {
    const unreadable: Trouble[] = [];
    for (const name of names) {
      const file = this.#byName.get(name);
      if (file === undefined) continue;
      const read = await readPlan(file);
      if (typeof read === 'string') this.#store.set(name, read, file.root);
      else this.#store.delete(name);
      if (typeof read === 'object') unreadable.push({ ...read, path: name });
    }
    return this.#loaded([...this.#troubles, ...unreadable]);
  }

  /** As it is once these texts are written, by file name. */
  after(texts: ReadonlyMap<string, string>): LoadedPlans {
    for (const [name, text] of texts) {
      const file = this.#byName.get(name);
      if (file !== undefined) this.#store.set(name, text, file.root);
    }
    return this.#loaded(this.#troubles);
  }

  #loaded(troubles: readonly Trouble[]): LoadedPlans {
    const texts = new Map<string, string>();
    for (const name of this.#byName.keys()) {
      const text = this.#store.part(name)?.text;
      if (text !== undefined) texts.set(name, text);
    }
    return plansOf(this.#store, this.#byName, texts, troubles, this.#cwd);
  }
}

function plansOf(
  store: PlanStore,
  byName: ReadonlyMap<string, PlanFile>,
  texts: ReadonlyMap<string, string>,
  troubles: readonly Trouble[],
  cwd: string,
): LoadedPlans {
  const snapshots = store.plans();
  const lines = new Map<string, LineStarts>();
  // Taken now: the store goes on.
  const parts = new Map<string, PlanPart>();
  const withoutPlan: PlanPart[] = [];
  for (const [name, { isNamed }] of byName) {
    const part = store.part(name);
    if (part === undefined) continue;
    parts.set(name, part);
    if (isNamed && store.planOfFile(name) === undefined) withoutPlan.push(part);
  }
  return {
    snapshots,
    withoutPlan,
    troubles,
    part: (file) => parts.get(file),
    withTexts: (others) => {
      const other = new PlanStore();
      const all = new Map([...texts, ...others]);
      for (const [name, text] of all) other.set(name, text, byName.get(name)?.root ?? cwd);
      return plansOf(other, byName, all, troubles, cwd);
    },
    pathOf: (file) => byName.get(file)?.path ?? join(cwd, file),
    nameOf: (path) => nameOf(path, cwd),
    rootOf: (file) => byName.get(file)?.root ?? cwd,
    positionOf: (file, offset) => {
      const known = lines.get(file) ?? new LineStarts(parts.get(file)?.text ?? '');
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
  throw new UsageError(`there is no plan ${id}. ${suggestion(id, ids)}`, 'no-plan');
}

/** What to write instead of a word that names none of these. */
export function suggestion(word: string, names: readonly string[]): string {
  if (names.length === 0) return 'No plan was found here.';
  const near = nearest(word, names);
  if (near !== undefined) return `Did you mean ${near}?`;
  return names.length > 12
    ? `There are ${names.slice(0, 10).join(', ')} and ${names.length - 10} more.`
    : `There are ${names.join(', ')}.`;
}

/** A file's text; undefined for a binary file that nobody named. */
async function readPlan(file: PlanFile): Promise<string | Trouble | undefined> {
  try {
    const text = await readText(file.path);
    if (text !== undefined || !file.isNamed) return text;
    return { path: file.path, why: 'it is a binary file', isFatal: true };
  } catch (error) {
    return { path: file.path, why: reasonOf(error), isFatal: true };
  }
}

/** From the current folder, with `/` on every system. */
function nameOf(path: string, cwd: string): string {
  return (relative(cwd, path) || '.').replaceAll(sep, '/');
}
