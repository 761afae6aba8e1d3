import { randomBytes } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { livenessOf, type Owner, ownerText, parseOwner, thisProcess } from './owner';
import { refusalOf, systemCode, WriteRefusal } from './refusal';

/**
 * A folder's lock is a folder in it: whoever may replace a file there may make one, from whichever container, user,
 * sandbox or checkout, and all of them meet in the same place. It keeps itself out of git by a `.gitignore` of its own.
 *
 * Inside, `<nonce>.0` names the process that made it. It is made complete under another name and renamed, which only
 * succeeds where none is. One that was left behind is taken over by making `<nonce>.1` (then `.2` …), which only one
 * process can; the highest holds it. Only the holder takes the folder away, by renaming it first. The nonce keeps
 * somebody who was slow from taking over a lock that was made anew in the meantime.
 *
 * All of it is tiny and done without giving up the turn: on a busy machine, others wait for every turn that a holder
 * waits for.
 */
export const lockName = '.phasewise.lock';

const HEARTBEAT = 1_000;
/** Without a heartbeat for this long, a holder that cannot be asked after counts as gone. Milliseconds. */
const SILENCE = 5_000;
/** How often a holder that lives is asked after, in milliseconds. */
const LOOK_AGAIN = 200;
const MOST_WAITS = 10;
/** What nobody is named in, and is this old, belongs to nobody. Milliseconds. */
const FORGOTTEN = 60_000;

export interface FolderLock {
  readonly folder: string;
  /** The folder of the lock, for files that belong to what its holder does. */
  readonly place: string;
  /** Whether somebody else held it who did not come to an end: what was begun is still there. */
  readonly wasLeft: boolean;
  /** Whether it is still ours: false once we seemed to be gone for long enough that another took over. */
  isHeld(): boolean;
  /** Gives it back, with everything in its place. */
  release(): void;
  /** Gives it to whoever comes next, who finds in its place what is there now. */
  leave(): void;
}

export interface TakeOptions {
  /** How long one holder may keep it before this is given up, in milliseconds; while holders change, ten times as long. */
  readonly wait: number;
  /** Asked before a lock that was left behind is taken over; what it throws, `takeFolder` throws. */
  readonly beforeTakeOver: (place: string) => void;
}

/** Takes the lock of an existing folder, given by its real path. Throws `WriteRefusal`. */
export async function takeFolder(folder: string, options: TakeOptions): Promise<FolderLock> {
  const place = join(folder, lockName);
  const watch = new Watch();
  const started = performance.now();
  for (let round = 0; ; round++) {
    try {
      const stands = standing(place);
      // Most looks find the lock that was there at the last one: that costs next to nothing.
      if (stands === undefined || watch.isWorthALook(stands)) {
        const isFree = stands === undefined;
        const lock = isFree ? make(folder, place) : takeOver(folder, place, watch, options);
        if (lock !== undefined) return lock;
      }
    } catch (error) {
      throw refusalOf(error, folder);
    }
    if (watch.heldFor() > options.wait || performance.now() - started > MOST_WAITS * options.wait) {
      throw busy(folder, watch.holder);
    }
    // Who has waited longer looks more often, so that nobody is passed over for ever; never in time with others.
    await sleep(2 + Math.random() * Math.max(24 - round / 4, 8));
  }
}

