import { isDigit } from './letters';

/** What ids look like. An id is one token: `T001`, `ft-0001.8a`, `bd-a1b2`, `B-SPIKE`, `1.2`, `12.1-01-PLAN.md`, `J`. */

/** Source of a regular expression (flag `u`) for one token that may be an id. */
export const TOKEN = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_.'’-]*[\\p{L}\\p{N}'’])?";

const DIGIT = /\d/;
const SMALL = /[a-z]/;
const CAPITALS = /^(?=.*\p{Lu})[\p{Lu}\d_.'’-]+$/u;
/** By whether an id begins with a digit, and whether a dash or an underscore is in it. */
const STRONG = {
  // T001, B0004
  letters: [/^\p{L}{1,8}\d{3,}[\p{L}'’]?$/u],
  dashedLetters: [
    // ft-0001.8a, bd-a1b2, PROJ-7, B1-CFG
    /^\p{L}[\p{L}\d.]*[-_][\p{L}\d._'’-]*\d[\p{L}\d._'’-]*$/u,
    /^\p{L}+\d[\p{L}\d.]*[-_][\p{L}\d._'’-]+$/u,
    // B-SPIKE
    /^\p{Lu}[\p{Lu}\d]*(?:[-_]\p{Lu}[\p{Lu}\d]*)+$/u,
  ],
  // 1.2, 12.3.1, 8.2a
  numbers: [/^\d+(?:\.\d+)+[\p{L}'’]?$/u],
  // 12.1-01-PLAN.md, 03-01
  dashedNumbers: [/^\d+(?:\.\d+)*-\d+(?:[-.][\p{L}\d._-]+)?$/u],
};
/** What most of them look like: T001, ft-1, ft-0001.8a. */
const PLAIN_STRONG = /^(?:[A-Za-z]{1,8}\d{3,9}[a-z]?|[A-Za-z][A-Za-z\d]{0,12}-\d{1,9}(?:\.\d{1,9}){0,4}[a-z]?)$/;
const SHORTEST_STRONG = 3;
const DATE = /^\d{4}-\d{2}(?:-\d{2})?$/;
const PRIORITY = /^P[0-4]$/;
const FILE = /^[\p{L}_][\p{L}\d_.-]*\.(?:md|ts|js|py|json|ya?ml|toml|rs|go|sh|txt|tsx|jsx|css|html|sql)$/iu;

/** A token with a digit, or one in capitals. */
export function hasIdShape(token: string): boolean {
  return (DIGIT.test(token) || (!SMALL.test(token) && CAPITALS.test(token))) && !isNoId(token);
}

/** A token that is hardly anything else than an id, wherever it stands. */
export function isStrongId(token: string): boolean {
  if (PLAIN_STRONG.test(token)) return true;
  if (token.length < SHORTEST_STRONG || token.length > 100 || isNoId(token)) return false;
  const isDashed = token.includes('-') || token.includes('_');
  const isNumber = isDigit(token.charCodeAt(0));
  const shapes = isNumber
    ? STRONG[isDashed ? 'dashedNumbers' : 'numbers']
    : STRONG[isDashed ? 'dashedLetters' : 'letters'];
  return shapes.some((shape) => shape.test(token));
}

/** Dates, priorities and names of files have digits or capitals, but are no ids. */
function isNoId(token: string): boolean {
  return DATE.test(token) || PRIORITY.test(token) || (token.includes('.') && FILE.test(token));
}

/** Whether two ids count in the same way: `T001` and `T012`, `ft-8a` and `ft-8f`, `A` and `L`; not `12.1` and `01`. */
export function sameShape(a: string, b: string): boolean {
  return shapeOf(a) === shapeOf(b);
}

function shapeOf(id: string): string {
  if (/^\p{L}$/u.test(id)) return 'A';
  return id.replace(/\d+/g, '0').replace(/0[\p{L}'’]$/u, '0a');
}

/** What stands before the first digit: `T` of `T001`, `ft-` of `ft-0001.8`. Ids of one family share it. */
export function familyOf(id: string): string {
  const digit = id.search(DIGIT);
  return digit < 0 ? '' : id.slice(0, digit);
}

/** What ids have in common that people take for the same: `Phase 01` is phase 1. */
export function looseId(id: string): string {
  return withoutLeadingZeros(id).toLowerCase();
}

export function withoutLeadingZeros(id: string): string {
  return id.replace(/^0+(?=\d)/, '');
}
