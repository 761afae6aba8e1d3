import { lineAbove, lineAt, lineBelow, lineEnd, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import { fieldOf } from '../../notation/fields';
import type { Range, TextEdit } from '../../text';
import type { NewField } from './missing';

export function isRow({ text, notation }: PlanPart, thing: Thing): boolean {
  return notation === 'markdown' && /^[ \t]*\|/.test(lineAt(text, thing.head.start));
}

/** Fills the cell of a row, in a column that is added where the table has none. */
export function rowEdits(
  part: PlanPart,
  thing: Thing,
  { owner, field, name, value }: NewField,
): readonly TextEdit[] | undefined {
  const { text } = part;
  const row = lineStart(text, thing.head.start);
  const table = tableAround(text, row);
  if (table === undefined) return undefined;
  const column = cellsOf(text, table.header).findIndex(
    (cell) => fieldOf(owner, text.slice(cell.start, cell.end)) === field,
  );
  if (column < 0) return columnEdits(text, table, [[row, value]], name);
  const cell = cellsOf(text, row)[column];
  if (cell === undefined) return undefined;
  return [{ range: cell, newText: ` ${value} ` }];
}

export interface Table {
  /** Starts of lines. */
  readonly header: number;
  readonly delimiter: number;
  readonly rows: readonly number[];
}

const DELIMITER = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** The table that a line stands in. */
export function tableAround(text: string, line: number): Table | undefined {
  let delimiter: number | undefined = line;
  while (delimiter !== undefined && !DELIMITER.test(lineAt(text, delimiter))) {
    if (!lineAt(text, delimiter).includes('|')) return undefined;
    delimiter = lineAbove(text, delimiter);
  }
  const header = delimiter === undefined ? undefined : lineAbove(text, delimiter);
  if (delimiter === undefined || header === undefined) return undefined;
  const rows: number[] = [];
  for (let row = lineBelow(text, delimiter); row !== undefined; row = lineBelow(text, row)) {
    if (!lineAt(text, row).includes('|')) break;
    rows.push(row);
  }
  return { header, delimiter, rows };
}

/** What stands between the bars of a line. */
export function cellsOf(text: string, line: number): readonly Range[] {
  const end = lineEnd(text, line);
  const bars: number[] = [];
  for (let at = line; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '|') bars.push(at);
  }
  if (text.slice(line, bars[0] ?? end).trim() !== '') bars.unshift(line - 1);
  if (text.slice((bars.at(-1) ?? line) + 1, end).trim() !== '') bars.push(end);
  return bars.slice(0, -1).map((bar, index) => ({ start: bar + 1, end: bars[index + 1] ?? end }));
}

/** A new last column. */
export function columnEdits(
  text: string,
  { header, delimiter, rows }: Table,
  values: readonly (readonly [row: number, value: string])[],
  name: string,
): readonly TextEdit[] {
  const cellOfRow = new Map(values);
  const append = (line: number, cell: string): TextEdit => {
    const content = lineAt(text, line).trimEnd();
    const at = line + content.length;
    const bar = content.endsWith('|') && !content.endsWith('\\|') ? '' : ' |';
    return { range: { start: at, end: at }, newText: `${bar} ${cell} |` };
  };
  return [append(header, name), append(delimiter, '---'), ...rows.map((row) => append(row, cellOfRow.get(row) ?? ' '))];
}
