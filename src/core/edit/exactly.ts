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
      if ((a !== b || intended.has(a)) && !saysSame(withIntended(a, intended), b)) return `${a.kind} ${a.id}`;
    }
  }
  if (!saysSame(before.insights, after.insights)) return 'the insights';
  return saysSame({ ...before.head, ...intended.get(HEAD) }, after.head) && before.id === after.id
    ? undefined
    : 'the head of the plan';
}

/** Stands for the plan's head among the things that are meant to change. */
export const HEAD = { kind: 'head' } as unknown as Thing;

function withIntended(thing: Thing, intended: Intended): object {
  const changes = intended.get(thing);
  return changes === undefined ? thing : { ...thing, ...changes };
}

/** Whether two values say the same, wherever it is written. Without a text in between: plans have thousands of things. */
function saysSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return plainText(a) === plainText(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, index) => saysSame(each, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  for (const key in a) if (!PLACES.has(key) && !saysSameIn(key, a[key], b[key])) return false;
  for (const key in b) if (!PLACES.has(key) && !(key in a) && b[key] !== undefined) return false;
  return true;
}

function saysSameIn(key: string, a: unknown, b: unknown): boolean {
  return key === 'idAt' ? (a === undefined) === (b === undefined) : saysSame(a, b);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Readers give a value as it stands in the file, without emphasis around it: escapes and blanks say nothing. */
function plainText(text: string): string {
  return text
    .replace(/\\(?=[|\\])/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s*_~`"“”]+|[\s*_~`"“”]+$/g, '');
}
