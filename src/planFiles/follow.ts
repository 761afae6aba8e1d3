import * as vscode from 'vscode';
import { toFile, toUri } from '../convert';
import { Batch } from './batch';
import { CloseWatch } from './closeWatch';
import { Folders } from './folders';
import { type KnownFile, KnownFiles } from './knownFiles';
import { exists, type ReadResult, readPlanText } from './read';
import { changesPlanGlobs } from './settings';
import type { TextSink } from './textSink';
import { nextTurn, pause, Stretch } from './turns';
import type { FoldersListener } from './watch';

/** Milliseconds after a keystroke, or a change on disk; what follows in the meantime comes with it. */
const editDelay = 60;
const fileDelay = 30;
/** A folder often comes with many others: one look for all of them. */
const folderDelay = 300;
const emptyPatience = 100;
/** A scan works this long before others get a turn, and views hear of new plans this often. */
const scanSlice = 4;
const scanNews = 150;
const readsAhead = 16;

/** Finds the candidate files of all workspace folders, and follows them on disk and in editors. */
export class PlanFiles implements vscode.Disposable {
  readonly #sink: TextSink;
  readonly #log: vscode.LogOutputChannel;
  readonly #files = new KnownFiles();
  readonly #folders: Folders;
  readonly #closeWatch: CloseWatch;
  /** The version of each document that `takeText` saw last. */
  readonly #taken = new WeakMap<vscode.TextDocument, number>();
  /** Counts reads; of each file, the one that counted last: an older one that ends later is dropped. */
  #reads = 0;
  readonly #lastRead = new Map<string, number>();
  /** What was looked at for itself since the scan that runs, or ran last, has begun. */
  readonly #lookedAt = new Set<string>();

