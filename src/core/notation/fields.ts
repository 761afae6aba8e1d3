import { SYNONYMS } from './fieldTable';
import { FOREIGN_NAMES } from './languages';

/** What has fields of its own. */
export type FieldOwner = keyof typeof SYNONYMS;
export type FieldName<T extends FieldOwner> = keyof (typeof SYNONYMS)[T] & string;

const byName = new Map<FieldOwner, ReadonlyMap<string, string>>(
  Object.entries(SYNONYMS).map(([owner, fields]) => [owner as FieldOwner, withForeignNames(fields)]),
);

function withForeignNames(fields: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  const known = new Map(
    Object.entries(fields).flatMap(([field, names]) => names.map((name) => [name, field] as const)),
  );
  for (const names of Object.values(FOREIGN_NAMES)) {
    for (const [foreign, name] of Object.entries(names)) {
      const field = known.get(name);
      if (field !== undefined && !known.has(foreign)) known.set(foreign, field);
    }
  }
  return known;
}

/**
 * The field that a written name means for this thing: case, `_`, `-`, emphasis, emoji and a remark in brackets do not
 * matter, and of `Abort / escalate` the first part that is known counts.
 */
export function fieldOf<T extends FieldOwner>(owner: T, name: string): FieldName<T> | undefined {
  const fields = byName.get(owner);
  // Whoever asks for the field of a line that was read has the plain name already.
  const asWritten = fields?.get(name);
  if (asWritten !== undefined) return asWritten as FieldName<T>;
  if (fields === undefined || !mayNameField(name)) return undefined;
  const plain = plainName(name);
  if (plain === '') return undefined;
  const whole = fields.get(plain) ?? (CAMEL_CASE.test(name) ? fields.get(spaced(name)) : undefined);
  if (whole !== undefined) return whole as FieldName<T>;
  if (!SEVERAL.test(plain)) return undefined;
  for (const part of plain.split(SEVERAL)) {
    const field = fields.get(part.trim());
    if (field !== undefined) return field as FieldName<T>;
  }
  return undefined;
}

const CAMEL_CASE = /^[a-z]{1,20}[A-Z][a-zA-Z]{0,20}$/;

/** `doneWhen` as `done when`. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, ' $&').toLowerCase();
}

/** A quick look at the first word, which spares most titles and prose the slow one. */
export function mayNameField(name: string): boolean {
  const first = firstWordOf(name);
  return first === undefined || FIRST_WORDS.has(first) || SEVERAL.test(name);
}

/** The letters of ASCII that come first, in lower case; undefined where it takes a closer look. */
function firstWordOf(name: string): string | undefined {
  let start = 0;
  let code = name.charCodeAt(0);
  while (code < 128 && !isLetter(code)) {
    if (code === HASH || code === BRACKET || code === PERCENT) return undefined;
    code = name.charCodeAt(++start);
  }
  if (!isLetter(code)) return undefined;
  let end = start + 1;
  // The first word of `doneWhen` is `done`.
  while (isLetter(name.charCodeAt(end)) && !(isCapital(name.charCodeAt(end)) && !isCapital(name.charCodeAt(end - 1))))
    end++;
  return name.slice(start, end).toLowerCase();
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

const HASH = '#'.charCodeAt(0);
const BRACKET = '('.charCodeAt(0);
const PERCENT = '%'.charCodeAt(0);

/** Divides a name that stands for several fields, such as `Abort / escalate`. */
export const SEVERAL = /[/&]| or | and /i;
const FIRST_WORDS: ReadonlySet<string> = new Set(
  [...byName.values()].flatMap((fields) => [...fields.keys()].map((name) => firstWordOf(name) ?? name)),
);

/** Every English name that this thing's fields go by, for suggestions. */
export function fieldNames(owner: FieldOwner): readonly string[] {
  return Object.values<readonly string[]>(SYNONYMS[owner]).flat();
}

/** The same in every language that is understood. */
export function knownNames(owner: FieldOwner): readonly string[] {
  return [...(byName.get(owner)?.keys() ?? [])];
}

const plainNames = new Map<string, string>();

/** `**Done-When** (all of it):` gives `done when`. */
export function plainName(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const spaced = name
    .slice(0, 120)
    .replace('%', 'percent ')
    .replace(/\([^()]*\)?/g, ' ')
    .replace(/[_*`~:：,"“”\p{Extended_Pictographic}-]|\uFE0F/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const plain = (spaced.endsWith('.') ? spaced.replace(/(?<=\p{L})\.$/u, '') : spaced).toLowerCase();
  // Plans repeat the same few names thousands of times; what is written once only must not fill the memory.
  if (plainNames.size > 5000) plainNames.clear();
  plainNames.set(name, plain);
  return plain;
}
