import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Follows what git writes about worktrees: those that come and go, and what is committed or staged in them. */
export class GitWatcher implements vscode.Disposable {
  readonly #changed: () => void;
  readonly #watchers = new Map<string, vscode.Disposable>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Replaces the git folders that are watched. */
  watch(gitFolders: readonly string[]): void {
    for (const [folder, watcher] of this.#watchers) {
      if (gitFolders.includes(folder)) continue;
      watcher.dispose();
      this.#watchers.delete(folder);
    }
    for (const folder of gitFolders)
      if (!this.#watchers.has(folder)) this.#watchers.set(folder, this.#watchOne(folder));
  }

  dispose(): void {
    this.watch([]);
  }

  #watchOne(gitFolder: string): vscode.Disposable {
    const worktrees = join(gitFolder, 'worktrees');
    let inside: vscode.Disposable | undefined;
    const watchInside = async (): Promise<void> => {
      const there = (await stat(worktrees).catch(() => undefined))?.isDirectory() === true;
      if (there && inside === undefined) inside = this.#follow(worktrees, '*/{HEAD,index,locked,gitdir}');
      if (!there) {
        inside?.dispose();
        inside = undefined;
      }
    };
    // The folder of worktrees comes with the first of them and goes with the last.
    const outside = this.#follow(gitFolder, 'worktrees', watchInside);
    void watchInside();
    return new vscode.Disposable(() => {
      outside.dispose();
      inside?.dispose();
    });
  }

  #follow(folder: string, glob: string, first?: () => Promise<void>): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), glob));
    const changed = (): void => {
      void first?.();
      this.#changed();
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(changed),
      watcher.onDidChange(changed),
      watcher.onDidDelete(changed),
    );
  }
}
