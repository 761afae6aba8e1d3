import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a phase workspace knows of itself; stands in `.phasewise/phase/phase.json`. */
export interface PhaseRecord {
  /** The plan's id. */
  readonly plan: string;
  readonly phase: string;
  readonly title: string;
  /** From the repository's folder where the plan is in it, absolute otherwise; with forward slashes. */
  readonly planFile: string;
  /** Absent in a workspace without git. */
  readonly branch?: string;
  /** The branch (or commit) that the work started from and is meant for. */
  readonly base?: string;
  /** Of HANDOFF.md as it was written; another hash means that somebody wrote in it. */
  readonly handoffHash?: string;
}

/** Files of a phase workspace, kept out of git. Relative to its folder. */
export const phaseFolder = '.phasewise/phase';
export const recordFile = 'phase.json';

/** The record in a folder; undefined when there is none, or none that can be read. */
export async function readRecord(folder: string): Promise<PhaseRecord | undefined> {
  const text = await readFile(join(folder, recordFile), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseRecord(text);
}

export function parseRecord(text: string): PhaseRecord | undefined {
  const values = objectIn(text);
  if (values === undefined) return undefined;
  const [plan, phase] = [values.get('plan'), values.get('phase')];
  if (typeof plan !== 'string' || typeof phase !== 'string') return undefined;
  const words = (name: string): string => {
    const value = values.get(name);
    return typeof value === 'string' ? value : '';
  };
  const optional = (name: string) => (words(name) === '' ? {} : { [name]: words(name) });
  return {
    plan,
    phase,
    title: words('title'),
    planFile: words('planFile'),
    ...optional('branch'),
    ...optional('base'),
    ...optional('handoffHash'),
  };
}

function objectIn(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
