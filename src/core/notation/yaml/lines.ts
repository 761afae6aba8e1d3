/** Indentation of a line that has no content of its own. */
export const NO_CONTENT = -1;
/** Of a line indented with tabs: it belongs to whatever it follows. */
const DEEPEST = 1_000_000;

const SPACE = 32;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const HASH = 35;
const DASH = 45;
const COLON = 58;

/** A YAML text by lines: how deep each is indented, and what it begins with. Built in one pass. */
export class YamlLines {
  readonly text: string;
  readonly count: number;
  /** Whether a document marker or a directive stands behind the first content. */
  readonly hasMarkers: boolean;
  readonly #starts: number[] = [];
  readonly #indents: number[] = [];

  constructor(text: string) {
    this.text = text;
    let markers = 0;
    let seen = false;
    for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length; ) {
      const found = text.indexOf('\n', start);
      const next = found < 0 ? text.length : found + 1;
      const indent = indentAt(text, start, next);
      const isMarker = indent === 0 && MARKER.test(text.slice(start, Math.min(next, start + 5)));
      const isOpening = isMarker && !seen && text.slice(start, next).trimEnd() === '---';
      if (isMarker && !isOpening) markers++;
      if (indent >= 0) seen = true;
      this.#starts.push(start);
      this.#indents.push(isOpening ? NO_CONTENT : indent);
      start = next;
    }
    this.count = this.#starts.length;
    this.hasMarkers = markers > 0;
  }

  startOf(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** Behind the last character of the line that is no white space. */
  endOf(line: number): number {
    let end = this.startOf(line + 1);
    while (end > this.startOf(line) && isSpace(this.text.charCodeAt(end - 1))) end--;
    return end;
  }

  /** Columns in front of the first character, or `NO_CONTENT` for a blank line or a comment. */
  indentOf(line: number): number {
    return this.#indents[line] ?? NO_CONTENT;
  }

  /** The first line with content from this one on, before `to`; `to` when there is none. */
  contentFrom(line: number, to: number): number {
    let at = line;
    while (at < to && this.indentOf(at) < 0) at++;
    return at;
  }

  /** Whether the line begins an element of a list. */
  isElement(line: number): boolean {
    const at = this.startOf(line) + this.indentOf(line);
    return this.text.charCodeAt(at) === DASH && (at + 1 >= this.text.length || isSpace(this.text.charCodeAt(at + 1)));
  }

  /** The column of what follows the dash of an element; undefined when nothing does. */
  columnBehindDash(line: number): number | undefined {
    const end = this.endOf(line);
    let at = this.startOf(line) + this.indentOf(line) + 1;
    while (at < end && this.text.charCodeAt(at) === SPACE) at++;
    return at < end && this.text.charCodeAt(at) !== TAB ? at - this.startOf(line) : undefined;
  }

  /** The key that the line begins with, where it has one; `isAlone` when its value stands on the lines below. */
  keyOf(line: number): { readonly name: string; readonly isAlone: boolean } | undefined {
    const content = this.text.slice(this.startOf(line) + Math.max(this.indentOf(line), 0), this.endOf(line));
    const quote = content[0];
    const quoted = quote === '"' || quote === "'" ? content.indexOf(quote, 1) : -1;
    if (quoted < 0 && NO_PLAIN_KEY.test(content)) return undefined;
    const colon = quoted > 0 ? quoted + 1 : endOfPlainKey(content);
    if (colon < 0 || content[colon] !== ':' || !/^(?:\s|$)/.test(content.slice(colon + 1, colon + 2))) return undefined;
    const name = quoted > 0 ? content.slice(1, quoted) : content.slice(0, colon).trimEnd();
    return { name, isAlone: /^\s*(?:#.*)?$/.test(content.slice(colon + 1)) };
  }

  /** Whether the line may be a key whose value stands below; cheap, and never wrong when it says no. */
  mayBeAlone(line: number): boolean {
    const end = this.endOf(line);
    return this.text.charCodeAt(end - 1) === COLON || this.text.slice(this.startOf(line), end).includes('#');
  }
}

const MARKER = /^(?:---|\.\.\.)(?:\s|$)|^%/;
/** What a plain key cannot begin with. */
const NO_PLAIN_KEY = /^(?:[-?](?:\s|$)|[[\]{},#&*!|>%@`"'])/;

function endOfPlainKey(content: string): number {
  for (let at = content.indexOf(':'); at >= 0; at = content.indexOf(':', at + 1)) {
    if (at + 1 >= content.length || isSpace(content.charCodeAt(at + 1))) return at;
  }
  return -1;
}

function indentAt(text: string, start: number, next: number): number {
  let at = start;
  while (at < next && text.charCodeAt(at) === SPACE) at++;
  const code = at < next ? text.charCodeAt(at) : NEWLINE;
  if (code === NEWLINE || code === RETURN || code === HASH) return NO_CONTENT;
  if (code === TAB) return text.slice(at, next).trim() === '' ? NO_CONTENT : DEEPEST;
  return at - start;
}

function isSpace(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === RETURN || code === TAB;
}
