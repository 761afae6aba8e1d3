import type { Steps } from '../../steps';
import { differenceOf } from '../difference';
import { isDigit } from '../letters';

/**
 * A part of a Markdown text that is parsed by itself. It begins with a heading or a list item at the start of a line, and
 * goes on to the next one: whatever stands before such a line, outside of code and comments, ends there. So no chunk
 * changes how another one is read, and a keystroke changes one of them.
 */
export interface Chunk<T> {
  readonly text: string;
  /** The level of the heading that it begins with; 0 for none. */
  readonly level: number;
  /** What was made of the chunk. */
  readonly content: T;
}

export interface Chunked<T> {
  readonly text: string;
  readonly chunks: readonly Chunk<T>[];
}

/**
 * Divides a text. Chunks that did not change since `previous` are the same objects. Linear in the length of the text, or
 * with `previous`, of what changed and the number of chunks.
 */
export function* chunksOf<T>(text: string, make: (chunk: string) => T, previous?: Chunked<T>): Steps<Chunked<T>> {
  const difference = previous === undefined ? undefined : differenceOf(previous.text, text);
  if (previous === undefined) {
    const { chunks } = yield* scan(text, 0, make, () => undefined);
    return { text, chunks };
  }
  if (difference === undefined) return previous;
  const kept = keptBefore(previous.chunks, difference.start);
  const starts = startsOf(previous.chunks);
  const delta = difference.newEnd - difference.end;
  const from = starts[kept] ?? 0;
  const { chunks, resumed } = yield* scan(
    text,
    from,
    (chunk) => make(detached(chunk)),
    (start) => {
      if (start < difference.newEnd || start - delta < difference.end) return undefined;
      return indexOfStart(starts, start - delta);
    },
  );
  const rest = resumed === undefined ? [] : previous.chunks.slice(resumed);
  return { text, chunks: [...previous.chunks.slice(0, kept), ...chunks, ...rest] };
}

/** How many chunks are surely untouched: a change may also join the chunk that it is in with the one before. */
function keptBefore<T>(chunks: readonly Chunk<T>[], start: number): number {
  let end = 0;
  let index = 0;
  for (; index < chunks.length; index++) {
    end += chunks[index]?.text.length ?? 0;
    if (end >= start) break;
  }
  return Math.max(0, index - 1);
}

function startsOf<T>(chunks: readonly Chunk<T>[]): number[] {
  let start = 0;
  return chunks.map(({ text }) => {
    const own = start;
    start += text.length;
    return own;
  });
}

