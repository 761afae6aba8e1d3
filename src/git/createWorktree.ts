import type { Stats } from 'node:fs';
import { lstat, mkdir, readdir, rm, rmdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { branchTip, checkBranchName, commitOf } from './branches';
import { GitFailure } from './failure';
import { existingFolder, exists, isInside, realPlace, samePlace } from './places';
import { oneLine, type Repository } from './repository';
import { fileFailure, type Git, type GitCall } from './runGit';
import { checkOutSparse, sparseFolders } from './sparse';
import { Undo } from './undo';
import { listWorktrees, type Worktree } from './worktrees';

export interface NewWorktree {
  /** Absolute. Nothing may be there, or an empty folder. */
  readonly path: string;
  /** When given, the worktree must really lie in this folder, links followed. */
  readonly within?: string;
  readonly branch: string;
  /** `new`: the branch is made at `base`. `existing`: it is there and free, and `base` is not used. */
  readonly branchIs: 'new' | 'existing';
  /** Branch, tag or commit. */
  readonly base: string;
  /** When given, only these paths of the repository (files, folders, globs) are checked out. */
  readonly sparse?: readonly string[];
}

export interface MadeWorktree {
  readonly path: string;
  readonly branch: string;
  readonly commit: string;
  /** Takes back everything that was made, and nothing else. Only for right after: it deletes the folder. */
  readonly undo: Undo;
}

/**
 * Makes a worktree, or throws `GitFailure` and leaves everything as it was.
 * Hooks of the repository run as they do for `git worktree add`.
 */
export async function createWorktree(
  git: Git,
  repository: Repository,
  wanted: NewWorktree,
  call: GitCall = {},
): Promise<MadeWorktree> {
  const at = repository.checkout;
  const quiet = call.signal === undefined ? {} : { signal: call.signal };
  await checkBranchName(git, at, wanted.branch, quiet);
  const tip = await branchTip(git, at, wanted.branch, quiet);
  if (wanted.branchIs === 'new' && tip !== undefined) throw await branchTaken(git, repository, wanted.branch, quiet);
  if (wanted.branchIs === 'existing' && tip === undefined)
    throw new GitFailure({ kind: 'no-branch', branch: wanted.branch });
  if ((await git.ask(at, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], quiet)) === undefined)
    await refuseWithoutCommits(git, repository, quiet);
  const commit = tip ?? (await commitOf(git, at, wanted.base, quiet));
  await checkRegistered(await listWorktrees(git, repository, quiet), wanted);
  const folders = wanted.sparse === undefined ? undefined : await sparseFolders(git, at, commit, wanted.sparse, quiet);

  const undo = new Undo();
  try {
    await takePlace(wanted, undo);
    if (wanted.branchIs === 'new') await makeBranch(git, at, wanted.branch, commit, quiet, undo);
    await addWorktree(git, repository, wanted, folders, call, undo);
    return { path: wanted.path, branch: wanted.branch, commit, undo };
  } catch (error) {
    const failure = await orDiskFull(git, repository, wanted.path, commit, fileFailure(error, wanted.path));
    const left = await undo.run();
    throw left.length === 0 ? failure : new GitFailure(failure.problem, { cause: new AggregateError(left, 'undo') });
  }
}

async function branchTaken(git: Git, repository: Repository, branch: string, call: GitCall): Promise<GitFailure> {
  const holder = (await listWorktrees(git, repository, call)).find((worktree) => worktree.branch === branch);
  if (holder === undefined) return new GitFailure({ kind: 'branch-exists', branch });
  return new GitFailure({
    kind: 'branch-exists-elsewhere',
    branch,
    path: holder.path,
    missing: holder.prunable !== undefined,
  });
}

/** HEAD may be unborn while other branches have commits: only a repository without any commit is refused. */
async function refuseWithoutCommits(git: Git, repository: Repository, call: GitCall): Promise<void> {
  const any = await git.run(repository.checkout, ['rev-list', '--max-count=1', '--all'], call);
  if (any === '') throw new GitFailure({ kind: 'no-commits', path: repository.checkout });
}

