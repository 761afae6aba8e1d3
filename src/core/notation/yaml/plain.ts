import { type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/**
 * The YAML that plans are mostly made of, read without the parser: block mappings and lists of words on one line, quoted
 * or not, and short lists of ids in brackets. Undefined for anything else, however small. What it gives is what the
 * parser gives, held by a test; it takes a tenth of the time, and above all it is fast from the first file on, when the
 * parser has not been compiled yet and one file takes longer than an editor may stand still.
 *
 * Numbers are left as the text that they are written as.
 */
export function plainYaml(text: string): Node | undefined {
  const reader = new PlainReader(text);
  const indent = reader.indentOfNext();
  const node = indent === undefined ? undefined : reader.block(indent, 0);
  return reader.isAtEnd() ? node : undefined;
}

/** Nested deeper, it is left to the parser. */
const DEEPEST = 30;

const KEY = /[A-Za-z_](?:[\w ./-]*[\w./-])?(?=:(?:[ \n]|$))/y;
/** A plain scalar up to the end of its line; what it must not hold is looked for apart. */
const WORDS = /[\p{L}\p{N}_./(<=+$][^\n]*/uy;
const NO_WORDS = /: |:$| #|[\p{Cc}\uFEFF]/u;
const QUOTED = /"([^"\\\p{Cc}]*)" *(?:\n|$)|'([^'\p{Cc}]*)' *(?:\n|$)/uy;
const IDS = /\[((?:[A-Za-z0-9_][\w./@-]*(?:, *[A-Za-z0-9_][\w./@-]*)*)?)\] *(?:\n|$)/y;
const ID = /[A-Za-z0-9_][\w./@-]*/g;

class PlainReader {
  readonly #original: string;
  /** With a space for each `\r`: lines of both kinds end alike, and every character stays where it is. */
  readonly #text: string;
  /** Start of the line that comes next; lines before it are read. */
  #line = 0;

  constructor(text: string) {
    this.#original = text;
    this.#text = text.includes('\r') ? text.replaceAll('\r\n', ' \n') : text;
  }

  isAtEnd(): boolean {
    return this.#line >= this.#text.length;
  }

  /** Columns in front of the next line that is not blank; undefined at the end of the text. */
  indentOfNext(): number | undefined {
    const text = this.#text;
    while (this.#line < text.length) {
      let at = this.#line;
      while (text.charCodeAt(at) === 32) at++;
      if (at < text.length && text.charCodeAt(at) !== 10) return at - this.#line;
      this.#line = Math.min(at + 1, text.length);
    }
    return undefined;
  }

  /** The mapping or list whose first line is the next one. */
  block(column: number, depth: number): Node | undefined {
    if (depth > DEEPEST) return undefined;
    return this.#isDash(this.#line + column) ? this.#list(column, depth) : this.#mapping(column, depth);
  }

  #list(column: number, depth: number): Node | undefined {
    const list = new YAMLSeq();
    const start = this.#line + column;
    while (this.indentOfNext() === column && this.#isDash(this.#line + column)) {
      const inside = column + 2;
      const item = this.#element(inside, depth);
      if (item === undefined || !this.#isOutside(column)) return undefined;
      list.items.push(item);
    }
    return this.#spanning(list, start);
  }

  #element(column: number, depth: number): Node | undefined {
    const at = this.#line + column;
    KEY.lastIndex = at;
    return KEY.test(this.#text) ? this.#mapping(column, depth + 1) : this.#value(at);
  }

