import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { toFile, toUri } from './convert';
import { beadsInHand } from './core/currentBead';
import type { Bead, Plan } from './core/model';
import type { PlanSnapshot } from './core/snapshot';

/** Who acts on plans: the setting `phasewise.user`, else git's `user.name`, else the machine's user. By workspace folder. */
export class CurrentUser implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #names = new Map<string, Promise<string>>();
  readonly #known = new Map<string, string>();
  /** What was found in a snapshot, for every row of a tree to ask. */
  readonly #inHand = new WeakMap<PlanSnapshot, { readonly name: string; readonly beads: readonly Bead[] }>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listening: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#listening = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('phasewise.user') || event.affectsConfiguration('git.path')) this.#forget();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#forget()),
    );
  }

  async of(plan: Plan): Promise<string> {
    const folder = folderOf(plan);
    const known = this.#names.get(folder);
    if (known !== undefined) return known;
    const name = this.#find(folder);
    this.#names.set(folder, name);
    const found = await name;
    if (this.#names.get(folder) === name && this.#known.get(folder) !== found) {
      this.#known.set(folder, found);
      this.#changed.fire();
    }
    return found;
  }

  /** Beads in the hands of whoever acts here; answers from memory, and tells by `onDidChange` when it knows more. */
  beadsInHand(snapshot: PlanSnapshot): readonly Bead[] {
    const name = this.#known.get(folderOf(snapshot.plan));
    if (name === undefined) {
      void this.of(snapshot.plan);
      return [];
    }
    const found = this.#inHand.get(snapshot);
    if (found?.name === name) return found.beads;
    const beads = beadsInHand(snapshot, name);
    this.#inHand.set(snapshot, { name, beads });
    return beads;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  async #find(folder: string): Promise<string> {
    const uri = folder === '' ? undefined : toUri(folder);
    const set = vscode.workspace.getConfiguration('phasewise', uri).get<unknown>('user');
    if (typeof set === 'string' && set.trim() !== '') return set.trim();
    return (uri === undefined ? undefined : await this.#nameInGit(uri)) ?? machineUser();
  }

  async #nameInGit({ scheme, fsPath }: vscode.Uri): Promise<string | undefined> {
    if (!vscode.workspace.isTrusted || scheme !== 'file') return undefined;
    const { gitFromSettings } = await import('./gitAccess');
    const name = await gitFromSettings(this.#log)
      .ask(fsPath, ['config', 'user.name'])
      .catch(() => undefined);
    return name?.trim() || undefined;
  }

  #forget(): void {
    this.#names.clear();
    this.#known.clear();
    this.#changed.fire();
  }
}

/** One for all the plans in it: there can be many, and each look at git is a program that runs. */
function folderOf({ files: [main] }: Plan): string {
  const folder = main === undefined ? undefined : vscode.workspace.getWorkspaceFolder(toUri(main));
  return folder === undefined ? '' : toFile(folder.uri);
}

function machineUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? process.env.USERNAME ?? '';
  }
}
