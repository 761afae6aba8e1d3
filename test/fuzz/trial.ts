import { readPlanFile } from '../../src/core/notation/read';
import { PlanStore } from '../../src/core/plan/planStore';
import { showJson } from '../../src/core/show';
import { everythingWith, Mistake } from './everything';
import { type Change, changed } from './mutations';
import { isSame } from './same';

/** A text and what is done to it, one change after the other. */
export interface Trial {
  readonly file: string;
  readonly text: string;
  readonly changes: readonly Change[];
  /** Where the editor is asked. */
  readonly offset: number;
}

/** Milliseconds that a text may take, more for a long one: far more than it does, and far less than the square. */
const allowed = (length: number) => 1500 + length / 20;

/** Reading on and reading anew give the same, and whatever is done with the last text ends well. Throws at the first slip. */
export function run(trial: Trial): void {
  const last = readOn(trial);
  const files = new Map([[trial.file, last]]);
  const start = performance.now();
  everythingWith(files, trial.offset);
  if (performance.now() - start <= allowed(last.length)) return;
  const again = performance.now();
  everythingWith(files, trial.offset);
  const took = performance.now() - again;
  if (took > allowed(last.length)) throw new Mistake(`${last.length} characters take ${Math.round(took)} ms`);
}

/**
 * After each change, what is read with the help of the reading before must be what a fresh reading gives, and in the end
 * the plan must be the one of a fresh start. Gives the last text.
 */
export function readOn({ file, text, changes }: Trial): string {
  const store = new PlanStore();
  store.set(file, text, '');
  store.plans();
  // The first reading keeps nothing, the second one does.
  let part = readPlanFile(file, text, readPlanFile(file, ''));
  let now = text;
  for (const [index, change] of changes.entries()) {
    now = changed(now, change);
    part = readPlanFile(file, now, part);
    store.set(file, now, '');
    if (!isSame(part, readPlanFile(file, now)))
      throw new Mistake(`reading on after change ${index + 1} is not what reading anew is`);
  }
  const fresh = new PlanStore();
  fresh.set(file, now, '');
  if (!isSame(shown(store), shown(fresh))) throw new Mistake('the plan is not what it is when read anew');
  return now;
}

/** All that a store's plans say, with places. */
export function shown(store: PlanStore): unknown {
  const snapshots = store.plans();
  const diagnostics = snapshots.flatMap(({ plan }) => plan.diagnostics);
  return showJson(snapshots, diagnostics, (_, offset) => ({ line: 0, character: offset }));
}

/** What goes wrong, in words; undefined when nothing does. */
export function failureOf(trial: Trial): string | undefined {
  try {
    run(trial);
    return undefined;
  } catch (error) {
    return error instanceof Mistake
      ? error.message
      : error instanceof Error
        ? (error.stack ?? String(error))
        : String(error);
  }
}

/** A smaller trial that still goes wrong: with fewer changes, from a shorter text. */
export function smaller(trial: Trial): Trial {
  let least = trial;
  for (let index = least.changes.length - 1; index >= 0 && least.changes.length > 1; index--) {
    const folded = withoutFirst(least);
    if (failureOf(folded) !== undefined) least = folded;
    else break;
  }
  for (let size = Math.floor(least.text.length / 2); size > 20; size = Math.floor(size / 2)) {
    for (let at = 0; at + size <= least.text.length; ) {
      const cut = without(least, at, size);
      if (cut !== undefined && failureOf(cut) !== undefined) least = cut;
      else at += size;
    }
  }
  return least;
}

/** The first change made before the trial begins. */
function withoutFirst({ text, changes, ...rest }: Trial): Trial {
  const [first, ...others] = changes;
  return first === undefined ? { text, changes, ...rest } : { ...rest, text: changed(text, first), changes: others };
}

/** Without a piece that no change touches. */
function without(trial: Trial, at: number, size: number): Trial | undefined {
  const moved: Change[] = [];
  for (const change of trial.changes) {
    if (change.at + change.removed <= at) moved.push(change);
    else if (change.at >= at + size) moved.push({ ...change, at: change.at - size });
    else return undefined;
  }
  return { ...trial, text: trial.text.slice(0, at) + trial.text.slice(at + size), changes: moved };
}
