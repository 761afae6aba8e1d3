import { lineEnd, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import type { TextEdit } from '../../text';
import { encoded } from './encoding';
import type { NewField } from './newField';
import { ownPlaces } from './ownPlaces';

const KEY = /^([ \t]*(?:-[ \t]+)*)(["']?)[\p{L}_][\p{L}\d_ -]*\2[ \t]*:(?:[ \t]|\r?$)/u;

/** Where keys are added to a thing's mapping. */
export type EntryPlace =
  /** Behind the comma, or the bracket, of a mapping on one line. */
  | { readonly isFlow: true; readonly at: number; readonly comma: string }
  /** At the end of a line; keys stand in this column. */
  | { readonly isFlow: false; readonly at: number; readonly column: number };

/** Behind the last key that stands on a line with its value. Undefined for a thing that is a mere text. */
export function entryPlace({ text }: PlanPart, thing: Thing): EntryPlace | undefined {
  const { start, end } = thing.location;
  if (text[start] === '{') {
    if (text[end - 1] !== '}') return undefined;
    const at = text.slice(0, end - 1).trimEnd().length;
    return { isFlow: true, at, comma: text[at - 1] === ',' || text[at - 1] === '{' ? '' : ',' };
  }
  const column = columnOf(text, thing);
  if (column === undefined) return undefined;
  let at: number | undefined;
  for (const place of [thing.idAt, thing.title.value === '' ? undefined : thing.title, ...ownPlaces(thing)]) {
    if (place === undefined || place.start < start || place.end > end) continue;
    const line = lineStart(text, place.start);
    const key = KEY.exec(text.slice(line, lineEnd(text, place.start)));
    if (key !== null && key[0].length <= place.start - line && (key[1] ?? '').length === column)
      at = Math.max(at ?? 0, lineEnd(text, place.end));
  }
  return at === undefined ? undefined : { isFlow: false, at, column };
}

/** Keys of their own. Undefined where there is no place for them. */
export function entryEdit(part: PlanPart, thing: Thing, fields: readonly NewField[]): TextEdit | undefined {
  const place = entryPlace(part, thing);
  if (place === undefined) return undefined;
  const { at } = place;
  if (place.isFlow) {
    const entries = fields.map(({ name, value }) => ` ${name}: ${encoded(value, 'yaml', true)}`);
    return { range: { start: at, end: at }, newText: place.comma + entries.join(',') };
  }
  const lineBreak = part.text.includes('\r\n') ? '\r\n' : '\n';
  const entries = fields.map(
    ({ name, value }) => `${lineBreak}${' '.repeat(place.column)}${name}: ${encoded(value, 'yaml')}`,
  );
  return { range: { start: at, end: at }, newText: entries.join('') };
}

/** Where the keys of the thing's mapping stand: those of its id or title. */
export function columnOf(text: string, { location, idAt, title }: Thing): number | undefined {
  // Whether the thing is called what its key is called.
  const isKey = idAt !== undefined && idAt.start >= location.start && idAt.start - location.start <= 1;
  const anchors = [title.value === '' ? undefined : title, idAt];
  for (const anchor of anchors) {
    if (anchor === undefined || anchor.start < location.start || anchor.end > location.end) continue;
    const line = lineStart(text, anchor.start);
    const key = KEY.exec(text.slice(line, lineEnd(text, anchor.start)));
    // Where id and title stand on the key's own line, as in `B1: Write it`, there is no mapping to add to.
    if (key === null || anchor.start - line < key[0].length) continue;
    const column = (key[1] ?? '').length;
    if (line + column < location.start || (line + column === location.start && isKey)) continue;
    return column;
  }
  return undefined;
}
