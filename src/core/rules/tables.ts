import { lineAbove, lineAt, lineBelow, lineEnd } from '../language/lines';
import type { Range } from '../text';

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
