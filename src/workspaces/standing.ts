import { commitOf, distance } from '../git/branches';
import type { Git, GitCall } from '../git/runGit';
import { statusOf } from '../git/status';

/** How the work in a worktree stands. */
export interface Standing {
  /** Absent when detached. */
  readonly branch?: string;
  readonly uncommitted: number;
  readonly ahead: number;
  readonly behind: number;
  /** What `ahead` and `behind` are counted from: the branch it follows, else its base. Absent when there is neither. */
  readonly against?: string;
}

/** One run of git; two more where the branch follows no other. */
export async function standingOf(
  git: Git,
  folder: string,
  base: string | undefined,
  call?: GitCall,
): Promise<Standing> {
  const { branch, changes, upstream, ahead, behind, commit } = await statusOf(git, folder, call);
  const own = { uncommitted: changes.length, ...(branch === undefined ? {} : { branch }) };
  if (upstream !== undefined && ahead !== undefined && behind !== undefined)
    return { ...own, ahead, behind, against: upstream };
  const baseCommit = base === undefined ? undefined : await commitOf(git, folder, base, call).catch(() => undefined);
  if (base === undefined || baseCommit === undefined || commit === undefined) return { ...own, ahead: 0, behind: 0 };
  return { ...own, ...(await distance(git, folder, baseCommit, commit, call)), against: base };
}
