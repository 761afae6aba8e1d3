import { BLANKED, type Span } from './markdownInline';

/** A stretch of text without its markup; every character stands where it stands in the file. */
export interface Run {
  /** Offsets of `text`; white space around it is left out. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly spans: readonly Span[];
}

/** The part of a run from one offset inside its text to another, without white space around it. */
export function cut(whole: Pick<Run, 'start' | 'text' | 'spans'>, from: number, to: number): Run {
  const [first, last] = trimmed(whole.text, from, to);
  const start = whole.start + first;
  const end = whole.start + last;
  const { spans } = whole;
  const inside = spans.length === 0 ? spans : spans.filter((span) => span.outerStart < end && span.outerEnd > start);
  return { start, end, text: whole.text.slice(first, last), spans: inside };
}

/**
 * The run as a value: without emphasis that wraps all of it, and without marks whose other end is outside. What emphasis
 * there is inside stays whole, so that the characters of the file from `start` to `end` are good Markdown.
 */
export function withoutMarks(run: Run): Run {
  let { start, end } = run;
  const charAt = (offset: number) => run.text[offset - run.start];
  while (start < end) {
    const span = charAt(start) === BLANKED ? run.spans.find((each) => each.outerStart === start) : undefined;
    if (span !== undefined && span.outerEnd === end && span.kind !== 'code' && span.kind !== 'link') {
      start = span.start;
      end = span.end;
    } else if (span !== undefined && span.outerEnd <= end) break;
    else if (charAt(start) === BLANKED || isSpace(run.text.charCodeAt(start - run.start))) start++;
    else break;
  }
  while (end > start) {
    const span = charAt(end - 1) === BLANKED ? run.spans.find((each) => each.outerEnd === end) : undefined;
    if (span !== undefined && span.outerStart >= start) break;
    if (charAt(end - 1) !== BLANKED && !isSpace(run.text.charCodeAt(end - 1 - run.start))) break;
    end--;
  }
  return start === run.start && end === run.end ? run : cut(run, start - run.start, end - run.start);
}

/** Both runs and what is between them, as one. */
export function joined(first: Run, last: Run): Run {
  return {
    start: first.start,
    end: last.end,
    text: first.text + ' '.repeat(Math.max(0, last.start - first.end)) + last.text,
    spans: [...first.spans, ...last.spans],
  };
}

/** Whether the run says nothing. */
export function isBlank(run: Run): boolean {
  return run.text.trim() === '';
}

/** Whether emphasis of a kind goes from the first to the last character, but for punctuation at the end. */
export function isAll(run: Run, kind: Span['kind']): boolean {
  const first = run.text.search(/\S/) + run.start;
  return run.spans.some(
    (span) => span.kind === kind && span.start <= first && /^[\s:.!]*$/.test(run.text.slice(span.end - run.start)),
  );
}

export function trimmed(text: string, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return [start, end];
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 160;
}
