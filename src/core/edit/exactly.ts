import type { Plan, Thing } from '../model';

/** What is meant to be different about things, by field; a field that is `undefined` is meant to be gone. */
export type Intended = ReadonlyMap<Thing, Readonly<Record<string, unknown>>>;

/** Places are not what a plan says; whether an id is written is. */
const PLACES: ReadonlySet<string> = new Set(['file', 'start', 'end', 'location', 'head', 'statusAt', 'mark']);

/**
 * The first thing, or part of the head, that does not say what it should after an edit: what it said before, but for
 * what was meant to change. Undefined when everything does. Linear in the size of the plan.
 */
export function firstUnintended(before: Plan, after: Plan, intended: Intended): string | undefined {
  for (const kind of ['phases', 'beads', 'gates', 'scenarios'] as const) {
    const [old, now] = [before[kind] as readonly Thing[], after[kind] as readonly Thing[]];
    for (let index = 0; index < Math.max(old.length, now.length); index++) {
      const [a, b] = [old[index], now[index]];
      if (a === undefined || b === undefined) return `${(a ?? b)?.kind} ${(a ?? b)?.id}`;
      if (a !== b && said({ ...a, ...intended.get(a) }) !== said(b)) return `${a.kind} ${a.id}`;
    }
  }
  if (said(before.insights) !== said(after.insights)) return 'the insights';
  return said({ ...before.head, ...intended.get(HEAD) }) === said(after.head) && before.id === after.id
    ? undefined
    : 'the head of the plan';
}

/** Stands for the plan's head among the things that are meant to change. */
export const HEAD = { kind: 'head' } as unknown as Thing;

/** All that a value says, as a text that is the same exactly when it says the same. */
function said(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => {
    if (PLACES.has(key)) return undefined;
    if (key === 'idAt') return each === undefined ? undefined : true;
    if (typeof each === 'string') return plainText(each);
    return isRecord(each) ? sorted(each) : each;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, value[key]]),
  );
}

/** Readers give a value as it stands in the file, without emphasis around it: escapes and blanks say nothing. */
function plainText(text: string): string {
  return text
    .replace(/\\(?=[|\\])/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s*_~`"“”]+|[\s*_~`"“”]+$/g, '');
}
