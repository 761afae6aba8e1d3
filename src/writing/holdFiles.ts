import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type FolderLock, lockName, sweepFolder, takeFolder } from './folderLock';
import { dropJournal, finishSteps, hashOf, type Journal, readJournal, syncFolder, writeJournal } from './journal';
import { bytesOfText, textOfBytes } from './plainText';
import { refusalOf, systemCode, WriteRefusal } from './refusal';

/** One file's part of a step. */
export interface Change {
  readonly path: string;
  /** The text that the change was decided from; undefined where there is no such file yet. */
  readonly before: string | undefined;
  readonly after: string;
}

export interface Hold {
  /**
   * Replaces all of these files or none, also when the process is killed on the way: whoever reads finds each as it was
   * or as it is to be. Mode and byte order mark stay, a link stays a link. Throws `WriteRefusal` when a file is not
   * what it was (`changed`), or cannot be written; then nothing was.
   */
  replace(changes: readonly Change[]): Promise<void>;
}

export interface HoldOptions {
  /** How long to wait for one other holder, in milliseconds. */
  readonly wait?: number;
}

const WAIT = 30_000;

/**
 * Does some work while nobody else who asks here writes into the folders of these files. What others were killed at is
 * finished or dropped first, so read the files inside. Folders that are not there are made. Throws `WriteRefusal`.
 */
export async function holdFiles<T>(
  paths: readonly string[],
  work: (hold: Hold) => Promise<T>,
  { wait = WAIT }: HoldOptions = {},
): Promise<T> {
  const folders = new Set<string>();
  for (const path of paths) folders.add(dirname(realFile(path)));
  const locks = await takeAll(folders, wait);
  try {
    const places = locks.map(({ place }) => place);
    if (locks.some(({ wasLeft }) => wasLeft)) finishSteps(places);
    for (const { folder } of locks) sweepFolder(folder);
    return await work({ replace: async (changes) => replaceAll(changes, locks) });
  } finally {
    for (const lock of [...locks].reverse()) lock.release();
  }
}

/** A step left behind in one folder can concern others, which are then held as well. */
class NeedsFolders extends Error {
  readonly folders: readonly string[];

  constructor(folders: readonly string[]) {
    super();
    this.folders = folders;
  }
}

/** In one order for everybody, so that no two wait for each other. */
async function takeAll(wanted: Set<string>, wait: number): Promise<readonly FolderLock[]> {
  for (;;) {
    const locks: FolderLock[] = [];
    const beforeTakeOver = (place: string) => {
      const folders = readJournal(place)?.folders ?? [];
      const missing: string[] = [];
      for (const folder of folders) if (!wanted.has(folder) && hasLock(folder)) missing.push(folder);
      if (missing.length > 0) throw new NeedsFolders(missing);
    };
    try {
      for (const folder of [...wanted].sort()) locks.push(await takeFolder(folder, { wait, beforeTakeOver }));
      return locks;
    } catch (error) {
      for (const lock of [...locks].reverse()) lock.wasLeft ? lock.leave() : lock.release();
      const needs = error instanceof WriteRefusal ? error.cause : error;
      if (!(needs instanceof NeedsFolders)) throw error;
      for (const folder of needs.folders) wanted.add(folder);
    }
  }
}

function hasLock(folder: string): boolean {
  const found = lstatSync(join(folder, lockName), { throwIfNoEntry: false });
  return found?.isDirectory() === true && resolve(folder) === folder;
}

interface Staged {
  readonly target: string;
  readonly before: Buffer | undefined;
  readonly appended: string | null;
  /** Path of the new file. */
  readonly fresh: string;
}

function replaceAll(changes: readonly Change[], locks: readonly FolderLock[]): void {
  const places = new Map(locks.map(({ folder, place }) => [folder, place]));
  const staged: Staged[] = [];
  let isBegun = false;
  try {
    for (const [index, change] of changes.entries()) staged.push(stage(change, index, places));
    const several = staged.length > 1;
    const involved = locks.filter(({ folder }) => staged.some(({ target }) => dirname(target) === folder));
    const order = involved.map(({ place }) => place);
    if (several) {
      const journal = journalOf(
        staged,
        involved.map(({ folder }) => folder),
      );
      writeJournal(journal, order);
    }
    try {
      // From here to the last rename nothing else of this process gets a turn.
      for (const lock of locks) if (!lock.isHeld()) throw changed(lock.folder);
      for (const each of staged) if (!isAsBefore(each)) throw changed(each.target);
      for (const { fresh, target } of staged) {
        renameSync(fresh, target);
        isBegun = true;
      }
    } finally {
      const isWhole = staged.every(({ fresh }) => !isFile(fresh));
      // A step that stopped in the middle stays written down, for the next writer.
      if (several && (isWhole || !isBegun)) dropJournal(order);
    }
    for (const { folder } of involved) syncFolder(folder);
  } catch (error) {
    const first = staged.find(({ fresh }) => isFile(fresh)) ?? staged[0];
    if (isBegun) for (const lock of locks) lock.leave();
    else for (const { fresh } of staged) rmSync(fresh, { force: true });
    throw refusalOf(error, first?.target ?? '');
  }
}

function journalOf(staged: readonly Staged[], folders: readonly string[]): Journal {
  return {
    step: randomBytes(8).toString('hex'),
    folders,
    files: staged.map(({ target, before, appended, fresh }) => ({
      target,
      staged: basename(fresh),
      before: before === undefined ? null : hashOf(before),
      appended,
    })),
  };
}

/** Writes the new text where it only has to be renamed, on the disk for sure. */
function stage(change: Change, index: number, places: ReadonlyMap<string, string>): Staged {
  const target = realFile(change.path);
  const place = places.get(dirname(target));
  if (place === undefined) throw new Error(`${target} is not held`);
  const before = bytesAt(target);
  const text = before === undefined ? undefined : textOfBytes(target, before);
  if (text !== change.before) {
    if (text === undefined) throw refusalOf(Object.assign(new Error(), { code: 'ENOENT' }), target);
    throw changed(target);
  }
  const mode = before === undefined ? undefined : statSync(target).mode;
  if (mode !== undefined && (mode & 0o222) === 0) {
    throw refusalOf(Object.assign(new Error(), { code: 'EACCES' }), target);
  }
  const fresh = join(place, `staged.${index}`);
  try {
    const file = openSync(fresh, 'wx', mode);
    try {
      writeFileSync(file, bytesOfText(change.after, before ?? Buffer.alloc(0)));
      // The mask of the process may have taken bits away.
      if (mode !== undefined) chmodSync(fresh, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    rmSync(fresh, { force: true });
    throw refusalOf(error, target);
  }
  const isAppended = text !== undefined && change.after.startsWith(text);
  return { target, before, fresh, appended: isAppended ? change.after.slice(text.length) : null };
}

function isAsBefore({ target, before }: Staged): boolean {
  try {
    const now = readFileSync(target);
    return before !== undefined && now.equals(before);
  } catch (error) {
    return before === undefined && systemCode(error) === 'ENOENT';
  }
}

function isFile(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

function bytesAt(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw refusalOf(error, path);
  }
}

/** Where a file really is, also one that is yet to be made: then its folder is made. */
function realFile(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw refusalOf(error, path);
  }
  try {
    mkdirSync(dirname(path), { recursive: true });
    return join(realpathSync.native(dirname(path)), basename(path));
  } catch (error) {
    throw refusalOf(error, path);
  }
}

function changed(path: string): WriteRefusal {
  return new WriteRefusal('changed', path, 'it has changed since it was read', 'Try again with what it says now.');
}
