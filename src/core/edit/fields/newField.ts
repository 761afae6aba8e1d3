import { spellingOf } from '../../language/completion/spelling';
import type { PlanPart, Thing } from '../../model';
import type { FieldOwner } from '../../notation/fields';
import type { Location, TextEdit } from '../../text';
import { encoded, isInYaml } from './encoding';
import { lineEdit } from './markdownLine';
import { isRow, rowEdits } from './tableCell';
import { entryEdit } from './yamlEntry';

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

/** Adds a field to a thing, in the words and the form that the file uses. Undefined for a form too rare to be written. */
export function newFieldEdits(
  part: PlanPart,
  thing: Thing,
  field: string,
  value: string,
): readonly TextEdit[] | undefined {
  const spelling = spellingOf(part);
  const owner = thing.kind;
  const name = spelling.name(owner, field);
  const added: NewField = {
    owner,
    field,
    name,
    value,
    line: spelling.line(owner, field, value),
    isSpaced: spelling.isSpaced,
  };
  if (isInYaml(part, thing.location.start)) {
    const edit = entryEdit(part, thing, { ...added, value: encoded(value, 'yaml', isFlow(part, thing)) });
    return edit === undefined ? undefined : [edit];
  }
  if (isRow(part, thing)) return rowEdits(part, thing, { ...added, value: encoded(value, 'cell') });
  return [lineEdit(part, thing, added)];
}

function isFlow({ text }: PlanPart, { location }: Thing): boolean {
  return text[location.start] === '{';
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
