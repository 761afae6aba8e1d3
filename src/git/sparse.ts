import { GitFailure } from './failure';
import { readPlanPath } from './planPaths';
import type { Git, GitCall } from './runGit';

/**
 * Folders to check out so that all of `paths` are there (cone mode takes folders only): a file gives its folder,
 * a glob the folder before its first wildcard. Files in the repository's own folder are always there.
 * Undefined when one of them is the whole repository. Paths are relative to the repository.
 * Throws `outside` for one that leaves it.
 */
export async function sparseFolders(
  git: Git,
  folder: string,
  commit: string,
  paths: readonly string[],
  call?: GitCall,
): Promise<readonly string[] | undefined> {
  const named = paths.map((path) => {
    const read = readPlanPath(path);
    if (read === undefined) throw new GitFailure({ kind: 'outside', path, folder });
    return read;
  });
  if (named.some(({ place }) => place === '')) return undefined;
  const folders = new Set<string>();
  for (const { place, glob } of named) {
    const isFile = !glob && (await typeAt(git, folder, commit, place, call)) === 'blob';
    folders.add(isFile ? place.split('/').slice(0, -1).join('/') : place);
  }
  folders.delete('');
  return [...folders].sort();
}

async function typeAt(git: Git, folder: string, commit: string, path: string, call?: GitCall): Promise<string> {
  const output = await git.run(
    folder,
    ['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', commit, '--', path],
    call,
  );
  return output.split(' ')[1] ?? '';
}

/** Limits the checkout at `folder`, made with `--no-checkout`, to `folders` and fills it. */
export async function checkOutSparse(
  git: Git,
  folder: string,
  folders: readonly string[],
  call?: GitCall,
): Promise<void> {
  await git.run(folder, ['sparse-checkout', 'init', '--cone'], call);
  if (folders.length > 0) {
    const input = folders.map((name) => `${quoted(name)}\n`).join('');
    await git.run(folder, ['sparse-checkout', 'set', '--stdin'], { ...call, input });
  }
  await git.run(folder, ['checkout', '--progress'], { ...call, failOnErrors: true });
}

/** As git quotes names in C style, so that spaces at the ends and quotes survive. */
function quoted(name: string): string {
  const escaped = name.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r');
  return `"${escaped}"`;
}
