import { dirname, resolve } from 'node:path';
import type { ActionOutcome, ActionSource, Refusal, SideFile } from '../core/actions/action';
import type { TrackerChange } from '../core/actions/trackerChange';
import { applyEdits } from '../core/edit/planEdits';
import type { PlanSnapshot } from '../core/snapshot';
import { isInside, realPlace } from '../git/places';
import { tellTracker } from '../tracker/tellTracker';
import { type Change, holdFiles } from '../writing/holdFiles';
import { WriteRefusal } from '../writing/refusal';
import { Refused } from './envelope';
import type { LoadedPlans, PlanSession } from './plans';
import { readText } from './readText';

export interface Acted {
  /** One sentence of what happened. */
  readonly said: string;
  /** What did not come to its end, and what to do. */
  readonly note?: string;
  /** Names of the files that were written. */
  readonly files: readonly string[];
  /** The plan as it is now. */
  readonly snapshot: PlanSnapshot;
  readonly loaded: LoadedPlans;
}

/** How often to begin again when somebody who knows nothing of locks writes in between. */
const MOST_ROUNDS = 8;

/**
 * Takes one action: locks the plan's folders, reads its files again, decides, and writes what was decided in one step.
 * Throws `Refused`, `WriteRefusal`, or what `choose` and `decide` throw; then nothing was written.
 * @param first The plans as they were read before.
 * @param choose The plan, out of all that were found.
 * @param decide Called under the lock, again when the files changed before they were written.
 * @param signal Stops the tracker of an export, where it is told.
 */
export async function act(
  session: PlanSession,
  first: LoadedPlans,
  choose: (loaded: LoadedPlans) => PlanSnapshot,
  decide: (source: ActionSource) => ActionOutcome,
  signal?: AbortSignal,
): Promise<Acted> {
  for (let round = 1; ; round++) {
    try {
      const loaded = round === 1 ? first : await session.load();
      return await actOnce(session, loaded, choose(loaded), choose, decide, signal);
    } catch (error) {
      if (!(error instanceof WriteRefusal) || error.code !== 'changed' || round === MOST_ROUNDS) throw error;
    }
  }
}

async function actOnce(
  session: PlanSession,
  before: LoadedPlans,
  { plan }: PlanSnapshot,
  choose: (loaded: LoadedPlans) => PlanSnapshot,
  decide: (source: ActionSource) => ActionOutcome,
  signal: AbortSignal | undefined,
): Promise<Acted> {
  const sides = await sidePaths(before, plan.files, plan.head.progress);
  const paths = [...plan.files.map((file) => before.pathOf(file)), ...sides.values()];
  return await holdFiles(paths, async (hold) => {
    const loaded = await session.reread(plan.files);
    const snapshot = choose(loaded);
    if (snapshot.plan.files.some((file) => !plan.files.includes(file))) throw movedMeanwhile(snapshot);
    const source = await sourceWith(sides, loaded, snapshot);
    const outcome = decide(source);
    if ('refused' in outcome) throw refusedBy(outcome.refused);
    if ('tracker' in outcome) {
      const { file } = outcome.tracker;
      const note = await tell(outcome.tracker, loaded.pathOf(file), signal);
      const after = await session.reread(plan.files);
      return { said: outcome.said, ...note, files: [file], snapshot: sameIn(after, snapshot), loaded: after };
    }
    const texts = new Map<string, string>();
    const changes: Change[] = [];
    for (const [file, edits] of outcome.edits) {
      const path = loaded.pathOf(file);
      const text = loaded.part(file)?.text ?? (await readText(path).catch(() => undefined));
      texts.set(file, applyEdits(text ?? '', edits));
      changes.push({ path, before: text, after: texts.get(file) ?? '' });
    }
    await hold.replace(inOrder(changes, sides));
    const after = session.after(texts);
    return { said: outcome.said, files: [...texts.keys()], snapshot: sameIn(after, snapshot), loaded: after };
  });
}