function indexOfStart(starts: readonly number[], start: number): number | undefined {
  let low = 0;
  let high = starts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = starts[middle] ?? 0;
    if (found === start) return middle;
    if (found < start) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** A copy that does not keep the whole text alive that it was cut from. */
export function detached(text: string): string {
  return `${text}\0`.slice(0, -1);
}

/** A step for each chunk would cost more than most chunks do. */
const CHUNKS_A_STEP = 8;

/** Divides from one offset on, up to where `resume` says that an old division goes on. */
function* scan<T>(
  text: string,
  from: number,
  make: (chunk: string) => T,
  resume: (start: number) => number | undefined,
): Steps<{ readonly chunks: Chunk<T>[]; readonly resumed: number | undefined }> {
  const chunks: Chunk<T>[] = [];
  const lines = new LineScanner(text);
  let start = from;
  let level = 0;
  const end = (at: number) => {
    if (at <= start) return;
    const chunk = text.slice(start, at);
    chunks.push({ text: chunk, level, content: make(chunk) });
    start = at;
  };
  for (let at = from; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const next = found < 0 ? text.length : found + 1;
    const begins = lines.begins(at, next);
    if (begins !== undefined) {
      end(at);
      if (chunks.length % CHUNKS_A_STEP === 0) yield;
      const resumed = at > from ? resume(at) : undefined;
      if (resumed !== undefined) return { chunks, resumed };
      level = begins;
    }
    at = next;
  }
  end(text.length);
  return { chunks, resumed: undefined };
}

const HEADING = /#{1,6}(?=[ \t\n]|$)/y;
const ITEM = /(?:[-*+]|\d{1,3}[.)])(?=[ \t\n]|$)/y;
const RULE = /(?:[-*][ \t]*){3,}(?=\n|$)/y;
const FENCE = /[ \t]*((?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)(?=\n|$)/y;
const RAW = /[ \t]{0,}<(?:(!--)|(\?)|(!\[CDATA\[)|(![a-zA-Z])|(?:pre|script|style|textarea)(?=[\s>]))/iy;

/** Knows, line by line, what is code or comment and what begins something new. */
class LineScanner {
  readonly #text: string;
  /** The mark that ends the code or comment that a line is in. */
  #fence: { readonly mark: string; readonly size: number; readonly isNested: boolean } | undefined;
  #raw: { readonly end: RegExp; readonly isNested: boolean } | undefined;
  #isInItem = false;
  #isAfterBlank = true;

  constructor(text: string) {
    this.#text = text;
  }

  /** The level of the heading that begins in this line, 0 for a list item, nothing when it goes on. */
  begins(start: number, end: number): number | undefined {
    const code = this.#text.charCodeAt(start);
    const isIndented = code === 32 || code === 9;
    const isBlank = code === 10 || (isIndented && this.#firstOf(start, end) === 10);
    if (isBlank) {
      this.#isAfterBlank = true;
      return undefined;
    }
    if (!isIndented && this.#fence?.isNested) this.#fence = undefined;
    if (!isIndented && this.#raw?.isNested) this.#raw = undefined;
    if (this.#fence !== undefined || this.#raw !== undefined) {
      this.#mayEnd(start, end);
      return undefined;
    }
    const level = isIndented ? undefined : this.#levelOf(start, code);
    if (level !== undefined) this.#isInItem = level === 0;
    else if (!isIndented && this.#isAfterBlank) this.#isInItem = false;
    this.#isAfterBlank = false;
    this.#mayOpen(start, end);
    return level;
  }

  #levelOf(start: number, code: number): number | undefined {
    const mayBegin = code === 35 || code === 42 || code === 43 || code === 45 || (code >= 48 && code <= 57);
    if (!mayBegin) return undefined;
    if (code === 35) return matchAt(HEADING, this.#text, start)?.[0].length;
    return matchAt(ITEM, this.#text, start) !== null && matchAt(RULE, this.#text, start) === null ? 0 : undefined;
  }

  #mayOpen(start: number, end: number): void {
    const first = this.#firstOf(start, end);
    const mayHoldFence =
      first === 96 || first === 126 || first === 42 || first === 43 || first === 45 || isDigit(first);
    if (mayHoldFence) {
      const fence = matchAt(FENCE, this.#text, start);
      const indent = this.#indentOf(start);
      if (fence === null || (indent > 3 && !this.#isInItem)) return;
      const marks = fence[2] ?? fence[3] ?? '';
      const isNested = this.#isInItem && (indent > 1 || fence[1] !== '');
      this.#fence = { mark: marks[0] ?? '', size: marks.length, isNested };
    } else if (first === 60) {
      const raw = matchAt(RAW, this.#text, start);
      const indent = this.#indentOf(start);
      if (raw === null || (indent > 3 && !this.#isInItem)) return;
      const [, comment, instruction, data, declaration] = raw;
      const end_ = comment ? /-->/ : instruction ? /\?>/ : data ? /\]\]>/ : declaration ? />/ : RAW_END;
      if (end_.test(this.#text.slice(start + raw[0].length, end))) return;
      this.#raw = { end: end_, isNested: this.#isInItem && indent > 1 };
    }
  }

  #mayEnd(start: number, end: number): void {
    const line = this.#text.slice(start, end);
    const fence = this.#fence;
    if (fence !== undefined) {
      const marks = line.trim();
      if (marks.length >= fence.size && marks === fence.mark.repeat(marks.length)) this.#fence = undefined;
    } else if (this.#raw?.end.test(line)) this.#raw = undefined;
  }

  #firstOf(start: number, end: number): number {
    for (let at = start; at < end; at++) {
      const code = this.#text.charCodeAt(at);
      if (code !== 32 && code !== 9) return code;
    }
    return 10;
  }

  #indentOf(start: number): number {
    let columns = 0;
    for (let at = start; ; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === 32) columns++;
      else if (code === 9) columns += 4 - (columns % 4);
      else return columns;
    }
  }
}

const RAW_END = /<\/(?:pre|script|style|textarea)>/i;

function matchAt(shape: RegExp, text: string, at: number): RegExpExecArray | null {
  shape.lastIndex = at;
  return shape.exec(text);
}
