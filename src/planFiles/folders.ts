import * as vscode from 'vscode';
import { toFile } from '../convert';
import { lockName } from '../writing/folderLock';
import { findCandidates, pathBelow } from './find';
import { folderExcluder, globMatcher, type PlanGlobs } from './globs';
import { GitIgnores } from './ignores';
import { isFolder } from './read';
import { planGlobsOf } from './settings';
import { type FoldersListener, watchFolder, watchFolders } from './watch';

/** A file that can hold a plan, and the workspace folder that it was found in. */
export interface Candidate {
  readonly uri: vscode.Uri;
  readonly root: string;
}

/** A workspace folder as its settings and ignore files stood when it was opened. */
interface FolderState {
  readonly uri: vscode.Uri;
  readonly globs: PlanGlobs;
  readonly matches: (path: string) => boolean;
  readonly excludesFolder: (path: string) => boolean;
  readonly ignores: GitIgnores;
}

/** The workspace folders, with the rules that say which files in them can hold a plan. */
export class Folders implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #folders = new Map<string, FolderState>();
  #watching: vscode.Disposable | undefined;
  #round = 0;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  get roots(): readonly vscode.Uri[] {
    return [...this.#folders.values()].map(({ uri }) => uri);
  }

  /** Another number after each `open`: what was a candidate before need not be one now. */
  get round(): number {
    return this.#round;
  }

  /** Takes the folders, their settings and ignore files as they are now, and watches them. */
  open(listener: FoldersListener): void {
    this.#round++;
    this.#folders.clear();
    this.#watching?.dispose();
    const watchers: vscode.Disposable[] = [];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const { uri } = folder;
      const globs = planGlobsOf(uri);
      const excludesFolder = folderExcluder(globs.exclude);
      const ignores = new GitIgnores(uri);
      this.#folders.set(toFile(uri), { uri, globs, matches: globMatcher(globs), excludesFolder, ignores });
      watchers.push(watchFolder(folder, globs.files, listener));
    }
    if (watchers.length > 0) watchers.push(watchFolders(listener));
    this.#watching = vscode.Disposable.from(...watchers);
  }

  /** A folder that cannot be searched has none, and the log says why. */
  async find(token: vscode.CancellationToken): Promise<readonly Candidate[]> {
    const found: Candidate[] = [];
    for (const folder of this.#folders.values()) {
      try {
        const uris = await findCandidates({ folder: folder.uri, globs: folder.globs, log: this.#log, token });
        const candidates = await Promise.all(uris.map((uri) => candidateIn(folder, uri)));
        found.push(...candidates.filter((candidate) => candidate !== undefined));
      } catch (error) {
        this.#log.error(`${folder.uri}: cannot be searched for plan files`, error);
      }
    }
    return found;
  }

  /** Undefined for a file that does not match, or that settings or ignore files leave out. */
  async candidate(uri: vscode.Uri): Promise<Candidate | undefined> {
    const folder = this.#folderOf(uri);
    return folder && candidateIn(folder, uri);
  }

  /** Whether this is a folder that settings and ignore files let in. */
  async mayHoldPlans(uri: vscode.Uri): Promise<boolean> {
    const folder = this.#folderOf(uri);
    if (folder === undefined) return false;
    const path = pathBelow(folder.uri, uri);
    // Each action makes one for a moment.
    if (path.slice(path.lastIndexOf('/') + 1).startsWith(lockName)) return false;
    if (folder.excludesFolder(path) || (await folder.ignores.ignores(`${path}/-`))) return false;
    return isFolder(uri);
  }

  dispose(): void {
    this.#watching?.dispose();
  }

  #folderOf(uri: vscode.Uri): FolderState | undefined {
    const owner = vscode.workspace.getWorkspaceFolder(uri);
    return owner && this.#folders.get(toFile(owner.uri));
  }
}

async function candidateIn(folder: FolderState, uri: vscode.Uri): Promise<Candidate | undefined> {
  const root = toFile(folder.uri);
  // A workspace folder inside another one has its files for itself.
  const owner = vscode.workspace.getWorkspaceFolder(uri);
  if (owner === undefined || toFile(owner.uri) !== root) return undefined;
  const path = pathBelow(folder.uri, uri);
  return folder.matches(path) && !(await folder.ignores.ignores(path)) ? { uri, root } : undefined;
}