async function tell(
  change: TrackerChange,
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly note?: string }> {
  const told = await tellTracker(change, { path, ...(signal && { signal }) });
  if (told.ended === 'refused') throw refusedBy(told.refused);
  if (told.ended === 'done') return told.note === undefined ? {} : { note: told.note };
  throw new WriteRefusal('changed', path, 'its tracker keeps changing it', 'Try again.');
}

function refusedBy({ code, message, advice }: Pick<Refusal, 'code' | 'message' | 'advice'>): Refused {
  return new Refused(code, message, advice);
}

function sameIn({ snapshots }: LoadedPlans, snapshot: PlanSnapshot): PlanSnapshot {
  return snapshots.find(({ plan: { key } }) => key === snapshot.plan.key) ?? snapshot;
}

/** A plan with its logs, as it was read. */
export async function sourceOf(loaded: LoadedPlans, snapshot: PlanSnapshot): Promise<ActionSource> {
  const { files, head } = snapshot.plan;
  return await sourceWith(await sidePaths(loaded, files, head.progress), loaded, snapshot);
}

async function sourceWith(
  sides: ReadonlyMap<Side, string>,
  loaded: LoadedPlans,
  snapshot: PlanSnapshot,
): Promise<ActionSource> {
  return {
    snapshot,
    part: loaded.part,
    ...(await sideFile('progress', sides, loaded)),
    ...(await sideFile('promptLog', sides, loaded)),
  };
}

type Side = 'progress' | 'promptLog';

/** The plan first: what is added to the logs follows from it. */
function inOrder(changes: readonly Change[], sides: ReadonlyMap<Side, string>): readonly Change[] {
  const isSide = ({ path }: Change) => [...sides.values()].includes(path);
  return [...changes.filter((change) => !isSide(change)), ...changes.filter(isSide)];
}

/** Absolute paths of the logs. One that a plan names counts only inside of the folder that the plan was looked for in. */
async function sidePaths(
  loaded: LoadedPlans,
  files: readonly string[],
  progress: { readonly file: string; readonly value: string } | undefined,
): Promise<ReadonlyMap<Side, string>> {
  const paths = new Map<Side, string>();
  if (progress !== undefined) {
    const path = resolve(dirname(loaded.pathOf(progress.file)), progress.value);
    const root = await realPlace(loaded.rootOf(progress.file));
    const place = await realPlace(path);
    if (place !== root && isInside(root, place)) paths.set('progress', path);
  }
  const log = promptLogOf(loaded, files);
  if (log !== undefined) paths.set('promptLog', log);
  return paths;
}

/** The file that holds prompts, else the one that would be beside the plan. */
function promptLogOf(loaded: LoadedPlans, files: readonly string[]): string | undefined {
  const holding = files.find((file) => (loaded.part(file)?.promptCount ?? 0) > 0);
  if (holding !== undefined) return loaded.pathOf(holding);
  const [main] = files;
  if (main === undefined) return undefined;
  const [, folder = '', name = ''] =
    /^(.*[\\/])?([^\\/]*?)(?:\.plan)?\.(?:md|ya?ml|jsonl)$/i.exec(loaded.pathOf(main)) ?? [];
  if (name === '') return undefined;
  return resolve(folder, `${/^plan\b/i.test(name) ? name : `PLAN-${name}`}-prompts.md`);
}

async function sideFile(
  side: Side,
  sides: ReadonlyMap<Side, string>,
  loaded: LoadedPlans,
): Promise<{ readonly [Name in Side]?: SideFile }> {
  const path = sides.get(side);
  if (path === undefined) return {};
  const file = loaded.nameOf(path);
  const text = loaded.part(file)?.text ?? (await readText(path).catch(() => '')) ?? '';
  return { [side]: { file, text } };
}

function movedMeanwhile({ plan }: PlanSnapshot): WriteRefusal {
  return new WriteRefusal('changed', plan.files[0] ?? '', 'the plan has other files by now', 'Try again.');
}
