import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml';
import { type FieldOwner, fieldOf } from '../notation/fields';
import type { Location } from '../text';
import { decisionOf, verdictOf } from './decision';
import type { LoggedCritique, LoggedPrompt, PlanLog, ReadinessPass } from './planLog';

const KEY = /^["']?([A-Za-z][\w -]*)["']?[ \t]*:(?:[ \t]|\r?$)/gm;
const FIELDS = ['prompts', 'critiques', 'readinessPasses', 'insights'] as const;

/** Prompts, critiques and readiness passes of a plan in YAML. Only those keys are parsed, each by itself. */
export function yamlLog(file: string, text: string): PlanLog {
  const log = {
    prompts: [] as LoggedPrompt[],
    critiques: [] as LoggedCritique[],
    passes: [] as ReadinessPass[],
    unranked: [] as Location[],
  };
  const keys = [...text.matchAll(KEY)];
  for (const [index, match] of keys.entries()) {
    const field = FIELDS.find((each) => each === fieldOf('plan', match[1] ?? ''));
    if (field === undefined) continue;
    const piece = new Piece(file, text.slice(match.index, keys[index + 1]?.index ?? text.length), match.index);
    const items = piece.items();
    if (field === 'prompts') log.prompts.push(...items.map((item) => promptOf(piece, item)));
    else if (field === 'critiques') log.critiques.push(...items.map((item) => critiqueOf(piece, item)));
    else if (field === 'readinessPasses') log.passes.push(...items.map((item) => passOf(piece, item)));
    else log.unranked.push(...items.filter((item) => isUnranked(piece, item)).map((item) => piece.placeOf(item)));
  }
  return log;
}

function promptOf(piece: Piece, item: Node): LoggedPrompt {
  const fields = piece.fields('prompt', item);
  const decisions = piece.elements(fields.get('decisions')).map((node) => {
    const place = piece.placeOf(node);
    return decisionOf(piece.sourceOf(node), place);
  });
  return {
    ...piece.placeOf(item),
    number: piece.textOf(fields.get('id')),
    title: piece.textOf(fields.get('title')),
    head: piece.headOf(item),
    decisions,
  };
}

function critiqueOf(piece: Piece, item: Node): LoggedCritique {
  const fields = piece.fields('critique', item);
  const text = (field: string) => piece.textOf(fields.get(field));
  return {
    ...piece.placeOf(item),
    id: text('id'),
    text: isScalar(item) ? piece.textOf(item) : text('text'),
    source: text('source'),
    verdict: verdictOf(text('verdict')),
    reason: text('reason'),
    landed: text('landed'),
  };
}

function passOf(piece: Piece, item: Node): ReadinessPass {
  const fields = piece.fields('readinessPass', item);
  const text = (field: string) => piece.textOf(fields.get(field));
  const gaps = piece.elements(fields.get('gaps')).map((node) => piece.textOf(node));
  return {
    ...piece.headOf(item),
    number: text('number'),
    date: text('date'),
    reviewer: text('reviewer'),
    rating: text('rating'),
    gaps: gaps.filter((gap) => gap !== '' && !/^(?:none|0|no)$/i.test(gap)),
  };
}

/** A list of insights without tiers; in a mapping, the keys are the tiers. */
function isUnranked(piece: Piece, item: Node): boolean {
  return !piece.isKeyed && piece.textOf(piece.fields('insight', item).get('tier')) === '';
}

/** One top-level key with its value. What cannot be parsed is empty: readers report it. */
class Piece {
  readonly #file: string;
  readonly #text: string;
  readonly #offset: number;
  readonly #value: Node | undefined;

  constructor(file: string, text: string, offset: number) {
    this.#file = file;
    this.#text = text;
    this.#offset = offset;
    this.#value = valueIn(text);
  }

  get isKeyed(): boolean {
    return isMap(this.#value);
  }

  items(): readonly Node[] {
    return this.elements(this.#value).filter((node) => !isSeq(node));
  }

  elements(node: Node | undefined): readonly Node[] {
    if (!isSeq(node)) return isMap(node) || isScalar(node) ? [node] : [];
    return node.items.filter((item): item is Node & (typeof item & object) => isMap(item) || isScalar(item));
  }

  fields<T extends FieldOwner>(owner: T, node: Node): ReadonlyMap<string, Node> {
    const fields = new Map<string, Node>();
    for (const { key, value } of isMap(node) ? (node as YAMLMap).items : []) {
      const field = isScalar(key) ? fieldOf(owner, String(key.value)) : undefined;
      if (field !== undefined && (isScalar(value) || isMap(value) || isSeq(value)) && !fields.has(field))
        fields.set(field, value);
    }
    return fields;
  }

  textOf(node: Node | undefined): string {
    return isScalar(node) && node.value !== null ? String(node.source ?? node.value).trim() : '';
  }

  /** A scalar as it stands in the file, without its quotes. */
  sourceOf(node: Node): string {
    const { start, end } = this.placeOf(node);
    return this.#text.slice(start - this.#offset, end - this.#offset);
  }

  placeOf(node: Node): Location {
    const [start, end] = node.range ?? [0, 0];
    const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
    const by = isQuoted ? 1 : 0;
    return this.#place(start + by, Math.max(start + by, end - by));
  }

  /** The first line of a mapping. */
  headOf(node: Node): Location {
    const [start] = node.range ?? [0];
    const line = this.#text.indexOf('\n', start);
    return this.#place(start, line < 0 ? this.#text.length : line);
  }

  #place(start: number, end: number): Location {
    return {
      file: this.#file,
      start: this.#offset + start,
      end: this.#offset + start + this.#text.slice(start, end).trimEnd().length,
    };
  }
}

function valueIn(text: string): Node | undefined {
  try {
    const { contents } = parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
    const value = isMap(contents) ? contents.items[0]?.value : undefined;
    return isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;
  } catch (error) {
    // Nested too deeply for the parser.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
