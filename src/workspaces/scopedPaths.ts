import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Phase } from '../core/model';
import { isInside, realPlace } from '../git/places';
import { readPlanPath } from '../git/planPaths';
import { WorkspaceFailure } from './failure';

/**
 * The folders below `root` that a phase names, outermost only: a file gives its folder, a glob the folder before its
 * first wildcard. Folders that are not there are left out. `root` itself when none is left.
 * Throws `bad-path` for one that leads out of `root`, links followed.
 */
export async function foldersOf(phase: Phase, root: string): Promise<readonly string[]> {
  const real = await realPlace(root);
  const folders: string[] = [];
  for (const path of phase.workspace?.paths ?? []) {
    const read = readPlanPath(path.value);
    const place = join(root, read?.place ?? '');
    if (read === undefined || !isInside(real, await realPlace(place)))
      throw new WorkspaceFailure({ kind: 'bad-path', path: path.value, origin: { in: 'plan', at: path } });
    const found = await stat(place).catch(() => undefined);
    if (found !== undefined) folders.push(found.isDirectory() ? place : dirname(place));
  }
  const outermost = folders.filter((folder) => !folders.some((other) => other !== folder && isInside(other, folder)));
  return outermost.length === 0 ? [root] : [...new Set(outermost)];
}
