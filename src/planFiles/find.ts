import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { folderExcluder, globMatcher, joinGlobs, type PlanGlobs } from './globs';

/** Where to look, and where to tell what was left out. */
export interface Search {
  readonly folder: vscode.Uri;
  readonly globs: PlanGlobs;
  readonly log: vscode.LogOutputChannel;
  readonly token: vscode.CancellationToken;
}

/** Every file below the folder that the globs name; each file once, however many links lead to it. */
export async function findCandidates(search: Search): Promise<readonly vscode.Uri[]> {
  const onDisk = search.folder.scheme === 'file';
  const found = onDisk ? await searchFolder(search) : await walkFolder(search);
  const isCandidate = globMatcher(search.globs);
  const candidates = found.filter((uri) => isCandidate(pathBelow(search.folder, uri)));
  const sorted = candidates.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return onDisk ? withoutAliases(sorted) : sorted;
}

/** With `/` between its parts. The file must stand below the folder. */
export function pathBelow(folder: vscode.Uri, uri: vscode.Uri): string {
  return uri.path.slice(folder.path.endsWith('/') ? folder.path.length : folder.path.length + 1);
}

async function searchFolder({ folder, globs, token }: Search): Promise<readonly vscode.Uri[]> {
  const include = joinGlobs(globs.files);
  if (include === undefined) return [];
  // `undefined` would stand for the user's excludes alone; a pattern comes on top of them.
  const exclude = joinGlobs(globs.exclude);
  return vscode.workspace.findFiles(new vscode.RelativePattern(folder, include), exclude, undefined, token);
}

/** A virtual file system need not be searchable. These bounds end a walk of one that has no end. */
const mostFolders = 5_000;
const deepest = 30;

async function walkFolder({ folder, globs, log, token }: Search): Promise<readonly vscode.Uri[]> {
  const isExcluded = folderExcluder(globs.exclude);
  const found: vscode.Uri[] = [];
  let level: readonly vscode.Uri[] = [folder];
  let visited = 0;
  for (let depth = 0; depth < deepest && level.length > 0 && !token.isCancellationRequested; depth++) {
    const next: vscode.Uri[] = [];
    for (const parent of level) {
      if (++visited > mostFolders) {
        log.warn(`${folder}: stopped looking for plan files after ${mostFolders} folders`);
        return found;
      }
      for (const [name, type] of await listFolder(parent, log)) {
        const uri = vscode.Uri.joinPath(parent, name);
        if (type & vscode.FileType.File) found.push(uri);
        // A link to a folder may lead back up, and there is no way to tell.
        else if (type === vscode.FileType.Directory && !isExcluded(pathBelow(folder, uri))) next.push(uri);
      }
    }
    level = next;
  }
  return found;
}

async function listFolder(folder: vscode.Uri, log: vscode.LogOutputChannel): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch (error) {
    log.warn(`${folder}: left out, it cannot be listed`, error);
    return [];
  }
}

/** Of several paths to one file the real one stays, or the first where all are links. */
async function withoutAliases(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const byTarget = new Map<string, vscode.Uri>();
  const targets = await Promise.all(uris.map((uri) => realpath(uri.fsPath).catch(() => uri.fsPath)));
  for (const [i, uri] of uris.entries()) {
    const target = targets[i] ?? uri.fsPath;
    if (!byTarget.has(target) || target === uri.fsPath) byTarget.set(target, uri);
  }
  return [...byTarget.values()];
}
