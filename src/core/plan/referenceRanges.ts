import type { Reference } from '../model';

/** What a range is read against. */
export interface RangeScope {
  has(id: string): boolean;
  /** Ids of phases such as `4.1` that stand between `4` and `5`. */
  readonly insertedPhases: readonly string[];
}

/** Nobody means more than this; a range of a million ids is a slip of the pen. */
const LONGEST = 1000;

/**
 * `C1–C5` as one reference for each id of it that exists, in the order of the range. The two ends are always there, so
 * that one that does not exist can be reported. Counts up in a number or a single letter at the end of the id
 * (`ft-8a–ft-8f`, `T001–T012`, `C1–5`, `A–L`); ends that differ in anything else stand for themselves alone.
 */
export function expandRange(reference: Reference, scope: RangeScope): readonly Reference[] {
  const { through, ...single } = reference;
  if (through === undefined || reference.plan !== undefined) return [reference];
  return idsBetween(reference.value, through, scope).map((value) => ({ ...single, value }));
}

function idsBetween(from: string, through: string, scope: RangeScope): readonly string[] {
  const numbers = endsIn(/\d{1,15}$/, from, through);
  if (numbers !== undefined) {
    const { prefix, start, end } = numbers;
    return withEnds(
      prefix + start,
      counted(Number(start), Number(end)).flatMap((number) => {
        const padded = String(number).padStart(start.length, '0');
        const id = [prefix + padded, prefix + number].find((each) => scope.has(each));
        const inserted = prefix === '' && number < Number(end) ? insertedAfter(number, scope) : [];
        return id === undefined ? inserted : [id, ...inserted];
      }),
      prefix + end,
    );
  }
  const letters = endsIn(/[a-z]$/i, from, through);
  if (letters !== undefined) {
    const { prefix, start, end } = letters;
    return withEnds(
      prefix + start,
      counted(start.charCodeAt(0), end.charCodeAt(0))
        .map((code) => prefix + String.fromCharCode(code))
        .filter((id) => scope.has(id)),
      prefix + end,
    );
  }
  return [from, through];
}

/** The changing ends and what stands before both; `C1–5` leaves it out at the second. */
function endsIn(
  ending: RegExp,
  from: string,
  through: string,
): { readonly prefix: string; readonly start: string; readonly end: string } | undefined {
  const start = ending.exec(from)?.[0];
  const end = ending.exec(through)?.[0];
  if (start === undefined || end === undefined) return undefined;
  const prefix = from.slice(0, -start.length);
  const prefixOfEnd = through.slice(0, -end.length);
  const sameCase = /[a-z]/.test(start) === /[a-z]/.test(end);
  return (prefixOfEnd === prefix || prefixOfEnd === '') && sameCase ? { prefix, start, end } : undefined;
}

function counted(from: number, through: number): number[] {
  const count = Math.min(Math.max(0, through - from + 1), LONGEST);
  return Array.from({ length: count }, (_, index) => from + index);
}

function insertedAfter(number: number, { insertedPhases }: RangeScope): string[] {
  return insertedPhases.filter((id) => id.startsWith(`${number}.`));
}

function withEnds(from: string, between: readonly string[], through: string): string[] {
  return [...new Set([from, ...between, through])];
}
