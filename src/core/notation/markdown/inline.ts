/** What emphasis and the like say about a stretch of text. Offsets count from the same place as the text's own. */
export interface Span {
  readonly kind: 'strong' | 'emphasis' | 'struck' | 'code' | 'link';
  /** Without the marks around it. */
  readonly start: number;
  readonly end: number;
  /** With the marks. */
  readonly outerStart: number;
  readonly outerEnd: number;
}

/** Stands where markup stood. It is white space to regular expressions, but nothing else writes it. */
export const BLANKED = '\u205F';

/**
 * Text without its markup, in place: marks, link targets, tags and comments are blanked, so that every character stands
 * where it stood. Code that is more than one word is hidden: nothing in it is read as structure.
 */
export interface Plain {
  readonly text: string;
  readonly spans: readonly Span[];
}

const NO_SPANS: readonly Span[] = Object.freeze([]);
const MARKUP = /[*_`~[\]<\\]/;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const HIDDEN = '\uFFFC';
const LONGEST_TARGET = 2000;
/** `[blocked-by: B1]` between back-ticks is meant as what it says. */
const FIELD_IN_CODE =
  /^[[(](?:blocked[ -]by|depends[ -]on|deps?|needs|after|blocks|unblocks|priority|owner|estimate|est|status)\b[^[\]()\n]{1,100}[\])]$/i;

/**
 * Reads inline Markdown as GitHub shows it, as far as a reader of plans cares. Linear: every kind of mark has at most one
 * opening mark waiting for its end.
 */
export function plainInline(raw: string, offset: number): Plain {
  if (!MARKUP.test(raw)) return { text: raw, spans: NO_SPANS };
  return new InlineReader(raw, offset).read();
}

interface Opening {
  readonly start: number;
  readonly size: number;
}

class InlineReader {
  readonly #raw: string;
  readonly #offset: number;
  readonly #spans: Span[] = [];
  /** Blanked or hidden stretches, not in order and never overlapping. */
  readonly #cuts: { readonly start: number; readonly end: number; readonly by: string }[] = [];
  readonly #open = new Map<string, Opening>();
  #bracket = -1;
  /** Where the search for a closing run of this many backticks failed once, it will fail again. */
  readonly #unclosedTicks = new Set<number>();
  #unclosedComment = false;

  constructor(raw: string, offset: number) {
    this.#raw = raw;
    this.#offset = offset;
  }

  read(): Plain {
    const raw = this.#raw;
    const markup = /[*_`~[\]<\\]/g;
    for (let found = markup.exec(raw); found !== null; found = markup.exec(raw)) {
      markup.lastIndex = this.#next(found.index);
    }
    return { text: this.#plainText(), spans: this.#spans.sort((a, b) => a.outerStart - b.outerStart) };
  }

  /** Reads what begins at a character that may be markup; gives where to go on. */
  #next(at: number): number {
    const raw = this.#raw;
    const char = raw[at];
    switch (char) {
      case '`':
        return this.#code(at);
      case '*':
      case '_':
      case '~':
        return this.#marks(at, char);
      case '[':
        this.#bracket = at;
        return at + 1;
      case ']':
        return this.#link(at);
      case '<':
        return this.#tag(at);
      default:
        if (!PUNCTUATION.test(raw[at + 1] ?? '')) return at + 1;
        this.#cut(at, at + 1);
        return at + 2;
    }
  }

  #code(at: number): number {
    const raw = this.#raw;
    const size = runLength(raw, at, '`');
    const content = at + size;
    let end = this.#unclosedTicks.has(size) ? -1 : raw.indexOf('`', content);
    while (end >= 0) {
      const closing = runLength(raw, end, '`');
      if (closing === size) break;
      end = raw.indexOf('`', end + closing);
    }
    if (end < 0) {
      this.#unclosedTicks.add(size);
      return content;
    }
    this.#cut(at, content);
    this.#cut(end, end + size);
    this.#span('code', at, content, end, end + size);
    const code = raw.slice(content, end);
    if (/[\s:|;,()]/.test(code) && !FIELD_IN_CODE.test(code)) this.#cut(content, end, HIDDEN);
    return end + size;
  }

  #marks(at: number, char: string): number {
    const raw = this.#raw;
    const size = runLength(raw, at, char);
    const end = at + size;
    if (size > 3 || (char === '~' && size !== 2)) return end;
    const before = raw[at - 1] ?? ' ';
    const after = raw[end] ?? ' ';
    const isWord = /[\p{L}\p{N}]/u;
    const mayOpen = !/\s/.test(after) && (char !== '_' || !isWord.test(before));
    const mayClose = !/\s/.test(before) && (char !== '_' || !isWord.test(after));
    const key = char + size;
    const opening = mayClose ? this.#open.get(key) : undefined;
    if (opening !== undefined && opening.start + opening.size < at) {
      this.#open.delete(key);
      this.#cut(opening.start, opening.start + size);
      this.#cut(at, end);
      const kind = char === '~' ? 'struck' : size > 1 ? 'strong' : 'emphasis';
      this.#span(kind, opening.start, opening.start + size, at, end);
    } else if (mayOpen) this.#open.set(key, { start: at, size });
    return end;
  }

  #link(at: number): number {
    const raw = this.#raw;
    const open = this.#bracket;
    this.#bracket = -1;
    if (open < 0 || raw[at + 1] !== '(') return at + 1;
    const target = raw.slice(at + 2, at + LONGEST_TARGET);
    const length = target.indexOf(')');
    if (length < 0 || target.slice(0, length).includes('\n')) return at + 1;
    const close = at + 2 + length;
    const start = raw[open - 1] === '!' ? open - 1 : open;
    this.#cut(start, open + 1);
    this.#cut(at, close + 1);
    this.#span('link', start, open + 1, at, close + 1);
    return close + 1;
  }

  #tag(at: number): number {
    const raw = this.#raw;
    if (raw.startsWith('<!--', at)) {
      const close = this.#unclosedComment ? -1 : raw.indexOf('-->', at + 4);
      if (close < 0) {
        this.#unclosedComment = true;
        return at + 4;
      }
      this.#cut(at, close + 3);
      return close + 3;
    }
    if (!/[a-zA-Z/]/.test(raw[at + 1] ?? '')) return at + 1;
    TAG.lastIndex = at;
    const tag = TAG.exec(raw)?.[0];
    if (tag === undefined) return at + 1;
    this.#cut(at, at + tag.length);
    return at + tag.length;
  }

  #cut(start: number, end: number, by = BLANKED): void {
    this.#cuts.push({ start, end, by });
  }

  #span(kind: Span['kind'], outerStart: number, start: number, end: number, outerEnd: number): void {
    const offset = this.#offset;
    this.#spans.push({
      kind,
      start: offset + start,
      end: offset + end,
      outerStart: offset + outerStart,
      outerEnd: offset + outerEnd,
    });
  }

  #plainText(): string {
    const raw = this.#raw;
    let text = '';
    let from = 0;
    for (const { start, end, by } of this.#cuts.sort((a, b) => a.start - b.start)) {
      if (start < from) continue;
      const inner = raw.slice(start, end);
      text += raw.slice(from, start) + (inner.includes('\n') ? inner.replace(/[^\n]/g, by) : by.repeat(end - start));
      from = end;
    }
    return text + raw.slice(from);
  }
}

const TAG = /<\/?[a-zA-Z][\w-]{0,40}(?:\s[^<>\n]{0,500})?\/?>/y;

function runLength(text: string, at: number, char: string): number {
  let end = at;
  while (text[end] === char) end++;
  return end - at;
}
