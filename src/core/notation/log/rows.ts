import type { Field } from '../../model';
import { cellsOf } from '../../rules/tables';
import { type FieldName, type FieldOwner, fieldOf } from '../fields';
import { isNone } from '../values';
import type { FileText, Line } from './sections';

/** A row of a table, by the fields that its columns are named for. */
export interface Row<T extends FieldOwner> {
  readonly line: Line;
  /** Undefined where there is no such column, or it says none. */
  cell(field: FieldName<T>): Field<string> | undefined;
}

const DELIMITER = /^[ \t|:-]+$/;

type RowOf<T extends FieldOwner> = Row<T> & { readonly columns: ReadonlyMap<string, number> };

/** The rows of all tables among these lines, whose columns are named as fields of `owner`. Linear. */
export function rowsIn<T extends FieldOwner>(lines: readonly Line[], owner: T, source: FileText): readonly RowOf<T>[] {
  const rows: RowOf<T>[] = [];
  let columns: ReadonlyMap<string, number> | undefined;
  let above: Line | undefined;
  for (const line of lines) {
    if (line.isCode || !line.text.includes('|')) {
      columns = undefined;
      above = undefined;
    } else if (columns === undefined) {
      const isTable = above !== undefined && DELIMITER.test(line.text) && line.text.includes('-');
      if (isTable) columns = columnsOf(above, owner, source);
      above = line;
    } else {
      const cells = cellsOf(source.text, line.start);
      const known = columns;
      const cell = (field: FieldName<T>) => {
        const range = cells[known.get(field) ?? -1];
        const value = range === undefined ? undefined : source.field(range.start, range.end);
        return value === undefined || isNone(value.value) ? undefined : value;
      };
      rows.push({ line, columns, cell });
    }
  }
  return rows;
}

/** The first column for each field. */
function columnsOf(
  header: Line | undefined,
  owner: FieldOwner,
  source: FileText,
): ReadonlyMap<string, number> | undefined {
  if (header === undefined) return undefined;
  const columns = new Map<string, number>();
  for (const [index, { start, end }] of cellsOf(source.text, header.start).entries()) {
    const field = fieldOf(owner, source.text.slice(start, end));
    if (field !== undefined && !columns.has(field)) columns.set(field, index);
  }
  return columns;
}
