import { lineEnd, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import type { TextEdit } from '../../text';
import type { NewField } from './newField';

const KEY = /^([ \t]*(?:-[ \t]+)*)["']?[A-Za-z_][\w -]*["']?[ \t]*:(?:[ \t]|\r?$)/;

/** A key of its own, behind the thing's id or title. Undefined for a thing that is a mere text, or in a form too rare. */
export function entryEdit({ text }: PlanPart, thing: Thing, { name, value }: NewField): TextEdit | undefined {
  const { start, end } = thing.location;
  if (text[start] === '{') {
    if (text[end - 1] !== '}') return undefined;
    const at = text.slice(0, end - 1).trimEnd().length;
    const comma = text[at - 1] === ',' || text[at - 1] === '{' ? '' : ',';
    return { range: { start: at, end: at }, newText: `${comma} ${name}: ${value}` };
  }
  const anchors = [thing.idAt, thing.title.value === '' ? undefined : thing.title].filter(
    (at) => at !== undefined && at.start >= start && at.end <= end,
  );
  const anchor = anchors.reduce((last, at) => ((at?.end ?? 0) > (last?.end ?? 0) ? at : last), undefined);
  if (anchor === undefined) return undefined;
  const line = lineStart(text, anchor.start);
  const key = KEY.exec(text.slice(line, lineEnd(text, anchor.start)));
  // Where id and title stand on the key's own line, as in `B1: Write it`, there is no mapping to add to.
  if (key === null || (anchor.start === start && anchor !== thing.title)) return undefined;
  const at = lineEnd(text, anchor.end);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    range: { start: at, end: at },
    newText: `${lineBreak}${' '.repeat((key[1] ?? '').length)}${name}: ${value}`,
  };
}
