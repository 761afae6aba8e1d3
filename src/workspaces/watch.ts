import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Milliseconds after which VS Code surely follows a folder that it was asked to; it does not tell when. */
const startOfWatch = 2_000;

/** Follows what git writes about worktrees: those that come and go, and what is committed or staged in them. */
export class GitWatcher implements vscode.Disposable {
  readonly #changed: () => void;
  readonly #watched = new Map<string, WatchedGitFolder>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Replaces the git folders that are watched. To be called after each look: it notices a folder that was made anew. */
  async watch(gitFolders: readonly string[]): Promise<void> {
    for (const [folder, watched] of this.#watched) {
      if (gitFolders.includes(folder)) continue;
      watched.dispose();
      this.#watched.delete(folder);
    }
    for (const folder of gitFolders) {
      const watched = this.#watched.get(folder) ?? new WatchedGitFolder(folder, this.#changed);
      this.#watched.set(folder, watched);
      await watched.update();
    }
  }

  dispose(): void {
    for (const watched of this.#watched.values()) watched.dispose();
    this.#watched.clear();
  }
}

class WatchedGitFolder implements vscode.Disposable {
  readonly #worktrees: string;
  readonly #changed: () => void;
  readonly #outside: vscode.Disposable;
  #inside: vscode.Disposable | undefined;
  /** Which folder `inside` watches: one of the same name that was made later is another. */
  #identity: string | undefined;
  #starting: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(gitFolder: string, changed: () => void) {
    this.#worktrees = join(gitFolder, 'worktrees');
    this.#changed = changed;
    // The folder of worktrees comes with the first of them and goes with the last.
    this.#outside = follow(gitFolder, 'worktrees', changed);
  }

  async update(): Promise<void> {
    const found = await stat(this.#worktrees).catch(() => undefined);
    const identity = found?.isDirectory() === true ? `${found.ino} ${found.birthtimeMs}` : undefined;
    if (identity === this.#identity || this.#disposed) return;
    this.#identity = identity;
    this.#inside?.dispose();
    this.#inside = identity === undefined ? undefined : this.#watchInside();
    clearTimeout(this.#starting);
    // What git writes before the watch has begun is not told: one more look.
    if (identity !== undefined) this.#starting = setTimeout(this.#changed, startOfWatch);
  }

  #watchInside(): vscode.Disposable {
    // A folder that goes is reported alone, without the files in it. A commit ends with its line in the log of HEAD.
    const globs = ['*', '*/{HEAD,index,locked,gitdir}', '*/logs/HEAD'];
    return vscode.Disposable.from(...globs.map((glob) => follow(this.#worktrees, glob, this.#changed)));
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#starting);
    this.#outside.dispose();
    this.#inside?.dispose();
  }
}

function follow(folder: string, glob: string, changed: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), glob));
  const { onDidCreate, onDidChange, onDidDelete } = watcher;
  return vscode.Disposable.from(watcher, onDidCreate(changed), onDidChange(changed), onDidDelete(changed));
}
