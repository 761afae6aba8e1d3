import type { Status, Tier } from '../../model';
import { BLANKED, type Span } from './inline';

/** A stretch of text without its markup; every character stands where it stands in the file. */
export class Run {
  /** Offsets of `text`; white space around it is left out. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly spans: readonly Span[];

  /** What was read from it once; a run never changes, and the same lines are read again after each edit. */
  written: WrittenLine | undefined = undefined;
  titled: WrittenLine | undefined = undefined;
  head: Head | undefined = undefined;
  name: NamedLine | undefined = undefined;

  constructor(start: number, end: number, text: string, spans: readonly Span[]) {
    this.start = start;
    this.end = end;
    this.text = text;
    this.spans = spans;
  }
}

/** A field as a line writes it. Whose field it is follows from where the line stands. */
export interface WrittenField {
  /** In its plain form; the usual name of a value that needs none (`P0`, `@maria`, `3h`, `after T1`); empty for a remark. */
  readonly name: string;
  readonly isBold: boolean;
  readonly value: Run;
  /** Name and value. */
  readonly whole: Run;
}

/** A line in its parts: `Title (2h) | P0 | Blocked by: ft-1`. */
export interface WrittenLine {
  /** What stands before the first field. */
  readonly lead: Run;
  readonly fields: readonly WrittenField[];
}

/** What the first words of a heading, a list item or a table cell name. */
export interface Head {
  readonly kind?: 'phase' | 'bead' | 'step' | 'gate' | 'scenario' | 'tier' | 'prompt';
  /** The word before the id, in lower case: `phase`, `stage`, `task` … */
  readonly word?: string;
  readonly id?: Id;
  /** What stands behind the id, or all of it. */
  readonly rest: Run;
  readonly tier?: Tier;
  /** A sign such as `✅` at either end. */
  readonly sign?: { readonly status: Status; readonly start: number; readonly end: number };
}

export interface Id {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /**
   * `strong` is hardly anything else than an id; `set-off` stands in bold or before a dash; `weak` only has a digit;
   * `ordinal` is a plain number before a full stop, bracket, dash or colon; `word` is any word alone in bold.
   */
  readonly strength: 'strong' | 'set-off' | 'weak' | 'ordinal' | 'word';
  /** The last id of `T029–T034`. */
  readonly through?: { readonly value: string; readonly start: number; readonly end: number };
}

/** A heading, list item or cell that names a thing, in its parts. */
export interface NamedLine {
  readonly head: Head;
  readonly title: Run;
  /** The title with whatever on the line was read as fields. */
  readonly whole: Run;
  /** `[P] [US1]` between id and title. */
  readonly labels: readonly Run[];
  readonly fields: readonly WrittenField[];
  /** What is told behind a title in bold. */
  readonly detail: Run | undefined;
  readonly isStruck: boolean;
}

export const NO_SPANS: readonly Span[] = Object.freeze([]);
export const NO_RUN = new Run(0, 0, '', NO_SPANS);

/** The part of a run from one offset inside its text to another, without white space around it. */
export function cut(whole: Run, from: number, to: number): Run {
  return cutText(whole.start, whole.text, whole.spans, from, to);
}

export function cutText(base: number, text: string, spans: readonly Span[], from: number, to: number): Run {
  let first = from;
  let last = to;
  while (first < last && isSpace(text.charCodeAt(first))) first++;
  while (last > first && isSpace(text.charCodeAt(last - 1))) last--;
  const start = base + first;
  const end = base + last;
  return new Run(start, end, text.slice(first, last), spansWithin(spans, start, end));
}

function spansWithin(spans: readonly Span[], start: number, end: number): readonly Span[] {
  if (spans.length === 0) return NO_SPANS;
  const inside = spans.filter((span) => span.outerStart < end && span.outerEnd > start);
  return inside.length === spans.length ? spans : inside;
}

/**
 * The run as a value: without emphasis that wraps all of it, and without marks whose other end is outside. What emphasis
 * there is inside stays whole, so that the characters of the file from `start` to `end` are good Markdown.
 */
export function withoutMarks(run: Run): Run {
  const { text } = run;
  if (text.charCodeAt(0) !== BLANK && text.charCodeAt(text.length - 1) !== BLANK) return run;
  let { start, end } = run;
  while (start < end) {
    const code = text.charCodeAt(start - run.start);
    const span = code === BLANK ? run.spans.find((each) => each.outerStart === start) : undefined;
    if (span !== undefined && span.outerEnd === end && span.kind !== 'code' && span.kind !== 'link') {
      start = span.start;
      end = span.end;
    } else if (span !== undefined && span.outerEnd <= end) break;
    else if (code === BLANK || isSpace(code)) start++;
    else break;
  }
  while (end > start) {
    const code = text.charCodeAt(end - 1 - run.start);
    const span = code === BLANK ? run.spans.find((each) => each.outerEnd === end) : undefined;
    if (span !== undefined && span.outerStart >= start) break;
    if (code !== BLANK && !isSpace(code)) break;
    end--;
  }
  return start === run.start && end === run.end ? run : cut(run, start - run.start, end - run.start);
}

const BLANK = BLANKED.charCodeAt(0);

/** Both runs and what is between them, as one. */
export function joined(first: Run, last: Run): Run {
  const gap = ' '.repeat(Math.max(0, last.start - first.end));
  const spans = first.spans.length + last.spans.length === 0 ? NO_SPANS : [...first.spans, ...last.spans];
  return new Run(first.start, last.end, first.text + gap + last.text, spans);
}

/** Whether the run says nothing. */
export function isBlank({ text }: Run): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== BLANK && !isSpace(code)) return false;
  }
  return true;
}

/** Whether emphasis of a kind goes from the first to the last character, but for punctuation at the end. */
export function isAll(run: Run, kind: Span['kind']): boolean {
  if (run.spans.length === 0) return false;
  const first = run.text.search(/\S/) + run.start;
  return run.spans.some(
    (span) => span.kind === kind && span.start <= first && /^[\s:.!]*$/.test(run.text.slice(span.end - run.start)),
  );
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 160;
}
