import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from './refusal';

/**
 * A step that replaces several files is written down before it is taken, so that the next writer can finish it: in the
 * lock's place of its first folder with its files, in the places of the other folders with the folders alone. The first
 * one, written last, decides whether the step is taken.
 */
export interface Journal {
  readonly step: string;
  /** Real paths. */
  readonly folders: readonly string[];
  readonly files: readonly JournalFile[];
}

export interface JournalFile {
  /** Real path. */
  readonly target: string;
  /** Name of the new file in the lock's place of the target's folder. */
  readonly staged: string;
  /** SHA-256 of what the step was decided from; null where no file was. */
  readonly before: string | null;
  /** What the step adds at the end, where it does no more than that. */
  readonly appended: string | null;
}

const journalName = 'journal.json';
const stagedName = /^staged\.\d{1,4}$/;
const MOST_FOLDERS = 64;

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Makes sure of it on the disk. `places` are the places of the locks, in the order of the folders. */
export async function writeJournal(journal: Journal, places: readonly string[]): Promise<void> {
  const [first, ...others] = places;
  if (first === undefined) return;
  for (const place of others) await writeSafely(join(place, journalName), JSON.stringify({ ...journal, files: [] }));
  const fresh = join(first, `${journalName}.new`);
  await writeSafely(fresh, JSON.stringify(journal));
  await rename(fresh, join(first, journalName));
  await syncFolder(first);
}

/** The first one goes first: it alone says that the step is to be taken. */
export function dropJournal(places: readonly string[]): void {
  for (const place of places) rmSync(join(place, journalName), { force: true });
}

export async function readJournal(place: string): Promise<Journal | undefined> {
  const text = await readFile(join(place, journalName), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseJournal(text);
}

/**
 * Comes to an end with what killed writers began, in all of these places: a step that was written down is finished, any
 * other is dropped. A file that somebody changed since stays as they left it, except that lines that were to be added at
 * its end are added. Costs next to nothing where nothing was begun.
 */
export async function finishSteps(places: readonly string[]): Promise<void> {
  for (const place of places) {
    const journal = await readJournal(place);
    if (journal !== undefined && journal.files.length > 0) await finish(journal, new Set(places));
  }
  dropJournal(places);
  for (const place of places) {
    for (const name of await readdir(place)) if (stagedName.test(name)) await rm(join(place, name), { force: true });
  }
}

async function finish(journal: Journal, places: ReadonlySet<string>): Promise<void> {
  const waiting: { readonly file: JournalFile; readonly staged: string }[] = [];
  for (const file of journal.files) {
    const staged = await stagedFile(journal, file, places);
    if (staged !== undefined) waiting.push({ file, staged });
  }
  const isBegun = waiting.length < journal.files.length;
  const isAsBefore = ({ file }: (typeof waiting)[number]) => hashNow(file.target) === file.before;
  // Nothing was replaced yet, and the plan is not what the step was decided from any more: then it never happened.
  if (!isBegun && !waiting.every(isAsBefore)) return;
  for (const each of waiting) {
    if (!isAsBefore(each) && !appendInstead(each.file, each.staged)) continue;
    renameSync(each.staged, each.file.target);
  }
  for (const place of places) await syncFolder(dirname(place));
}

/** The new file that waits to be put in place; only from a lock of the target's own folder, which is one of the step's. */
async function stagedFile(
  { step, folders }: Journal,
  { target, staged }: JournalFile,
  places: ReadonlySet<string>,
): Promise<string | undefined> {
  const place = [...places].find((each) => dirname(each) === dirname(target));
  if (place === undefined || !folders.includes(dirname(target))) return undefined;
  if (!stagedName.test(staged) || basename(target) === basename(place)) return undefined;
  if ((await readJournal(place))?.step !== step) return undefined;
  const path = join(place, staged);
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() === true ? path : undefined;
}

/** The rest of the step was taken, and somebody wrote in this file since: both count. */
function appendInstead({ target, appended }: JournalFile, staged: string): boolean {
  if (appended === null) return false;
  try {
    const now = readFileSync(target, 'utf8');
    writeFileSync(staged, now === '' || now.endsWith('\n') ? now + appended.replace(/^[\r\n]+/, '') : now + appended, {
      flush: true,
    });
    return true;
  } catch {
    return false;
  }
}

function hashNow(path: string): string | null | undefined {
  try {
    return hashOf(readFileSync(path));
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? null : undefined;
  }
}

function parseJournal(text: string): Journal | undefined {
  try {
    const { step, folders, files } = JSON.parse(text) as Partial<Journal>;
    if (typeof step !== 'string' || !Array.isArray(folders) || !Array.isArray(files)) return undefined;
    if (folders.length > MOST_FOLDERS || !folders.every((folder) => typeof folder === 'string')) return undefined;
    const isFile = ({ target, staged, before, appended }: Partial<JournalFile>) =>
      typeof target === 'string' && typeof staged === 'string' && isText(before) && isText(appended);
    return files.every(isFile) ? { step, folders, files } : undefined;
  } catch {
    return undefined; // cut short: it was never committed
  }
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

async function writeSafely(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that names are on the disk, too. Windows has no such thing and does without. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Not every file system can.
  }
}
