import { join } from 'node:path';
import { type PhaseRecord, phaseFolder, readRecord } from '../git/phaseRecord';
import type { Repository } from '../git/repository';
import type { Git, GitCall } from '../git/runGit';
import { listWorktrees, type Worktree } from '../git/worktrees';

/** A linked worktree, with what it says of its phase. */
export interface RecordedWorktree {
  readonly worktree: Worktree;
  readonly record?: PhaseRecord;
}

/** All linked worktrees of a repository. One run of git, and one small file for each. */
export async function recordedWorktrees(
  git: Git,
  repository: Repository,
  call?: GitCall,
): Promise<readonly RecordedWorktree[]> {
  const linked = (await listWorktrees(git, repository, call)).filter(({ main }) => !main);
  return Promise.all(
    linked.map(async (worktree) => {
      const record = await readRecord(join(worktree.path, phaseFolder));
      return record === undefined ? { worktree } : { worktree, record };
    }),
  );
}

/**
 * The phase's worktree: the one that says so itself, else one on the phase's branch that says nothing.
 * @param branch Called only when no record names the phase.
 */
export function worktreeOfPhase(
  worktrees: readonly RecordedWorktree[],
  planId: string,
  phaseId: string,
  branch: () => string | undefined,
): RecordedWorktree | undefined {
  const recorded = worktrees.find(({ record }) => record?.plan === planId && record.phase === phaseId);
  const silent = worktrees.filter(({ record, worktree }) => record === undefined && worktree.branch !== undefined);
  if (recorded !== undefined || silent.length === 0) return recorded;
  const wanted = branch();
  return wanted === undefined ? undefined : silent.find(({ worktree }) => worktree.branch === wanted);
}
