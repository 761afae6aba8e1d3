import { relative, sep } from 'node:path';
import { readPlanFile } from '../core/notation/read';
import { isInside, realPlace } from '../git/places';
import { findRepository, type Repository } from '../git/repository';
import type { Git, GitCall } from '../git/runGit';

/**
 * Whether a commit of the repository holds the phase, so that a worktree made from it shows the phase by itself.
 * Not so when the plan lives elsewhere, or was not committed yet.
 * @param files Paths of the plan's files.
 */
export async function commitHoldsPhase(
  git: Git,
  repository: Repository,
  commit: string,
  phaseId: string,
  files: readonly string[],
  call?: GitCall,
): Promise<boolean> {
  for (const file of files) {
    const path = await pathInRepository(git, repository, file, call);
    if (path === undefined) continue;
    const text = await git.run(repository.checkout, ['show', `${commit}:${path}`], call).catch(() => undefined);
    if (text === undefined) continue;
    const { phases } = readPlanFile(file, text);
    if (phases.some(({ id }) => id === phaseId)) return true;
  }
  return false;
}

/** From the repository's folder, with forward slashes; undefined for a file that is not in it. */
export async function pathInRepository(
  git: Git,
  repository: Repository,
  file: string,
  call?: GitCall,
): Promise<string | undefined> {
  const own = await findRepository(git, file, call).catch(() => undefined);
  if (own === undefined || own.commonDir !== repository.commonDir) return undefined;
  const [checkout, place] = await Promise.all([realPlace(own.checkout), realPlace(file)]);
  return isInside(checkout, place) ? relative(checkout, place).split(sep).join('/') : undefined;
}
