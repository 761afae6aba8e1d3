import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
export function writeJournal(journal: Journal, places: readonly string[]): void {
  const [first, ...others] = places;
  if (first === undefined) return;
  for (const place of others) writeSafely(join(place, journalName), JSON.stringify({ ...journal, files: [] }));
  const fresh = join(first, `${journalName}.new`);
  writeSafely(fresh, JSON.stringify(journal));
  renameSync(fresh, join(first, journalName));
  syncFolder(first);
}

/** The first one goes first: it alone says that the step is to be taken. */
export function dropJournal(places: readonly string[]): void {
  for (const place of places) rmSync(join(place, journalName), { force: true });
}

export function readJournal(place: string): Journal | undefined {
  try {
    return parseJournal(readFileSync(join(place, journalName), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Comes to an end with what killed writers began, in all of these places: a step that was written down is finished, any
 * other is dropped. A file that somebody changed since stays as they left it, except that lines that were to be added at
 * its end are added. Costs next to nothing where nothing was begun.
 */
export function finishSteps(places: readonly string[]): void {
  for (const place of places) {
    const journal = readJournal(place);
    if (journal !== undefined && journal.files.length > 0) finish(journal, new Set(places));
  }
  dropJournal(places);
  for (const place of places) {
    for (const name of readdirSync(place)) if (stagedName.test(name)) rmSync(join(place, name), { force: true });
  }
}

function finish(journal: Journal, places: ReadonlySet<string>): void {
  const waiting: { readonly file: JournalFile; readonly staged: string }[] = [];
  for (const file of journal.files) {
    const staged = stagedFile(journal, file, places);
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
  for (const place of places) syncFolder(dirname(place));
}

/** The new file that waits to be put in place; only from a lock of the target's own folder, which is one of the step's. */
function stagedFile(
  { step, folders }: Journal,
  { target, staged }: JournalFile,
  places: ReadonlySet<string>,
): string | undefined {
  const place = [...places].find((each) => dirname(each) === dirname(target));
  if (place === undefined || !folders.includes(dirname(target))) return undefined;
  if (!stagedName.test(staged) || basename(target) === basename(place)) return undefined;
  if (readJournal(place)?.step !== step) return undefined;
  const path = join(place, staged);
  const found = lstatSync(path, { throwIfNoEntry: false });
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

function writeSafely(path: string, text: string): void {
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** So that names are on the disk, too. Windows has no such thing and does without. */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Not every file system can.
  }
}
