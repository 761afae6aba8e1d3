import { type EmptyField, emptyFieldsInMarkdown, emptyFieldsInYaml } from '../../language/emptyFields';
import { lineEnd, lineStart } from '../../language/lines';
import type { PlanPart, Thing } from '../../model';
import { fieldOf } from '../../notation/fields';
import type { TextEdit } from '../../text';
import { encoded, isInYaml } from './encoding';
import { isRow } from './tableCell';
import { columnOf } from './yamlEntry';

/**
 * A value in the place of nothing: `owner: null`, `- Owner: —`, `Evidence: TBD`. Undefined where the thing does not name
 * the field, or has it in a column, which is filled in anyway.
 */
export function filledIn(part: PlanPart, thing: Thing, field: string, value: string): TextEdit | undefined {
  const empty = emptyField(part, thing, field);
  if (empty === undefined) return undefined;
  const isYaml = isInYaml(part, thing.location.start);
  return replacing(empty, isYaml ? encoded(value, 'yaml', empty.isFlow) : value);
}

/** Where a thing names a field and says nothing of it. */
export function emptyField(part: PlanPart, thing: Thing, field: string): EmptyField | undefined {
  if (isRow(part, thing)) return undefined;
  const { text } = part;
  const { start, end } = thing.location;
  const isNamed = ({ name }: EmptyField) => fieldOf(thing.kind, name) === field;
  if (!isInYaml(part, start)) return [...emptyFieldsInMarkdown(text, start, endOf(part, thing))].find(isNamed);
  const isFlow = text[start] === '{';
  const column = isFlow ? 0 : columnOf(text, thing);
  return [...emptyFieldsInYaml(text, start, end)].find(
    (each) => isNamed(each) && each.isFlow === isFlow && each.column === column,
  );
}

/** The end of what a thing says itself, before anything that is a part of it. */
function endOf({ text, beads }: PlanPart, { head, location: { start, end } }: Thing): number {
  const part = beads.find((bead) => bead.head.start > head.start && bead.head.start < end);
  return Math.max(part === undefined ? end : lineStart(text, part.head.start), lineEnd(text, start));
}

export function replacing({ start, end }: EmptyField, value: string): TextEdit {
  return { range: { start, end }, newText: start === end ? ` ${value}` : value };
}
