import * as vscode from 'vscode';
import { toFile, toRange, toSeverity, toUri } from '../convert';
import { templateFolder } from '../core/prompt/templates';
import { LineStarts } from '../core/text';
import { ownTemplates, templatesOf } from '../promptTemplates';

/** Milliseconds until a watcher surely watches: what changes before is told to nobody, so one more look follows. */
const watcherStart = 2_000;
/** Milliseconds after a folder came in which its files come too. */
const afterChange = 500;

/** Follows the templates that workspace folders have themselves, and shows what is wrong with them. */
export class OwnTemplates implements vscode.Disposable {
  readonly #problems = vscode.languages.createDiagnosticCollection('phasewise-templates');
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listening: vscode.Disposable[] = [];
  #watching = vscode.Disposable.from();
  #secondLook: NodeJS.Timeout | undefined;
  /** The latest check of each folder; an older one that ends later is dropped. */
  readonly #checking = new Map<string, symbol>();

  readonly onDidChange = this.#changed.event;

  /** Looks at all folders, and from then on at what changes. */
  start(): void {
    this.#listening.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#watchFolders()),
      // Without changes in the text too: that is how a document tells that it became dirty.
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#documentChanged(document.uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#documentChanged(uri)),
    );
    this.#watchFolders();
  }

  dispose(): void {
    clearTimeout(this.#secondLook);
    this.#watching.dispose();
    for (const disposable of this.#listening) disposable.dispose();
    this.#changed.dispose();
    this.#problems.dispose();
  }

  #watchFolders(): void {
    this.#watching.dispose();
    this.#problems.clear();
    const folders = vscode.workspace.workspaceFolders ?? [];
    this.#watching = vscode.Disposable.from(...folders.map((folder) => this.#watch(folder)));
    for (const folder of folders) void this.#check(folder.uri);
    this.#lookAgain(folders, watcherStart);
  }

  #lookAgain(folders: readonly vscode.WorkspaceFolder[], delay: number): void {
    clearTimeout(this.#secondLook);
    this.#secondLook = setTimeout(() => {
      for (const folder of folders) this.#folderChanged(folder.uri);
    }, delay);
  }

  #watch(folder: vscode.WorkspaceFolder): vscode.Disposable {
    // Of folders that come or are replaced with all that is in them, the editor may tell without naming the files.
    const [top] = templateFolder.split('/');
    const pattern = `{${top},${templateFolder},${templateFolder}/*.md}`;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern));
    const changed = () => {
      this.#folderChanged(folder.uri);
      this.#lookAgain([folder], afterChange);
    };
    watcher.onDidCreate(changed);
    watcher.onDidChange(changed);
    watcher.onDidDelete(changed);
    return watcher;
  }

  #documentChanged(uri: vscode.Uri): void {
    if (!uri.path.includes(`/${templateFolder}/`)) return;
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder !== undefined) this.#folderChanged(folder.uri);
  }

  #folderChanged(folder: vscode.Uri): void {
    void this.#check(folder);
    this.#changed.fire();
  }

  async #check(folder: vscode.Uri): Promise<void> {
    const check = Symbol(folder.path);
    this.#checking.set(toFile(folder), check);
    const [files, { diagnostics }] = await Promise.all([ownTemplates(folder), templatesOf(folder)]);
    if (this.#checking.get(toFile(folder)) !== check) return;
    this.#problems.forEach((uri) => {
      if (toFile(uri).startsWith(`${toFile(folder)}/`)) this.#problems.delete(uri);
    });
    for (const { file, text } of files) {
      const lines = new LineStarts(text);
      const own = diagnostics.filter(({ location }) => location.file === file);
      this.#problems.set(
        toUri(file),
        own.map(({ location, message, severity, code }) => {
          const problem = new vscode.Diagnostic(toRange(lines, location), message, toSeverity(severity));
          problem.source = 'Phasewise';
          problem.code = code;
          return problem;
        }),
      );
    }
  }
}
