import { spellingOf } from '../../language/completion/spelling';
import type { PlanPart, Thing } from '../../model';
import { type FieldOwner, fieldOf } from '../../notation/fields';
import type { Location, TextEdit } from '../../text';
import { encoded, isInYaml } from './encoding';
import { lineEdits } from './markdownLine';
import { isRow, rowEdits } from './tableCell';
import { entryEdit } from './yamlEntry';
import { mappingEdits } from './yamlText';

/** A field that a thing does not have yet, as the file writes fields. */
export interface NewField {
  readonly owner: FieldOwner;
  readonly field: string;
  readonly name: string;
  readonly value: string;
  /** Name and value on a line. */
  readonly line: string;
  /** Whether fields of the file have blank lines between them. */
  readonly isSpaced: boolean;
}

/**
 * Adds fields to a thing, in the words and the form that the file uses; `called` is a name to use instead. Undefined for
 * a form too rare to be written.
 */
export function newFieldEdits(
  part: PlanPart,
  thing: Thing,
  values: ReadonlyMap<string, string>,
  called?: string,
): readonly TextEdit[] | undefined {
  const fields = [...values].map(([field, value]) => newField(part, thing, field, value, called));
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

/** Places of what a thing says of itself, in its own file. */
export function ownPlaces(thing: Thing): readonly Location[] {
  const places = placesOf(thing).flatMap((place) => place ?? []);
  const { file, start, end } = thing.location;
  return places.filter((at) => at.file === file && at.start >= start && at.end <= end);
}

function placesOf(thing: Thing): readonly (Location | readonly Location[] | undefined)[] {
  switch (thing.kind) {
    case 'bead':
      return [
        thing.priority,
        thing.blockedBy,
        thing.doneWhen,
        thing.ifItFails,
        thing.owner,
        thing.estimate,
        thing.statusAt,
        thing.type,
        thing.evidence,
        thing.what,
      ];
    case 'phase':
      return [thing.dependsOn, thing.objective, thing.doneMeans, thing.status, thing.constraints];
    case 'scenario':
      return [thing.detection, thing.recovery];
    case 'gate':
      return [thing.blockedBy, thing.blocks, thing.decision];
  }
}