/** Git's list may know the place or the branch already, even when the folder is gone. */
async function checkRegistered(worktrees: readonly Worktree[], wanted: NewWorktree): Promise<void> {
  for (const worktree of worktrees) {
    if (await samePlace(worktree.path, wanted.path)) {
      if (worktree.locked !== undefined)
        throw new GitFailure({ kind: 'locked', path: worktree.path, reason: worktree.locked });
      throw new GitFailure({ kind: 'path-taken', path: wanted.path, by: 'worktree' });
    }
    if (worktree.branch === wanted.branch)
      throw new GitFailure({
        kind: 'branch-exists-elsewhere',
        branch: wanted.branch,
        path: worktree.path,
        missing: worktree.prunable !== undefined,
      });
  }
}

/** Makes the folders above the worktree's own that are missing. */
async function takePlace({ path, within }: NewWorktree, undo: Undo): Promise<void> {
  if (within !== undefined && !isInside(await realPlace(within), await realPlace(path)))
    throw new GitFailure({ kind: 'outside', path, folder: within });
  const there = await lstat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw fileFailure(error, path);
  });
  if (there !== undefined) await checkEmpty(path, there);
  for (const folder of await missingFolders(dirname(path))) {
    try {
      await mkdir(folder);
    } catch (error) {
      throw fileFailure(error, folder);
    }
    undo.add(() => rmdir(folder));
  }
}

async function checkEmpty(path: string, there: Stats): Promise<void> {
  if (there.isSymbolicLink()) throw new GitFailure({ kind: 'path-taken', path, by: 'link' });
  if (!there.isDirectory()) throw new GitFailure({ kind: 'path-taken', path, by: 'file' });
  const entries = await readdir(path).catch((error: unknown) => {
    throw fileFailure(error, path);
  });
  if (entries.length > 0) throw new GitFailure({ kind: 'path-taken', path, by: 'folder' });
}

/** Folders on the way to `path`, itself included, that are not there; the outermost first. */
async function missingFolders(path: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let folder = path; !(await exists(folder)); folder = dirname(folder)) missing.unshift(folder);
  return missing;
}

async function makeBranch(
  git: Git,
  folder: string,
  branch: string,
  commit: string,
  call: GitCall,
  undo: Undo,
): Promise<void> {
  try {
    // --no-track: a branch made from origin/main must not push there.
    await git.run(folder, ['branch', '--no-track', branch, commit], call);
  } catch (error) {
    throw (await nameConflict(git, folder, branch)) ?? error;
  }
  // Deletes it only while nothing was committed on it.
  undo.add(() => git.run(folder, ['update-ref', '-d', `refs/heads/${branch}`, commit]));
}

async function nameConflict(git: Git, folder: string, branch: string): Promise<GitFailure | undefined> {
  const parts = branch.split('/');
  for (let count = 1; count < parts.length; count++) {
    const other = parts.slice(0, count).join('/');
    if ((await branchTip(git, folder, other)) !== undefined)
      return new GitFailure({ kind: 'branch-name-conflict', branch, other });
  }
  const below = await git.run(folder, [
    'for-each-ref',
    '--count=1',
    '--format=%(refname:lstrip=2)',
    `refs/heads/${branch}/`,
  ]);
  return below === '' ? undefined : new GitFailure({ kind: 'branch-name-conflict', branch, other: oneLine(below) });
}

