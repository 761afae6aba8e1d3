import { rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commitOf } from './branches';
import { GitFailure, type Obstacle, type Operation } from './failure';
import { commitsOutside, type LooseCommits, unmergedCommits } from './merged';
import { exists, samePlace } from './places';
import { oneLine, type Repository } from './repository';
import type { Git, GitCall } from './runGit';
import { statusOf } from './status';
import { listWorktrees, type Worktree } from './worktrees';

export interface RemovalReview {
  readonly worktree: Worktree;
  /** Empty when nothing would be lost. */
  readonly obstacles: readonly Obstacle[];
  /** Ignored files and folders that go with the worktree, folders with a `/` at the end. */
  readonly ignored: readonly string[];
  /** Whether all work of the branch is in one of the bases; false without a branch. */
  readonly merged: boolean;
}

/**
 * What stands in the way of removing the worktree at `path`.
 * `bases` are the branches its work is meant for; those that do not exist are passed over.
 * Throws `not-a-worktree` when git does not know it.
 */
export async function reviewRemoval(
  git: Git,
  repository: Repository,
  path: string,
  bases: readonly string[],
  call?: GitCall,
): Promise<RemovalReview> {
  const worktree = await registeredAt(git, repository, path, call);
  if (worktree.main) return { worktree, obstacles: [{ kind: 'main-checkout' }], ignored: [], merged: false };
  const locked: readonly Obstacle[] =
    worktree.locked === undefined ? [] : [{ kind: 'locked', reason: worktree.locked }];
  const home = repository.commonDir;
  const commits = await looseCommits(git, home, worktree, bases, call);
  if (!(await exists(worktree.path)))
    return { worktree, obstacles: [...locked, ...commits.obstacles], ignored: [], merged: commits.merged };

  const status = await statusOf(git, worktree.path, call);
  const obstacles: Obstacle[] = [...locked];
  const submodules = await filledSubmodules(git, worktree.path, call);
  if (submodules.length > 0) obstacles.push({ kind: 'submodules', paths: submodules });
  const operation = await unfinishedOperation(git, worktree.path, call);
  if (operation !== undefined) obstacles.push({ kind: 'operation', operation });
  if (status.changes.length > 0) obstacles.push({ kind: 'uncommitted', files: status.changes });
  obstacles.push(...commits.obstacles);
  return { worktree, obstacles, ignored: await ignoredFiles(git, worktree.path, call), merged: commits.merged };
}

export interface Removal {
  readonly path: string;
  readonly bases: readonly string[];
  /** Also delete its branch. Done only when the branch's work is in one of the bases. */
  readonly deleteBranch: boolean;
}

export interface Removed {
  /** Set when the branch is gone too. */
  readonly deletedBranch?: string;
}

/**
 * Removes a worktree with everything in it, if nothing is lost by that (never with `--force`).
 * Throws `unfinished` with the obstacles otherwise, `leftover` when files could not be deleted.
 */
export async function removeWorktree(
  git: Git,
  repository: Repository,
  { path, bases, deleteBranch }: Removal,
  call?: GitCall,
): Promise<Removed> {
  const review = await reviewRemoval(git, repository, path, bases, call);
  const { worktree, obstacles } = review;
  if (obstacles.length > 0) throw new GitFailure({ kind: 'unfinished', path: worktree.path, obstacles });
  try {
    await git.run(repository.commonDir, ['worktree', 'remove', '--', worktree.path], call);
  } catch (error) {
    throw (await leftover(git, repository, worktree.path, error)) ?? error;
  }
  // The usual folder of worktrees goes with the last of them; rmdir leaves a folder that holds anything.
  if (dirname(worktree.path).endsWith('.worktrees')) await rmdir(dirname(worktree.path)).catch(() => undefined);
  if (!deleteBranch || !review.merged || worktree.branch === undefined || worktree.commit === undefined) return {};
  await deleteBranchAt(git, repository.commonDir, worktree.branch, worktree.commit, call);
  return { deletedBranch: worktree.branch };
}

async function registeredAt(git: Git, repository: Repository, path: string, call?: GitCall): Promise<Worktree> {
  for (const worktree of await listWorktrees(git, repository, call))
    if (await samePlace(worktree.path, path)) return worktree;
  throw new GitFailure({ kind: 'not-a-worktree', path });
}

interface Commits {
  readonly obstacles: readonly Obstacle[];
  readonly merged: boolean;
}

