import { encoded, oneLine } from '../edit/fields/encoding';
import { lineAt, lineBelow, lineEnd, lineStart } from '../language/lines';
import { cellsOf, type Table, tableAround } from '../rules/tables';
import type { TextEdit } from '../text';
import { type ActionSource, type Actor, dayOf, type SideFile } from './action';
import { handleOf } from './person';
import type { ProgressEvent } from './progressEvent';

const DATED_ITEM =
  /^([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)((?:\*\*|__|`|\[|\()?)(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(?::\d{2})?)?((?:\*\*|__|`|\]|\))?:?)(.*)$/;
const DATED_HEADING = /^(#{1,6}[ \t]+)(\[?)(\d{4}-\d{2}-\d{2})\b/;
const LOG_HEADING = /^#{1,6}[ \t].*\b(?:progress|log|journal|history|diary|what happened)\b/i;

/** The edit that adds an entry to a log in Markdown or plain text, in the form that it has. */
export function markdownEntryEdit(
  source: ActionSource,
  progress: SideFile,
  actor: Actor,
  event: ProgressEvent,
  isDated: boolean,
): TextEdit {
  const { text } = progress;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  if (text.trim() === '') {
    const title = `# Progress: ${oneLine(source.snapshot.plan.title)}`;
    const about = 'One line for each event, oldest first. Lines are added at the end and never changed.';
    const content = `${title}\n\n${about}\n\n- ${partsOf(actor, event).join(' · ')}\n`;
    return { range: { start: 0, end: text.length }, newText: content.replace(/\n/g, lineBreak) };
  }
  const zone = logZone(source, progress);
  if (zone === undefined) {
    const end = text.trimEnd().length;
    return insert(end, `\n\n## Progress\n\n- ${partsOf(actor, event).join(' · ')}\n`, lineBreak, text);
  }
  const lines = linesIn(text, zone.start, zone.end);
  const headings = lines.filter(({ line }) => DATED_HEADING.test(line));
  const table = tableIn(text, lines);
  if (headings.length > 0) return underHeading(text, zone, lines, headings, actor, event, lineBreak, isDated);
  if (table !== undefined) return rowEdit(text, table, actor, event, lineBreak);
  const items = lines.filter(({ line }) => DATED_ITEM.test(line));
  const model = items.at(-1);
  if (model === undefined) {
    const last = lines.findLast(({ line }) => line.trim() !== '');
    const isItem = last !== undefined && /^[-*+][ \t]/.test(last.line);
    const end = last === undefined ? zone.end : last.start + last.line.length;
    return insert(end, `${isItem ? '\n' : '\n\n'}- ${partsOf(actor, event).join(' · ')}`, lineBreak, text);
  }
  return besideItem(text, items, model, actor, event, lineBreak);
}

interface Line {
  readonly start: number;
  readonly line: string;
}

function linesIn(text: string, start: number, end: number): readonly Line[] {
  const lines: Line[] = [];
  for (let at: number | undefined = start; at !== undefined && at < end; at = lineBelow(text, at))
    lines.push({ start: at, line: lineAt(text, at) });
  return lines;
}

/** The part of the file that entries stand in: all of it, or the section about progress in a file that tells more. */
function logZone(source: ActionSource, { file, text }: SideFile): { start: number; end: number } | undefined {
  const part = source.part(file);
  const isPlan = part !== undefined && part.phases.length + part.beads.length + part.gates.length > 0;
  if (!isPlan) return { start: 0, end: text.length };
  let found: { start: number; level: number } | undefined;
  for (const { start, line } of linesIn(text, 0, text.length)) {
    const level = /^#{1,6}(?=[ \t])/.exec(line)?.[0].length;
    if (level === undefined) continue;
    if (found !== undefined && level <= found.level) return { start: found.start, end: start };
    if (found === undefined && LOG_HEADING.test(line)) found = { start, level };
  }
  return found === undefined ? undefined : { start: found.start, end: text.length };
}

/** Date, what it is about, what happened, who, and what there is to say: what an entry is made of. */
function partsOf(actor: Actor, { of, event, detail = '' }: ProgressEvent, withTime = false): string[] {
  const when = withTime ? actor.at.replace('T', ' ') : dayOf(actor);
  return [when, of, event, handleOf(actor), detail].filter((part) => part !== '');
}

/** In the form of the last entry, below it; where the newest stands on top, above the first. */
function besideItem(
  text: string,
  items: readonly Line[],
  model: Line,
  actor: Actor,
  event: ProgressEvent,
  lineBreak: string,
): TextEdit {
  const [, mark = '- ', open = '', , time, close = '', rest = ''] = DATED_ITEM.exec(model.line) ?? [];
  const divider = /^[ \t]*([·|—–:-]|--)[ \t]/.exec(rest)?.[1] ?? (close.endsWith(':') ? ':' : '·');
  const between = divider === ':' ? ' · ' : ` ${divider} `;
  const [when = '', ...others] = partsOf(actor, event, time !== undefined);
  const first = close.endsWith(':') ? ' ' : divider === ':' ? ': ' : between;
  const entry = `${mark.replace(/\[[xX]\]/, '[x]')}${open}${when}${close}${first}${others.join(between)}`;
  if (isNewestFirst(items)) {
    const top = items[0]?.start ?? 0;
    return { range: { start: top, end: top }, newText: entry + lineBreak };
  }
  return insert(endOfItem(text, model.start), `\n${entry}`, lineBreak, text);
}

function isNewestFirst(items: readonly Line[]): boolean {
  const dates = items.map(({ line }) => /\d{4}-\d{2}-\d{2}/.exec(line)?.[0] ?? '');
  return (dates[0] ?? '') > (dates.at(-1) ?? '');
}

/** The end of an item with the lines that belong to it. */
function endOfItem(text: string, start: number): number {
  let end = lineEnd(text, start);
  for (let below = lineBelow(text, start); below !== undefined; below = lineBelow(text, below)) {
    const line = lineAt(text, below);
    if (!/^[ \t]+\S/.test(line)) break;
    end = lineEnd(text, below);
  }
  return end;
}

/** Under the heading of the day, which is added where it is not there yet. */
function underHeading(
  text: string,
  zone: { readonly end: number },
  lines: readonly Line[],
  headings: readonly Line[],
  actor: Actor,
  event: ProgressEvent,
  lineBreak: string,
  isDated: boolean,
): TextEdit {
  const [when, ...words] = partsOf(actor, event);
  const entry = `- ${(isDated ? [when, ...words] : words).join(' · ')}`;
  const today = headings.find(({ line }) => DATED_HEADING.exec(line)?.[3] === dayOf(actor));
  const level = /^#+/.exec(headings[0]?.line ?? '')?.[0].length ?? 2;
  if (today !== undefined) {
    const next = lines.find(({ start, line }) => start > today.start && (/^#+/.exec(line)?.[0].length ?? 9) <= level);
    const own = text.slice(today.start, next?.start ?? zone.end).trimEnd();
    const top = /\n([-*+][ \t])/.exec(own);
    if (top !== null && isNewestFirst(headings)) {
      const at = today.start + top.index + 1;
      return { range: { start: at, end: at }, newText: entry + lineBreak };
    }
    const isListed = /(?:^|\n)[-*+][ \t][^\n]*(?:\n[ \t]+[^\n]*)*$/.test(own.replace(/\r/g, ''));
    return insert(today.start + own.length, `${isListed ? '\n' : '\n\n'}${entry}`, lineBreak, text);
  }
  const model = headings[0];
  const [, marks = '## ', open = ''] = DATED_HEADING.exec(model?.line ?? '') ?? [];
  const heading = `${marks}${open}${dayOf(actor)}${open === '[' ? ']' : ''}`;
  if (isNewestFirst(headings)) {
    const top = model?.start ?? 0;
    return { range: { start: top, end: top }, newText: `${heading}\n\n${entry}\n\n`.replace(/\n/g, lineBreak) };
  }
  const end = text.slice(0, zone.end).trimEnd().length;
  return insert(end, `\n\n${heading}\n\n${entry}`, lineBreak, text);
}

// ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const COLUMNS: readonly (readonly [keyof Cells, RegExp])[] = [
  ['when', /^(?:date|when|day|time|datum)\b/i],
  ['of', /^(?:bead|id|task|item|issue|gate|phase|ref\w*|of|thing)\b/i],
  ['who', /^(?:who|by|owner|agent|person|author|actor)\b/i],
  ['event', /^(?:event|what|status|state|action|entry|happened|change|update)\b/i],
  ['detail', /^(?:evidence|detail|details|note|notes|result|comment|summary|remark)\b/i],
];

interface Cells {
  when: string;
  of: string;
  who: string;
  event: string;
  detail: string;
}

function tableIn(text: string, lines: readonly Line[]): Table | undefined {
  const delimiter = lines.findLast(({ line }) => /^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|/.test(line));
  const table = delimiter === undefined ? undefined : tableAround(text, delimiter.start);
  if (table === undefined) return undefined;
  const header = lineAt(text, table.header);
  return /\b(?:date|when|day|datum)\b/i.test(header) ? table : undefined;
}

function rowEdit(text: string, table: Table, actor: Actor, event: ProgressEvent, lineBreak: string): TextEdit {
  const cells: Cells = {
    when: dayOf(actor),
    of: event.of,
    who: handleOf(actor),
    event: event.event,
    detail: event.detail ?? '',
  };
  const columns = cellsOf(text, table.header).map(({ start, end }) => {
    const name = text.slice(start, end).replace(/[*_`]/g, '').trim();
    return COLUMNS.find(([, names]) => names.test(name))?.[0];
  });
  const known = new Set(columns);
  // What has no column of its own is told in the one that says what happened.
  const told = (['of', 'event', 'detail', 'who'] as const).filter((key) => key === 'event' || !known.has(key));
  const target = (['event', 'detail', 'of'] as const).find((key) => known.has(key));
  const rest = told.map((key) => cells[key]).filter((cell) => cell !== '');
  const row = columns.map((column) => {
    if (column === undefined) return '';
    if (column === target && column === 'event') return encoded(rest.join(' · '), 'cell');
    if (column === target) return encoded([...rest, cells[column]].filter((cell) => cell !== '').join(' · '), 'cell');
    return encoded(cells[column], 'cell');
  });
  const written = `| ${row.join(' | ')} |`.replace(/\| {2}(?=\|)/g, '| ');
  const dates = table.rows.map((start) => ({ start, line: lineAt(text, start) }));
  if (isNewestFirst(dates)) {
    const top = lineEnd(text, table.delimiter);
    return insert(top, `\n${written}`, lineBreak, text);
  }
  return insert(lineEnd(text, table.rows.at(-1) ?? table.delimiter), `\n${written}`, lineBreak, text);
}

/** Puts text in behind a line, whose own break stays behind it. */
function insert(at: number, newText: string, lineBreak: string, text: string): TextEdit {
  const end = lineStart(text, at) === at && at === text.length ? newText.replace(/^\n(?=[^\n])/, '') : newText;
  return { range: { start: at, end: at }, newText: end.replace(/\n/g, lineBreak) };
}
