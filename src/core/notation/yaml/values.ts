import {
  type Alias,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Diagnostic, Field, Reference, Texts, ThingKind } from '../../model';
import { nearest } from '../../nearest';
import type { Location, Range } from '../../text';
import { orNothing } from '../empty';
import { type FieldName, type FieldOwner, fieldNames, fieldOf } from '../fields';
import { parseReferences } from '../references';
import { isNone } from '../values';

/** A piece of YAML that is read by itself, and where its characters stand in the file. */
export interface YamlPiece {
  readonly file: string;
  readonly text: string;
  /** The place in the file of a span of the piece. */
  place(start: number, end: number): Location;
}

export interface Entry {
  readonly key: Scalar;
  readonly value: Node | undefined;
}

/** A plan's key that is no field of the table: in Markdown, `Rules` is a heading like any other. */
export const RULES = 'rules';

/** Aliases that are followed in one document: enough for people, too few for a file that wants to grow without end. */
const MOST_ALIASES = 1000;

/** What the nodes of one piece of YAML say, with the exact place of every value. */
export class YamlValues {
  readonly diagnostics: Diagnostic[] = [];
  /** Set when an alias was met that this piece alone cannot resolve. */
  needsDocument = false;
  readonly #piece: YamlPiece;
  readonly #reportsUnknown: boolean;
  readonly #root: Node | null;
  readonly #isWhole: boolean;
  #anchors: readonly { readonly name: string; readonly node: Node }[] | undefined;
  #aliases = 0;

  constructor(
    piece: YamlPiece,
    root: Node | null,
    options: { readonly reportsUnknown: boolean; readonly isWhole: boolean },
  ) {
    this.#piece = piece;
    this.#root = root;
    this.#reportsUnknown = options.reportsUnknown;
    this.#isWhole = options.isWhole;
  }

  place(start: number, end: number): Location {
    return this.#piece.place(start, end);
  }

