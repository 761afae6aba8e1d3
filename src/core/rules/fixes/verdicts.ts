import { lineAt, lineStart } from '../../language/lines';
import type { Criterion, Gate, PlanPart } from '../../model';
import { fieldOf } from '../../notation/fields';
import type { TextEdit } from '../../text';
import { cellsOf, tableAround } from '../tables';
import type { Fix } from './fix';
import { columnEdits } from './tableCell';

const COLUMNS = ['pass', 'adjust', 'abort'] as const;

/** Adds what a gate's criterion leaves out: a column of its table, or a key of its mapping. */
export function addVerdicts(part: PlanPart, gate: Gate, criterion: Criterion): readonly Fix[] {
  const missing = COLUMNS.filter((column) => criterion[column] === '');
  const edits = part.notation === 'yaml' ? keys(part, criterion, missing) : columns(part, gate, criterion, missing);
  if (edits === undefined) return [];
  const names = missing.map(titled).join(' and ');
  return [{ title: `Add ${names}`, file: part.file, edits, preferred: false }];
}

function titled(column: string): string {
  return column.charAt(0).toUpperCase() + column.slice(1);
}

function columns(
  { text }: PlanPart,
  gate: Gate,
  criterion: Criterion,
  missing: readonly (typeof COLUMNS)[number][],
): readonly TextEdit[] | undefined {
  const row = lineStart(text, criterion.start);
  if (!/^[ \t]*\|/.test(lineAt(text, row))) return undefined;
  const table = tableAround(text, row);
  if (table === undefined) return undefined;
  const names = cellsOf(text, table.header).map(({ start, end }) => fieldOf('criterion', text.slice(start, end)));
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const column of missing) {
    const cell = cellsOf(text, row)[names.indexOf(column)];
    if (names.includes(column)) {
      if (cell === undefined) return undefined;
      edits.push({ range: cell, newText: ' TODO ' });
    } else added.push(column);
  }
  if (added.length === 0) return edits;
  // One table holds the criteria of one gate, and a new column is missing in all of them.
  const rows = table.rows.filter((each) => gate.criteria.some(({ start }) => lineStart(text, start) === each));
  const all = added.map((column) =>
    columnEdits(
      text,
      table,
      rows.map((each) => [each, 'TODO']),
      titled(column),
    ),
  );
  return [
    ...edits,
    ...(all[0] ?? []).map((edit, index) =>
      joined(
        edit,
        all.slice(1).map((each) => each[index]),
      ),
    ),
  ].sort((a, b) => a.range.start - b.range.start);
}

/** Several new columns are one edit for each line. */
function joined(edit: TextEdit, others: readonly (TextEdit | undefined)[]): TextEdit {
  const behind = others.map((other) => other?.newText.replace(/^ \| /, ' ') ?? '');
  return { ...edit, newText: edit.newText + behind.join('') };
}

function keys({ text }: PlanPart, criterion: Criterion, missing: readonly string[]): readonly TextEdit[] | undefined {
  const { start, end } = criterion;
  if (text[start] === '{') {
    if (text[end - 1] !== '}') return undefined;
    const at = text.slice(0, end - 1).trimEnd().length;
    return [{ range: { start: at, end: at }, newText: missing.map((name) => `, ${name}: TODO`).join('') }];
  }
  const own = text.slice(start, end);
  if (!/^["']?[A-Za-z_]\w*["']?[ \t]*:/.test(own)) return undefined;
  const indent = ' '.repeat(start - lineStart(text, start));
  const at = start + own.trimEnd().length;
  return [{ range: { start: at, end: at }, newText: missing.map((name) => `\n${indent}${name}: TODO`).join('') }];
}
