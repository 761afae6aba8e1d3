import { GitFailure } from './failure';
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
  const named = paths.map((path) => fixedPart(path, folder));
  if (named.some(({ place }) => place === '')) return undefined;
  const folders = new Set<string>();
  for (const { place, glob } of named) {
    const isFile = !glob && (await typeAt(git, folder, commit, place, call)) === 'blob';
    folders.add(isFile ? place.split('/').slice(0, -1).join('/') : place);
  }
  folders.delete('');
  return [...folders].sort();
}

/** What a path names before its first wildcard. Throws `outside` for an absolute path or one with `..`. */
function fixedPart(path: string, folder: string): { readonly place: string; readonly glob: boolean } {
  const parts = path.split(/[\\/]/);
  if (/^([\\/]|[A-Za-z]:)/.test(path) || parts.includes('..') || parts[0] === '~')
    throw new GitFailure({ kind: 'outside', path, folder });
  const named = parts.filter((part) => part !== '' && part !== '.');
  const wild = named.findIndex((part) => /[*?[{]/.test(part));
  return { place: (wild < 0 ? named : named.slice(0, wild)).join('/'), glob: wild >= 0 };
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
