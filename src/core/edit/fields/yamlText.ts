import { lineBelow, lineEnd, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import type { Range, TextEdit } from '../../text';
import { encoded } from './encoding';
import { isInFlow } from './replace';

/** A key and its value. */
interface Entry {
  readonly name: string;
  readonly value: string;
}

/**
 * Makes a mapping of a thing that is a mere text (`- B1 — Read`, `B1: Read`, `[B1 — Read]`): the text as it stands
 * becomes the value of the key `textName`, with `entries` behind it. Comments stay beside the text.
 */
export function mappingEdits(
  { text }: PlanPart,
  thing: Thing,
  textName: string,
  entries: readonly Entry[],
): readonly TextEdit[] | undefined {
  const value = textRange(text, thing);
  const line = lineStart(text, thing.location.start);
  const before = text.slice(line, thing.location.start);
  if (value.start < value.end && isBetweenBrackets(text, thing)) {
    const added = entries.map(({ name, value: each }) => `, ${name}: ${encoded(each, 'yaml', true)}`);
    return [insert(value.start, `{ ${textName}: `), insert(value.end, `${added.join('')} }`)];
  }
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const below = (column: number) =>
    insert(
      lineEnd(text, value.end),
      entries
        .map(({ name, value: each }) => `${lineBreak}${' '.repeat(column)}${name}: ${encoded(each, 'yaml')}`)
        .join(''),
    );
  if (value.start === thing.location.start) {
    const dash = /^[ \t]*(?:-[ \t]+)*(?=-[ \t]+$)/.exec(before)?.[0].length;
    if (dash === undefined) return undefined;
    const column = before.length;
    return [insert(value.start, `${textName}: `), ...deeper(text, value, column - dash), below(column)];
  }
  if (before.trim() !== '') return undefined;
  const column = before.length + 2;
  if (value.start === value.end) return [below(column)];
  const gap = { start: text.slice(0, value.start).trimEnd().length, end: value.start };
  const named = { range: gap, newText: `${lineBreak}${' '.repeat(column)}${textName}: ` };
  return [named, ...deeper(text, value, 2), below(column)];
}

const KEY = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s"'|>{[#&*!%@`][^\n]*?)[ \t]*:(?=\s|$)\s*/;

/** All of the thing, or what stands behind the key that is its id; nothing where there is nothing behind it. */
function textRange(text: string, { location: { start, end }, idAt }: Thing): Range {
  const isKey = idAt !== undefined && idAt.start >= start && idAt.start - start <= 1;
  const key = isKey ? KEY.exec(text.slice(start, end + 1))?.[0] : undefined;
  if (key === undefined) return { start, end };
  const at = start + key.length;
  return at < end ? { start: at, end } : { start: end, end };
}

/** What stands between brackets is followed by a comma or a bracket; nothing else is. */
function isBetweenBrackets(text: string, { location: { start, end } }: Thing): boolean {
  return isInFlow(text, start) || /^(?:\s|#[^\n]*)*[,\]}]/.test(text.slice(end));
}

/** Moves the lines that a text of several lines goes on in. */
function deeper(text: string, { start, end }: Range, by: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (let line = lineBelow(text, start); line !== undefined && line < end; line = lineBelow(text, line)) {
    if (text.slice(line, lineEnd(text, line)).trim() !== '') edits.push(insert(line, ' '.repeat(by)));
  }
  return edits;
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
