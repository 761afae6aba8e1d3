import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import { contributes } from '../../package.json';

/** A file that may hold a plan, under its absolute path. */
export interface PlanFile {
  readonly path: string;
  /** Absolute; files of one plan are looked for under one root. */
  readonly root: string;
  /** Named on the command line, so whatever it is, somebody wants it read. */
  readonly isNamed: boolean;
}

/** Something that could not be read, and why. */
export interface Trouble {
  readonly path: string;
  readonly why: string;
  /** Named on the command line, or a plan file by its name: the result is not complete without it. */
  readonly isFatal: boolean;
}

export interface Found {
  readonly files: readonly PlanFile[];
  readonly troubles: readonly Trouble[];
}

/** The same files that the extension takes by default. */
export const defaultGlobs: readonly string[] = contributes.configuration.properties['phasewise.files'].default;

/**
 * The files that these paths name or hold, each once, those of a folder in the order of their paths. Folders are
 * searched without what `.gitignore` files leave out, through links, but never in circles. Paths are relative to `cwd`.
 */
export async function findPlanFiles(paths: readonly string[], cwd: string): Promise<Found> {
  const files = new Map<string, PlanFile>();
  const troubles: Trouble[] = [];
  for (const named of paths.length === 0 ? ['.'] : paths) {
    const path = resolve(cwd, named);
    try {
      const isFolder = (await stat(path)).isDirectory();
      const found = isFolder ? await new Search(path, troubles).run() : [namedFile(path, cwd)];
      for (const file of found) files.set(file.path, merged(files.get(file.path), file));
    } catch (error) {
      troubles.push({ path, why: reasonOf(error), isFatal: true });
    }
  }
  return { files: [...files.values()], troubles };
}

/** A system error in the words of a message. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read or written';
  return error instanceof Error ? error.message : String(error);
}

/** Files named side by side can be one plan: their root is the current folder, or for files elsewhere their own. */
function namedFile(path: string, cwd: string): PlanFile {
  return { path, root: isBelow(path, cwd) ? cwd : dirname(path), isNamed: true };
}

/** A folder that was searched is a better root than the current one. */
function merged(known: PlanFile | undefined, file: PlanFile): PlanFile {
  if (known === undefined) return file;
  return { ...(known.isNamed ? file : known), isNamed: known.isNamed || file.isNamed };
}

interface Folder {
  readonly path: string;
  readonly realPath: string;
  /** From the outermost to the innermost. */
  readonly rules: readonly IgnoreRules[];
}

interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

const neverSearched: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'CVS', 'node_modules']);

const isPlanFile = picomatch([...defaultGlobs], { dot: true, nonegate: true, noextglob: true });

/** One walk through one folder. */
class Search {
  readonly #root: string;
  readonly #troubles: Trouble[];
  readonly #files: PlanFile[] = [];
  readonly #folders: Folder[] = [];
  /** Followed last, so that a file is found under its own path where it has one inside the folder. */
  readonly #links: { readonly path: string; readonly from: Folder }[] = [];
  readonly #seen = new Set<string>();

  constructor(root: string, troubles: Trouble[]) {
    this.#root = root;
    this.#troubles = troubles;
  }

  async run(): Promise<readonly PlanFile[]> {
    const rootRealPath = await realpath(this.#root);
    this.#enter({ path: this.#root, realPath: rootRealPath, rules: await rulesAbove(this.#root) });
    await this.#searchFolders();
    for (let link = this.#links.shift(); link !== undefined; link = this.#links.shift()) {
      await this.#follow(link.path, link.from, rootRealPath);
      await this.#searchFolders();
    }
    return this.#files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async #searchFolders(): Promise<void> {
    for (let folder = this.#folders.pop(); folder !== undefined; folder = this.#folders.pop()) {
      try {
        await this.#search(folder);
      } catch (error) {
        this.#troubles.push({ path: folder.path, why: reasonOf(error), isFatal: folder.path === this.#root });
      }
    }
  }

  async #search(folder: Folder): Promise<void> {
    const entries = await readdir(folder.path, { withFileTypes: true });
    const own = entries.some(({ name }) => name === '.gitignore') ? await rulesIn(folder.path) : [];
    const inside: Folder = { ...folder, rules: [...folder.rules, ...own] };
    for (const entry of entries) {
      const path = join(folder.path, entry.name);
      if (neverSearched.has(entry.name)) continue;
      if (entry.isSymbolicLink()) this.#links.push({ path, from: inside });
      else if (entry.isDirectory()) {
        if (!isIgnored(path, true, inside.rules)) {
          this.#enter({ ...inside, path, realPath: join(folder.realPath, entry.name) });
        }
      } else if (entry.isFile()) this.#take(path, join(folder.realPath, entry.name), inside);
    }
  }

  async #follow(path: string, from: Folder, rootRealPath: string): Promise<void> {
    try {
      const isFolder = (await stat(path)).isDirectory();
      if (isIgnored(path, isFolder, from.rules)) return;
      const target = await realpath(path);
      if (!isFolder) this.#take(path, target, from);
      else if (!isBelow(rootRealPath, target)) this.#enter({ ...from, path, realPath: target });
    } catch {
      // A link to nothing, to itself, or to what may not be read: there is no plan file behind it.
    }
  }

  #enter(folder: Folder): void {
    if (this.#isNew(folder.realPath)) this.#folders.push(folder);
  }

  #take(path: string, realPath: string, { rules }: Folder): void {
    const matches = isPlanFile(relative(this.#root, path).replaceAll(sep, '/'));
    if (!matches || isIgnored(path, false, rules) || !this.#isNew(realPath)) return;
    this.#files.push({ path, root: this.#root, isNamed: false });
  }

  #isNew(realPath: string): boolean {
    if (this.#seen.has(realPath)) return false;
    this.#seen.add(realPath);
    return true;
  }
}

/** The nearest rules with an opinion decide, as for git. */
function isIgnored(path: string, isFolder: boolean, rules: readonly IgnoreRules[]): boolean {
  for (const each of rules.toReversed()) {
    const inside = relative(each.folder, path).replaceAll(sep, '/');
    const verdict = each.rules.test(isFolder ? `${inside}/` : inside);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

/** Those of the folders around `folder`, up to the top of its repository. None where they leave out the folder itself. */
async function rulesAbove(folder: string): Promise<readonly IgnoreRules[]> {
  const rules: IgnoreRules[] = [];
  for (let at = folder; !(await exists(join(at, '.git'))); ) {
    const above = dirname(at);
    if (above === at) return [];
    rules.unshift(...(await rulesIn(above)));
    at = above;
  }
  return isIgnored(folder, true, rules) ? [] : rules;
}

async function rulesIn(folder: string): Promise<readonly IgnoreRules[]> {
  try {
    const text = await readFile(join(folder, '.gitignore'), 'utf8');
    return [{ folder, rules: ignore({ ignorecase: process.platform !== 'linux' }).add(text) }];
  } catch {
    return []; // there is none, or it may not be read: git ignores nothing then either
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
