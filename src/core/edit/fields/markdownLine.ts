import { labelAbove } from '../../language/labels';
import { lineAt, lineBelow, lineEnd, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import type { TextEdit } from '../../text';
import type { NewField } from './newField';
import { ownPlaces } from './ownPlaces';

const ITEM = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)/;
const LABEL = /^([ \t]*(?:[-*+][ \t]+)?)(?:\*\*|__)?[A-Za-z][^:|·\n]{0,40}:/;
/** Fields whose values are a word or two: they stand together where a plan has several on a line. */
const SHORT: ReadonlySet<string> = new Set(['status', 'owner', 'priority', 'estimate', 'type']);

/** Fields below the last one that the thing has, or below the line that names it; short ones where its short ones are. */
export function lineEdits(part: PlanPart, thing: Thing, fields: readonly NewField[]): readonly TextEdit[] {
  const { text } = part;
  const head = lineStart(text, thing.head.start);
  const item = ITEM.exec(lineAt(text, head));
  const last = lastField(text, thing);
  const shared = sharedLine(text, thing);
  const isOnHead = item !== null && last === undefined && DIVIDED.test(lineAt(text, head));
  const edits: TextEdit[] = [];
  const lines: NewField[] = [];
  for (const field of fields) {
    if (isOnHead) edits.push(insert(lineEnd(text, head), inLine(lineAt(text, head), field)));
    else if (shared !== undefined && SHORT.has(field.field))
      edits.push(insert(shared.end, inLine(text.slice(shared.start, shared.end), field)));
    else lines.push(field);
  }
  if (lines.length === 0) return edits;
  const block = { lines: lines.map(({ line }) => line), isSpaced: lines.some(({ isSpaced }) => isSpaced) };
  if (item !== null) return [...edits, itemEdit(part, thing, block, item, last)];
  return [...edits, last === undefined ? belowHead(text, head, block) : belowField(text, last, block)];
}

interface Block {
  readonly lines: readonly string[];
  readonly isSpaced: boolean;
}

function belowField(text: string, last: FieldLine, { lines, isSpaced }: Block): TextEdit {
  const lineBreak = lineBreakOf(text);
  const gap = last.prefix.trim() === '' && isSpaced ? lineBreak : '';
  return insert(lineEnd(text, last.end), lines.map((line) => `${lineBreak}${gap}${last.prefix}${line}`).join(''));
}

function belowHead(text: string, head: number, { lines, isSpaced }: Block): TextEdit {
  const lineBreak = lineBreakOf(text);
  const end = lineEnd(text, head);
  const closing = isBlank(text, lineBelow(text, end)) ? '' : lineBreak;
  const between = isSpaced ? lineBreak + lineBreak : lineBreak;
  return insert(end, `${lineBreak}${lineBreak}${lines.join(between)}${closing}`);
}

/** Lines inside a list item: behind those of its first paragraph, as other items of the file have them. */
function itemEdit(
  part: PlanPart,
  thing: Thing,
  { lines }: Block,
  [, indent = '', mark = '', blanks = '']: RegExpExecArray,
  last: FieldLine | undefined,
): TextEdit {
  const { text } = part;
  const lineBreak = lineBreakOf(text);
  const inside = indent + ' '.repeat(mark.length + blanks.length > 4 ? 2 : mark.length + blanks.length);
  const prefix = last?.prefix ?? inside + (prefixInItems(part) ?? (/\d/.test(mark) ? '- ' : `${mark} `));
  const end = endOfParagraph(text, last?.end ?? thing.head.start);
  return insert(end, lines.map((line) => `${lineBreak}${prefix}${line}`).join(''));
}

/** What stands before the fields of list items in this file, behind their indentation: nothing, or the mark of a list. */
function prefixInItems({ text, beads }: PlanPart): string | undefined {
  for (const bead of beads.slice(0, MOST_LOOKED_AT)) {
    if (!ITEM.test(lineAt(text, bead.head.start))) continue;
    const prefix = lastField(text, bead)?.prefix;
    if (prefix !== undefined) return prefix.trimStart();
  }
  return undefined;
}

