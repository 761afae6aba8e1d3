import type { Plan, Thing, ThingKind } from '../../model';
import { type FieldOwner, fieldOf } from '../../notation/fields';
import type { Range } from '../../text';
import { lineAbove, lineAt, lineBelow, lineEnd, lineStart } from '../lines';
import type { CompletionPlace } from './place';

/** A line of YAML in its columns. */
interface YamlLine {
  readonly start: number;
  /** Columns of its dashes, then the column of what follows. */
  readonly dashes: readonly number[];
  readonly column: number;
  readonly key: string | undefined;
  /** Column behind the colon and its blanks. */
  readonly valueColumn: number;
  readonly value: string;
}

const LINE = /^([ \t]*)((?:-[ \t]+)*)(?:(["']?)([\p{L}\p{N}_#][\p{L}\p{N}_ .'-]{0,60}?)\3[ \t]*:(?:([ \t]+)|$))?(.*)$/u;

/**
 * What YAML holds at an offset. Read from lines and their columns, not from a parsed document: while somebody types, it
 * often is none. `piece` is the part of the text that is YAML.
 */
export function yamlPlace(text: string, piece: Range, offset: number, plan: Plan): CompletionPlace | undefined {
  const start = Math.max(piece.start, lineStart(text, offset));
  const before = text.slice(start, offset);
  const after = text.slice(offset, lineEnd(text, offset));
  if (/(?:^|\s)#/.test(before)) return undefined;
  const line = read(before, start);
  const path = pathTo(text, piece, line);
  const { owner, open } = ownerOf(path, topOwner(text.slice(piece.start, piece.end)));
  const siblings = siblingsOf(text, piece, line);
  const thing = thingWith(plan, owner, siblings.id);
  const rest = after.replace(/\s+#.*$/, '').trimEnd();
  if (line.key !== undefined) {
    const field = fieldOf(owner, line.key);
    if (field === undefined) return undefined;
    const from = start + line.valueColumn;
    return { kind: 'value', owner, field, thing, from, value: line.value + rest };
  }
  const from = start + line.column;
  if (open !== undefined) {
    const holder = thingWith(plan, owner, siblingsOf(text, piece, open.line).id);
    const value = line.value + rest;
    const otherItems = text.slice(open.line.start + open.line.valueColumn, start) + itemsBelow(text, line, open.line);
    return { kind: 'value', owner, field: open.field, thing: holder, from, value, otherItems };
  }
  if (!/^[\w -]*$/.test(line.value) || rest !== '') return undefined;
  const present = new Set(siblings.keys.flatMap((key) => fieldOf(owner, key) ?? []));
  const lead = text.slice(start, from);
  const isItem = line.dashes.length === 0 && standsInList(text, piece, line);
  const isFree = path.length === 0 || line.dashes.length > 0 || isItem;
  return { kind: 'name', owner, thing, from, present, lead, isFree, isItem };
}

/** Whether the next line above that is not deeper, or the next one below, has a dash in the column of this line. */
function standsInList(text: string, piece: Range, line: YamlLine): boolean {
  const isDash = (next: (text: string, start: number) => number | undefined) => {
    for (
      let at = next(text, line.start);
      at !== undefined && at >= piece.start && at < piece.end;
      at = next(text, at)
    ) {
      if (indentOf(text, at) > line.column) continue;
      const content = lineAt(text, at);
      if (!/^\s*(?:#|$)/.test(content)) return read(content, at).dashes[0] === line.column;
    }
    return false;
  };
  return isDash(lineAbove) || isDash(lineBelow);
}

/** The items that follow in the list. */
function itemsBelow(text: string, line: YamlLine, open: YamlLine): string {
  let items = '';
  let left = MOST_SIBLINGS;
  for (let at = lineBelow(text, line.start); at !== undefined && left-- > 0; at = lineBelow(text, at)) {
    const below = read(lineAt(text, at), at);
    const first = below.dashes[0] ?? below.column;
    if (first < open.column || (first === open.column && below.dashes.length === 0)) break;
    items += `\n${below.value}`;
  }
  return items;
}

function read(line: string, start: number): YamlLine {
  const [, indent = '', marks = '', , key, , value = ''] = LINE.exec(line) ?? [];
  const dashes = [...marks.matchAll(/-/g)].map(({ index }) => indent.length + index);
  const column = indent.length + marks.length;
  return { start, dashes, column, key, valueColumn: line.length - value.length, value };
}

/** A key that a line stands under. */
interface Above {
  readonly key: string;
  readonly line: YamlLine;
  /** Whether a dash stands between the key and what is under it. */
  readonly isList: boolean;
}

/** The keys that a line stands under, the outermost first. A blank line counts by its own indentation. */
function pathTo(text: string, piece: Range, line: YamlLine): readonly Above[] {
  const path: Above[] = [];
  const first = line.dashes[0];
  // A list may stand at the column of its key.
  let limit = first === undefined ? line.column : first + 0.5;
  let isList = first !== undefined;
  for (
    let at = lineAbove(text, line.start);
    at !== undefined && at >= piece.start && limit > 0;
    at = lineAbove(text, at)
  ) {
    // Most lines stand deeper, and need no closer look.
    if (indentOf(text, at) >= limit) continue;
    const content = lineAt(text, at);
    if (/^\s*(?:#|$)/.test(content)) continue;
    const above = read(content, at);
    if (above.column < limit && above.key !== undefined) {
      path.unshift({ key: above.key, line: above, isList });
      limit = above.column;
      isList = false;
    }
    const dash = above.dashes[0];
    if (dash !== undefined && dash < limit) {
      limit = dash + 0.5;
      isList = true;
    }
  }
  return path;
}

function indentOf(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  return at - start;
}

/** What the things in a field are. */
const INSIDE: Partial<Record<FieldOwner, Readonly<Record<string, FieldOwner>>>> = {
  plan: {
    phases: 'phase',
    beads: 'bead',
    gates: 'gate',
    scenarios: 'scenario',
    insights: 'insights',
    prompts: 'prompt',
    critiques: 'critique',
    approvals: 'approval',
    readinessPasses: 'readinessPass',
    progressEntries: 'progressEntry',
  },
  phase: {
    beads: 'bead',
    gates: 'gate',
    operations: 'operations',
    workspace: 'workspace',
    verification: 'verification',
    approvals: 'approval',
  },
  bead: { beads: 'bead', steps: 'step' },
  gate: { criteria: 'criterion', decision: 'decision', approvals: 'approval' },
};

/** Whose fields stand at the top: those of a bead or a phase, where the document is one. */
function topOwner(piece: string): FieldOwner {
  const has = (key: string) => new RegExp(`^${key}[ \\t]*:[ \\t]*[^\\s#]`, 'im').test(piece);
  if (has('plan') && has('id')) return 'bead';
  return has('phase') ? 'phase' : 'plan';
}

/** Whose fields stand under a path, or the field whose value goes on there. */
function ownerOf(
  path: readonly Above[],
  top: FieldOwner,
): {
  readonly owner: FieldOwner;
  readonly open?: { readonly field: string; readonly line: YamlLine };
} {
  let owner: FieldOwner = top;
  let open: { field: string; line: YamlLine } | undefined;
  let isEntered = false;
  for (const { key, line } of path) {
    const field: string | undefined = fieldOf(owner, key);
    const inner: FieldOwner | undefined = field === undefined ? undefined : INSIDE[owner]?.[field];
    if (inner !== undefined) {
      owner = inner;
      open = undefined;
      isEntered = true;
    } else if (field !== undefined) {
      open = { field, line };
      isEntered = false;
    } else if (isEntered) isEntered = false; // things given by id
  }
  return open === undefined ? { owner } : { owner, open };
}

const MOST_SIBLINGS = 2000;

/** The keys of the mapping that a line is in, and the value of its `id`. */
function siblingsOf(
  text: string,
  piece: Range,
  line: YamlLine,
): { readonly keys: readonly string[]; readonly id: string } {
  const keys: string[] = [];
  let id = '';
  const take = ({ key, value }: YamlLine) => {
    if (key === undefined) return;
    keys.push(key);
    if (/^(?:id|key)$/i.test(key))
      id = value
        .replace(/\s+#.*$/, '')
        .trim()
        .replace(/^["']|["']$/g, '');
  };
  const walk = (next: (text: string, start: number) => number | undefined, isUp: boolean) => {
    if (isUp && line.dashes.length > 0) return;
    let left = MOST_SIBLINGS;
    for (
      let at = next(text, line.start);
      at !== undefined && at >= piece.start && at < piece.end;
      at = next(text, at)
    ) {
      // Most lines stand deeper, and need no closer look; those that do are no mapping of thousands.
      if (indentOf(text, at) > line.column) continue;
      if (left-- === 0) break;
      const content = lineAt(text, at);
      if (/^\s*(?:#|$)/.test(content)) continue;
      const other = read(content, at);
      const first = other.dashes[0] ?? other.column;
      if (isUp && other.column === line.column) take(other);
      else if (!isUp && first === line.column && other.dashes.length === 0) take(other);
      if (first < line.column) break;
    }
  };
  if (line.key !== undefined) take(line);
  walk(lineAbove, true);
  walk(lineBelow, false);
  return { keys, id };
}

function thingWith(plan: Plan, owner: FieldOwner, id: string): Thing | undefined {
  return id !== '' && isKind(owner) ? plan.find(id, owner) : undefined;
}

function isKind(owner: FieldOwner): owner is ThingKind {
  return owner === 'phase' || owner === 'bead' || owner === 'gate' || owner === 'scenario';
}
