import { spellingOf } from '../../language/completion/spelling';
import type { PlanPart, Thing } from '../../model';
import { type FieldOwner, fieldOf } from '../../notation/fields';
import type { TextEdit } from '../../text';
import { filledIn } from './emptyField';
import { encoded, isInYaml } from './encoding';
import { lineEdits } from './markdownLine';
import type { NewField } from './newField';
import { isRow, rowEdits } from './tableCell';
import { entryEdit } from './yamlEntry';
import { mappingEdits } from './yamlText';

/**
 * Adds fields to a thing, in the words and the form that the file uses; `called` is a name to use instead. Where it names
 * a field without a value, that is filled in. Undefined for a form too rare to be written.
 */
export function newFieldEdits(
  part: PlanPart,
  thing: Thing,
  values: ReadonlyMap<string, string>,
  called?: string,
): readonly TextEdit[] | undefined {
  const filled = new Map([...values].map(([field, value]) => [field, filledIn(part, thing, field, value)]));
  const edits = [...filled.values()].filter((edit) => edit !== undefined);
  const missing = [...values].filter(([field]) => filled.get(field) === undefined);
  const added = missing.length === 0 ? [] : addedEdits(part, thing, missing, called);
  return added === undefined ? undefined : [...edits, ...added];
}

function addedEdits(
  part: PlanPart,
  thing: Thing,
  values: readonly (readonly [string, string])[],
  called: string | undefined,
): readonly TextEdit[] | undefined {
  const fields = values.map(([field, value]) => newField(part, thing, field, value, called));
  if (isInYaml(part, thing.location.start)) {
    const edit = entryEdit(part, thing, fields);
    if (edit !== undefined) return [edit];
    const textField = thing.title.value === '' ? 'id' : 'title';
    return mappingEdits(part, thing, newField(part, thing, textField, '').name, fields);
  }
  if (!isRow(part, thing)) return lineEdits(part, thing, fields);
  return rowEdits(
    part,
    thing,
    fields.map((each) => ({ ...each, value: encoded(each.value, 'cell') })),
  );
}

function newField(part: PlanPart, { kind, location }: Thing, field: string, value: string, called?: string): NewField {
  const { name: nameOf, line, isSpaced } = spellingOf(part);
  const usual = nameOf(kind, field);
  const name = called ?? usual;
  const isFrontMatter = part.notation === 'markdown' && isInYaml(part, location.start);
  return {
    owner: kind,
    field,
    name: isFrontMatter ? keyFor(kind, field, name) : name,
    value,
    line: line(kind, field, value).replace(usual, name),
    isSpaced,
  };
}

/** In front matter the file's own spelling is one for prose. */
function keyFor(owner: FieldOwner, field: string, name: string): string {
  const plain = name.replaceAll(' ', '_').toLowerCase();
  return fieldOf(owner, plain) === field ? plain : name;
}
