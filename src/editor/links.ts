import * as vscode from 'vscode';
import { pathsIn } from '../core/language/paths';
import type { PlanIndex } from '../planIndex';
import { PlanDocument } from './planDocument';

/** Paths in a plan open the files that they name, where those are there. */
export class PlanLinks implements vscode.DocumentLinkProvider {
  readonly #index: PlanIndex;

  constructor(index: PlanIndex) {
    this.#index = index;
  }

  async provideDocumentLinks(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentLink[] | undefined> {
    const plan = PlanDocument.of(this.#index, document);
    if (plan === undefined) return undefined;
    const written = pathsIn(plan.part).map(({ path, ...range }) => ({ path, range: plan.range(range) }));
    const targets = new Map<string, Promise<vscode.Uri | undefined>>();
    for (const { path } of written) if (!targets.has(path)) targets.set(path, fileAt(document.uri, path));
    const links: vscode.DocumentLink[] = [];
    for (const { path, range } of written) {
      const target = await targets.get(path);
      if (token.isCancellationRequested) return undefined;
      if (target !== undefined) links.push(new vscode.DocumentLink(range, target));
    }
    return links;
  }
}

/** Beside the plan, or from the top of its workspace folder. A path that leads out of that folder is none. */
async function fileAt(plan: vscode.Uri, path: string): Promise<vscode.Uri | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(plan)?.uri;
  const beside = vscode.Uri.joinPath(plan, '..', path);
  const candidates = root === undefined ? [beside] : [beside, vscode.Uri.joinPath(root, path)];
  for (const uri of candidates) {
    const isInside = root === undefined || uri.path.startsWith(`${root.path.replace(/\/$/, '')}/`);
    if (isInside && (await isFile(uri))) return uri;
  }
  return undefined;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false; // not there, or not to be read
  }
}
