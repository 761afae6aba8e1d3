import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Plan } from '../core/model';
import type { Repository } from '../git/repository';
import { findRepository } from '../git/repository';
import type { Git, GitCall } from '../git/runGit';
import { WorkspaceFailure } from './failure';

export interface CodeRepository {
  readonly repository: Repository;
  /** The plan names a repository of its own; the user has to agree when it is not one that is open. */
  readonly namedByPlan: boolean;
}

export interface RepositoryChoices {
  /** Folders by the words that plans use for a repository; the user's own setting. */
  readonly folders: ReadonlyMap<string, string>;
  /** Checkouts that are open, one of which may be a clone of an address that the plan gives. */
  readonly open: readonly string[];
}

/** Where a plan's work happens, before git was asked about it. */
export interface CodePlace {
  /** Inside of a checkout, if all is well. */
  readonly path: string;
  readonly namedByPlan: boolean;
}

/**
 * The repository that a plan's work happens in: the one that `planFile` is in, or the one the plan names, by a path
 * from the plan's file or by the address of something the user has a clone of.
 * Throws `WorkspaceFailure`, or `GitFailure` as `findRepository` does.
 */
export async function codeRepository(
  git: Git,
  plan: Plan,
  planFile: string,
  choices: RepositoryChoices,
  call?: GitCall,
): Promise<CodeRepository> {
  const { path, namedByPlan } = await codePlace(plan, planFile, choices, (folder) => remotesOf(git, folder, call));
  return { repository: await findRepository(git, path, call), namedByPlan };
}

/**
 * As `codeRepository`, as far as that goes without git.
 * @param remotes Addresses of the remotes of an open folder; called only for a plan that names an address.
 */
export async function codePlace(
  plan: Plan,
  planFile: string,
  choices: RepositoryChoices,
  remotes: (folder: string) => Promise<readonly string[]>,
): Promise<CodePlace> {
  const named = plan.head.repository;
  const words = named?.value.trim() ?? '';
  if (named === undefined || words === '') return { path: dirname(planFile), namedByPlan: false };
  const chosen = choices.folders.get(words);
  if (chosen !== undefined) return { path: withHome(chosen), namedByPlan: false };
  if (isAddress(words)) {
    const wanted = placeOf(words);
    for (const folder of choices.open) {
      const isClone = (address: string): boolean => isAddress(address) && placeOf(address) === wanted;
      if ((await remotes(folder)).some(isClone)) return { path: folder, namedByPlan: false };
    }
    throw new WorkspaceFailure({ kind: 'remote-repository', url: words, origin: { in: 'plan', at: named } });
  }
  const path = resolve(dirname(planFile), withHome(words));
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw new WorkspaceFailure({ kind: 'no-such-repository', path, origin: { in: 'plan', at: named } });
  return { path, namedByPlan: true };
}

/** Addresses of all remotes of the repository that a folder is in; none when it is in none. One run of git. */
export async function remotesOf(git: Git, folder: string, call?: GitCall): Promise<readonly string[]> {
  const question = ['config', '-z', '--get-regexp', '^remote\\..*\\.url$'];
  const output = await git.ask(folder, question, call).catch(() => undefined);
  return (output ?? '').split('\0').map((entry) => entry.slice(entry.indexOf('\n') + 1));
}

function withHome(path: string): string {
  return path.replace(/^~(?=[\\/]|$)/, () => homedir());
}

/** `https://…`, `ssh://…`, or `git@host:path`; not `C:\path`. */
export function isAddress(words: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(words) || /^[^\s/\\:@]+@[^\s/\\:]+:/.test(words);
}

/** Host and path alone: the same for all the ways to write the address of one repository. */
export function placeOf(address: string): string {
  const plain = address
    .replace(/^[a-z][a-z0-9+.-]+:\/\//i, '')
    .replace(/^[^\s/@]+@/, '')
    .replace(/^([^/:]+):(?:\d+\/)?/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '');
  return plain.replace(/\/{2,}/g, '/').toLowerCase();
}
