import { basename, dirname, join, resolve } from 'node:path';
import { GitFailure } from './failure';
import { existingFolder, exists } from './places';
import type { Git, GitCall } from './runGit';

/** A repository as seen from one of its checkouts. All paths are absolute, with links as git gives them. */
export interface Repository {
  /** The checkout that was asked about: the main one, or a linked worktree. */
  readonly checkout: string;
  /** The main checkout. Absent when the repository is bare and lives through its worktrees alone. */
  readonly main?: string;
  /** The git folder that all checkouts share. */
  readonly commonDir: string;
  /** The outermost checkout that holds this one as a submodule. */
  readonly superproject?: string;
}

export interface Head {
  /** Absent when detached. */
  readonly branch?: string;
  /** Absent before the first commit. */
  readonly commit?: string;
}

/**
 * The repository that holds `path`, which may be a file or not exist yet.
 * Throws `not-a-repository`, `bare` (inside a bare repository, outside its worktrees), `foreign-owner` or `no-git`.
 */
export async function findRepository(git: Git, path: string, call?: GitCall): Promise<Repository> {
  const folder = await existingFolder(path);
  const ask = async (...question: string[]): Promise<string> =>
    oneLine(await git.run(folder, ['rev-parse', ...question], call));
  // One question per run where the answer is a path: a path may hold line breaks.
  const inCheckout = (await ask('--is-inside-work-tree')) === 'true';
  if (!inCheckout) {
    if ((await ask('--is-bare-repository')) === 'true') throw new GitFailure({ kind: 'bare', path });
    throw new GitFailure({ kind: 'not-a-repository', path });
  }
  const [checkout, gitDir, common, superproject] = await Promise.all([
    ask('--show-toplevel'),
    ask('--absolute-git-dir'),
    ask('--git-common-dir'),
    ask('--show-superproject-working-tree'),
  ]);
  const commonDir = resolve(folder, common);
  const place = resolve(checkout);
  const main = resolve(gitDir) === commonDir ? place : await mainCheckout(git, commonDir, call);
  return {
    checkout: place,
    commonDir,
    ...(main === undefined ? {} : { main }),
    ...(superproject === '' ? {} : { superproject: await outermost(git, resolve(superproject), call) }),
  };
}

async function outermost(git: Git, checkout: string, call?: GitCall): Promise<string> {
  const above = oneLine(await git.run(checkout, ['rev-parse', '--show-superproject-working-tree'], call));
  return above === '' ? checkout : outermost(git, resolve(above), call);
}

async function mainCheckout(git: Git, commonDir: string, call?: GitCall): Promise<string | undefined> {
  if (oneLine(await git.run(commonDir, ['rev-parse', '--is-bare-repository'], call)) === 'true') return undefined;
  if (basename(commonDir) === '.git') return dirname(commonDir);
  // A submodule's git folder names its checkout in core.worktree; one made with --separate-git-dir does not.
  const named = await git.ask(commonDir, ['config', '--get', 'core.worktree'], call);
  return named === undefined ? undefined : resolve(commonDir, oneLine(named));
}

/** The nearest folder at or above `path` that git would take for a checkout. Git itself is not asked. */
export async function nearestCheckout(path: string): Promise<string | undefined> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (await exists(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Where HEAD of the checkout at `folder` is. */
export async function headOf(git: Git, folder: string, call?: GitCall): Promise<Head> {
  const [branch, commit] = await Promise.all([
    git.ask(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD'], call),
    git.ask(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], call),
  ]);
  return {
    ...(branch === undefined ? {} : { branch: oneLine(branch) }),
    ...(commit === undefined ? {} : { commit: oneLine(commit) }),
  };
}

/** Without the line end that git puts after an answer. */
export function oneLine(output: string): string {
  return output.replace(/\r?\n$/, '');
}