/** Takes away what writers left in a folder that were killed before they held its lock, or after. */
export function sweepFolder(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${lockName}.`)) continue;
    const path = join(folder, name);
    const owner = parseOwner(name.slice(lockName.length + 1).split('.')[0] ?? '');
    const isDead = owner !== undefined && livenessOf(owner) === 'dead';
    if (isDead || isForgotten(path)) discard(path);
  }
}

/** Where a lock is made or taken apart, unseen; the name tells by whom. */
function asideOf(place: string, nonce: string): string {
  return `${place}.${ownerText(thisProcess())}.${nonce}`;
}

/** What keeps it out of git goes last. */
function discard(aside: string): void {
  try {
    for (const name of readdirSync(aside)) if (name !== '.gitignore') rmSync(join(aside, name), { force: true });
    rmSync(aside, { recursive: true, force: true });
  } catch {
    // Somebody else sweeps it, or will.
  }
}

function isForgotten(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > FORGOTTEN;
}

function make(folder: string, place: string): FolderLock | undefined {
  const nonce = randomBytes(8).toString('hex');
  const aside = asideOf(place, nonce);
  mkdirSync(aside);
  try {
    writeFileSync(join(aside, '.gitignore'), '*\n');
    writeFileSync(join(aside, `${nonce}.0`), ownerText(thisProcess()));
    renameSync(aside, place);
    return new HeldLock(folder, place, nonce, 0);
  } catch (error) {
    discard(aside);
    if (standing(place) !== undefined) return undefined;
    // The one that was in the way is gone already.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY'].includes(systemCode(error))) return undefined;
    throw error;
  }
}

/** Undefined while somebody holds it, or when somebody was faster. */
function takeOver(
  folder: string,
  place: string,
  watch: Watch,
  { beforeTakeOver }: TakeOptions,
): FolderLock | undefined {
  const found = look(place);
  if (found === undefined) {
    const stranger = lstatSync(place, { throwIfNoEntry: false });
    if (stranger !== undefined && watch.isSilent(`nobody in ${stranger.ino}`, stranger.mtimeMs)) throw inTheWay(place);
    return undefined;
  }
  if (!watch.isLeft(found)) return undefined;
  beforeTakeOver(place);
  const generation = found.generation + 1;
  const mine = join(place, `${found.nonce}.${generation}`);
  try {
    writeFileSync(mine, ownerText(thisProcess()), { flag: 'wx' });
  } catch (error) {
    if (['EEXIST', 'ENOENT', 'EPERM', 'EBUSY'].includes(systemCode(error))) return undefined;
    throw error;
  }
  const lock = new HeldLock(folder, place, found.nonce, generation, true);
  if (lock.isHeld()) return lock;
  lock.stop();
  rmSync(mine, { force: true });
  return undefined;
}

interface Found {
  readonly nonce: string;
  readonly generation: number;
  readonly owner: Owner | undefined;
  /** Of the last sign of life. */
  readonly time: number;
}

/** Who holds the lock in this place; undefined where none is, or none that can be understood. */
function look(place: string): Found | undefined {
  try {
    const holder = holderAmong(readdirSync(place));
    if (holder === undefined) return undefined;
    const file = join(place, `${holder.nonce}.${holder.generation}`);
    return { ...holder, owner: parseOwner(readFileSync(file, 'utf8')), time: statSync(file).mtimeMs };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EPERM', 'EBUSY'].includes(systemCode(error))) return undefined;
    throw error;
  }
}

function holderAmong(names: readonly string[]): { readonly nonce: string; readonly generation: number } | undefined {
  const parsed = names.flatMap((name) => {
    const [, nonce = '', digits = ''] = /^([0-9a-f]{16})\.(\d{1,9})$/.exec(name) ?? [];
    return nonce === '' ? [] : [{ nonce, generation: Number(digits) }];
  });
  const first = parsed.find(({ generation }) => generation === 0);
  if (first === undefined) return undefined;
  const own = parsed.filter(({ nonce }) => nonce === first.nonce).map(({ generation }) => generation);
  return { nonce: first.nonce, generation: Math.max(...own) };
}

/** What one that waits has seen so far. Nobody's clock is compared with another's: what counts is how long nothing changes. */
class Watch {
  #lock = '';
  #lookedAt = 0;
  #sign = '';
  #since = 0;
  #hold = '';
  #heldSince = performance.now();
  holder: Owner | undefined;

  /** Not when it is the lock of the last time, which was looked into a moment ago. */
  isWorthALook({ ino, birthtimeMs }: Stats): boolean {
    const lock = `${ino} ${birthtimeMs}`;
    const now = performance.now();
    if (lock === this.#lock && now - this.#lookedAt < LOOK_AGAIN) return false;
    this.#lock = lock;
    this.#lookedAt = now;
    return true;
  }

  /** Since when the same holder has it, in milliseconds. */
  heldFor(): number {
    return performance.now() - this.#heldSince;
  }

  isLeft({ nonce, generation, owner, time }: Found): boolean {
    this.holder = owner;
    const hold = `${nonce}.${generation}`;
    if (hold !== this.#hold) {
      this.#hold = hold;
      this.#heldSince = performance.now();
      this.#sign = '';
    }
    const liveness = owner === undefined ? 'unsure' : livenessOf(owner);
    if (liveness !== 'unsure') return liveness === 'dead';
    return this.isSilent(hold, time);
  }

  isSilent(who: string, time: number): boolean {
    const sign = `${who} ${time}`;
    if (sign !== this.#sign) {
      this.#sign = sign;
      this.#since = performance.now();
    }
    return performance.now() - this.#since > SILENCE;
  }
}

class HeldLock implements FolderLock {
  readonly folder: string;
  readonly place: string;
  readonly wasLeft: boolean;
  readonly #nonce: string;
  readonly #generation: number;
  readonly #heart: NodeJS.Timeout;

  constructor(folder: string, place: string, nonce: string, generation: number, wasLeft = false) {
    this.folder = folder;
    this.place = place;
    this.wasLeft = wasLeft;
    this.#nonce = nonce;
    this.#generation = generation;
    this.#heart = setInterval(() => {
      const now = new Date();
      void utimes(this.#file(generation), now, now).catch(() => undefined);
    }, HEARTBEAT);
    this.#heart.unref();
  }

  isHeld(): boolean {
    try {
      const holder = holderAmong(readdirSync(this.place));
      return holder?.nonce === this.#nonce && holder.generation === this.#generation;
    } catch {
      return false;
    }
  }

  release(): void {
    this.stop();
    if (!this.isHeld()) return;
    const aside = asideOf(this.place, randomBytes(8).toString('hex'));
    try {
      renameSync(this.place, aside);
    } catch {
      this.leave(); // something in it is open on Windows: the next one clears it away
      return;
    }
    discard(aside);
  }

  leave(): void {
    this.stop();
    if (!this.isHeld()) return;
    const nobody: Owner = { pid: 0, where: '', started: '' };
    try {
      writeFileSync(this.#file(this.#generation + 1), ownerText(nobody), { flag: 'wx' });
    } catch {
      // Somebody has taken it over.
    }
  }

  stop(): void {
    clearInterval(this.#heart);
  }

  #file(generation: number): string {
    return join(this.place, `${this.#nonce}.${generation}`);
  }
}

/** The lock in its place, if there is one. Throws when it is something else. */
function standing(place: string): Stats | undefined {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) throw inTheWay(place);
  return found;
}

function inTheWay(place: string): WriteRefusal {
  return new WriteRefusal(
    'in-the-way',
    place,
    `something called ${lockName} is in the way of the lock`,
    'Delete it: it is no lock that Phasewise has made.',
  );
}

function busy(folder: string, holder: Owner | undefined): WriteRefusal {
  const who = holder === undefined || holder.pid <= 0 ? 'Another process' : `Process ${holder.pid}`;
  return new WriteRefusal(
    'busy',
    folder,
    `${who} has been writing to this plan for a long time`,
    'Try again; if it hangs, end that process, and its lock is taken over.',
  );
}
