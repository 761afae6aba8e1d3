import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GitFailure, type GitProblem } from '../../../src/git/failure';
import { findRepository, type Repository } from '../../../src/git/repository';
import { createGit } from '../../../src/git/runGit';
import { type Files, git as sh, temporaryFolder, writeFiles } from '../../support/temporary';

const configuration = join(temporaryFolder(), 'gitconfig');
writeFileSync(
  configuration,
  '[user]\n\tname = Test\n\temail = test@example.com\n[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n',
);
process.env.GIT_CONFIG_GLOBAL = configuration;
process.env.GIT_CONFIG_NOSYSTEM = '1';

export { sh };

export const git = createGit();

/** A repository in a folder `app` (with nothing beside it), with one commit on main unless `commits` is false. */
export function newRepository(options: { readonly commits?: boolean } = {}): string {
  const folder = join(temporaryFolder(), 'my app');
  mkdirSync(folder);
  sh(folder, 'init', '--quiet');
  if (options.commits !== false) commit(folder, { 'README.md': 'app\n', 'src/index.js': '1\n' }, 'start');
  return folder;
}

export function repositoryAt(folder: string): Promise<Repository> {
  return findRepository(git, folder);
}

/** Commits everything in the folder, with these files, and gives the commit's hash. */
export function commit(folder: string, files: Files, message: string): string {
  writeFiles(folder, files);
  sh(folder, 'add', '--all');
  sh(folder, 'commit', '--quiet', '--allow-empty', '-m', message);
  return sh(folder, 'rev-parse', 'HEAD');
}

/** Everything that making a worktree could leave behind: files beside the repository, branches, git's own lists. */
export function trace(repository: string): unknown {
  return {
    files: filesBelow(dirname(repository)).filter((path) => !path.includes('/.git/')),
    branches: sh(repository, 'for-each-ref', '--format=%(refname) %(objectname)'),
    worktrees: sh(repository, 'worktree', 'list', '--porcelain'),
    configuration: sh(repository, 'config', '--local', '--list'),
    exclude: readFileSync(join(repository, '.git/info/exclude'), 'utf8'),
  };
}

function filesBelow(folder: string, prefix = ''): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = prefix + name;
      const isFolder = statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true;
      return isFolder ? [`${path}/`, ...filesBelow(join(folder, name), `${path}/`)] : [path];
    });
}

/** The problem that the promise fails with. */
export async function problemOf(promise: Promise<unknown>): Promise<GitProblem> {
  const outcome = await promise.then(
    () => 'success',
    (error: unknown) => error,
  );
  if (outcome instanceof GitFailure) return outcome.problem;
  throw outcome instanceof Error ? outcome : new Error('expected a GitFailure');
}

/** A program named `git` that runs these lines of shell; `"$@"` are the arguments. */
export function scriptedGit(lines: string): string {
  const script = join(temporaryFolder(), 'git');
  writeFileSync(script, `#!/bin/sh\n${lines}\n`);
  chmodSync(script, 0o755);
  return script;
}
