import { NO_CONTENT, YamlLines } from './lines';

/**
 * Where the things of a YAML plan stand, found by indentation alone, without parsing: so each thing can be parsed by
 * itself, a keystroke costs one thing, and a slip in one does not take the others along.
 *
 * In block style this is exact: what belongs to an entry is indented deeper than the entry, whatever it holds (YAML
 * 1.2.2, section 6.1). Flow style is not looked into.
 */

/** Some whole lines. */
export interface Block {
  /** Start of the first line. */
  readonly start: number;
  /** Start of the line behind the last one. */
  readonly end: number;
}

/** One thing of a list, or one key of the document. */
export interface Entry extends Block {
  /** The first character that is neither white space nor the dash of a list. */
  readonly contentStart: number;
  /** Behind the last character that is neither white space nor in a comment line. */
  readonly contentEnd: number;
  /** The key that it is the value of, where it is no element of a list. */
  readonly key?: string;
  /** Lists of further things inside, in order. All other lines are the entry's own. */
  readonly lists: readonly ThingList[];
}

export interface ThingList extends Block {
  readonly kind: ListKind;
  /** Whether things are the values of a mapping, with their ids as keys. */
  readonly isKeyed: boolean;
  readonly entries: readonly Entry[];
}

export type ListKind = 'phases' | 'beads' | 'gates' | 'scenarios';

/** The kind of list that a key holds: at the top of the document, or in a thing of the given list. */
export type ListOf = (key: string, within: ListKind | undefined) => ListKind | undefined;

/** Nested deeper than this, things are left to the parser. */
const DEEPEST_LIST = 20;

/**
 * The top-level keys of a document; one that holds a list of things has that list. Undefined when the document is no
 * block mapping, or more than one document. Linear.
 */
export function outlineOf(text: string, listOf: ListOf): readonly Entry[] | undefined {
  const lines = new YamlLines(text);
  const first = lines.contentFrom(0, lines.count);
  if (first === lines.count || lines.hasMarkers || lines.keyOf(first) === undefined) return undefined;
  const outliner = new Outliner(lines, listOf);
  const column = lines.indentOf(first);
  const entries: Entry[] = [];
  for (let line = first; line < lines.count; ) {
    let next = line + 1;
    while (next < lines.count && !(lines.indentOf(next) === column && lines.keyOf(next) !== undefined)) {
      const indent = lines.indentOf(next);
      if (indent !== NO_CONTENT && indent < column) return undefined;
      next++;
    }
    entries.push(outliner.topLevel(line, next));
    line = next;
  }
  return entries;
}

/**
 * The outline of one thing whose lines alone are given, when these still are exactly one thing: what comes later in the
 * first line's column, or further out, would be something else.
 */
export function outlineOfThing(text: string, kind: ListKind, isKeyed: boolean, listOf: ListOf): Entry | undefined {
  const lines = new YamlLines(text);
  const column = lines.indentOf(0);
  if (column === NO_CONTENT || lines.hasMarkers) return undefined;
  if (isKeyed ? lines.keyOf(0) === undefined : !lines.isElement(0)) return undefined;
  for (let line = 1; line < lines.count; line++) {
    const indent = lines.indentOf(line);
    if (indent !== NO_CONTENT && indent <= column) return undefined;
  }
  return new Outliner(lines, listOf).thing(0, lines.count, isKeyed, kind, 0);
}

class Outliner {
  readonly #lines: YamlLines;
  readonly #listOf: ListOf;

  constructor(lines: YamlLines, listOf: ListOf) {
    this.#lines = lines;
    this.#listOf = listOf;
  }

  topLevel(from: number, to: number): Entry {
    const lines = this.#lines;
    const found = this.#listAt(from, to, lines.indentOf(from), undefined, 0);
    const isAll = found !== undefined && lines.contentFrom(found.next, to) === to;
    return this.#entry(from, to, isAll ? [found.list] : []);
  }

  /** The list of things that the key on this line holds, if it does, and the line behind it. */
  #listAt(
    line: number,
    to: number,
    column: number,
    within: ListKind | undefined,
    depth: number,
  ): { readonly list: ThingList; readonly next: number } | undefined {
    const lines = this.#lines;
    if (depth > DEEPEST_LIST || !lines.mayBeAlone(line)) return undefined;
    const key = lines.keyOf(line);
    const kind = key?.isAlone ? this.#listOf(key.name, within) : undefined;
    const first = lines.contentFrom(line + 1, to);
    if (kind === undefined || first === to) return undefined;
    const isKeyed = !lines.isElement(first);
    const inner = lines.indentOf(first);
    if (inner < column || (isKeyed && (inner === column || lines.keyOf(first) === undefined))) return undefined;

    const starts: number[] = [];
    let next = first;
    for (let at = first; at < to; at = lines.contentFrom(at + 1, to)) {
      const indent = lines.indentOf(at);
      if (indent < inner) break;
      if (indent === inner) {
        const begins = isKeyed ? lines.keyOf(at) !== undefined : lines.isElement(at);
        if (begins) starts.push(at);
        // A word without a key there is a slip, which breaks the thing above it alone.
        else if (!isKeyed && lines.keyOf(at) !== undefined) break;
      }
      next = at + 1;
    }
    const entries = starts.map((start, index) => this.thing(start, starts[index + 1] ?? next, isKeyed, kind, depth));
    return { list: { start: lines.startOf(line), end: lines.startOf(next), kind, isKeyed, entries }, next };
  }

  thing(from: number, to: number, isKeyed: boolean, kind: ListKind, depth: number): Entry {
    const lines = this.#lines;
    const below = lines.contentFrom(from + 1, to);
    const beside = isKeyed ? undefined : lines.columnBehindDash(from);
    const column = beside ?? lines.indentOf(below);
    const lists: ThingList[] = [];
    for (let line = below; line < to; ) {
      const found = lines.indentOf(line) === column ? this.#listAt(line, to, column, kind, depth + 1) : undefined;
      if (found !== undefined) lists.push(found.list);
      line = lines.contentFrom(found?.next ?? line + 1, to);
    }
    return this.#entry(from, to, lists, beside);
  }

  #entry(from: number, to: number, lists: readonly ThingList[], column?: number): Entry {
    const lines = this.#lines;
    let last = to - 1;
    while (last > from && lines.indentOf(last) === NO_CONTENT) last--;
    const key = column === undefined ? lines.keyOf(from)?.name : undefined;
    return {
      ...(key === undefined ? {} : { key }),
      start: lines.startOf(from),
      end: lines.startOf(to),
      contentStart: lines.startOf(from) + (column ?? Math.max(lines.indentOf(from), 0)),
      contentEnd: lines.endOf(last),
      lists,
    };
  }
}
