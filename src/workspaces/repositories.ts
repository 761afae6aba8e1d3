import { dirname } from 'node:path';
import { toUri } from '../convert';
import type { Plan } from '../core/model';
import { findRepository, nearestCheckout, type Repository } from '../git/repository';
import type { Git, GitCall } from '../git/runGit';
import { codePlace, remotesOf } from './codeRepository';
import { mainFile, openFolders, pathOf } from './places';
import { workspaceSettings } from './settings';

/**
 * The repository of each plan: git is asked about every checkout, not about every plan.
 * For what is shown in passing; a command that writes asks anew, and reports what is wrong.
 */
export class Repositories {
  readonly #found = new Map<string, Promise<Repository | undefined>>();
  readonly #checkouts = new Map<string, Promise<string | undefined>>();
  readonly #remotes = new Map<string, Promise<readonly string[]>>();

  /** What can be otherwise by now is looked up anew; a repository that was found stays. */
  async lookAgain(): Promise<void> {
    this.#checkouts.clear();
    this.#remotes.clear();
    for (const [checkout, found] of this.#found) if ((await found) === undefined) this.#found.delete(checkout);
  }

  forget(): void {
    this.#found.clear();
    this.#checkouts.clear();
    this.#remotes.clear();
  }

  /** Undefined when there is none, or none that can be used. */
  async of(git: Git, plan: Plan, call?: GitCall): Promise<Repository | undefined> {
    const path = await this.#placeOf(git, plan, call);
    if (path === undefined) return undefined;
    const checkout = await remembered(this.#checkouts, path, () => nearestCheckout(path));
    if (checkout === undefined) return undefined;
    return remembered(this.#found, checkout, () => findRepository(git, checkout, call).catch(() => undefined));
  }

  async #placeOf(git: Git, plan: Plan, call?: GitCall): Promise<string | undefined> {
    const file = mainFile(plan);
    const path = file === undefined ? undefined : pathOf(file);
    if (file === undefined || path === undefined) return undefined;
    if ((plan.head.repository?.value.trim() ?? '') === '') return dirname(path);
    const choices = { folders: workspaceSettings(toUri(file)).repositories, open: openFolders() };
    const remotes = (folder: string) => remembered(this.#remotes, folder, () => remotesOf(git, folder, call));
    return (await codePlace(plan, path, choices, remotes).catch(() => undefined))?.path;
  }
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}
