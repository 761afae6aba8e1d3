import type { Git, GitCall } from './runGit';

export interface RecentCommit {
  /** The first digits. */
  readonly hash: string;
  readonly subject: string;
  readonly author: string;
  /** `2026-11-28`. */
  readonly date: string;
}

/** The commits that led to HEAD, the newest first. */
export async function recentCommits(
  git: Git,
  folder: string,
  most: number,
  call?: GitCall,
): Promise<readonly RecentCommit[]> {
  const output = await git.run(folder, ['log', `--max-count=${most}`, '-z', '--format=%h%x1f%s%x1f%an%x1f%cs'], call);
  return output
    .split('\0')
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const [hash = '', subject = '', author = '', date = ''] = entry.trim().split('\u001f');
      return { hash, subject, author, date };
    });
}
