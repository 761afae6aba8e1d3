import * as vscode from 'vscode';
import { toFile } from './convert';
import type { PlanSource } from './core/language/planSource';
import type { PlanPart, Thing } from './core/model';
import type { PlanStore } from './core/plan/planStore';
import type { PlanSnapshot } from './core/snapshot';
import { LineStarts, type Range } from './core/text';
import { refTo, type ThingRef } from './core/thingRef';
import { PlanFiles } from './planFiles/follow';
import { nextTurn } from './planFiles/turns';

/** Plans by key. A plan that is new counts as changed. */
export interface PlansChange {
  readonly changed: readonly PlanSnapshot[];
  readonly removed: readonly string[];
}

/** All plans of the workspace, as their files and unsaved editors say now. */
export class PlanIndex implements vscode.Disposable {
  /** There once a file was found that can hold a plan. */
  #store: PlanStore | undefined;
  readonly #files: PlanFiles;
  readonly #plans = new Map<string, PlanSnapshot>();
  /** What views have not heard of yet; undefined for a plan that is gone. */
  readonly #news = new Map<string, PlanSnapshot | undefined>();
  readonly #lines = new WeakMap<PlanPart, LineStarts>();

  readonly #changed = new vscode.EventEmitter<PlansChange>();
  readonly #touched = new vscode.EventEmitter<readonly string[]>();
  readonly #scanStarted = new vscode.EventEmitter<void>();
  readonly #firstScan = deferred();
  #scanning: Promise<void> | undefined;
  #scanWanted = false;
  #isDisposed = false;

  readonly onDidChange = this.#changed.event;
  /** Files that may be otherwise on disk than they were, whether or not a plan is in them. */
  readonly onDidTouchFiles = this.#touched.event;
  /** When all folders begin to be looked through; `whenScanned` tells when that ends. */
  readonly onDidStartScan = this.#scanStarted.event;

  constructor(log: vscode.LogOutputChannel) {
    const sink = {
      open: async () => {
        const { PlanStore } = await import('./core/plan/planStore');
        this.#store ??= new PlanStore();
      },
      readAhead: (file: string, text: string) => this.#store?.readAhead(file, text) ?? [],
      set: (file: string, text: string, root: string) => this.#store?.set(file, text, root),
      delete: (file: string) => this.#store?.delete(file),
      text: (file: string) => this.part(file)?.text,
      touched: (files: readonly string[]) => this.#touched.fire(files),
      collect: () => this.#collect(),
      publish: () => this.#publish(),
    };
    this.#files = new PlanFiles(sink, log);
  }

  /** Starts to follow the workspace; the first scan begins once the caller's turn has ended. */
  start(): void {
    this.#files.listen(() => void this.rescan());
    void this.rescan();
  }

  /**
   * Looks through all workspace folders again; files that did not change are not read again. Ends when everything asked
   * for has been looked through; asking while it runs makes it look again.
   */
  rescan(): Promise<void> {
    this.#scanWanted = true;
    if (this.#scanning === undefined) {
      this.#scanning = this.#scan();
      this.#scanStarted.fire();
    }
    return this.#scanning;
  }

  /** Settles when the workspace was looked through once. */
  async whenFirstScanned(): Promise<void> {
    await this.#firstScan.promise;
  }

  /** Settles when the scan that is under way, if any, has ended. */
  async whenScanned(): Promise<void> {
    await this.#scanning;
  }

  /** In a stable order: by folder, then by the main file's path. */
  plans(): readonly PlanSnapshot[] {
    return this.#store?.plans() ?? [];
  }

  planByKey(key: string): PlanSnapshot | undefined {
    return this.#plans.get(key);
  }

  planOf(uri: vscode.Uri): PlanSnapshot | undefined {
    return this.#store?.planOfFile(toFile(uri));
  }

