import type { Node } from 'yaml';
import type { Field } from '../../model';
import type { Location } from '../../text';
import { hasIdShape, TOKEN } from '../ids';
import type { Entry, YamlValues } from './values';
import type { Written } from './written';

/** Written as a field, as the key, or at the head of the title (`Phase J — Provision`); else made from the position. */
export function named(
  values: YamlValues,
  { value, key, location, head, number }: Written,
  fields: ReadonlyMap<string, Entry>,
  prefix: string,
) {
  const written = values.field(fields.get('id')?.value) ?? values.field(key);
  const title = values.field(fields.get('title')?.value) ?? values.field(value);
  const split = title === undefined ? undefined : splitTitle(title);
  if (written !== undefined) {
    const whole = splitTitle(written);
    const id = whole?.id ?? { ...written, value: withoutKind(written.value) };
    const fallback = { file: head.file, start: id.end, end: id.end, value: '' };
    const own = split !== undefined && split.id.value === id.value ? split.title : title;
    return { id: id.value, idAt: placeOf(id), title: own ?? whole?.title ?? fallback, location, head };
  }
  if (split !== undefined) return { id: split.id.value, idAt: placeOf(split.id), title: split.title, location, head };
  const alone = title !== undefined && !fields.has('title') && isLoneId(title.value) ? title : undefined;
  if (alone !== undefined) {
    const rest = { file: alone.file, start: alone.end, end: alone.end, value: '' };
    return { id: alone.value, idAt: placeOf(alone), title: rest, location, head };
  }
  const id = prefix === '' ? String(number) : `${prefix}.${number}`;
  return { id, title: title ?? { file: head.file, start: head.start, end: head.start, value: '' }, location, head };
}

const KIND_WORD = '(?:phase|stage|milestone|gate|scenario|failure|bead|task)';
const TITLE = new RegExp(`^(${KIND_WORD}\\s+)?(${TOKEN})(\\s*(?:[—–:]|\\s-)\\s+|\\.\\s+)(\\S.*)$`, 'isu');

/** `Phase J — Provision` and `T001: Set up`: id and title, each at its place. */
function splitTitle(field: Field<string>): { readonly id: Field<string>; readonly title: Field<string> } | undefined {
  const [, kind = '', id = '', mark = '', title = ''] = TITLE.exec(field.value) ?? [];
  if (id === '' || id.length > 100) return undefined;
  // `CI: run the tests` is a title about CI, `T001: run the tests` one of T001.
  if (kind === '' && !(/[:.]/.test(mark) ? /\d/.test(id) : hasIdShape(id))) return undefined;
  const start = field.start + kind.length;
  const { file, end } = field;
  return {
    id: { file, start, end: start + id.length, value: id },
    title: { file, start: end - title.length, end, value: title },
  };
}

function withoutKind(id: string): string {
  return new RegExp(`^${KIND_WORD}\\s+(\\S+)$`, 'i').exec(id)?.[1] ?? id;
}

export function isLoneId(text: string): boolean {
  return !/\s/.test(text) && hasIdShape(text);
}

export function idIn(values: YamlValues, node: Node | undefined): string | undefined {
  const field = values.field(node);
  return field === undefined ? undefined : (splitTitle(field)?.id.value ?? withoutKind(field.value));
}

function placeOf({ file, start, end }: Location): Location {
  return { file, start, end };
}