async function looseCommits(
  git: Git,
  home: string,
  { branch, commit }: Worktree,
  bases: readonly string[],
  call?: GitCall,
): Promise<Commits> {
  if (commit === undefined) return { obstacles: [], merged: false };
  if (branch === undefined) {
    const lost = await commitsOutside(git, home, commit, ['--branches', '--tags', '--remotes'], call);
    return { obstacles: unmerged(lost, ''), merged: false };
  }
  const targets = await targetsOf(git, home, bases, branch, call);
  const into = targets[0];
  if (into === undefined) {
    // Nothing to compare with: then any other branch will do.
    const others = [`--exclude=${branch}`, '--branches', '--remotes'];
    const lost = await commitsOutside(git, home, commit, others, call);
    return { obstacles: unmerged(lost, ''), merged: lost.count === 0 };
  }
  const loose = await unmergedCommits(git, home, commit, targets, call);
  if (loose.count === 0) return { obstacles: [], merged: true };
  const hasRemote = (await git.run(home, ['remote'], call)) !== '';
  const local = hasRemote ? await commitsOutside(git, home, commit, ['--remotes', ...targets], call) : undefined;
  const unpushed: readonly Obstacle[] =
    local === undefined || local.count === 0 ? [] : [{ kind: 'unpushed', ...local }];
  return { obstacles: [...unpushed, ...unmerged(loose, into)], merged: false };
}

function unmerged(commits: LooseCommits, into: string): readonly Obstacle[] {
  return commits.count === 0 ? [] : [{ kind: 'unmerged', into, ...commits }];
}

/** The bases that exist, and the remote branches that they follow; never the branch itself. */
async function targetsOf(
  git: Git,
  home: string,
  bases: readonly string[],
  branch: string,
  call?: GitCall,
): Promise<readonly string[]> {
  const targets = new Set<string>();
  for (const base of bases) {
    if (base === branch || !(await isCommit(git, home, base, call))) continue;
    targets.add(base);
    const upstream = `${base}@{upstream}`;
    if (await isCommit(git, home, upstream, call)) targets.add(upstream);
  }
  return [...targets];
}

async function isCommit(git: Git, home: string, name: string, call?: GitCall): Promise<boolean> {
  return commitOf(git, home, name, call).then(
    () => true,
    (error: unknown) => {
      if (error instanceof GitFailure && error.kind === 'unknown-base') return false;
      throw error;
    },
  );
}

async function filledSubmodules(git: Git, folder: string, call?: GitCall): Promise<readonly string[]> {
  const output = await git.run(folder, ['ls-files', '--stage', '-z'], call);
  const filled: string[] = [];
  for (const entry of output.split('\0')) {
    if (!entry.startsWith('160000 ')) continue;
    const path = entry.slice(entry.indexOf('\t') + 1);
    if (await exists(join(folder, path, '.git'))) filled.push(path);
  }
  return filled;
}

const operations: readonly (readonly [file: string, operation: Operation])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
];

async function unfinishedOperation(git: Git, folder: string, call?: GitCall): Promise<Operation | undefined> {
  const gitDir = oneLine(await git.run(folder, ['rev-parse', '--absolute-git-dir'], call));
  for (const [file, operation] of operations) if (await exists(join(gitDir, file))) return operation;
  return undefined;
}

async function ignoredFiles(git: Git, folder: string, call?: GitCall): Promise<readonly string[]> {
  const args = ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '--no-empty-directory', '-z'];
  return (await git.run(folder, args, call)).split('\0').filter((path) => path !== '');
}

/** Git takes a worktree off its list even when it could not delete every file. */
async function leftover(
  git: Git,
  repository: Repository,
  path: string,
  error: unknown,
): Promise<GitFailure | undefined> {
  if (!(error instanceof GitFailure) || error.kind === 'cancelled') return undefined;
  const worktrees = await listWorktrees(git, repository).catch(() => undefined);
  if (worktrees === undefined || !(await exists(path))) return undefined;
  for (const worktree of worktrees) if (await samePlace(worktree.path, path)) return undefined;
  return new GitFailure({ kind: 'leftover', path, output: error.message }, { cause: error });
}

/** Deletes the branch only while it is at `commit`. */
async function deleteBranchAt(git: Git, home: string, branch: string, commit: string, call?: GitCall): Promise<void> {
  await git.run(home, ['update-ref', '-d', `refs/heads/${branch}`, commit], call);
  // What git kept about it (the branch it followed); there may be nothing.
  await git.run(home, ['config', '--remove-section', `branch.${branch}`], call).catch(() => undefined);
}
