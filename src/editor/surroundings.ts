import { join } from 'node:path';
import * as vscode from 'vscode';
import { toFile, toUri } from '../convert';
import type { Surroundings } from '../core/rules/surroundings';
import type { PlanSnapshot } from '../core/snapshot';
import { uncommittedFiles } from '../git/uncommitted';
import { gitFromSettings } from '../gitAccess';

/** Milliseconds that what happens together is waited for, such as what git writes for one commit. */
const restingTime = 300;

interface Looked {
  /** What decides where to look. */
  readonly places: string;
  readonly snapshot: PlanSnapshot;
  readonly around: Surroundings;
}

/**
 * What rules ask for that does not stand in a plan: its progress file, and whether git has its files committed. Looked
 * up in the background, and again when a file is saved, the window comes back, or git or somebody else has written.
 */
export class PlanSurroundings implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #known = new Map<string, Looked>();
  readonly #waiting = new Map<string, PlanSnapshot>();
  readonly #watched = new Map<string, vscode.Disposable>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #listening: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #lookedAt: string | undefined;

  /** The key of a plan around which something is otherwise than before. */
  readonly onDidChange = this.#changed.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#listening = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument(() => this.#lookAgain()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#lookAgain()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#lookAgain();
      }),
    );
  }

  /** What is known now; more may follow. */
  of(snapshot: PlanSnapshot): Surroundings {
    const { plan } = snapshot;
    if (plan.mode !== 'executing' && plan.head.progress === undefined) return {};
    const known = this.#known.get(plan.key);
    const places = placesOf(snapshot);
    if (known?.places !== places) this.#lookSoon(snapshot);
    else this.#known.set(plan.key, { ...known, snapshot });
    return known?.around ?? {};
  }

  forget(key: string): void {
    this.#known.delete(key);
    this.#waiting.delete(key);
    if (this.#lookedAt === key) this.#lookedAt = undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
    this.#changed.dispose();
    for (const watcher of this.#watched.values()) watcher.dispose();
  }

  #lookAgain(): void {
    for (const { snapshot } of this.#known.values()) this.#lookSoon(snapshot);
  }

  #lookSoon(snapshot: PlanSnapshot): void {
    this.#waiting.set(snapshot.plan.key, snapshot);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), restingTime);
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    for (const [key, snapshot] of this.#waiting) {
      this.#waiting.delete(key);
      this.#lookedAt = key;
      const before = this.#known.get(key)?.around;
      const [progress, uncommitted] = await Promise.all([this.#progressOf(snapshot), this.#uncommittedOf(snapshot)]);
      if (this.#lookedAt !== key) continue; // the plan went meanwhile
      const around = {
        ...(progress === undefined ? {} : { progress }),
        ...(uncommitted === undefined ? {} : { uncommitted }),
      };
      this.#known.set(key, { places: placesOf(snapshot), snapshot, around });
      if (JSON.stringify(around) !== JSON.stringify(before ?? {})) this.#changed.fire(key);
    }
    this.#isLooking = false;
  }

  /** Only a file in the folder of the workspace that the plan is in. */
  async #progressOf({ plan }: PlanSnapshot): Promise<Surroundings['progress']> {
    const { progress } = plan.head;
    if (progress === undefined) return undefined;
    const uri = vscode.Uri.joinPath(toUri(progress.file), '..', progress.value);
    const folder = vscode.workspace.getWorkspaceFolder(toUri(progress.file));
    if (folder === undefined || vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() !== folder.uri.toString())
      return undefined;
    this.#follow(toFile(uri), () => [new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), nameOf(uri))]);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open !== undefined) return { file: toFile(uri), text: open.getText() };
    const bytes = await vscode.workspace.fs.readFile(uri).then(undefined, () => undefined);
    return bytes === undefined ? undefined : { file: toFile(uri), text: new TextDecoder().decode(bytes) };
  }

  async #uncommittedOf({ plan }: PlanSnapshot): Promise<readonly string[] | undefined> {
    const uris = plan.files.map(toUri);
    if (plan.mode !== 'executing' || !vscode.workspace.isTrusted || uris.some(({ scheme }) => scheme !== 'file'))
      return undefined;
    const git = gitFromSettings(this.#log);
    const files = new Map(uris.map((uri) => [uri.fsPath, toFile(uri)]));
    try {
      const [first] = uris;
      if (first === undefined) return undefined;
      const place = await git.run(join(first.fsPath, '..'), ['rev-parse', '--absolute-git-dir']);
      const folder = vscode.Uri.file(place.trim());
      // A commit, and what is staged or taken back.
      this.#follow(toFile(folder), () =>
        ['index', 'HEAD', 'logs/HEAD'].map((path) => new vscode.RelativePattern(folder, path)),
      );
      const found = await uncommittedFiles(git, [...files.keys()]);
      return found.flatMap((path) => files.get(path) ?? []);
    } catch {
      // Without git or outside of a repository nothing is said of commits.
      return undefined;
    }
  }

  #follow(place: string, patterns: () => readonly vscode.RelativePattern[]): void {
    if (this.#watched.has(place)) return;
    const watchers = patterns().flatMap((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const again = () => this.#lookAgain();
      return [watcher, watcher.onDidCreate(again), watcher.onDidChange(again), watcher.onDidDelete(again)];
    });
    this.#watched.set(place, vscode.Disposable.from(...watchers));
  }
}

function placesOf({ plan }: PlanSnapshot): string {
  return JSON.stringify([plan.mode, plan.files, plan.head.progress?.file, plan.head.progress?.value]);
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
