import type { PlanPart } from '../model';
import { lineAbove, lineAt } from './lines';

const DIVIDING_ROW = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$/;
const headers = new WeakMap<PlanPart, Map<number, readonly string[] | undefined>>();

/**
 * The names of the columns above a row of a Markdown table; undefined for a line that is no such row. `row` is where
 * the line begins. Each line is looked at once for each reading.
 */
export function columnsAbove(part: PlanPart, row: number): readonly string[] | undefined {
  const known = headers.get(part) ?? new Map<number, readonly string[] | undefined>();
  headers.set(part, known);
  const way: number[] = [];
  let columns: readonly string[] | undefined;
  for (let line: number | undefined = row; line !== undefined; line = lineAbove(part.text, line)) {
    if (known.has(line)) {
      columns = known.get(line);
      break;
    }
    const content = lineAt(part.text, line);
    if (!content.includes('|')) break;
    way.push(line);
    if (!DIVIDING_ROW.test(content)) continue;
    const head = lineAbove(part.text, line);
    columns = head === undefined ? undefined : cellsOf(lineAt(part.text, head));
    break;
  }
  for (const line of way) known.set(line, columns);
  return columns;
}

/** Texts between the bars of a row that begins with one or not. */
export function cellsOf(row: string): readonly string[] {
  return row
    .trim()
    .replace(/^\|/, '')
    .split(/(?<!\\)\|/);
}
