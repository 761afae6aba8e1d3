import type { Reference, ThingKind } from '../model';
import type { Location } from '../text';
import { hasIdShape, isStrongId, sameShape } from './ids';
import { FOREIGN_BEADS, FOREIGN_PHASES } from './languages';
import { isNone } from './values';

export interface ReferenceOptions {
  /**
   * Whether an id exists, where the caller knows. Words that could be plain prose (`review`, `API`) are then references
   * only when they exist; without it, any single word that stands where an id stands is one.
   */
  readonly isKnown?: (id: string) => boolean;
}

/**
 * The things that a value such as `ft-1, Gate G2 and Phases 3–5 (all of them). They may overlap.` names, each at its
 * exact place. `at` is where `text` begins. Remarks in brackets and sentences that follow are searched only when nothing
 * was found before them. Linear.
 */
export function parseReferences(text: string, at: Location, options: ReferenceOptions = {}): Reference[] {
  const plain = plainList(text, at);
  if (plain !== undefined) return plain;
  const told = text.slice(0, sentenceEnd(text));
  if (isNone(told)) return [];
  const { outer, remarks } = splitRemarks(told);
  const found = namesIn(outer, options);
  const names = found.length > 0 || remarks === '' ? found : namesIn(remarks, options);
  const seen = new Set<string>();
  const references: Reference[] = [];
  for (const { start, end, ...name } of names) {
    const key = `${name.kind ?? ''} ${name.plan ?? ''} ${name.value} ${name.through ?? ''}`;
    if (seen.has(key)) continue;
    seen.add(key);
    references.push({ ...name, file: at.file, start: at.start + start, end: at.start + end });
  }
  return references;
}

/** What most values are: one id, or several with commas between them, and nothing else. */
function plainList(text: string, { file, start }: Location): Reference[] | undefined {
  if (!PLAIN_LIST.test(text)) return undefined;
  const references: Reference[] = [];
  let from = 0;
  for (const value of text.split(', ')) {
    if (!hasIdShape(value) || references.some((other) => other.value === value)) return undefined;
    references.push({ file, start: start + from, end: start + from + value.length, value });
    from += value.length + 2;
  }
  return references;
}

const PLAIN_LIST =
  /^(?:[A-Za-z]{0,10}|[A-Za-z][A-Za-z\d]{0,12}-)\d{1,9}(?:\.\d{1,9}){0,4}[a-z]?(?:, (?:[A-Za-z]{0,10}|[A-Za-z][A-Za-z\d]{0,12}-)\d{1,9}(?:\.\d{1,9}){0,4}[a-z]?){0,9}$/;

/** The scenarios that a pointer such as `see Scenario F3 (or F4)` leads to, in order. */
export function parseScenarioPointers(text: string, at: Location): Reference[] {
  const references: Reference[] = [];
  const seen = new Set<string>();
  let introduced = false;
  let last = 0;
  for (const match of text.matchAll(POINTER)) {
    const id = match[2] ?? '';
    const start = match.index + match[0].length - id.length;
    introduced = match[1] !== undefined || (introduced && /^[\s,/&+]*(?:and|or)?\s*$/.test(text.slice(last, start)));
    last = start + id.length;
    if ((!introduced && !/^F-?\d|^F-\p{Lu}/u.test(id)) || seen.has(id)) continue;
    seen.add(id);
    references.push({ file: at.file, start: at.start + start, end: at.start + last, value: id, kind: 'scenario' });
  }
  return references;
}

const POINTER =
  /(?<![\p{L}\p{N}._/-])((?:[Ss]cenario|[Ff]ailure)s?\s+)?((?:\p{Lu}{1,4}-?\d{1,4}[a-z]?|F-\p{Lu}[\p{Lu}\d-]{1,30}|\d{1,3})(?![\p{L}\p{N}_-]))/gu;

/** Where the first sentence ends: at a full stop before a word that begins another one, not before an id. */
function sentenceEnd(text: string): number {
  if (!/[.!?]\s/.test(text)) return text.length;
  for (const match of text.matchAll(/[.!?]\s+(\p{Lu}\p{Ll}+)(?![\p{L}\p{N}-])/gu)) {
    if (!KIND_WORDS.has((match[1] ?? '').toLowerCase())) return match.index;
  }
  return text.length;
}

/** The text with remarks in brackets blanked, and the other way round; same lengths. */
function splitRemarks(text: string): { readonly outer: string; readonly remarks: string } {
  if (!text.includes('(')) return { outer: text, remarks: '' };
  let outer = '';
  let remarks = '';
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf('(', from);
    const close = open < 0 ? -1 : text.indexOf(')', open);
    const inner = close < 0 ? text.length : open;
    outer += text.slice(from, inner);
    remarks += ' '.repeat(inner - from);
    if (close < 0) break;
    outer += ' '.repeat(close + 1 - open);
    remarks += ` ${text.slice(open + 1, close)},`;
    from = close + 1;
  }
  return { outer, remarks };
}

