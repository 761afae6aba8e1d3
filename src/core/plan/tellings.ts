import type { Diagnostic, PlanPart, Thing } from '../model';
import type { Location } from '../text';
import { type IdIndex, indexById } from './joinedPlan';

/**
 * The same thing is often told twice: a list of phases at the top and a heading with the details below, a table of
 * beads and a heading for each. These are one thing. Two things that were given the same id by mistake are not.
 */

/** One place where a thing is told. */
export interface Telling<T extends Thing> {
  readonly thing: T;
  readonly part: PlanPart;
}

export interface Joined<T extends Thing> {
  /** Every telling, as the files give them one after the other. */
  readonly told: readonly T[];
  /** In the order of first telling. Two different things with the same id are both there. */
  readonly things: readonly T[];
  readonly index: IdIndex;
  readonly diagnostics: readonly Diagnostic[];
}

/** How one kind of thing is compared and merged. */
export interface TellingRules<T extends Thing> {
  /** What tellings of one thing have in common where they write its id differently. */
  readonly keyOf?: (id: string) => string;
  /** Names of the fields a telling fills, without id, title, status and place. */
  fieldsOf(thing: T): readonly string[];
  /** `base` with what only the others say. */
  merge(base: T, others: readonly T[]): T;
  /** Fields that both give, with different values. */
  contradictions(base: T, other: T): readonly { readonly field: string; readonly a: Location; readonly b: Location }[];
  /** Whether two equally written tellings that both fill two of the same fields are two things. */
  readonly fullTwiceIsTwo: boolean;
  /** Whether rows of tables with the same id tell parts of one thing. */
  readonly rowsAreParts: boolean;
  /** Whether tellings that are written differently are one even if their titles have nothing in common. */
  readonly formsMayDisagree: boolean;
}

/**
 * Things that are told once are handed on as they are, so that what did not change stays the same object. `before` is
 * what came of it the last time; its index serves again when the ids are the same.
 */
export function joinTellings<T extends Thing>(
  parts: readonly PlanPart[],
  of: (part: PlanPart) => readonly T[],
  rules: TellingRules<T>,
  before: Joined<T> | undefined,
): Joined<T> {
  const told = joinLists(parts, of);
  const isToldOnce = before !== undefined && before.things === before.told && haveSameIds(before.told, told);
  const index = isToldOnce ? before.index : indexById(told);
  const { keyOf = asWritten } = rules;
  const isOnce = index.size === told.length && (keyOf === asWritten || indexById(told, keyOf).size === told.length);
  if (isOnce) return { told, things: told, index, diagnostics: [] };
  const places = new Map<string, Telling<T>[][]>();
  const groups: Telling<T>[][] = [];
  for (const part of parts) {
    for (const thing of of(part)) {
      const telling = { thing, part };
      const key = keyOf(thing.id);
      const withId = places.get(key);
      const group = withId
        ?.slice(0, MOST_COMPARED)
        .find(([other]) => other !== undefined && areOne(other, telling, rules));
      if (group !== undefined) group.push(telling);
      else {
        const started = [telling];
        groups.push(started);
        if (withId === undefined) places.set(key, [started]);
        else withId.push(started);
      }
    }
  }
  const diagnostics: Diagnostic[] = [];
  const taken = new Set(told.map(({ id }) => id));
  const seen = new Set<string>();
  const things = groups.map((group) => {
    const thing = mergeGroup(group, rules, diagnostics);
    const unique = thing.idAt === undefined && seen.has(thing.id) ? withFreeId(thing, taken) : thing;
    seen.add(unique.id);
    return unique;
  });
  return { told, things, index: indexById(things), diagnostics };
}

const asWritten = (id: string) => id;

/** The list itself where there is only one. */
export function joinLists<T>(parts: readonly PlanPart[], of: (part: PlanPart) => readonly T[]): readonly T[] {
  const only = parts.length === 1 ? parts[0] : undefined;
  return only === undefined ? parts.flatMap(of) : of(only);
}

function haveSameIds(a: readonly Thing[], b: readonly Thing[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++)
    if (a[index] !== b[index] && a[index]?.id !== b[index]?.id) return false;
  return true;
}

/** An id given to hundreds of things is a mistake that needs no comparing of each with each. */
const MOST_COMPARED = 8;

