import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GitFailure } from '../git/failure';
import { type PhaseRecord, recordFile } from '../git/phaseRecord';
import { exists, isInside, realPlace } from '../git/places';
import { fileFailure } from '../git/runGit';
import type { Undo } from '../git/undo';

/** Contents by file name. */
export type PhaseTexts = ReadonlyMap<string, string>;

export const promptFile = 'PROMPT.md';
export const operationsFile = 'OPERATIONS.md';
export const handoffFile = 'HANDOFF.md';

/**
 * Writes the files of a phase into `folder`, which lies in `root`. A file that is there stays as it is: people and
 * agents write in them. Throws `GitFailure`; what was made is on `undo` by then.
 */
export async function writePhaseFiles(
  root: string,
  folder: string,
  texts: PhaseTexts,
  record: PhaseRecord,
  undo: Undo,
): Promise<void> {
  // A branch from strangers can hold a link in place of the folder.
  if (!isInside(await realPlace(root), await realPlace(folder)))
    throw new GitFailure({ kind: 'outside', path: folder, folder: root });
  await makeFolders(folder, undo);
  const handoff = texts.get(handoffFile);
  const known = handoff === undefined ? record : { ...record, handoffHash: hashOf(handoff) };
  for (const [name, text] of texts) await writeNew(join(folder, name), text, undo);
  await writeNew(join(folder, recordFile), `${JSON.stringify(known, undefined, 2)}\n`, undo);
}

/** Whether somebody wrote in the hand-off notes since they were made. */
export async function handoffWasWritten(folder: string, record: PhaseRecord): Promise<boolean> {
  const text = await readFile(join(folder, handoffFile), 'utf8').catch(() => undefined);
  return text !== undefined && hashOf(text) !== record.handoffHash;
}

async function makeFolders(folder: string, undo: Undo): Promise<void> {
  const missing: string[] = [];
  for (let current = folder; !(await exists(current)); current = dirname(current)) missing.unshift(current);
  for (const path of missing) {
    try {
      await mkdir(path);
    } catch (error) {
      throw fileFailure(error, path);
    }
    undo.add(() => rmdir(path));
  }
}

async function writeNew(path: string, text: string, undo: Undo): Promise<void> {
  // `wx` does not follow a link that stands there.
  const made = await writeFile(path, text, { flag: 'wx' }).then(
    () => true,
    async (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      // The file may be there, cut short by a full disk.
      await rm(path, { force: true }).catch(() => undefined);
      throw fileFailure(error, path);
    },
  );
  if (made) undo.add(() => rm(path, { force: true }));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
