import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Surroundings } from '../core/rules/surroundings';
import type { PlanSnapshot } from '../core/snapshot';
import { createGit } from '../git/runGit';
import { uncommittedFiles } from '../git/uncommitted';
import type { LoadedPlans } from './plans';

/** What stands around these plans, by plan key. Without git, or outside of a repository, nothing is said of commits. */
export async function surroundingsOf(
  loaded: LoadedPlans,
  snapshots: readonly PlanSnapshot[],
): Promise<ReadonlyMap<string, Surroundings>> {
  const progress = await progressFilesOf(loaded, snapshots);
  const all = snapshots.map(async (snapshot) => {
    const uncommitted = snapshot.plan.mode === 'executing' ? await uncommittedOf(loaded, snapshot) : undefined;
    const around = {
      ...progress.get(snapshot.plan.key),
      ...(uncommitted === undefined ? {} : { uncommitted }),
    };
    return [snapshot.plan.key, around] as const;
  });
  return new Map(await Promise.all(all));
}

/** The progress files of these plans, by plan key. */
export async function progressFilesOf(
  loaded: LoadedPlans,
  snapshots: readonly PlanSnapshot[],
): Promise<ReadonlyMap<string, Surroundings>> {
  const all = snapshots.map(async (snapshot) => {
    const progress = await progressOf(loaded, snapshot);
    return [snapshot.plan.key, progress === undefined ? {} : { progress }] as const;
  });
  return new Map(await Promise.all(all));
}

/** A path from a plan is followed only inside of the folder that the plan was looked for in. */
async function progressOf(loaded: LoadedPlans, { plan }: PlanSnapshot): Promise<Surroundings['progress']> {
  const { progress } = plan.head;
  if (progress === undefined) return undefined;
  const path = join(dirname(loaded.pathOf(progress.file)), progress.value);
  const inside = relative(loaded.rootOf(progress.file), path);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`)) return undefined;
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : { file: loaded.nameOf(path), text };
}

/** Files of a plan that hold something which is not committed; undefined without git, and outside of a repository. */
export async function uncommittedOf(
  loaded: LoadedPlans,
  { plan }: PlanSnapshot,
): Promise<readonly string[] | undefined> {
  const paths = new Map(plan.files.map((file) => [loaded.pathOf(file), file]));
  const found = await uncommittedFiles(createGit(), [...paths.keys()]).catch(() => undefined);
  return found?.flatMap((path) => paths.get(path) ?? []);
}
