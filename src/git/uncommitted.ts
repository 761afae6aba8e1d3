import { basename, dirname } from 'node:path';
import type { Git, GitCall } from './runGit';

/**
 * Those of these files that hold something which is not committed, in their order; one run of git for each folder. Files
 * that git ignores are never among them. Throws a `GitFailure` outside of a repository.
 */
export async function uncommittedFiles(git: Git, paths: readonly string[], call?: GitCall): Promise<readonly string[]> {
  const uncommitted = new Set<string>();
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    const inside = paths.filter((path) => dirname(path) === folder);
    const names = inside.map((path) => basename(path));
    const options = ['--porcelain', '-z', '--no-renames', '--untracked-files=all'];
    const output = await git.run(folder, ['--literal-pathspecs', 'status', ...options, '--', ...names], call);
    const changed = new Set(output.split('\0').map((entry) => basename(entry.slice(3))));
    for (const path of inside) if (changed.has(basename(path))) uncommitted.add(path);
  }
  return paths.filter((path) => uncommitted.has(path));
}