const KIND_WORDS: ReadonlyMap<string, ThingKind> = new Map(
  Object.entries({
    phase: [
      ...['phase', 'phases', 'stage', 'stages', 'milestone', 'milestones', 'epic', 'epics'],
      ...['sprint', 'sprints', 'batch', 'batches', 'iteration', 'iterations', 'group', 'groups'],
      ...FOREIGN_PHASES.split('|'),
    ],
    bead: ['bead', 'beads', 'task', 'tasks', 'story', 'stories', 'ticket', 'tickets', ...FOREIGN_BEADS.split('|')],
    gate: ['gate', 'gates'],
    scenario: ['scenario', 'scenarios', 'failure', 'failures'],
  } as const).flatMap(([kind, words]) => words.map((word) => [word, kind as ThingKind] as const)),
);

const words = (text: string) => new Set(text.split(' '));
const DIVIDING_WORDS = words('and und et y 和 or then plus both');
/** Words that lead up to a name. */
const LEADING_WORDS = words(
  'all the each every of on by everything completion after depends blocked requires needs see step item decision id part',
);
const RANGE_WORDS = words('to through thru bis');
/** Words that say of a thing that it is there, and so may follow its name. */
const FOLLOWING_WORDS = words(
  'complete completed completion done closed merged pass passed passing passes finished green ready is are was must has have exists lands landed shipped approved implemented implementation only first verified and or to through',
);
const NO_NAMES = words(
  'none nothing keine aucune aucun ninguna 无 tbd tba todo unknown yes no start later previous above below all any optional',
);

/** Two full stops are no part of a word: they stand between the ends of a range. */
const WORD = /#?[\p{L}\p{N}](?:(?:[\p{L}\p{N}_'’/#-]|\.(?!\.))*[\p{L}\p{N}'’])?/gu;
const DIVIDER = /[,;+&\n|→∥‖⇒•·、，；]|->|=>/;
const DASH = /\s[–—-]\s|:\s/;
const RANGE_MARK = /^\s*(?:-|–|—|\.\.\.?|…|~|～)\s*$/;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands between it and the word before. */
  readonly gap: string;
}

/** A reference whose offsets count from the start of the text that was read. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly kind?: ThingKind;
  readonly plan?: string;
  readonly through?: string;
}

/** How a word stands in its list. */
interface Place {
  /** Right behind `Phase`, `Gate` and the like. */
  readonly afterKind: boolean;
  /** First in its element of the list. */
  readonly atStart: boolean;
  /** Followed by nothing more than a remark. */
  readonly atEnd: boolean;
  /** Behind a dash or colon, where prose is more likely. */
  readonly inProse: boolean;
}

function namesIn(text: string, { isKnown }: ReferenceOptions): Found[] {
  const list = wordsOf(text);
  const found: Found[] = [];
  let kind: ThingKind | undefined;
  let many = false;
  let afterKind = false;
  let atStart = true;
  let inProse = false;
  for (let i = 0; i < list.length; i++) {
    const word = list[i];
    if (word === undefined) break;
    if (DIVIDER.test(word.gap)) {
      atStart = true;
      inProse &&= !/[;\n]/.test(word.gap);
    } else if (i > 0 && DASH.test(word.gap)) {
      atStart = false;
      inProse = true;
    }
    const lower = word.text.toLowerCase();
    const named = KIND_WORDS.get(lower);
    if (named !== undefined) {
      kind = named;
      many = /s$/.test(lower);
      afterKind = true;
      atStart = true;
      continue;
    }
    if (DIVIDING_WORDS.has(lower)) {
      atStart = true;
      continue;
    }
    if (atStart && LEADING_WORDS.has(lower) && isKnown?.(word.text) !== true) continue;

    const previous = found.at(-1)?.value;
    const inherits = kind !== undefined && (afterKind || (previous !== undefined && sameShape(previous, word.text)));
    const place = { afterKind, atStart, atEnd: endsElement(list[i + 1]), inProse };
    const names = splitWord(word, inherits && (many || kind === 'phase'), isKnown);
    const sibling = atStart && previous !== undefined ? siblingOf(previous, word.text, isKnown) : undefined;
    if (sibling !== undefined) found.push({ start: word.start, end: word.end, value: sibling });
    else {
      const accepted = names.filter((name) => name.plan !== undefined || stands(name.value, place, isKnown));
      for (const name of accepted) found.push(inherits && name.plan === undefined ? { ...name, kind } : name);
      const last = found.at(-1);
      const range = accepted.length === 1 && last !== undefined ? rangeFrom(last, list, i + 1) : undefined;
      if (last !== undefined && range !== undefined) {
        found[found.length - 1] = { ...last, through: range.through.text, end: range.through.end };
        i = range.index;
      }
    }
    atStart = false;
    afterKind = false;
  }
  return found;
}

