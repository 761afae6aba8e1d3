import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { toFile, toUri } from '../convert';
import type { FoldersListener } from './watch';

/** Each costs the system a watch, of which it has some ten thousands for all programs. */
const mostFolders = 2_000;

/**
 * Watches single folders with Node's own watcher, for what VS Code's watcher misses on Linux: everything in a folder that
 * was made inside another new one at the same moment, as `mkdir -p`, a checkout or a move do it; and the deletion of a
 * file that was replaced a moment before. Does nothing elsewhere. What it tells may be told by VS Code, too.
 */
export class CloseWatch implements vscode.Disposable {
  readonly #on: FoldersListener;
  readonly #watched = new Map<string, FSWatcher>();

  constructor(on: FoldersListener) {
    this.#on = on;
  }

  add(folder: vscode.Uri): void {
    const file = toFile(folder);
    if (process.platform !== 'linux' || folder.scheme !== 'file') return;
    if (this.#watched.has(file) || this.#watched.size >= mostFolders) return;
    try {
      const watcher = watch(folder.fsPath, { persistent: false }, (kind, name) =>
        this.#heard(folder, kind, name ?? ''),
      );
      watcher.on('error', () => this.remove(folder));
      this.#watched.set(file, watcher);
    } catch {
      // It is gone again, or the system has no watch left: VS Code's own watcher has to do.
    }
  }

  /** A folder that is new, with all folders in it that pass `isWanted`. */
  async addTree(folder: vscode.Uri, isWanted: (folder: vscode.Uri) => Promise<boolean>): Promise<void> {
    // Another folder of this name may have been watched. In one turn: told twice, nothing goes unheard in between.
    const file = toFile(folder);
    this.#watched.get(file)?.close();
    this.#watched.delete(file);
    this.add(folder);
    if (!this.#watched.has(file)) return;
    // What comes from here on is heard, and what came before is listed.
    for (const entry of await readdir(folder.fsPath, { withFileTypes: true }).catch(() => [])) {
      const inside = vscode.Uri.joinPath(folder, entry.name);
      if (entry.isDirectory() && (await isWanted(inside))) await this.addTree(inside, isWanted);
    }
  }

  /** With every folder below. */
  remove(folder: vscode.Uri): void {
    const file = toFile(folder);
    if (!this.#watched.has(file)) return;
    for (const [watched, watcher] of this.#watched) {
      if (watched !== file && !watched.startsWith(`${file}/`)) continue;
      watcher.close();
      this.#watched.delete(watched);
    }
  }

  /** Lets go of the folders that are in none of these any more. */
  keepOnly(roots: readonly vscode.Uri[]): void {
    const kept = roots.map(toFile);
    for (const watched of [...this.#watched.keys()]) {
      if (!kept.some((root) => watched === root || watched.startsWith(`${root}/`))) this.remove(toUri(watched));
    }
  }

  dispose(): void {
    for (const watcher of this.#watched.values()) watcher.close();
    this.#watched.clear();
  }

  #heard(folder: vscode.Uri, kind: string, name: string): void {
    const uri = vscode.Uri.joinPath(folder, name);
    if (name === '.gitignore') this.#on.ignoresChanged();
    this.#on.fileChanged(uri);
    if (kind !== 'rename') return;
    this.#on.deleted(uri);
    this.#on.created(uri);
    // A folder tells by its own name that it went itself; a new one may be in its place.
    if (!folder.path.endsWith(`/${name}`)) return;
    // Only then: that a folder went is told by others when another one may long be watched in its place.
    this.remove(folder);
    this.#on.deleted(folder);
    this.#on.created(folder);
  }
}
