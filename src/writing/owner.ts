import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process that holds something, told in a way that others can find out whether it still runs. */
export interface Owner {
  readonly pid: number;
  /** Of machine, boot and process namespace, as a short hash: from elsewhere, a process id says nothing. */
  readonly where: string;
  /** When the process started, in its system's own count: a later process can have the same id. Empty where the system does not tell. */
  readonly started: string;
}

/** `unsure`: it runs on another machine, or its id may have gone to another process. */
export type Liveness = 'lives' | 'dead' | 'unsure';

let own: Owner | undefined;

export function thisProcess(): Owner {
  own ??= findOut();
  return own;
}

function findOut(): Owner {
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '';
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) ?? '';
  const started = readStat(process.pid)?.started ?? '';
  const where = createHash('sha256').update([hostname(), boot, namespace].join('\n')).digest('hex').slice(0, 12);
  return { pid: process.pid, where, started };
}

export function livenessOf(owner: Owner): Liveness {
  if (owner.pid <= 0) return 'dead';
  const here = thisProcess();
  if (owner.where !== here.where) return 'unsure';
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return 'dead';
  }
  if (owner.started === '') return 'unsure';
  const stat = readStat(owner.pid);
  // Killed, and its parent has not asked for it yet: a container's first process may never do.
  if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return 'dead';
  return stat.started === owner.started ? 'lives' : 'dead';
}

/** Fits into a file's name. */
export function ownerText({ pid, started, where }: Owner): string {
  return `${pid}-${started}-${where}`;
}

export function parseOwner(text: string): Owner | undefined {
  const [, pid, started = '', where = ''] = /^(\d{1,10})-(\d{0,20})-([0-9a-f]{0,12})$/.exec(text) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), started, where };
}

/** On Linux: state letter and start time (clock ticks since boot) of a process. */
function readStat(pid: number): { readonly state: string; readonly started: string } | undefined {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (text === undefined) return undefined;
  // The second field is the program's name in parentheses, which can hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', started: fields[19] ?? '' };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined; // not this system
  }
}
