import { lineAt, lineBelow, lineEnd, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import type { TextEdit } from '../../text';
import { type NewField, ownPlaces } from './newField';

const ITEM = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])([ \t]+)/;
const LABEL = /^([ \t]*(?:[-*+][ \t]+)?)(?:\*\*|__)?[A-Za-z][^:|·\n]{0,40}:/;

/** A line of its own for a field: below the last one that the thing has, or below the line that names it. */
export function lineEdit({ text }: PlanPart, thing: Thing, field: NewField): TextEdit {
  const head = lineStart(text, thing.head.start);
  const item = ITEM.exec(lineAt(text, head));
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  if (item !== null) return itemEdit(text, thing, field, item, lineBreak);
  const last = lastField(text, thing);
  if (last === undefined) return belowHead(text, head, field, lineBreak);
  const end = lineEnd(text, last.end);
  const gap = last.prefix.trim() === '' && field.isSpaced ? lineBreak : '';
  return insert(end, `${lineBreak}${gap}${last.prefix}${field.line}`);
}

function belowHead(text: string, head: number, field: NewField, lineBreak: string): TextEdit {
  const end = lineEnd(text, head);
  const below = lineBelow(text, end);
  const closing = isBlank(text, below) ? '' : lineBreak;
  return insert(end, `${lineBreak}${lineBreak}${field.line}${closing}`);
}

/** A line inside a list item: behind the lines of its first paragraph, or on its own line where its fields stand there. */
function itemEdit(
  text: string,
  thing: Thing,
  field: NewField,
  [mark, indent = '']: RegExpExecArray,
  lineBreak: string,
): TextEdit {
  const head = lineStart(text, thing.head.start);
  const last = lastField(text, thing);
  const inline = /[ \t]([|·])[ \t]/.exec(lineAt(text, head))?.[1];
  if (last === undefined && inline !== undefined) {
    return insert(lineEnd(text, head), ` ${inline} ${plain(field)}`);
  }
  const inside = ' '.repeat(indent.length + (mark.length - indent.length > 4 ? 2 : mark.length - indent.length));
  const prefix = last?.prefix ?? inside;
  return insert(endOfParagraph(text, last?.end ?? head), `${lineBreak}${prefix}${field.line}`);
}

/** `done when: TODO`, for a line that is divided by marks. */
function plain({ name, value }: NewField): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}: ${value}`;
}

interface FieldLine {
  readonly start: number;
  /** Where its value ends, maybe lines below. */
  readonly end: number;
  readonly prefix: string;
}

/** The last of the thing's fields whose name and value begin on one line below its head, before anything nested. */
function lastField(text: string, thing: Thing): FieldLine | undefined {
  let last: FieldLine | undefined;
  const headEnd = lineEnd(text, thing.head.start);
  for (const { start, end } of ownPlaces(thing)) {
    if (start <= headEnd || (last !== undefined && end <= last.end)) continue;
    const line = lineStart(text, start);
    const prefix = LABEL.exec(text.slice(line, start))?.[1];
    if (prefix !== undefined) last = { start: line, end, prefix };
  }
  return last;
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

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