  readonly #edited = new Batch(editDelay, (files) => this.#readEdited(files));
  readonly #touched = new Batch(fileDelay, (files) => {
    void this.#readTouched(files);
    this.#sink.touched(files);
  });
  readonly #created = new Batch(folderDelay, (paths) => void this.#lookInto(paths));

  readonly #stop = new vscode.CancellationTokenSource();
  readonly #listening: vscode.Disposable[] = [];
  readonly #changes: FoldersListener = {
    fileChanged: (uri) => this.#touched.add(toFile(uri)),
    ignoresChanged: () => this.#askForScan(),
    created: (uri) => this.#created.add(toFile(uri)),
    changed: (uri) => {
      if (this.#lookBelow(uri)) this.#created.add(toFile(uri));
    },
    deleted: (uri) => void this.#lookBelow(uri),
  };
  #askForScan: () => void = () => undefined;

  constructor(sink: TextSink, log: vscode.LogOutputChannel) {
    this.#sink = sink;
    this.#log = log;
    this.#folders = new Folders(log);
    this.#closeWatch = new CloseWatch(this.#changes);
  }

  /** Calls `rescan` whenever folders, settings or ignore files ask for one. */
  listen(rescan: () => void): void {
    const { workspace } = vscode;
    this.#listening.push(
      workspace.onDidOpenTextDocument((document) => this.#documentOpened(document)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#documentChanged(document);
        // Saved or given up: what is on disk counts again.
        else if (!document.isDirty) this.#documentLetGo(document);
      }),
      workspace.onDidCloseTextDocument((document) => this.#documentLetGo(document)),
      workspace.onDidChangeWorkspaceFolders(rescan),
      // On some disks, as those of networks and containers, no watcher tells of anything.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) for (const file of this.#files.names()) this.#touched.add(file);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (changesPlanGlobs(event)) rescan();
      }),
    );
    this.#askForScan = rescan;
  }

  /** Hands an editor's text to the sink at once, when it is a candidate's; views hear of it as of any other edit. */
  takeText(document: vscode.TextDocument): void {
    const file = toFile(document.uri);
    const known = this.#files.get(file);
    if (known === undefined || document.isClosed || this.#taken.get(document) === document.version) return;
    this.#taken.set(document, document.version);
    this.#setFromEditor(file, known, document);
  }

  /** Ends when the files were read, whether or not they have changed. */
  readAgain(files: readonly string[]): Promise<void> {
    return this.#readTouched(files);
  }

  dispose(): void {
    this.#stop.cancel();
    this.#stop.dispose();
    this.#edited.dispose();
    this.#touched.dispose();
    this.#created.dispose();
    this.#folders.dispose();
    this.#closeWatch.dispose();
    for (const disposable of this.#listening) disposable.dispose();
  }

  get #stopped(): boolean {
    return this.#stop.token.isCancellationRequested;
  }

  // Scanning

  /** Looks through all workspace folders, as they are when this begins. */
  async scan(): Promise<void> {
    const started = performance.now();
    const before = this.#files.names();
    this.#lookedAt.clear();
    this.#folders.open(this.#changes);
    this.#closeWatch.keepOnly(this.#folders.roots);
    // A folder that goes and comes at once has changed, for VS Code, as any file does.
    for (const root of this.#folders.roots) this.#closeWatch.add(root);
    const found = await this.#folders.find(this.#stop.token);
    const files = new Map(found.map((candidate) => [toFile(candidate.uri), this.#files.as(candidate)]));
    for (const file of before) {
      if (files.has(file)) continue;
      // It may have gone, and come back behind the search.
      const candidate = this.#lookedAt.has(file) ? await this.#folders.candidate(toUri(file)) : undefined;
      if (candidate !== undefined) files.set(file, this.#files.as(candidate));
      else if (!this.#stopped) this.#forget(file);
    }
    await this.#readAll(files, this.#folders.round);
    if (this.#stopped) return;
    this.#sink.publish();
    const time = Math.round(performance.now() - started);
    const count = this.#folders.roots.length;
    this.#log.info(`Looked through ${count} folders in ${time} ms: ${files.size} files can hold a plan`);
  }

  /**
   * Reads ahead while the sink parses, and gives others a turn between slices.
   * @param round In which these were candidates.
   */
  async #readAll(files: ReadonlyMap<string, KnownFile>, round: number): Promise<void> {
    if (files.size === 0 || this.#stopped) return;
    await this.#sink.open();
    const slice = new Stretch(scanSlice);
    const news = new Stretch(scanNews);
    const queue = [...files];
    for (let next = queue.splice(0, readsAhead); next.length > 0; next = queue.splice(0, readsAhead)) {
      const reads = next.map(([file, known]) => this.#load(file, known));
      for (const read of reads) {
        const { file, ahead, take } = await read;
        if (slice.isOver()) {
          this.#sink.collect();
          await this.#letOthers(slice);
        }
        for (const _ of ahead) {
          if (slice.isOver()) await this.#letOthers(slice);
          if (this.#stopped) return;
        }
        if (this.#stopped) return;
        if (this.#folders.round === round || this.#files.has(file)) take();
        // Meanwhile folders, settings or ignore files changed.
        else this.#touched.add(file);
      }
      if (!news.isOver()) continue;
      this.#sink.publish();
      news.restart();
    }
  }

  async #letOthers(slice: Stretch): Promise<void> {
    await nextTurn();
    slice.restart();
  }

  // Following

  #documentOpened(document: vscode.TextDocument): void {
    const text = this.#sink.text(toFile(document.uri));
    if (text !== undefined && text !== document.getText()) this.#documentChanged(document);
  }

  #documentChanged(document: vscode.TextDocument): void {
    const file = toFile(document.uri);
    if (this.#files.has(file)) this.#edited.add(file);
  }

  #documentLetGo(document: vscode.TextDocument): void {
    const file = toFile(document.uri);
    if (this.#files.has(file)) this.#touched.add(file);
  }

  #readEdited(files: readonly string[]): void {
    for (const file of files) {
      const known = this.#files.get(file);
      const document = openDocument(file);
      if (known !== undefined && document !== undefined) this.#setFromEditor(file, known, document);
    }
    this.#sink.publish();
  }

  async #readTouched(files: readonly string[]): Promise<void> {
    const { round } = this.#folders;
    const known = new Map<string, KnownFile>();
    for (const file of files) {
      const candidate = this.#files.get(file) ?? (await this.#folders.candidate(toUri(file)));
      if (candidate === undefined) continue;
      this.#lookedAt.add(file);
      known.set(file, candidate);
    }
    await this.#readAll(known, round);
    if (!this.#stopped) this.#sink.publish();
  }

  /** Looks at what is known below a folder that went or is another one now. Whether there is something. */
  #lookBelow(uri: vscode.Uri): boolean {
    const files = this.#files.below(toFile(uri));
    for (const file of files) this.#touched.add(file);
    return files.length > 0;
  }

  /** Looks through the workspace again when a folder came that may hold plans. */
  async #lookInto(created: readonly string[]): Promise<void> {
    const all = new Set(created);
    const tops = created.filter((path) => !all.has(path.slice(0, path.lastIndexOf('/')))).map(toUri);
    const mayHoldPlans = (uri: vscode.Uri) => this.#folders.mayHoldPlans(uri);
    const mayHold = await Promise.all(tops.map(mayHoldPlans));
    const folders = tops.filter((_, index) => mayHold[index]);
    for (const folder of folders) await this.#closeWatch.addTree(folder, mayHoldPlans);
    if (folders.length > 0 && !this.#stopped) this.#askForScan();
  }

  // One file

  /** Reads a file; `take` hands it to the sink, unless a later read was faster, at little cost after `ahead`. */
  async #load(
    file: string,
    known: KnownFile,
  ): Promise<{ readonly file: string; readonly ahead: Iterable<unknown>; readonly take: () => void }> {
    const read = ++this.#reads;
    const isOpen = openDocument(file) !== undefined;
    const result = isOpen ? await exists(known.uri) : await this.#read(file, known);
    const text = 'text' in result ? result.text : openDocument(file)?.getText();
    const take = () => {
      if ((this.#lastRead.get(file) ?? 0) > read || this.#stopped) return;
      this.#lastRead.set(file, read);
      const document = openDocument(file);
      // What an editor shows stands for the file, unless the file was deleted and nothing is left to save.
      if (result.kind === 'gone' && document?.isDirty !== true) this.#forget(file);
      else if (document !== undefined) this.#setFromEditor(file, known, document);
      else if (result.kind === 'there')
        this.#touched.add(file); // its editor was closed meanwhile
      else if (result.kind !== 'gone') this.#setFromDisk(file, known, result);
    };
    return { file, ahead: text === undefined ? [] : this.#sink.readAhead(file, text), take };
  }

  /** Many programs empty a file before they write it: what is empty all of a sudden is looked at twice. */
  async #read(file: string, known: KnownFile): Promise<ReadResult> {
    const result = await readPlanText(known.uri, known.stamp);
    const isEmptied = result.kind === 'text' && result.text === '' && (this.#sink.text(file) ?? '') !== '';
    if (!isEmptied) return result;
    await pause(emptyPatience);
    return readPlanText(known.uri);
  }

  #setFromEditor(file: string, known: KnownFile, document: vscode.TextDocument): void {
    known.stamp = undefined;
    this.#set(file, known, document.getText());
  }

  #setFromDisk(file: string, known: KnownFile, result: Exclude<ReadResult, { kind: 'gone' }>): void {
    if (result.kind === 'same') {
      // Forgotten while it was read.
      if (!this.#files.has(file)) this.#touched.add(file);
      return;
    }
    known.stamp = result.stamp;
    if (result.kind === 'text') {
      this.#set(file, known, result.text);
    } else {
      this.#log.warn(`${file}: left out, ${result.why}`);
      this.#know(file, known);
      this.#sink.delete(file);
    }
  }

  #set(file: string, known: KnownFile, text: string): void {
    this.#know(file, known);
    this.#sink.set(file, text, known.root);
  }

  #know(file: string, known: KnownFile): void {
    if (this.#files.add(file, known)) this.#closeWatch.add(vscode.Uri.joinPath(known.uri, '..'));
  }

  #forget(file: string): void {
    this.#files.remove(file);
    this.#sink.delete(file);
  }
}

function openDocument(file: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && toFile(document.uri) === file);
}