  /** The mapping whose first key stands in this column of the next line, maybe behind a dash. */
  #mapping(column: number, depth: number): Node | undefined {
    const text = this.#text;
    const map = new YAMLMap();
    const start = this.#line + column;
    let at = start;
    do {
      KEY.lastIndex = at;
      const name = KEY.exec(text)?.[0];
      if (name === undefined || NOT_A_NAME.test(name)) return undefined;
      const key = scalar(name, name, 'PLAIN', at, at + name.length);
      let valueAt = at + name.length + 1;
      while (text.charCodeAt(valueAt) === 32) valueAt++;
      const value = this.#isLineEnd(valueAt) ? this.#below(valueAt, column, depth) : this.#value(valueAt);
      if (value === undefined) return undefined;
      map.items.push(new Pair<Scalar, Node>(key, value));
      if (!this.#isOutside(column)) return undefined;
      at = this.#line + column;
    } while (this.indentOfNext() === column && !this.#isDash(this.#line + column));
    return this.#spanning(map, start);
  }

  /** A value that stands on the lines below its key. */
  #below(lineEnd: number, column: number, depth: number): Node | undefined {
    this.#line = lineEnd + 1;
    const inner = this.indentOfNext();
    if (inner === undefined || inner < column) return undefined;
    if (inner === column && !this.#isDash(this.#line + inner)) return undefined;
    return this.block(inner, depth + 1);
  }

  /** A value on the rest of the line. */
  #value(at: number): Node | undefined {
    const node = this.#scalarAt(at);
    if (node === undefined) return undefined;
    const end = this.#text.indexOf('\n', at);
    this.#line = end < 0 ? this.#text.length : end + 1;
    return node;
  }

  #scalarAt(at: number): Node | undefined {
    const text = this.#text;
    const first = text.charCodeAt(at);
    if (first === 34 || first === 39) {
      QUOTED.lastIndex = at;
      const quoted = QUOTED.exec(text);
      const value = quoted?.[1] ?? quoted?.[2];
      if (value === undefined) return undefined;
      return scalar(value, value, first === 34 ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE', at, at + value.length + 2);
    }
    if (first === 91) return this.#idsAt(at);
    WORDS.lastIndex = at;
    const rest = WORDS.exec(text)?.[0];
    const words = rest?.trimEnd();
    if (rest === undefined || words === undefined || NO_WORDS.test(words)) return undefined;
    // The parser keeps spaces at the end of some lines and drops those of others.
    const isClean = rest === words || (rest.length === words.length + 1 && this.#original[at + words.length] === '\r');
    return isClean ? plain(words, at) : undefined;
  }

  #idsAt(at: number): Node | undefined {
    IDS.lastIndex = at;
    const inner = IDS.exec(this.#text)?.[1];
    if (inner === undefined) return undefined;
    const list = new YAMLSeq();
    list.flow = true;
    for (const { 0: id, index } of inner.matchAll(ID)) {
      const item = plain(id, at + 1 + index);
      if (item === undefined) return undefined;
      list.items.push(item);
    }
    const end = at + inner.length + 2;
    list.range = [at, end, end];
    return list;
  }

  #isDash(at: number): boolean {
    const text = this.#text;
    const after = text.charCodeAt(at + 2);
    return text.charCodeAt(at) === 45 && text.charCodeAt(at + 1) === 32 && after !== 32 && !this.#isLineEnd(at + 2);
  }

  #isLineEnd(at: number): boolean {
    return at >= this.#text.length || this.#text.charCodeAt(at) === 10;
  }

  /** Whether the next line belongs to something further out than what was just read. */
  #isOutside(column: number): boolean {
    const indent = this.indentOfNext();
    return indent === undefined || indent <= column;
  }

  #spanning<T extends YAMLMap | YAMLSeq>(node: T, start: number): T {
    const end = Math.min(this.#line, this.#text.length);
    node.range = [start, end, end];
    return node;
  }
}

/** Words that are no text to YAML: null is left to the parser. */
const NOT_A_NAME = /^(?:null|true|false)$/i;
const NULL = /^(?:null|Null|NULL)$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;

function plain(words: string, at: number): Scalar | undefined {
  if (words.length > 5 || !/^[ntf]/i.test(words)) return scalar(words, words, 'PLAIN', at, at + words.length);
  if (NULL.test(words)) return undefined;
  const value = TRUE.test(words) ? true : FALSE.test(words) ? false : words;
  return scalar(value, words, 'PLAIN', at, at + words.length);
}

function scalar(value: unknown, source: string, type: Scalar.Type, start: number, end: number): Scalar {
  const node = new Scalar(value);
  node.source = source;
  node.type = type;
  node.range = [start, end, end];
  return node;
}
