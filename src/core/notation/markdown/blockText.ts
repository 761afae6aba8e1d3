import type { CheckBox } from './blocks';
import { plainInline } from './inline';
import { cut, cutText, isSpace, NO_SPANS, Run } from './run';

/** The lines between two offsets of a text, without markup; blank ones are left out. */
export function linesIn(source: string, at: number, end: number): readonly Run[] {
  const [start, stop] = trimmed(source, at, end);
  const { text, spans } = plainInline(source.slice(start, stop), start);
  if (!text.includes('\n')) return start < stop ? [new Run(start, stop, text, spans)] : NO_LINES;
  const lines: Run[] = [];
  let from = 0;
  while (from <= text.length) {
    const found = text.indexOf('\n', from);
    const to = found < 0 ? text.length : found;
    const run = cutText(start, text, spans, from, to);
    if (run.start < run.end) lines.push(run);
    from = to + 1;
  }
  return lines;
}

/** What stands between two offsets of a text as one run. */
export function runIn(source: string, at: number, end: number): Run {
  const [start, stop] = trimmed(source, at, end);
  const { text, spans } = plainInline(source.slice(start, stop), start);
  return new Run(start, stop, text, spans);
}

/** The lines of a fenced block without its fences, as they are. */
export function codeLinesIn(source: string, at: number, end: number): Run[] {
  const lines: Run[] = [];
  let start = source.indexOf('\n', at) + 1;
  while (start > 0 && start < end) {
    const found = source.indexOf('\n', start);
    const stop = found < 0 || found > end ? end : found;
    const [from, to] = trimmed(source, start, stop);
    const text = source.slice(from, to);
    if (from < to && !/^(?:`{3,}|~{3,})$/.test(text)) {
      lines.push(new Run(from, to, text, NO_SPANS));
    }
    start = stop + 1;
  }
  return lines;
}

/** The cells of a row of a table. */
export function cellsIn(source: string, start: number, stop: number): Run[] {
  const cells: Run[] = [];
  let from = source[start] === '|' ? start + 1 : start;
  for (let bar = from; from < stop; bar++) {
    bar = source.indexOf('|', bar);
    if (bar < 0 || bar >= stop) bar = stop;
    else if (source[bar - 1] === '\\') continue;
    cells.push(runIn(source, from, bar));
    from = bar + 1;
  }
  return cells;
}

export const NO_LINES: readonly Run[] = Object.freeze([]);
export const NUMBERED = /^\d{1,3}[.)][ \t]+(?=\S)/;
const CHECK_BOX = /^\[([ xX~/>!?.+✓✔☑✗✘✅-]?)\]\*?(?=\s|$)[ \t]*/u;

/**
 * Lines such as `5. Measure first` after a line of prose: no list to Markdown, which lets only a list that begins with 1
 * follow without a blank line, but one to every reader.
 */
export function splitNumberedLines(lines: readonly Run[]): [readonly Run[], readonly Run[]] {
  const first = lines.length < 2 ? -1 : lines.findIndex((line, index) => index > 0 && NUMBERED.test(line.text));
  return first < 0 ? [lines, NO_LINES] : [lines.slice(0, first), lines.slice(first)];
}

/** Where the text of `## Title ##` ends. */
export function closingMarks(raw: string, open: number): number {
  let end = raw.length;
  while (end > open && /\s/.test(raw[end - 1] ?? '')) end--;
  let marks = end;
  while (marks > open && raw[marks - 1] === '#') marks--;
  if (marks === end || (marks > open && !/\s/.test(raw[marks - 1] ?? ''))) return end;
  return marks;
}

/** `[x] text` without its box, and the box. Other marks than Markdown's own are in use: `[~]`, `[-]`, `[/]`. */
export function checked(run: Run): { readonly run: Run; readonly check: CheckBox } | undefined {
  const box = CHECK_BOX.exec(run.text);
  if (box === null) return undefined;
  const [whole, mark = ''] = box;
  const start = run.start + 1;
  return {
    run: cut(run, whole.length, run.text.length),
    check: { mark: mark === '' ? ' ' : mark, start, end: start + mark.length },
  };
}

export function trimmed(text: string, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return [start, end];
}