  /** Where a whole node stands, quotes included. */
  placeOf(node: Node): Location {
    const [start, end] = node.range ?? [0, 0];
    return this.place(start, Math.max(start, this.#trimmed(start, end)));
  }

  /** The line that a node begins on, from there. */
  lineOf(node: Node): Location {
    const [start, end] = node.range ?? [0, 0];
    const line = this.#piece.text.indexOf('\n', start);
    return this.place(start, this.#trimmed(start, line < 0 || line > end ? end : line));
  }

  /** What an alias stands for; anything else itself. */
  resolved(node: unknown): Node | undefined {
    if (isAlias(node)) return this.#target(node);
    return isScalar(node) || isMap(node) || isSeq(node) ? node : undefined;
  }

  /** The entries of a mapping by field; of a field written twice the first counts. Unknown keys are reported. */
  fields<T extends FieldOwner>(owner: T, map: YAMLMap): ReadonlyMap<FieldName<T>, Entry> {
    return this.knownFields(owner, map, (name, { key, value }) => {
      // What others merge in is no field of its own.
      const isShared = isNode(value) && !isAlias(value) && value.anchor !== undefined;
      if (!isShared && (owner !== 'plan' || name !== RULES)) this.#reportUnknown(owner, name, key);
    });
  }

  /** The same for a mapping that may hold fields of something else, too. */
  knownFields<T extends FieldOwner>(
    owner: T,
    map: YAMLMap,
    otherwise?: (name: string, entry: Entry) => void,
  ): ReadonlyMap<FieldName<T>, Entry> {
    const fields = new Map<FieldName<T>, Entry>();
    for (const entry of this.entries(map)) {
      const name = this.textOf(entry.key);
      const field = fieldOf(owner, name) ?? (isDoneFlag(owner, name) ? ('status' as FieldName<T>) : undefined);
      if (field === undefined) otherwise?.(name, entry);
      else if (!fields.has(field)) fields.set(field, entry);
    }
    return fields;
  }

  /** Those of a mapping, then those that it merges in (`<<`). Keys are unique; a repeated one is reported. */
  entries(map: YAMLMap): readonly Entry[] {
    const own: Entry[] = [];
    const merged: Entry[] = [];
    const seen = new Set<string>();
    for (const pair of map.items) {
      const entry = this.#entryOf(pair);
      if (entry === undefined) continue;
      const name = this.textOf(entry.key);
      if (name === '<<') merged.push(...this.#mergedEntries(entry.value));
      else if (seen.has(name)) this.#report('malformed-file', 'error', REPEATED, this.placeOf(entry.key));
      else {
        seen.add(name);
        own.push(entry);
      }
    }
    return merged.length === 0 ? own : [...own, ...merged.filter((entry) => !seen.has(this.textOf(entry.key)))];
  }

  /** The elements of a list; a single value counts as a list of one. */
  elements(node: Node | undefined): readonly Node[] {
    if (node === undefined) return [];
    return isSeq(node) ? node.items.flatMap((item) => this.resolved(item) ?? []) : [node];
  }

  /** A scalar as it is written, without quotes; the empty string for null and for what is no scalar. */
  textOf(node: Node | undefined): string {
    if (!isScalar(node) || node.value === null) return '';
    if (typeof node.value === 'string') return node.value.trim();
    return (node.source ?? String(node.value)).trim();
  }

  /** A scalar with the place of exactly its characters; undefined when it says none. */
  field(node: Node | undefined): Field<string> | undefined {
    const value = this.textOf(node);
    if (!isScalar(node) || value === '' || isNone(value)) return undefined;
    const { start, end } = this.#insideOf(node);
    return { value, ...this.place(start, end) };
  }

  /** As many texts as list items, or paragraphs of a block, or one. Mappings give one text for each of their keys. */
  texts(node: Node | undefined): Texts {
    const texts: Field<string>[] = [];
    this.#addTexts(node, texts, 0);
    return orNothing(texts);
  }

  /** A scalar's text, or any other node as it is written, on one line. */
  prose(node: Node | undefined): string {
    if (node === undefined || isScalar(node)) return this.textOf(node);
    const [start, end] = node.range ?? [0, 0];
    return this.#piece.text.slice(start, end).replace(/\s+/g, ' ').trim();
  }

  /** What a list, a text or mappings such as `{phase: J}` name. */
  references(node: Node | undefined): readonly Reference[] {
    return orNothing(this.elements(node).flatMap((element) => this.#referencesIn(element)));
  }

  /** The texts of a list, or of one text with commas, that name nothing by an id: each may be the title of something. */
  calledIn(node: Node | undefined, kind: ThingKind): readonly Reference[] {
    return orNothing(
      this.elements(node).flatMap((element) => {
        const field = isScalar(element) ? this.field(element) : undefined;
        if (field === undefined || !/\p{L}\s/u.test(field.value) || this.#referencesIn(element).length > 0) return [];
        const parts = field.value.split(/[,;]/).map((part) => part.trim());
        return [...new Set([field.value, ...parts])].map((value) => ({ ...field, value, kind }));
      }),
    );
  }

  #referencesIn(node: Node): readonly Reference[] {
    if (isMap(node)) {
      return this.entries(node).flatMap(({ key, value }) => {
        const kind = KINDS.get(this.textOf(key).toLowerCase());
        const named = kind === undefined && this.textOf(key).toLowerCase() !== 'id' ? [] : this.references(value);
        return named.map((reference) => (kind === undefined ? reference : { kind, ...reference }));
      });
    }
    const field = this.field(node);
    if (field === undefined) return [];
    const isVerbatim = field.end - field.start === field.value.length;
    const found = parseReferences(field.value, field);
    // Where escapes or folding stand between text and file, the whole value is the place.
    return isVerbatim ? found : found.map((reference) => ({ ...reference, start: field.start, end: field.end }));
  }

  #addTexts(node: Node | undefined, texts: Field<string>[], depth: number): void {
    if (node === undefined || depth > DEEPEST_TEXT) return;
    if (isSeq(node)) {
      for (const item of node.items) this.#addTexts(this.resolved(item), texts, depth + 1);
    } else if (isMap(node)) {
      const entries = this.entries(node);
      const [only] = entries;
      // `step: water` is no more than the step.
      if (only !== undefined && entries.length === 1 && fieldOf('step', this.textOf(only.key)) === 'text')
        this.#addTexts(only.value, texts, depth + 1);
      else for (const { key, value } of entries) this.#addKeyed(key, value, texts, depth);
    } else if (isScalar(node)) {
      const field = this.field(node);
      if (field !== undefined) texts.push(...(isBlock(node) ? this.#paragraphs(node, field) : [field]));
    }
  }

  #addKeyed(key: Scalar, value: Node | undefined, texts: Field<string>[], depth: number): void {
    const inner: Field<string>[] = [];
    this.#addTexts(value, inner, depth + 1);
    const name = this.textOf(key);
    const { start, end } = this.placeOf(key);
    if (inner.length === 0) texts.push({ file: this.#piece.file, start, end, value: name });
    else if (inner.length > 1) texts.push(...inner);
    else texts.push(...inner.map((field) => ({ ...field, start, value: `${name}: ${field.value}` })));
  }

  /** A block with blank lines in it is paragraphs; one of which every line is an item of a Markdown list, its items. */
  #paragraphs(node: Scalar, field: Field<string>): readonly Field<string>[] {
    const { start, end } = this.#insideOf(node);
    const raw = this.#piece.text.slice(start, end);
    const isList = raw.split('\n').every((line) => line.trim() === '' || LIST_ITEM.test(line));
    if (!isList && !BLANK_LINE.test(raw)) return [field];
    const pieces: Field<string>[] = [];
    const folds = node.type === 'BLOCK_FOLDED' && !isList;
    let from = start;
    for (const part of raw.split(isList ? /(\r?\n)/ : /(\r?\n(?:[ \t]*\r?\n)+)/)) {
      const mark = isList ? (LIST_ITEM.exec(part)?.[0].length ?? 0) : part.length - part.trimStart().length;
      const value = part.slice(mark).trimEnd();
      const place = this.place(from + mark, from + mark + value.length);
      if (value.trim() !== '') pieces.push({ value: value.replace(/\r?\n[ \t]*/g, folds ? ' ' : '\n'), ...place });
      from += part.length;
    }
    return pieces;
  }

  /** The range of a scalar's characters: between its quotes, or below the header of a block. */
  #insideOf(node: Scalar): Range {
    const { text } = this.#piece;
    const [start, end] = node.range ?? [0, 0];
    if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') {
      const isClosed = end - start > 1 && text[end - 1] === text[start];
      return { start: start + 1, end: isClosed ? end - 1 : end };
    }
    if (!isBlock(node)) return { start, end };
    let from = text.indexOf('\n', start) + 1;
    while (from < end && /\s/.test(text[from] ?? '')) from++;
    return { start: from, end: Math.max(from, this.#trimmed(from, end)) };
  }

  #trimmed(start: number, end: number): number {
    let at = end;
    while (at > start && /\s/.test(this.#piece.text[at - 1] ?? '')) at--;
    return at;
  }

  #entryOf(pair: unknown): Entry | undefined {
    if (!isPair(pair) || !isScalar(pair.key)) return undefined;
    return { key: pair.key, value: this.resolved((pair as Pair).value) };
  }

  #mergedEntries(node: Node | undefined): readonly Entry[] {
    return this.elements(node).flatMap((map) => (isMap(map) ? this.entries(map) : []));
  }

  #target(alias: Alias): Node | undefined {
    if (!this.#isWhole) {
      this.needsDocument = true;
      return undefined;
    }
    if (++this.#aliases > MOST_ALIASES) {
      if (this.#aliases === MOST_ALIASES + 1) this.#report('malformed-file', 'error', TOO_MANY, this.placeOf(alias));
      return undefined;
    }
    this.#anchors ??= anchorsIn(this.#root);
    const before = alias.range?.[0] ?? 0;
    const known = this.#anchors.findLast(({ name, node }) => name === alias.source && (node.range?.[0] ?? 0) < before);
    return known?.node;
  }

  #reportUnknown(owner: FieldOwner, name: string, key: Scalar): void {
    if (!this.#reportsUnknown || this.diagnostics.length >= MOST_REPORTS || /^(?:x-|_|\$)/i.test(name)) return;
    const plain = name.replace(/[-_]/g, ' ');
    const near = plain.length < 4 ? undefined : nearest(plain, fieldNames(owner), 4)?.replaceAll(' ', '_');
    const advice = near === undefined ? 'It is left out.' : `Did you mean ${near}?`;
    const message = `${WITH_ARTICLE[owner] ?? `A ${owner}`} has no field ${name}. ${advice}`;
    // A slip of the pen loses what was meant; a key of the writer's own is just not for Phasewise.
    this.#report('unknown-field', near === undefined ? 'info' : 'warning', message, this.placeOf(key), near);
  }

  #report(
    code: string,
    severity: Diagnostic['severity'],
    message: string,
    location: Location,
    suggestion?: string,
  ): void {
    if (this.diagnostics.length >= MOST_REPORTS) return;
    this.diagnostics.push({ code, severity, message, location, ...(suggestion === undefined ? {} : { suggestion }) });
  }
}

const REPEATED = 'This key stands in the same mapping twice, and the first one counts. Take one of them out.';
const TOO_MANY = 'This document follows too many aliases; from here on they are left out.';
const DEEPEST_TEXT = 20;
/** Reports on one piece; what is no plan at all could have thousands. */
const MOST_REPORTS = 100;
/** `completed: true` of a bead; in Markdown, such a name stands before a date. */
function isDoneFlag(owner: FieldOwner, name: string): boolean {
  return owner === 'bead' && /^(?:completed?|finished)$/i.test(name);
}

const LIST_ITEM = /^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;
const BLANK_LINE = /\n[ \t]*\r?\n/;

const KINDS: ReadonlyMap<string, ThingKind> = new Map([
  ['phase', 'phase'],
  ['bead', 'bead'],
  ['task', 'bead'],
  ['gate', 'gate'],
  ['scenario', 'scenario'],
]);

const WITH_ARTICLE: Partial<Record<FieldOwner, string>> = {
  insight: 'An insight',
  insights: 'A list of insights',
  operations: 'A list of operations notes',
};

function isBlock(node: Scalar): boolean {
  return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
}

function anchorsIn(root: Node | null): { readonly name: string; readonly node: Node }[] {
  const anchors: { readonly name: string; readonly node: Node }[] = [];
  visit(root, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.push({ name: node.anchor, node });
    },
  });
  return anchors;
}
