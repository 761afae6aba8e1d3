import { columnEdits } from '../../edit/fields/tableCell';
import { lineAt, lineStart } from '../../language/lines';
import type { Criterion, Gate, PlanPart } from '../../model';
import { fieldOf } from '../../notation/fields';
import type { TextEdit } from '../../text';
import { cellsOf, tableAround } from '../tables';
import type { Fix } from './fix';

const COLUMNS = ['pass', 'adjust', 'abort'] as const;

/** Adds what these criteria of a gate leave out, all of them the same: columns of their table, or keys of their mappings. */
export function addVerdicts(part: PlanPart, gate: Gate, criteria: readonly Criterion[]): readonly Fix[] {
  const missing = COLUMNS.filter((column) => criteria[0]?.[column] === '');
  const edits = part.notation === 'yaml' ? keysOfAll(part, criteria, missing) : columns(part, gate, criteria, missing);
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
  criteria: readonly Criterion[],
  missing: readonly (typeof COLUMNS)[number][],
): readonly TextEdit[] | undefined {
  const rowsToFill = criteria.map(({ start }) => lineStart(text, start));
  const [first] = rowsToFill;
  if (first === undefined || rowsToFill.some((row) => !/^[ \t]*\|/.test(lineAt(text, row)))) return undefined;
  const table = tableAround(text, first);
  if (table === undefined || rowsToFill.some((row) => !table.rows.includes(row))) return undefined;
  const names = cellsOf(text, table.header).map(({ start, end }) => fieldOf('criterion', text.slice(start, end)));
  const edits: TextEdit[] = [];
  for (const row of rowsToFill) {
    for (const column of missing.filter((each) => names.includes(each))) {
      const cell = cellsOf(text, row)[names.indexOf(column)];
      if (cell === undefined) return undefined;
      edits.push({ range: cell, newText: ' TODO ' });
    }
  }
  const added = missing.filter((column) => !names.includes(column));
  if (added.length === 0) return edits;
  // One table holds the criteria of one gate, and a new column is missing in all of them.
  const rows = table.rows.filter((each) => gate.criteria.some(({ start }) => lineStart(text, start) === each));
  const cells = new Map(rows.map((each) => [each, 'TODO']));
  const columns = added.map((column) => ({ name: titled(column), cells }));
  return [...edits, ...columnEdits(text, table, columns)];
}

function keysOfAll(
  part: PlanPart,
  criteria: readonly Criterion[],
  missing: readonly string[],
): readonly TextEdit[] | undefined {
  const edits = criteria.map((criterion) => keys(part, criterion, missing));
  return edits.includes(undefined) ? undefined : edits.flatMap((each) => each ?? []);
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
