import { resolve } from 'node:path';
import { GitFailure } from './failure';
import type { Repository } from './repository';
import type { Git, GitCall } from './runGit';

/** One checkout that git has on its list. */
export interface Worktree {
  readonly path: string;
  readonly main: boolean;
  readonly bare: boolean;
  /** Absent when bare, or before the first commit. */
  readonly commit?: string;
  /** Absent when detached. */
  readonly branch?: string;
  /** Present when locked; empty when no reason was given. */
  readonly locked?: string;
  /** Its folder is gone; the value says why git thinks so. */
  readonly prunable?: string;
}

/** All checkouts of the repository, the main one first. One run of git. */
export async function listWorktrees(git: Git, repository: Repository, call?: GitCall): Promise<readonly Worktree[]> {
  const list = ['worktree', 'list', '--porcelain'];
  const output = await git.run(repository.commonDir, [...list, '-z'], call).catch((error: unknown) => {
    // Git before 2.36 has no -z; its lines are the same otherwise.
    if (error instanceof GitFailure && error.problem.kind === 'failed' && /unknown switch/.test(error.problem.output))
      return git.run(repository.commonDir, list, call);
    throw error;
  });
  return parseWorktrees(output, repository.main);
}

/**
 * Reads the output of `git worktree list --porcelain`, with or without `-z`.
 * `main` replaces git's own idea of the main checkout: for a submodule git names its git folder.
 */
export function parseWorktrees(output: string, main?: string): readonly Worktree[] {
  const end = output.includes('\0') ? '\0' : '\n';
  return output
    .split(end + end)
    .filter((record) => record !== '')
    .map((record, index) => readRecord(record.split(end), index === 0 ? main : undefined, index === 0));
}

function readRecord(lines: readonly string[], knownPath: string | undefined, main: boolean): Worktree {
  const values = new Map<string, string>();
  for (const line of lines) {
    const space = line.indexOf(' ');
    if (space < 0) values.set(line, '');
    else values.set(line.slice(0, space), line.slice(space + 1));
  }
  const branch = values.get('branch')?.replace(/^refs\/heads\//, '');
  const commit = values.get('HEAD');
  const locked = values.get('locked');
  const prunable = values.get('prunable');
  return {
    path: resolve(knownPath ?? values.get('worktree') ?? ''),
    main,
    bare: values.has('bare'),
    ...(commit === undefined || /^0+$/.test(commit) ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    ...(locked === undefined ? {} : { locked }),
    ...(prunable === undefined ? {} : { prunable }),
  };
}
