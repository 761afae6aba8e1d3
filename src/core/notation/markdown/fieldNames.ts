import { knownNames, mayNameField, plainName, SEVERAL } from '../fields';
import { BLANKED, type Span } from './inline';
import type { Run } from './run';

const FIELD_NAMES: ReadonlySet<string> = new Set(
  (['plan', 'phase', 'verification', 'bead', 'gate', 'scenario'] as const).flatMap(knownNames),
);

/** Whether anything has a field of this name. */
export function isFieldName(name: string): boolean {
  if (!mayNameField(name) || !/^[^\p{L}\p{N}#]*[\p{L}#]/u.test(name)) return false;
  const plain = plainName(name);
  if (FIELD_NAMES.has(plain)) return true;
  return SEVERAL.test(plain) && plain.split(SEVERAL).some((part) => FIELD_NAMES.has(part.trim()));
}

export interface Name {
  readonly name: string;
  readonly isBold: boolean;
  /** Offset in the text of the run, as is the next. */
  readonly start: number;
  readonly valueAt: number;
}

const LONGEST_NAME = 64;
/** The name of a field at an offset: a known one before a colon, or, where a line begins, any in bold. */
export function nameAt(run: Run, at: number, isLineStart = at === 0): Name | undefined {
  const { text } = run;
  const bold = isLineStart ? boldAt(run, at) : undefined;
  const colon = colonAt(text, at);
  const next = text.charCodeAt(colon + 1);
  const isWide = text[colon] === '：';
  const isColon =
    colon >= 0 && colon - at <= LONGEST_NAME && (Number.isNaN(next) || next <= 32 || next === BLANK || isWide);
  const name = isColon ? text.slice(at, colon) : '';
  const behind = bold === undefined ? -1 : bold.end - run.start;
  const isBold = isColon && behind >= 0 && behind <= colon + 1 && REMARK.test(text.slice(behind, colon + 1));
  if (!isColon || !(isFieldName(name) || (isBold && MAY_BE_NAME.test(name)))) {
    return bold === undefined ? undefined : dashedName(run, bold);
  }
  return {
    name: plainName(name),
    isBold,
    start: at,
    valueAt: colon + 1,
  };
}

/** The first colon, of either width. */
function colonAt(text: string, from: number): number {
  const colon = text.indexOf(':', from);
  const wide = text.indexOf('：', from);
  return colon < 0 || (wide >= 0 && wide < colon) ? wide : colon;
}

const BLANK = BLANKED.charCodeAt(0);
const REMARK = /^\s*(?:\([^()]*\)\s*)?[:：]?$/;
const MAY_BE_NAME = /^[^|·•;\n]*\p{L}[^|·•;\n]*$/u;

/** `**Goal** — build it`. */
function dashedName(run: Run, bold: Span): Name | undefined {
  const name = run.text.slice(bold.start - run.start, bold.end - run.start);
  const dash = /^\s*(?:\([^()]{0,60}\)\s*)?(?:—|–|--?|:|：)(?:\s|$)/.exec(
    run.text.slice(bold.end - run.start, bold.end - run.start + 80),
  );
  if (dash === null || !isFieldName(name)) return undefined;
  return {
    name: plainName(name),
    isBold: true,
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
