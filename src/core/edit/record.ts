import { lineAt, lineBelow, lineEnd, lineStart } from '../language/lines';
import type { PlanPart } from '../model';
import { type FieldOwner, fieldOf } from '../notation/fields';
import { cellsOf, tableAround } from '../rules/tables';
import type { Location, TextEdit } from '../text';
import { encoded, isInYaml } from './fields/encoding';
import { isTableRow } from './fields/replace';

/** One more entry of something that a plan logs. */
export interface NewRecord {
  readonly owner: FieldOwner;
  /** In the order in which people read them; names of columns, and keys of YAML. */
  readonly fields: readonly RecordField[];
  /** The heading, and the key, for a plan that has none yet. */
  readonly heading: string;
  readonly key: string;
  /** As an item of a list. */
  readonly item: string;
}

export interface RecordField {
  readonly field: string;
  readonly column: string;
  /** Empty for none. */
  readonly value: string;
  /** As YAML, where that is not the value as a text. */
  readonly yaml?: string;
}

/** The edit that adds an entry behind the last one, in its form; in a section of its own where there is none yet. */
export function recordEdit(part: PlanPart, last: Location | undefined, record: NewRecord): TextEdit | undefined {
  const { text } = part;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (last === undefined) return part.notation === 'yaml' ? newKey(part, record, eol) : newSection(part, record, eol);
  if (isInYaml(part, last.start)) return nextEntry(text, last, record, eol);
  const row = lineStart(text, last.start);
  if (!isTableRow(text, last.start)) {
    const mark = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?/.exec(lineAt(text, row))?.[0];
    return mark === undefined ? undefined : insert(lineEnd(text, last.end), `${eol}${mark}${record.item}`);
  }
  const table = tableAround(text, row);
  if (table === undefined) return undefined;
  const cells = cellsOf(text, table.header).map(({ start, end }) => {
    const field = fieldOf(record.owner, text.slice(start, end));
    const value = record.fields.find((each) => each.field === field)?.value ?? '';
    return value === '' ? '—' : encoded(value, 'cell');
  });
  return insert(lineEnd(text, table.rows.at(-1) ?? row), `${eol}| ${cells.join(' | ')} |`);
}

function newSection({ text }: PlanPart, { heading, fields }: NewRecord, eol: string): TextEdit {
  const end = text.trimEnd().length;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = [
    `## ${heading}`,
    '',
    row(fields.map(({ column }) => column)),
    row(fields.map(() => '---')),
    row(fields.map(({ value }) => (value === '' ? '—' : encoded(value, 'cell')))),
  ];
  const closing = end === text.length ? eol : '';
  return insert(end, `${end === 0 ? '' : eol + eol}${lines.join(eol)}${closing}`);
}

/** A list of its own, or the first entry of one that is empty. Undefined where the key has something that is no list of entries. */
function newKey({ text }: PlanPart, record: NewRecord, eol: string): TextEdit | undefined {
  const list = eol + entry('  ', record, () => undefined, eol);
  const key = [...text.matchAll(KEY)].find(({ 1: name = '' }) => fieldOf('plan', name) === fieldOf('plan', record.key));
  if (key === undefined) {
    const end = text.trimEnd().length;
    return insert(end, `${eol}${eol}${record.key}:${list}${end === text.length ? eol : ''}`);
  }
  const start = key.index + key[0].length;
  const [rest = '', comment = ''] = NOTHING_BEHIND.exec(text.slice(start, lineEnd(text, start))) ?? [];
  const below = text.slice(lineBelow(text, start) ?? text.length);
  if (start + rest.length < lineEnd(text, start) || VALUE_BELOW.test(below)) return undefined;
  return { range: { start, end: start + rest.length }, newText: comment.trimEnd() + list };
}

const KEY = /^([A-Za-z][\w -]*?)[ \t]*:(?=\s|$)/gm;
const NOTHING_BEHIND = /^[ \t]*(?:\[[ \t]*\]|~|null)?([ \t]+#.*)?[ \t]*$/;
/** What a list below a key begins with, or a text. */
const VALUE_BELOW = /^(?:[ \t]*(?:#[^\n]*|\r)?\n)*(?:[ \t]+[^\s#]|-[ \t])/;

/** Behind the last entry, with keys called as that one calls them. */
function nextEntry(text: string, last: Location, record: NewRecord, eol: string): TextEdit | undefined {
  const line = lineStart(text, last.start);
  const dash = /^([ \t]*)-[ \t]/.exec(lineAt(text, line));
  if (dash === null) return undefined;
  const end = endOfEntry(text, line, (dash[1] ?? '').length);
  const written = text.slice(last.start, Math.max(last.end, end));
  const names = new Map<string, string>();
  for (const { 1: name = '' } of `\n${written}`.matchAll(/[\n{,][ \t]*["']?([A-Za-z_][\w -]*?)["']?[ \t]*:(?=\s|$)/g)) {
    const field = fieldOf(record.owner, name);
    if (field !== undefined && !names.has(field)) names.set(field, name);
  }
  return insert(end, `${eol}${entry(dash[1] ?? '', record, (field) => names.get(field), eol)}`);
}

/** The end of the last line that stands deeper than the dash. */
function endOfEntry(text: string, start: number, depth: number): number {
  let end = lineEnd(text, start);
  for (let line = lineBelow(text, start); line !== undefined; line = lineBelow(text, line)) {
    const content = lineAt(text, line);
    if (content.trim() === '') continue;
    if (content.length - content.trimStart().length <= depth) break;
    end = lineEnd(text, line);
  }
  return end;
}

function entry(
  indent: string,
  { fields }: NewRecord,
  nameOf: (field: string) => string | undefined,
  eol: string,
): string {
  return fields
    .filter(({ value, yaml }) => value !== '' || yaml !== undefined)
    .map(({ field, column, value, yaml }, index) => {
      const name = nameOf(field) ?? column.toLowerCase().replaceAll(' ', '_');
      return `${indent}${index === 0 ? '- ' : '  '}${name}: ${yaml ?? encoded(value, 'yaml')}`;
    })
    .join(eol);
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
