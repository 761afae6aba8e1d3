import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { git } from './temporary';

/** Takes a repository back to one checkout on `main`, with its first commit and no other branch. */
export function resetRepository(folder: string): void {
  const list = git(folder, 'worktree', 'list', '--porcelain').split('\n');
  const paths = list.flatMap((line) => (line.startsWith('worktree ') ? [line.slice('worktree '.length)] : []));
  const someLocked = list.some((line) => line.startsWith('locked'));
  for (const path of paths.slice(1)) {
    if (someLocked) unlock(folder, path);
    rmSync(path, { recursive: true, force: true });
    const parent = dirname(path);
    if (parent.endsWith('.worktrees') && existsSync(parent)) rmSync(parent, { recursive: true, force: true });
  }
  git(folder, 'worktree', 'prune', '--expire=now');
  git(folder, 'checkout', '--quiet', '--force', '-B', 'main', firstCommit(folder));
  for (const branch of git(folder, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n'))
    if (branch !== 'main') git(folder, 'branch', '--quiet', '-D', branch);
}

function unlock(folder: string, path: string): void {
  try {
    git(folder, 'worktree', 'unlock', path);
  } catch {} // it was not locked
}

function firstCommit(folder: string): string {
  return git(folder, 'rev-list', '--max-parents=0', '--all').split('\n').at(-1) ?? 'HEAD';
}
