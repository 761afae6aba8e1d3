import * as vscode from 'vscode';

/** Text files by path; folders follow from the paths. Nothing is searchable and nothing is on a disk. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #files = new Map<string, { readonly content: Uint8Array; readonly mtime: number }>();
  readonly #forbidden = new Set<string>();
  #clock = 0;

  readonly onDidChangeFile = this.#changed.event;

  write(path: string, text: string): void {
    const type = this.#files.has(path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.#files.set(path, { content: new TextEncoder().encode(text), mtime: ++this.#clock });
    this.#changed.fire([{ type, uri: vscode.Uri.from({ scheme: 'phasewise-test', path }) }]);
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

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    if (this.#forbidden.has(uri.path)) throw vscode.FileSystemError.NoPermissions(uri);
    return [...this.#namesIn(uri.path)].map((name) => {
      const isFile = this.#files.has(`${uri.path}/${name}`);
      return [name, isFile ? vscode.FileType.File : vscode.FileType.Directory];
    });
  }

  readFile(uri: vscode.Uri): Uint8Array {
    if (this.#forbidden.has(uri.path)) throw vscode.FileSystemError.NoPermissions(uri);
    const file = this.#files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
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
