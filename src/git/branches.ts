import { GitFailure } from './failure';
import { isBranchName } from './names';
import { oneLine } from './repository';
import type { Git, GitCall } from './runGit';

/** Throws `bad-branch-name` unless git takes `name` for a branch as it is. */
export async function checkBranchName(git: Git, folder: string, name: string, call?: GitCall): Promise<void> {
  const refusal = new GitFailure({ kind: 'bad-branch-name', branch: name });
  if (!isBranchName(name)) throw refusal;
  const accepted = await git.run(folder, ['check-ref-format', '--branch', name], call).catch((error: unknown) => {
    if (error instanceof GitFailure && error.kind === 'failed') throw refusal;
    throw error;
  });
  if (oneLine(accepted) !== name) throw refusal;
}

/** The commit that `base` (a branch, tag or hash) names. Throws `unknown-base`. */
export async function commitOf(git: Git, folder: string, base: string, call?: GitCall): Promise<string> {
  const refusal = new GitFailure({ kind: 'unknown-base', base });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no name of a commit holds a control character.
  if (base === '' || base.startsWith('-') || /[\u0000-\u001f\u007f]/.test(base)) throw refusal;
  const found = await git
    .ask(folder, ['rev-parse', '--verify', '--quiet', `${base}^{commit}`], call)
    .catch((error: unknown) => {
      if (error instanceof GitFailure && error.kind === 'failed') return undefined;
      throw error;
    });
  if (found === undefined) throw refusal;
  return oneLine(found);
}

/** The commit a local branch stands at; undefined when there is no such branch. */
export async function branchTip(git: Git, folder: string, branch: string, call?: GitCall): Promise<string | undefined> {
  const found = await git.ask(folder, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`], call);
  return found === undefined ? undefined : oneLine(found);
}

export interface Branch {
  /** `main`, or `origin/main` for a remote one: a name that git takes as it is. */
  readonly name: string;
  readonly remote: boolean;
  readonly commit: string;
  readonly subject: string;
  /** Seconds since 1970. */
  readonly committedAt: number;
  /** The branch that it follows, as `origin/main`. */
  readonly upstream?: string;
}

/** Local and remote branches, the latest commit first. */
export async function listBranches(git: Git, folder: string, call?: GitCall): Promise<readonly Branch[]> {
  const fields = ['refname', 'objectname', 'committerdate:unix', 'upstream:short', 'symref', 'contents:subject'];
  const format = fields.map((field) => `%(${field})`).join('%00');
  const output = await git.run(
    folder,
    ['for-each-ref', '--sort=-committerdate', `--format=${format}`, 'refs/heads', 'refs/remotes'],
    call,
  );
  const branches: Branch[] = [];
  for (const line of output.split('\n')) {
    const [ref = '', commit = '', date = '', upstream = '', symbolic = '', subject = ''] = line.split('\0');
    const parts = /^refs\/(heads|remotes)\/(.+)$/s.exec(ref);
    // origin/HEAD only repeats another branch.
    if (parts?.[2] === undefined || symbolic !== '') continue;
    branches.push({
      name: parts[2],
      remote: parts[1] === 'remotes',
      commit,
      subject,
      committedAt: Number(date),
      ...(upstream === '' ? {} : { upstream }),
    });
  }
  return branches;
}

export interface Distance {
  readonly ahead: number;
  readonly behind: number;
}

/** How many commits each of the two has that the other has not. */
export async function distance(git: Git, folder: string, from: string, to: string, call?: GitCall): Promise<Distance> {
  const output = await git.run(folder, ['rev-list', '--left-right', '--count', `${from}...${to}`, '--'], call);
  const [behind = '0', ahead = '0'] = oneLine(output).split('\t');
  return { ahead: Number(ahead), behind: Number(behind) };
}
