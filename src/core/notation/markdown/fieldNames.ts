import { knownNames, mayNameField, plainName, SEVERAL } from '../fields';
import { firstWordFrom, isLetterAt } from '../letters';
import { detached } from './chunks';
import { BLANKED, type Span } from './inline';
import type { Run } from './run';

const FIELD_NAMES: ReadonlySet<string> = new Set(
  (['plan', 'phase', 'verification', 'bead', 'gate', 'scenario'] as const).flatMap(knownNames),
);

/** Whether anything has a field of this name. */
export function isFieldName(name: string): boolean {
  return knownName(name) !== undefined;
}

interface KnownName {
  /** The name in its plain form. */
  readonly plain: string;
  /** Whether it is one name and written as that, but for its case. */
  readonly isPlain: boolean;
}

/** What a name is, when anything has a field that goes by it. */
function knownName(name: string): KnownName | undefined {
  const known = knownAsWritten.get(name);
  if (known !== undefined) return known;
  if (!mayNameField(name) || !beginsLikeName(name)) return undefined;
  const plain = plainName(name);
  const isOne = FIELD_NAMES.has(plain);
  if (!isOne && !(SEVERAL.test(plain) && plain.split(SEVERAL).some((part) => FIELD_NAMES.has(part.trim()))))
    return undefined;
  const found = { plain, isPlain: isOne && plain === name.toLowerCase() };
  if (knownAsWritten.size >= MOST_REMEMBERED) knownAsWritten.clear();
  knownAsWritten.set(detached(name), found);
  return found;
}

/** Whether a letter or `#` comes before any digit. */
function beginsLikeName(text: string): boolean {
  const word = firstWordFrom(text, 0);
  const hash = text.indexOf('#');
  return (hash >= 0 && hash < word) || isLetterAt(text, word);
}

/** A plan says the same few names over and over. */
const knownAsWritten = new Map<string, KnownName>();
const MOST_REMEMBERED = 1000;

export interface Name {
  readonly name: string;
  readonly isBold: boolean;
  /** Whether the text begins with a known name and a colon, without anything else. */
  readonly isPlain: boolean;
  /** Offset in the text of the run, as is the next. */
  readonly start: number;
  readonly valueAt: number;
}

const LONGEST_NAME = 64;
/** The name of a field at an offset: a known one before a colon, or, where a line begins, any in bold. */
export function nameAt(run: Run, at: number, isLineStart = at === 0): Name | undefined {
  const { text } = run;
  const bold = isLineStart ? boldAt(run, at) : undefined;
  const colon = colonAt(text, at, LONGEST_NAME);
  const next = text.charCodeAt(colon + 1);
  const isColon =
    colon >= 0 && (Number.isNaN(next) || next <= 32 || next === BLANK || text.charCodeAt(colon) === WIDE_COLON);
  const name = isColon ? text.slice(at, colon) : '';
  const known = isColon ? knownName(name) : undefined;
  const behind = bold === undefined ? -1 : bold.end - run.start;
  const isBold = isColon && behind >= 0 && behind <= colon + 1 && REMARK.test(text.slice(behind, colon + 1));
  if (known === undefined && !(isBold && MAY_BE_NAME.test(name))) {
    return bold === undefined ? undefined : dashedName(run, bold);
  }
  const isPlain = known?.isPlain === true;
  return { name: known?.plain ?? plainName(name), isBold, isPlain, start: at, valueAt: colon + 1 };
}

/** The first colon of either width, at most so many characters behind `from`; -1 when there is none. */
function colonAt(text: string, from: number, most: number): number {
  const last = Math.min(text.length - 1, from + most);
  for (let at = from; at <= last; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON || code === WIDE_COLON) return at;
  }
  return -1;
}

const COLON = ':'.charCodeAt(0);
const WIDE_COLON = '：'.charCodeAt(0);
const BLANK = BLANKED.charCodeAt(0);
const REMARK = /^\s*(?:\([^()]*\)\s*)?[:：]?$/;
const MAY_BE_NAME = /^[^|·•;\n]*\p{L}[^|·•;\n]*$/u;

/** `**Goal** — build it`. */
function dashedName(run: Run, bold: Span): Name | undefined {
  const name = run.text.slice(bold.start - run.start, bold.end - run.start);
  const dash = /^\s*(?:\([^()]{0,60}\)\s*)?(?:—|–|--?|:|：)(?:\s|$)/.exec(
    run.text.slice(bold.end - run.start, bold.end - run.start + 80),
  );
  const known = dash === null ? undefined : knownName(name);
  if (dash === null || known === undefined) return undefined;
  return {
    name: known.plain,
    isBold: true,
    isPlain: false,
    start: bold.outerStart - run.start,
    valueAt: bold.end - run.start + dash[0].length,
  };
}

function boldAt(run: Run, at: number): Span | undefined {
  if (run.spans.length === 0) return undefined;
  const first = run.text.slice(at).search(/\S/);
  const start = run.start + at + Math.max(0, first);
  return run.spans.find(({ kind, start: from, end }) => kind === 'strong' && from <= start && end > start);
}
