import { lineAt, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import { fieldOf } from '../../notation/fields';
import { cellsOf, type Table, tableAround } from '../../rules/tables';
import type { TextEdit } from '../../text';
import type { NewField } from './newField';

export function isRow({ text, notation }: PlanPart, thing: Thing): boolean {
  return notation === 'markdown' && /^[ \t]*\|/.test(lineAt(text, thing.head.start));
}

/** Fills cells of a row, in columns that are added where the table has none. */
export function rowEdits(part: PlanPart, thing: Thing, fields: readonly NewField[]): readonly TextEdit[] | undefined {
  const { text } = part;
  const row = lineStart(text, thing.head.start);
  const table = tableAround(text, row);
  if (table === undefined) return undefined;
  const names = cellsOf(text, table.header).map(({ start, end }) => text.slice(start, end));
  const edits: TextEdit[] = [];
  const added: NewColumn[] = [];
  for (const { owner, field, name, value } of fields) {
    const column = names.findIndex((each) => fieldOf(owner, each) === field);
    const cell = column < 0 ? undefined : cellsOf(text, row)[column];
    if (column < 0) added.push({ name: asNamed(name, names), cells: new Map([[row, value]]) });
    else if (cell === undefined) return undefined;
    else edits.push({ range: cell, newText: ` ${value} `.padEnd(cell.end - cell.start) });
  }
  return added.length === 0 ? edits : [...edits, ...columnEdits(text, table, added)];
}

/** `done_when` where the table's other columns are written like that. */
function asNamed(name: string, others: readonly string[]): string {
  if (others.some((each) => /\p{Lu}/u.test(each))) return name;
  const isKey = others.some((each) => each.includes('_'));
  return isKey ? name.toLowerCase().replaceAll(' ', '_') : name.toLowerCase();
}

export interface NewColumn {
  readonly name: string;
  /** What stands in it, by the start of a row's line. */
  readonly cells: ReadonlyMap<number, string>;
}

/** New last columns. */
export function columnEdits(
  text: string,
  { header, delimiter, rows }: Table,
  columns: readonly NewColumn[],
): readonly TextEdit[] {
  const append = (line: number, cellOf: (column: NewColumn) => string): TextEdit => {
    const content = lineAt(text, line).trimEnd();
    const at = line + content.length;
    const bar = content.endsWith('|') && !content.endsWith('\\|') ? '' : ' |';
    return { range: { start: at, end: at }, newText: bar + columns.map((column) => ` ${cellOf(column)} |`).join('') };
  };
  return [
    append(header, ({ name }) => name),
    append(delimiter, () => '---'),
    ...rows.map((row) => append(row, ({ cells }) => cells.get(row) ?? ' ')),
  ];
}
