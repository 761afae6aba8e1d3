import { lineAt, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import { fieldOf } from '../../notation/fields';
import { cellsOf, type Table, tableAround } from '../../rules/tables';
import type { TextEdit } from '../../text';
import type { NewField } from './newField';

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