function areOne<T extends Thing>(a: Telling<T>, b: Telling<T>, rules: TellingRules<T>): boolean {
  // An id that a reader made up says nothing about another one made up elsewhere.
  if (a.thing.idAt === undefined || b.thing.idAt === undefined) return false;
  const wordsInCommon = commonWords(a.thing.title.value, b.thing.title.value);
  const sharedFields = shared(rules.fieldsOf(a.thing), rules.fieldsOf(b.thing));
  const form = formOf(a);
  if (form !== formOf(b)) return wordsInCommon >= 0.5 || (rules.formsMayDisagree && sharedFields < 2);
  if (wordsInCommon < 1) return false;
  if (a.part !== b.part) return true;
  if (form === 'key' || form === 'issue') return false;
  if (form === 'row' && rules.rowsAreParts) return true;
  return !rules.fullTwiceIsTwo || (sharedFields < 2 && samePhase(a.thing, b.thing));
}

function samePhase(a: Thing, b: Thing): boolean {
  const phaseA = 'phase' in a ? a.phase : undefined;
  const phaseB = 'phase' in b ? b.phase : undefined;
  return phaseA === undefined || phaseB === undefined || phaseA === phaseB;
}

function shared(a: readonly string[], b: readonly string[]): number {
  return a.filter((name) => b.includes(name)).length;
}

type Form = 'heading' | 'row' | 'item' | 'line' | 'key' | 'issue';

/** How a telling is written, from the first characters of the line that names it. */
function formOf({ thing, part }: Telling<Thing>): Form {
  if (part.notation === 'yaml') return 'key';
  if (part.notation === 'beads') return 'issue';
  const { text } = part;
  let start = thing.head.start;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  const opening = /^[\s>]*(#|\||[-*+]|\d+[.)])?/.exec(text.slice(start, start + 80))?.[1];
  if (opening === '#') return 'heading';
  if (opening === '|') return 'row';
  return opening === undefined ? 'line' : 'item';
}

/** How much of the shorter title the other one says too: 1 when all of it, or when there is none. */
function commonWords(a: string, b: string): number {
  if (a === b) return 1;
  const wordsA = wordsOf(a);
  const wordsB = wordsOf(b);
  const fewer = Math.min(wordsA.size, wordsB.size);
  if (fewer === 0) return 1;
  let common = 0;
  for (const word of wordsA) if (wordsB.has(word)) common++;
  return common / fewer;
}

function wordsOf(title: string): Set<string> {
  return new Set(title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

function mergeGroup<T extends Thing>(
  group: readonly Telling<T>[],
  rules: TellingRules<T>,
  diagnostics: Diagnostic[],
): T {
  const tellings = group.map((telling) => telling.thing);
  let base = tellings[0] as T;
  if (tellings.length === 1) return base;
  let most = rules.fieldsOf(base).length;
  for (const telling of tellings) {
    const count = rules.fieldsOf(telling).length;
    if (count > most) {
      base = telling;
      most = count;
    }
  }
  const others = tellings.filter((telling) => telling !== base);
  for (const other of others) {
    for (const { field, a, b } of rules.contradictions(base, other)) {
      diagnostics.push({
        code: 'contradicting-tellings',
        severity: 'warning',
        message: `${nameOf(base)} is told twice, with another ${field}. Keep one of them.`,
        location: b,
        related: [{ location: a, message: `the ${field} that counts` }],
      });
    }
  }
  return remembered(base, others, () => rules.merge(base, others));
}

/** `Bead ft-1`, `Phase J`: a thing as a message names it. */
export function nameOf({ kind, id }: Pick<Thing, 'kind' | 'id'>): string {
  return `${kind[0]?.toUpperCase()}${kind.slice(1)} ${id}`;
}

const merges = new WeakMap<Thing, { readonly others: readonly Thing[]; readonly merged: Thing }>();

/** Merging the same tellings again gives the same object again. */
function remembered<T extends Thing>(base: T, others: readonly T[], merge: () => T): T {
  const known = merges.get(base);
  if (known !== undefined && known.others.length === others.length && known.others.every((o, i) => o === others[i])) {
    return known.merged as T;
  }
  const merged = merge();
  merges.set(base, { others, merged });
  return merged;
}

function withFreeId<T extends Thing>(thing: T, taken: Set<string>): T {
  let number = 2;
  while (taken.has(`${thing.id}~${number}`)) number++;
  const id = `${thing.id}~${number}`;
  taken.add(id);
  return { ...thing, id };
}
