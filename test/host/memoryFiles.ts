import * as vscode from 'vscode';

/** Text files by path; folders follow from the paths. Nothing is searchable and nothing is on a disk. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #files = new Map<string, { readonly content: Uint8Array; readonly mtime: number }>();
  readonly #forbidden = new Set<string>();
  readonly #held = new Map<string, () => Promise<void>>();
  #clock = 0;

  readonly onDidChangeFile = this.#changed.event;

  write(path: string, text: string): void {
    const type = this.#files.has(path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.writeUntold(path, text);
    this.#changed.fire([{ type, uri: vscode.Uri.from({ scheme: 'phasewise-test', path }) }]);
  }

  writeUntold(path: string, text: string): void {
    this.#files.set(path, { content: new TextEncoder().encode(text), mtime: ++this.#clock });
  }

  deleteUntold(path: string): void {
    this.#files.delete(path);
  }

  /** The next list of this folder, or content of this file, is what it is when it is asked for; `answer` gives it. */
  hold(path: string): { readonly isAsked: () => boolean; readonly answer: () => void } {
    let isAsked = false;
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    this.#held.set(path, () => {
      isAsked = true;
      this.#held.delete(path);
      return held;
    });
    return { isAsked: () => isAsked, answer };
  }

  clear(): void {
    this.#files.clear();
    this.#forbidden.clear();
    this.#held.clear();
  }

  forbid(path: string): void {
    this.#forbidden.add(path);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(uri.path);
    if (file !== undefined) {
      return { type: vscode.FileType.File, ctime: 0, mtime: file.mtime, size: file.content.length };
    }
    if (this.#namesIn(uri.path).size === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    if (this.#forbidden.has(uri.path)) throw vscode.FileSystemError.NoPermissions(uri);
    const list = this.#list(uri);
    await this.#held.get(uri.path)?.();
    return list;
  }

  #list(uri: vscode.Uri): [string, vscode.FileType][] {
    return [...this.#namesIn(uri.path)].map((name) => {
      const isFile = this.#files.has(`${uri.path}/${name}`);
      return [name, isFile ? vscode.FileType.File : vscode.FileType.Directory];
    });
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    if (this.#forbidden.has(uri.path)) throw vscode.FileSystemError.NoPermissions(uri);
    const file = this.#files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    await this.#held.get(uri.path)?.();
    return file.content;
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #namesIn(folder: string): ReadonlySet<string> {
    const inside = [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`));
    return new Set(inside.map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''));
  }
}
