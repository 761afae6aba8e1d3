import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type PhaseRecord, phaseFolder, readRecord } from '../git/phaseRecord';
import { exists } from '../git/places';
import { findRepository, nearestCheckout } from '../git/repository';
import { createGit } from '../git/runGit';

/** Where the plan of a phase's worktree is. */
export interface PhasePlace {
  readonly record: PhaseRecord;
  /** The checkout that the plan stands in, and the plan's file. */
  readonly paths: readonly string[];
}

/**
 * In the worktree of a phase, the plan that counts is the one that everybody writes to, not the copy in the worktree: it
 * stands in the main checkout, or elsewhere when the plan lives in a repository of its own. Undefined outside of such a
 * worktree, and when the plan is not there.
 */
export async function phasePlaceOf(cwd: string): Promise<PhasePlace | undefined> {
  const checkout = await nearestCheckout(cwd);
  const folder = checkout ?? (await nearestRecord(cwd));
  if (folder === undefined) return undefined;
  const record = await readRecord(join(folder, phaseFolder));
  if (record === undefined) return undefined;
  const file = await planFile(folder, record);
  if (file === undefined) return undefined;
  return { record, paths: [(await nearestCheckout(dirname(file))) ?? dirname(file), file] };
}

async function planFile(folder: string, { planFile }: PhaseRecord): Promise<string | undefined> {
  if (planFile === '') return undefined;
  if (isAbsolute(planFile)) return (await exists(planFile)) ? planFile : undefined;
  const repository = await findRepository(createGit(), folder).catch(() => undefined);
  if (repository?.main === undefined) return undefined;
  const path = resolve(repository.main, planFile);
  return (await exists(path)) ? path : undefined;
}

/** A workspace without git has its record, and names the plan by an absolute path. */
async function nearestRecord(cwd: string): Promise<string | undefined> {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (await exists(join(folder, phaseFolder))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
