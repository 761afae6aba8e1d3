import * as vscode from 'vscode';
import { toFile, toUri } from '../convert';
import { Batch } from './batch';
import { type Candidate, Folders } from './folders';
import { exists, type ReadResult, readPlanText } from './read';
import { changesPlanGlobs } from './settings';
import { nextTurn, pause, Stretch } from './turns';

/** Where the texts go. Files are URI strings; `root` is the workspace folder's. */
export interface TextSink {
  /** Comes before anything else, where there is something to read. */
  open(): Promise<void>;
  /** Reads a text in steps, ahead of the `set` that makes it count. */
  readAhead(file: string, text: string): Iterable<unknown>;
  set(file: string, text: string, root: string): void;
  delete(file: string): void;
  /** What was set last. */
  text(file: string): string | undefined;
  /** Called between slices of a scan: work out what follows from the texts so far. */
  collect(): void;
  /** Called when views should hear of it. */
  publish(): void;
}

/** A candidate that was read, whether or not a plan is in it. */
interface KnownFile extends Candidate {
  /** Time and size when it was last read from disk; absent while an editor's text stands for it. */
  stamp?: string;
}

/** Milliseconds after a keystroke, or a change on disk; what follows in the meantime comes with it. */
const editDelay = 60;
const fileDelay = 30;
/** A folder often comes with many others: one look for all of them. */
const folderDelay = 300;
const emptyPatience = 100;
const mostFoldersToTell = 100;
/** A scan works this long before others get a turn, and views hear of new plans this often. */
const scanSlice = 4;
const scanNews = 150;
const readsAhead = 16;

/** Finds the candidate files of all workspace folders, and follows them on disk and in editors. */
export class PlanFiles implements vscode.Disposable {
  readonly #sink: TextSink;
  readonly #log: vscode.LogOutputChannel;
  readonly #files = new Map<string, KnownFile>();
  readonly #folders: Folders;
  /** The version of each document that `takeText` saw last. */
  readonly #taken = new WeakMap<vscode.TextDocument, number>();
  /** The latest read of each file; an older one that ends later is dropped. */
  readonly #reading = new Map<string, symbol>();

  readonly #edited = new Batch(editDelay, (files) => this.#readEdited(files));
  readonly #touched = new Batch(fileDelay, (files) => void this.#readTouched(files));
  readonly #created = new Batch(folderDelay, (paths) => void this.#lookInto(paths));

  readonly #stop = new vscode.CancellationTokenSource();
  readonly #listening: vscode.Disposable[] = [];
  /** Every folder above a known file; undefined after the known files changed. */
  #parents: ReadonlySet<string> | undefined;
  #scanWanted = false;
  #askForScan: () => void = () => undefined;

  constructor(sink: TextSink, log: vscode.LogOutputChannel) {
    this.#sink = sink;
    this.#log = log;
    this.#folders = new Folders(log);
  }

