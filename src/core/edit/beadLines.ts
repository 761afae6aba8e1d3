import { lineAbove, lineAt, lineBelow, lineEnd, lineStart } from '../language/lines';
import type { Bead, PlanPart } from '../model';
import type { Range } from '../text';

/** How the lines of a bead begin: what can stand beside it begins in the same way. */
export type BeadForm = 'heading' | 'item' | 'row' | 'entry';

/** Whole lines that make a bead, with everything in it. */
export interface BeadLines extends Range {
  readonly form: BeadForm;
  /** Columns of the list mark or dash; the level of a heading; 0 for rows. */
  readonly depth: number;
  /** For a row: the line that names its columns. */
  readonly header?: string;
}

const ITEM = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]/;

/** From the first character of its first line to the last one of its last, or why it cannot be taken out as lines. */
export function beadLines(part: PlanPart, bead: Bead): BeadLines | undefined {
  const { text } = part;
  const start = lineStart(text, Math.min(bead.location.start, bead.head.start));
  const line = lineAt(text, start);
  const end = lineEnd(text, lastCharacter(text, bead.location.end));
  if (part.notation === 'yaml') {
    const dash = /^([ \t]*)-[ \t]/.exec(line);
    const isAlone = dash !== null && !/^[ \t]*-[ \t]+(?:-|.*[[{][^\]}]*$)/.test(line);
    if (dash === null || !isAlone || bead.location.start > start + dash[0].length + 40) return undefined;
    return { start, end, form: 'entry', depth: dash[1]?.length ?? 0 };
  }
  if (part.notation !== 'markdown') return undefined;
  const level = /^#{1,6}(?=[ \t])/.exec(line)?.[0].length;
  if (level !== undefined) return { start, end, form: 'heading', depth: level };
  if (line.trimStart().startsWith('|')) {
    return { start, end: lineEnd(text, start), form: 'row', depth: 0, header: headerAbove(text, start) };
  }
  const item = ITEM.exec(line);
  return item === null ? undefined : { start, end, form: 'item', depth: item[1]?.length ?? 0 };
}

/** The lines again with everything pushed by some columns, or headings by some levels. */
export function pushed(lines: string, form: BeadForm, by: number): string {
  if (by === 0 || form === 'row') return lines;
  if (form === 'heading') return lines.replace(/^#{1,6}(?=[ \t])/gm, (marks) => '#'.repeat(clamp(marks.length + by)));
  const indent = ' '.repeat(Math.max(0, by));
  return lines
    .split('\n')
    .map((line) => (line.trim() === '' ? line : by > 0 ? indent + line : line.slice(Math.min(-by, blank(line)))))
    .join('\n');
}

function clamp(level: number): number {
  return Math.min(6, Math.max(1, level));
}

function blank(line: string): number {
  return line.length - line.trimStart().length;
}

/** The column names of the table that a row stands in, as they are written. */
function headerAbove(text: string, row: number): string {
  let header = '';
  for (let line = lineAbove(text, row); line !== undefined; line = lineAbove(text, line)) {
    const content = lineAt(text, line);
    if (!content.includes('|')) break;
    header = content;
  }
  return header.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Locations may end behind the line break of their last line. */
function lastCharacter(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}

/** What goes when the lines go: for headings the blank lines behind them too, so that one divider is left. */
export function takenOut(text: string, { start, end, form }: BeadLines): Range {
  const next = lineBelow(text, end);
  if (form !== 'heading')
    return next === undefined ? { start: Math.max(0, start - lineBreak(text, start)), end } : { start, end: next };
  let to = next;
  while (to !== undefined && to < text.length && lineAt(text, to).trim() === '') to = lineBelow(text, to);
  if (to !== undefined && to < text.length) return { start, end: to };
  // The last section of the file: the blank lines before it go.
  let from = start;
  while (from > 0 && /\s/.test(text[from - 1] ?? '')) from--;
  return { start: from, end };
}

function lineBreak(text: string, start: number): number {
  return text.slice(start - 2, start) === '\r\n' ? 2 : text[start - 1] === '\n' ? 1 : 0;
}