async function addWorktree(
  git: Git,
  repository: Repository,
  { path, branch }: NewWorktree,
  folders: readonly string[] | undefined,
  call: GitCall,
  undo: Undo,
): Promise<void> {
  const stoodEmpty = await exists(path);
  undo.add(async () => {
    await rm(path, { recursive: true, force: true });
    await forget(git, repository, path);
    if (stoodEmpty) await mkdir(path);
  });
  const add = ['worktree', 'add', '--no-guess-remote'];
  try {
    if (folders === undefined) {
      await git.run(repository.checkout, [...add, '--', path, branch], call);
      return;
    }
    if ((await git.ask(repository.commonDir, ['config', '--get', 'extensions.worktreeConfig'])) === undefined)
      undo.add(() => git.ask(repository.commonDir, ['config', '--unset', 'extensions.worktreeConfig']));
    await git.run(repository.checkout, [...add, '--no-checkout', '--', path, branch], call);
    await checkOutSparse(git, path, folders, call);
  } catch (error) {
    throw await hookFailure(git, path, error);
  }
}

/** Git reports a failed hook like any other failure; but then the checkout is complete. */
async function hookFailure(git: Git, path: string, error: unknown): Promise<unknown> {
  if (!(error instanceof GitFailure) || error.problem.kind !== 'failed') return error;
  const complete =
    (await exists(join(path, '.git'))) &&
    (await git
      .run(path, ['status', '--porcelain', '-z', '--untracked-files=no'])
      .then((changes) => changes === '')
      .catch(() => false));
  return complete ? new GitFailure({ kind: 'hook', path, output: error.problem.output }, { cause: error }) : error;
}

/** Takes the worktree, whose folder is gone by now, off git's list. */
async function forget(git: Git, repository: Repository, path: string): Promise<void> {
  const registered = await findRegistered(git, repository, path);
  if (registered === undefined) return;
  if (registered.locked !== undefined) await git.run(repository.commonDir, ['worktree', 'unlock', '--', path]);
  await forgetMissing(git, repository, path);
}

async function findRegistered(git: Git, repository: Repository, path: string): Promise<Worktree | undefined> {
  for (const worktree of await listWorktrees(git, repository))
    if (await samePlace(worktree.path, path)) return worktree;
  return undefined;
}

/** Takes a worktree whose folder is gone off git's list: no file is touched. */
export async function forgetMissing(git: Git, repository: Repository, path: string, call?: GitCall): Promise<void> {
  await git.run(repository.commonDir, ['worktree', 'remove', '--', path], call);
}

/** Git says that it could not write, but not why; and its own cleaning up may have made room again. */
async function orDiskFull(
  git: Git,
  repository: Repository,
  path: string,
  commit: string,
  failure: GitFailure,
): Promise<GitFailure> {
  const { problem } = failure;
  if (
    problem.kind !== 'failed' ||
    !/(unable|couldn't|could not|cannot|failed)( to)? (write|create|update)/i.test(problem.output)
  )
    return failure;
  const full = (place: string): GitFailure => new GitFailure({ kind: 'disk-full', path: place }, { cause: failure });
  if ((await freeBytes(repository.commonDir)) < almostNothing) return full(repository.commonDir);
  const needed = await checkoutBytes(git, repository, commit);
  return (await freeBytes(path)) < needed + almostNothing ? full(path) : failure;
}

/** A disk with less room than this is full enough to be why a file could not be written. */
const almostNothing = 64 * 1024;

async function freeBytes(path: string): Promise<number> {
  const disk = await statfs(await existingFolder(path)).catch(() => undefined);
  return disk === undefined ? Number.POSITIVE_INFINITY : disk.bavail * disk.bsize;
}

/** Size of all files of a commit. */
async function checkoutBytes(git: Git, repository: Repository, commit: string): Promise<number> {
  const list = ['ls-tree', '-r', '-l', '-z', '--full-tree', commit];
  const output = await git.run(repository.checkout, list).catch(() => '');
  // <mode> <type> <hash> <size, filled up with spaces>\t<path>
  const sizes = output.split('\0').map((entry) => Number(entry.split('\t', 1)[0]?.split(' ').at(-1)));
  return sizes.reduce((sum, size) => sum + (size || 0), 0);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
