import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';
import { selfAndAncestors } from './globs';

/** The `.gitignore` files of one workspace folder, read when first asked about a folder they stand in. */
export class GitIgnores {
  readonly #folder: vscode.Uri;
  readonly #rules = new Map<string, Promise<Ignore | undefined>>();

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  /** As git decides: the nearest file with an opinion wins, and nothing inside an ignored folder comes back. */
  async ignores(path: string): Promise<boolean> {
    const steps = selfAndAncestors(path);
    const folders = ['', ...steps.slice(0, -1)];
    for (const [depth, step] of steps.entries()) {
      const subject = step === path ? step : `${step}/`;
      if (await this.#decides(subject, folders.slice(0, depth + 1))) return true;
    }
    return false;
  }

  async #decides(subject: string, folders: readonly string[]): Promise<boolean> {
    for (const folder of folders.toReversed()) {
      const rules = await this.#rulesOf(folder);
      const verdict = rules?.test(folder === '' ? subject : subject.slice(folder.length + 1));
      if (verdict?.ignored === true) return true;
      if (verdict?.unignored === true) return false;
    }
    return false;
  }

  #rulesOf(folder: string): Promise<Ignore | undefined> {
    const known = this.#rules.get(folder);
    if (known !== undefined) return known;
    const reading = readRules(vscode.Uri.joinPath(this.#folder, folder, '.gitignore'));
    this.#rules.set(folder, reading);
    return reading;
  }
}

async function readRules(file: vscode.Uri): Promise<Ignore | undefined> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return ignore({ ignorecase: process.platform !== 'linux' }).add(text);
  } catch {
    return undefined; // there is none here, or it may not be read: git then ignores nothing either
  }
}
