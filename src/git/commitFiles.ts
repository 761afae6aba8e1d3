import { relative, sep } from 'node:path';
import { findRepository, oneLine } from './repository';
import type { Git, GitCall } from './runGit';

/** Those of these files that hold something which is not committed, as they were given. All are in one repository. */
export async function uncommittedOf(git: Git, files: readonly string[], call?: GitCall): Promise<readonly string[]> {
  const [first] = files;
  if (first === undefined) return [];
  const { checkout } = await findRepository(git, first, call);
  const changed: string[] = [];
  for (const file of files) {
    const args = ['--literal-pathspecs', 'status', '--porcelain', '-z', '--', pathIn(checkout, file)];
    if ((await git.run(checkout, args, call)) !== '') changed.push(file);
  }
  return changed;
}

/** Commits these files as they are on disk, and nothing else that is staged. Gives the first digits of the commit. */
export async function commitFiles(
  git: Git,
  files: readonly string[],
  message: string,
  call?: GitCall,
): Promise<string> {
  const [first = ''] = files;
  const { checkout } = await findRepository(git, first, call);
  const paths = files.map((file) => pathIn(checkout, file));
  // A file that git does not know yet cannot be named in a commit.
  await git.run(checkout, ['--literal-pathspecs', 'add', '--', ...paths], call);
  await git.run(checkout, ['--literal-pathspecs', 'commit', '--only', `--message=${message}`, '--', ...paths], call);
  return oneLine(await git.run(checkout, ['rev-parse', '--short', 'HEAD'], call));
}

function pathIn(checkout: string, file: string): string {
  return relative(checkout, file).split(sep).join('/');
}
