import { lineEnd, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import type { TextEdit } from '../../text';
import { encoded } from './encoding';
import { type NewField, ownPlaces } from './newField';

const KEY = /^([ \t]*(?:-[ \t]+)*)["']?[\p{L}_][\p{L}\d_ -]*["']?[ \t]*:(?:[ \t]|\r?$)/u;

/** Keys of their own, behind the last that stands on a line with its value. Undefined for a thing that is a mere text. */
export function entryEdit({ text }: PlanPart, thing: Thing, fields: readonly NewField[]): TextEdit | undefined {
  const { start, end } = thing.location;
  if (text[start] === '{') {
    if (text[end - 1] !== '}') return undefined;
    const at = text.slice(0, end - 1).trimEnd().length;
    const comma = text[at - 1] === ',' || text[at - 1] === '{' ? '' : ',';
    const entries = fields.map(({ name, value }) => ` ${name}: ${encoded(value, 'yaml', true)}`);
    return { range: { start: at, end: at }, newText: comma + entries.join(',') };
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
  if (at === undefined) return undefined;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const entries = fields.map(
    ({ name, value }) => `${lineBreak}${' '.repeat(column)}${name}: ${encoded(value, 'yaml')}`,
  );
  return { range: { start: at, end: at }, newText: entries.join('') };
}

/** Where the keys of the thing's mapping stand: those of its id or title. */
function columnOf(text: string, { location, idAt, title }: Thing): number | undefined {
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