  /** Calls `rescan` whenever folders, settings or ignore files ask for one. */
  listen(rescan: () => void): void {
    const { workspace } = vscode;
    this.#listening.push(
      workspace.onDidOpenTextDocument((document) => this.#documentOpened(document)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#documentChanged(document);
      }),
      workspace.onDidCloseTextDocument((document) => this.#documentClosed(document)),
      workspace.onDidChangeWorkspaceFolders(rescan),
      workspace.onDidChangeConfiguration((event) => {
        if (changesPlanGlobs(event)) rescan();
      }),
    );
    this.#askForScan = rescan;
  }

  /** Ends when everything asked for has been looked through; asking while it runs makes it look again. */
  async scan(): Promise<void> {
    this.#scanWanted = true;
    await nextTurn();
    while (this.#scanWanted && !this.#stopped) {
      this.#scanWanted = false;
      await this.#scanOnce();
    }
  }

  /** The scan that runs looks again before it ends. */
  scanAgain(): void {
    this.#scanWanted = true;
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
    for (const disposable of this.#listening) disposable.dispose();
  }

  get #stopped(): boolean {
    return this.#stop.token.isCancellationRequested;
  }

  // Scanning

  async #scanOnce(): Promise<void> {
    const started = performance.now();
    const before = [...this.#files.keys()];
    this.#folders.open({
      fileChanged: (uri) => this.#touched.add(toFile(uri)),
      ignoresChanged: () => this.#askForScan(),
      created: (uri) => this.#created.add(toFile(uri)),
      deleted: (uri) => this.#somethingWent(uri),
    });
    const found = await this.#folders.find(this.#stop.token);
    if (this.#stopped) return;

    const files = new Map(found.map((candidate) => [toFile(candidate.uri), this.#knownAs(candidate)]));
    for (const file of before) if (!files.has(file)) this.#forget(file);
    await this.#readAll(files);
    if (this.#stopped) return;
    this.#sink.publish();
    const time = Math.round(performance.now() - started);
    this.#log.info(`Looked through ${this.#folders.count} folders in ${time} ms: ${files.size} files can hold a plan`);
  }

  /** Reads ahead while the sink parses, and gives others a turn between slices. */
  async #readAll(files: ReadonlyMap<string, KnownFile>): Promise<void> {
    if (files.size === 0) return;
    await this.#sink.open();
    const slice = new Stretch(scanSlice);
    const news = new Stretch(scanNews);
    const queue = [...files];
    for (let next = queue.splice(0, readsAhead); next.length > 0; next = queue.splice(0, readsAhead)) {
      const reads = next.map(([file, known]) => this.#load(file, known));
      for (const read of reads) {
        const { ahead, take } = await read;
        if (slice.isOver()) {
          this.#sink.collect();
          await this.#letOthers(slice);
        }
        for (const _ of ahead) {
          if (slice.isOver()) await this.#letOthers(slice);
          if (this.#stopped) return;
        }
        if (this.#stopped) return;
        take();
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

  #documentClosed(document: vscode.TextDocument): void {
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
    const known = new Map<string, KnownFile>();
    for (const file of files) {
      const candidate = this.#files.get(file) ?? (await this.#folders.candidate(toUri(file)));
      if (candidate !== undefined) known.set(file, candidate);
    }
    await this.#readAll(known);
    if (!this.#stopped) this.#sink.publish();
  }

  #somethingWent(uri: vscode.Uri): void {
    const folder = toFile(uri);
    this.#parents ??= new Set([...this.#files.keys()].flatMap(parentsOf));
    if (!this.#parents.has(folder)) return;
    const inside = `${folder}/`;
    for (const file of this.#files.keys()) if (file.startsWith(inside)) this.#touched.add(file);
  }

  /** Looks through the workspace again when a folder came that may hold plans. */
  async #lookInto(created: readonly string[]): Promise<void> {
    const all = new Set(created);
    const tops = created.filter((path) => !all.has(path.slice(0, path.lastIndexOf('/')))).map(toUri);
    const isMany = tops.length > mostFoldersToTell;
    const mayHold = await Promise.all(isMany ? [true] : tops.map((uri) => this.#folders.mayHoldPlans(uri)));
    if (mayHold.includes(true) && !this.#stopped) this.#askForScan();
  }

  // One file

  /** Reads a file; `take` hands it to the sink, unless a later read has begun, at little cost after `ahead`. */
  async #load(
    file: string,
    known: KnownFile,
  ): Promise<{ readonly ahead: Iterable<unknown>; readonly take: () => void }> {
    const reading = Symbol(file);
    this.#reading.set(file, reading);
    const isOpen = openDocument(file) !== undefined;
    const result = isOpen ? await exists(known.uri) : await this.#read(file, known);
    const text = 'text' in result ? result.text : openDocument(file)?.getText();
    const take = () => {
      if (this.#reading.get(file) !== reading || this.#stopped) return;
      this.#reading.delete(file);
      const document = openDocument(file);
      // What an editor shows stands for the file, unless the file was deleted and nothing is left to save.
      if (result.kind === 'gone' && document?.isDirty !== true) this.#forget(file);
      else if (document !== undefined) this.#setFromEditor(file, known, document);
      else if (result.kind === 'there')
        this.#touched.add(file); // its editor was closed meanwhile
      else if (result.kind !== 'gone') this.#setFromDisk(file, known, result);
    };
    return { ahead: text === undefined ? [] : this.#sink.readAhead(file, text), take };
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
    if (result.kind === 'same') return;
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
    if (this.#sink.text(file) !== text) this.#sink.set(file, text, known.root);
  }

  /** With its stamp, where it was read before. */
  #knownAs(candidate: Candidate): KnownFile {
    const known = this.#files.get(toFile(candidate.uri));
    return known?.root === candidate.root ? known : candidate;
  }

  #know(file: string, known: KnownFile): void {
    if (this.#files.get(file) === known) return;
    this.#files.set(file, known);
    this.#parents = undefined;
  }

  #forget(file: string): void {
    this.#files.delete(file);
    this.#parents = undefined;
    this.#sink.delete(file);
  }
}

function openDocument(file: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && toFile(document.uri) === file);
}

function parentsOf(file: string): readonly string[] {
  const parents: string[] = [];
  for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) parents.push(file.slice(0, end));
  return parents;
}
