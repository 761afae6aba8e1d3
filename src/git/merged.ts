import { oneLine } from './repository';
import type { Git, GitCall } from './runGit';

/** What a branch holds that others do not. */
export interface LooseCommits {
  readonly count: number;
  /** The newest ones, at most 20, as `<short hash> <subject>`. */
  readonly commits: readonly string[];
}

/**
 * Commits of `tip` whose work is in none of `targets`: not the commits themselves, nor the same changes as other
 * commits (rebased or cherry-picked), nor all of them together as one (squashed). Writes nothing but one loose object.
 */
export async function unmergedCommits(
  git: Git,
  folder: string,
  tip: string,
  targets: readonly string[],
  call?: GitCall,
): Promise<LooseCommits> {
  const loose = await commitsOutside(git, folder, tip, targets, call);
  if (loose.count === 0) return loose;
  for (const target of targets) {
    if (await sameChanges(git, folder, target, tip, call)) return none;
    if (await squashedInto(git, folder, target, tip, call)) return none;
  }
  return loose;
}

const none: LooseCommits = { count: 0, commits: [] };

/** Commits of `tip` that none of `not` (names, or options such as `--remotes`) leads to. */
export async function commitsOutside(
  git: Git,
  folder: string,
  tip: string,
  not: readonly string[],
  call?: GitCall,
): Promise<LooseCommits> {
  const range = [tip, '--not', ...not];
  const count = Number(oneLine(await git.run(folder, ['rev-list', '--count', ...range, '--'], call)));
  if (count === 0) return none;
  const newest = await git.run(folder, ['log', '-z', '--max-count=20', '--format=%h %s', ...range, '--'], call);
  return { count, commits: newest.split('\0').filter((line) => line !== '') };
}

/** Whether each commit of `tip` that `target` lacks has a twin there with the same changes. */
async function sameChanges(git: Git, folder: string, target: string, tip: string, call?: GitCall): Promise<boolean> {
  // Merge commits have no patch of their own and are not listed: with one, this cannot tell.
  const merges = await git.run(folder, ['rev-list', '--count', '--merges', `${target}..${tip}`, '--'], call);
  if (oneLine(merges) !== '0') return false;
  const output = await git.run(folder, ['cherry', target, tip], call);
  return output.split('\n').every((line) => !line.startsWith('+'));
}

/** Whether `target` holds one commit with all the changes of `tip` together. */
async function squashedInto(git: Git, folder: string, target: string, tip: string, call?: GitCall): Promise<boolean> {
  const fork = await git.ask(folder, ['merge-base', target, tip], call);
  if (fork === undefined) return false;
  const together = await git.run(
    folder,
    ['-c', 'user.name=-', '-c', 'user.email=-', 'commit-tree', '-p', oneLine(fork), '-m', '-', `${tip}^{tree}`],
    call,
  );
  return (await git.run(folder, ['cherry', target, oneLine(together)], call)).startsWith('-');
}