  /**
   * The plan of an open document and its files, with the text as it stands in the editor at this moment: what was typed
   * since the last look is read first. Undefined for a document that belongs to no plan.
   */
  sourceOf(document: vscode.TextDocument): PlanSource | undefined {
    this.#files.takeText(document);
    const snapshot = this.planOf(document.uri);
    return snapshot === undefined ? undefined : this.sourceOfPlan(snapshot);
  }

  /** A plan by its key, with what editors say at this moment. */
  freshSource(key: string): PlanSource | undefined {
    return this.freshSources().find(({ snapshot }) => snapshot.plan.key === key);
  }

  /** All plans, with what editors say at this moment: for edits that reach into other files than the one in front. */
  freshSources(): readonly PlanSource[] {
    for (const document of vscode.workspace.textDocuments) this.#files.takeText(document);
    return this.plans().map((snapshot) => this.sourceOfPlan(snapshot));
  }

  /** Reads these files again at once, without waiting to be told that they changed. */
  async readAgain(files: readonly string[]): Promise<void> {
    await this.#files.readAgain(files);
  }

  /** A plan and its files. */
  sourceOfPlan(snapshot: PlanSnapshot): PlanSource {
    return { snapshot, part: (file) => (snapshot.plan.files.includes(file) ? this.#store?.part(file) : undefined) };
  }

  part(file: string): PlanPart | undefined {
    return this.#store?.part(file);
  }

  /** For turning a location of the current snapshot into editor positions. Cached while the file's text stays. */
  linesOf(file: string): LineStarts | undefined {
    const part = this.#store?.part(file);
    if (part === undefined) return undefined;
    const known = this.#lines.get(part);
    if (known !== undefined) return known;
    const lines = new LineStarts(part.text);
    this.#lines.set(part, lines);
    return lines;
  }

  /** The innermost thing around an offset, or the plan itself. Linear in the size of the plan. */
  thingAt(uri: vscode.Uri, offset: number): ThingRef | undefined {
    const snapshot = this.planOf(uri);
    if (snapshot === undefined) return undefined;
    const { plan } = snapshot;
    const file = toFile(uri);
    let innermost: Thing | undefined;
    for (const things of [plan.phases, plan.gates, plan.scenarios, plan.beads]) {
      for (const thing of things) {
        const { location } = thing;
        if (location.file !== file || offset < location.start || offset > location.end) continue;
        if (innermost === undefined || length(location) <= length(innermost.location)) innermost = thing;
      }
    }
    return refTo(plan, innermost);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#files.dispose();
    this.#changed.dispose();
    this.#touched.dispose();
    this.#scanStarted.dispose();
  }

  async #scan(): Promise<void> {
    try {
      await nextTurn();
      while (this.#scanWanted && !this.#isDisposed) {
        this.#scanWanted = false;
        await this.#files.scan();
      }
    } finally {
      // In one turn with the last look at what is wanted: nobody asks in between.
      this.#scanning = undefined;
      this.#firstScan.done();
    }
  }

  /** Brings the plans up to date, for views to hear of later. */
  #collect(): void {
    if (this.#store === undefined) return;
    const { changed, removed } = this.#store.takeChanges();
    for (const key of removed) {
      this.#plans.delete(key);
      this.#news.set(key, undefined);
    }
    for (const snapshot of changed) {
      this.#plans.set(snapshot.plan.key, snapshot);
      this.#news.set(snapshot.plan.key, snapshot);
    }
  }

  #publish(): void {
    this.#collect();
    if (this.#news.size === 0) return;
    const news = [...this.#news];
    this.#news.clear();
    this.#changed.fire({
      changed: news.flatMap(([, snapshot]) => snapshot ?? []),
      removed: news.flatMap(([key, snapshot]) => (snapshot === undefined ? [key] : [])),
    });
  }
}

function length({ start, end }: Range): number {
  return end - start;
}

function deferred(): { readonly promise: Promise<void>; readonly done: () => void } {
  let done = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise, done };
}