function wordsOf(text: string): Word[] {
  const list: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    list.push({
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
      gap: text.slice(end, match.index),
    });
    end = match.index + match[0].length;
  }
  return list;
}

function endsElement(next: Word | undefined): boolean {
  return next === undefined || /\S|\s{2}/.test(next.gap) || FOLLOWING_WORDS.has(next.text.toLowerCase());
}

function stands(id: string, place: Place, isKnown: ReferenceOptions['isKnown']): boolean {
  const known = isKnown?.(id) ?? false;
  if (place.afterKind) return known || hasIdShape(id);
  if (!place.atStart) return !place.inProse && (known ? hasIdShape(id) : /^\p{Lu}{1,4}\d{3,}$/u.test(id));
  if (known || isStrongId(id)) return true;
  if (place.inProse || !place.atEnd) return false;
  if (/^\p{Lu}$/u.test(id)) return true;
  if (/\d/.test(id)) return hasIdShape(id);
  return isKnown === undefined && !NO_NAMES.has(id.toLowerCase());
}

/** One word may hold several names: `B4a/B4b`, `T004-T007`, `other-plan/ft-2`, `#12`. */
function splitWord(word: Word, isCountable: boolean, isKnown: ReferenceOptions['isKnown']): Found[] {
  const start = word.text.startsWith('#') ? word.start + 1 : word.start;
  const id = word.text.slice(start - word.start);
  if (id.includes('/')) return splitSlashes(id, start, isKnown);
  const range = isKnown?.(id) ? undefined : splitHyphen(id, isCountable);
  return [{ start, end: word.end, value: range?.from ?? id, ...(range && { through: range.through }) }];
}

function splitSlashes(text: string, start: number, isKnown: ReferenceOptions['isKnown']): Found[] {
  const parts = text.split('/');
  const [first = '', second = ''] = parts;
  if (parts.every((part) => sameShape(first, part) || isKnown?.(part))) {
    let at = start;
    return parts.map((value) => {
      const part = { start: at, end: at + value.length, value };
      at += value.length + 1;
      return part;
    });
  }
  if (parts.slice(1).every((part) => siblingOf(first, part, isKnown) !== undefined)) {
    let at = start;
    return parts.map((part, index) => {
      const value = index === 0 ? first : (siblingOf(first, part, isKnown) ?? part);
      const found = { start: at, end: at + part.length, value };
      at += part.length + 1;
      return found;
    });
  }
  const isPlan = parts.length === 2 && /^[\p{L}\d][\p{L}\d_-]*$/u.test(first) && hasIdShape(second);
  return isPlan ? [{ start: start + first.length + 1, end: start + text.length, plan: first, value: second }] : [];
}

function splitHyphen(id: string, isCountable: boolean): { from: string; through: string } | undefined {
  if (id.length > 100) return undefined;
  for (let at = id.indexOf('-'); at > 0; at = id.indexOf('-', at + 1)) {
    const from = id.slice(0, at);
    const through = id.slice(at + 1);
    if (!/\d/.test(from) || !sameShape(from, through)) continue;
    const isNumber = /^\d+$/.test(from);
    if (!isNumber || (isCountable && !from.startsWith('0') && Number(from) < Number(through))) return { from, through };
  }
  return undefined;
}

/** `B6-TEST+CI` means `B6-CI` where that exists and `CI` does not. */
function siblingOf(previous: string, word: string, isKnown: ReferenceOptions['isKnown']): string | undefined {
  if (isKnown === undefined || isKnown(word)) return undefined;
  const dash = previous.lastIndexOf('-');
  const sibling = previous.slice(0, dash + 1) + word;
  return dash > 0 && isKnown(sibling) ? sibling : undefined;
}

/** The other end of a range that goes on at `index`: `– C5`, `to Phase 3`, `–5`. */
function rangeFrom(
  from: Found,
  list: readonly Word[],
  index: number,
): { readonly through: Word; readonly index: number } | undefined {
  const mark = list[index];
  if (mark === undefined || from.through !== undefined || from.plan !== undefined) return undefined;
  const isWord = RANGE_WORDS.has(mark.text.toLowerCase()) && /^\s+$/.test(mark.gap);
  if (!isWord && !RANGE_MARK.test(mark.gap)) return undefined;
  let end = isWord ? index + 1 : index;
  if (KIND_WORDS.has(list[end]?.text.toLowerCase() ?? '')) end++;
  const through = list[end];
  if (through === undefined || !/\d|^\p{L}$/u.test(through.text)) return undefined;
  const isRest = /^\d+$/.test(through.text) && /\d$/.test(from.value) && !/\s/.test(mark.gap);
  return sameShape(from.value, through.text) || isRest ? { through, index: end } : undefined;
}