const MOST_LOOKED_AT = 300;

// ── several on a line ───────────────────────────────────────────────────────────────────────────────────────────────

const DIVIDED = /[ \t][|·][ \t]/;
const LABEL_IN_LINE = /(\*\*|__)?([A-Za-z][A-Za-z /&'-]{0,40}?)(\*\*|__)?:(\*\*|__)?(?=\s|$)/g;

/** ` | **Owner:** @maria`, as the line divides and writes its fields. */
function inLine(line: string, { name, value }: NewField): string {
  const divider = /[ \t]([|·])[ \t]/.exec(line)?.[1] ?? '|';
  const label = [...line.matchAll(LABEL_IN_LINE)].at(-1);
  const word = label === undefined || /^[a-z]/.test(label[2] ?? '') ? lowered(name) : name;
  const open = label?.[1] ?? '';
  const isInside = label?.[4] !== undefined;
  return ` ${divider} ${open}${word}${isInside ? `:${open}` : `${open}:`} ${value}`;
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The line below the head on which several of the thing's fields stand. */
function sharedLine(text: string, thing: Thing): { readonly start: number; readonly end: number } | undefined {
  const headEnd = lineEnd(text, thing.head.start);
  const ends = new Map<number, number>();
  for (const { start, end } of ownPlaces(thing)) {
    const line = lineStart(text, start);
    if (start > headEnd) ends.set(line, Math.max(ends.get(line) ?? 0, end));
  }
  for (const [start, end] of ends) {
    const line = lineAt(text, start);
    if (DIVIDED.test(line) && LABEL.test(line) && [...line.matchAll(LABEL_IN_LINE)].length > 1)
      return { start, end: lineEnd(text, end) };
  }
  return undefined;
}

// ── the fields that are there ───────────────────────────────────────────────────────────────────────────────────────

interface FieldLine {
  readonly start: number;
  /** Where its value ends, maybe lines below. */
  readonly end: number;
  readonly prefix: string;
}

/** The last of the thing's fields whose name begins a line below its head, before anything nested. */
function lastField(text: string, thing: Thing): FieldLine | undefined {
  let last: FieldLine | undefined;
  const headEnd = lineEnd(text, thing.head.start);
  for (const { start, end } of ownPlaces(thing)) {
    if (start <= headEnd || (last !== undefined && end <= last.end)) continue;
    const own = lineStart(text, start);
    const isListed = ITEM.test(text.slice(own, start)) && text.slice(own, start).trim().length < 4;
    const line = isListed ? (labelAboveItems(text, own) ?? own) : own;
    if (line <= headEnd) continue;
    const prefix = LABEL.exec(lineAt(text, line).slice(0, line === own ? start - own : undefined))?.[1];
    if (prefix !== undefined) last = { start: line, end, prefix };
  }
  return last;
}

/** The name of a field whose value is the list that an item stands in. */
function labelAboveItems(text: string, item: number): number | undefined {
  let line = item;
  for (let steps = 0; steps < MOST_LOOKED_AT; steps++) {
    const label = labelAbove(text, line);
    if (label !== undefined) return label;
    const above = line === 0 ? undefined : lineStart(text, line - 1);
    if (above === undefined || isBlank(text, above) || /^#/.test(lineAt(text, above))) return undefined;
    line = above;
  }
  return undefined;
}

/** The end of the last line that goes on with what stands at an offset: neither blank nor an item of its own. */
function endOfParagraph(text: string, offset: number): number {
  let end = lineEnd(text, offset);
  for (let below = lineBelow(text, end); below !== undefined; below = lineBelow(text, end)) {
    if (isBlank(text, below) || /^[ \t]*(?:[-*+#|>]|\d{1,9}[.)])(?:[ \t]|$)/.test(lineAt(text, below))) break;
    end = lineEnd(text, below);
  }
  return end;
}

function isBlank(text: string, start: number | undefined): boolean {
  return start === undefined || lineAt(text, start).trim() === '';
}

function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
