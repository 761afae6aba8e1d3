import { dirname } from 'node:path';
import { toUri } from '../convert';
import type { Plan } from '../core/model';
import { findRepository, nearestCheckout, type Repository } from '../git/repository';
import type { Git, GitCall } from '../git/runGit';
import { codeRepository } from './codeRepository';
import { openFolders, pathOf } from './places';
import { workspaceSettings } from './settings';

/**
 * The repository of each plan, remembered: git is asked once for every checkout, not for every plan.
 * For what is shown in passing; a command that writes asks anew, and reports what is wrong.
 */
export class Repositories {
  readonly #byCheckout = new Map<string, Promise<Repository | undefined>>();
  readonly #byName = new Map<string, Promise<Repository | undefined>>();

  forget(): void {
    this.#byCheckout.clear();
    this.#byName.clear();
  }

  /** Undefined when there is none, or none that can be used. */
  async of(git: Git, plan: Plan, call?: GitCall): Promise<Repository | undefined> {
    const file = mainFile(plan);
    const path = file === undefined ? undefined : pathOf(file);
    if (file === undefined || path === undefined) return undefined;
    const named = plan.head.repository?.value.trim() ?? '';
    if (named !== '') {
      const settings = workspaceSettings(toUri(file));
      const choices = { folders: settings.repositories, open: openFolders() };
      return remembered(this.#byName, `${dirname(path)}\n${named}`, async () => {
        return (await codeRepository(git, plan, path, choices, call)).repository;
      });
    }
    const checkout = await nearestCheckout(path);
    if (checkout === undefined) return undefined;
    return remembered(this.#byCheckout, checkout, () => findRepository(git, checkout, call));
  }
}

/** The file whose place decides where a plan's work happens. */
export function mainFile(plan: Plan): string | undefined {
  return plan.files[0];
}

/** A failure is not remembered: a folder can become a repository. */
async function remembered<T>(
  known: Map<string, Promise<T | undefined>>,
  key: string,
  find: () => Promise<T>,
): Promise<T | undefined> {
  let found = known.get(key);
  if (found === undefined) {
    found = find().catch(() => {
      known.delete(key);
      return undefined;
    });
    known.set(key, found);
  }
  return found;
}
