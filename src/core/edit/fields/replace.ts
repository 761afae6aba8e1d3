import { withLabel } from '../../language/labels';
import { lineAt, lineBelow, lineEnd, lineStart } from '../../language/lines';
import type { Field, PlanPart } from '../../model';
import { cellsOf, tableAround } from '../../rules/tables';
import type { Range, TextEdit } from '../../text';
import { encoded, isInYaml } from './encoding';

/** Another value where one stands: in the same quotes, and in a table as wide as before where it fits. */
export function replaceValue(part: PlanPart, at: Range, value: string): TextEdit {
  const { text } = part;
  if (isInYaml(part, at.start)) return replaceScalar(text, at, value);
  if (!isTableRow(text, at.start)) return { range: at, newText: value };
  return replaceInCell(text, at, encoded(value, 'cell'));
}

/** More text at the end of a value. */
export function appendValue(part: PlanPart, at: Field<string>, more: string): TextEdit {
  const { text } = part;
  // A scalar of one line may need quotes once it holds more; one of several lines just goes on.
  const isOneLine = !text.slice(at.start, at.end).includes('\n');
  if (isOneLine && (isInYaml(part, at.start) || isTableRow(text, at.start)))
    return replaceValue(part, at, at.value + more);
  return { range: { start: at.end, end: at.end }, newText: more };
}

export function isTableRow(text: string, offset: number): boolean {
  return /^[ \t]*\|/.test(lineAt(text, offset));
}

/** In a column that is filled up with blanks, blanks make up for what the value is shorter or longer. */
function replaceInCell(text: string, { start, end }: Range, value: string): TextEdit {
  const row = lineStart(text, start);
  const column = cellsOf(text, row).findIndex((cell) => cell.start <= start && end <= cell.end);
  const cell = cellsOf(text, row)[column];
  const table = tableAround(text, row);
  const above = table === undefined ? undefined : cellsOf(text, table.header)[column];
  const isFilled = cell !== undefined && above !== undefined && cell.end - cell.start === above.end - above.start;
  const blanks = cell === undefined ? 0 : cell.end - end - 1;
  if (!isFilled || blanks < 0 || text.slice(end, cell.end).trim() !== '')
    return { range: { start, end }, newText: value };
  return { range: { start, end: end + blanks }, newText: value.padEnd(end - start + blanks) };
}

function replaceScalar(text: string, at: Range, value: string): TextEdit {
  const range = withQuotes(text, at);
  const quote = range.start < at.start ? text[range.start] : undefined;
  const isFlow = isInFlow(text, range.start);
  if (quote === '"') return { range, newText: JSON.stringify(value) };
  if (quote === "'" && !/\p{Cc}/u.test(value)) return { range, newText: `'${value.replaceAll("'", "''")}'` };
  return { range, newText: encoded(value, 'yaml', isFlow) };
}

function withQuotes(text: string, { start, end }: Range): Range {
  const quote = text[start - 1];
  const isQuoted = (quote === '"' || quote === "'") && text[end] === quote;
  return isQuoted ? { start: start - 1, end: end + 1 } : { start, end };
}

/** Whether a bracket is open before an offset on its line. */
export function isInFlow(text: string, offset: number): boolean {
  let depth = 0;
  let quote = '';
  for (const character of text.slice(lineStart(text, offset), offset)) {
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
  }
  return depth > 0;
}

/** Takes a field out: its line, its piece of a line, or what stands in its cell. */
export function removeValue(part: PlanPart, at: Range, none: string): TextEdit {
  const { text } = part;
  if (isInYaml(part, at.start)) return removeEntry(text, withQuotes(text, at));
  if (isTableRow(text, at.start)) return replaceInCell(text, at, none);
  const field = withLabel(text, at);
  const line = lineStart(text, field.start);
  if (field.start === at.start) return removeBare(text, at, none);
  if (field.start === line && field.end === lineEnd(text, at.end)) {
    return { range: wholeLines(text, field), newText: '' };
  }
  if (/[|·]/.test(text[field.start] ?? '')) {
    let { start } = field;
    while (start > line && /[ \t]/.test(text[start - 1] ?? '')) start--;
    return { range: { start, end: field.end }, newText: '' };
  }
  // The first of several on a line: what divides it from the next goes with it.
  const divider = /^[ \t]*[|·][ \t]*/.exec(text.slice(at.end, lineEnd(text, at.end)))?.[0].length;
  const lead = /^[ \t]*(?:[-*+][ \t]+)?/.exec(text.slice(line, at.start))?.[0].length ?? 0;
  return divider === undefined || field.start > line + lead
    ? { range: at, newText: none }
    : { range: { start: line + lead, end: at.end + divider }, newText: '' };
}

/** A value without a name: `— @maria, 2h`, `(@maria)`, or `claimed by @maria`. */
function removeBare(text: string, { start, end }: Range, none: string): TextEdit {
  const before = text.slice(lineStart(text, start), start);
  const behind = text.slice(end, lineEnd(text, end));
  const bracket = /^[)\]}]/.test(behind) ? /[ \t]*[([{]$/.exec(before)?.[0].length : undefined;
  if (bracket !== undefined) return { range: { start: start - bracket, end: end + 1 }, newText: '' };
  const next = /^,[ \t]*/.exec(behind)?.[0].length;
  if (next !== undefined) return { range: { start, end: end + next }, newText: '' };
  const lead = /(?:,[ \t]*|[ \t]+by[ \t]+)$/.exec(before) ?? (/^[ \t]*$/.test(behind) ? AT_END.exec(before) : null);
  return lead === null
    ? { range: { start, end }, newText: none }
    : { range: { start: start - lead[0].length, end }, newText: '' };
}

/** What leads up to a value at the end of a title. */
const AT_END = /(?<=\S)[ \t]+(?:(?:—|–|--?)[ \t]+)?$/;

/** Lines with the break behind them, and one of two blank lines that they stood between. */
function wholeLines(text: string, { start, end }: Range): Range {
  const below = lineBelow(text, end);
  if (below === undefined) return { start: start - lineBreakBefore(text, start), end };
  const isBlankAbove = start === 0 || /\n[ \t]*\r?\n$/.test(text.slice(0, start));
  const isBlankBelow = lineAt(text, below).trim() === '';
  const next = isBlankAbove && isBlankBelow ? lineBelow(text, below) : below;
  return { start, end: next ?? text.length };
}

function lineBreakBefore(text: string, start: number): number {
  if (text[start - 1] !== '\n') return 0;
  return text[start - 2] === '\r' ? 2 : 1;
}

const ENTRY = /^[ \t]*["']?[\p{L}_][\p{L}\d_ -]*["']?[ \t]*:[ \t]*$/u;

function removeEntry(text: string, { start, end }: Range): TextEdit {
  const line = lineStart(text, start);
  const stop = lineEnd(text, end);
  if (isInFlow(text, start)) {
    const before = /,?[ \t]*["']?[\p{L}_][\p{L}\d_-]*["']?[ \t]*:[ \t]*$/u.exec(text.slice(line, start));
    if (before === null) return { range: { start, end }, newText: 'null' };
    const from = line + before.index;
    const behind = before[0].startsWith(',') ? 0 : (/^[ \t]*,?/.exec(text.slice(end, stop))?.[0].length ?? 0);
    return { range: { start: from, end: end + behind }, newText: '' };
  }
  const isAlone = ENTRY.test(text.slice(line, start)) && /^[ \t]*(?:#|$)/.test(text.slice(end, stop));
  if (!isAlone) return { range: { start, end }, newText: 'null' };
  return { range: { start: line, end: lineBelow(text, end) ?? text.length }, newText: '' };
}
