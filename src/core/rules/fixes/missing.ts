import { spellingOf } from '../../language/completion/spelling';
import type { PlanPart, Thing } from '../../model';
import type { FieldOwner } from '../../notation/fields';
import type { Location, TextEdit } from '../../text';
import type { RuleId } from '../table';
import type { Fix } from './fix';
import { lineEdit } from './markdownLine';
import { isRow, rowEdits } from './tableCell';
import { entryEdit } from './yamlEntry';

/** The field that each of these rules misses, and what to write until somebody knows better. */
const MISSING: Partial<Record<RuleId, readonly [owner: FieldOwner, field: string, value: string]>> = {
  'missing-done-when': ['bead', 'doneWhen', 'TODO'],
  'missing-failure-pointer': ['bead', 'ifItFails', 'TODO'],
  'missing-priority': ['bead', 'priority', 'P2'],
  'closed-without-evidence': ['bead', 'evidence', 'TODO'],
  'missing-detection': ['scenario', 'detection', 'TODO'],
  'missing-recovery': ['scenario', 'recovery', 'TODO'],
  'missing-objective': ['phase', 'objective', 'TODO'],
  'missing-verification': ['phase', 'verification', 'TODO'],
  'missing-interfaces': ['phase', 'interfaces', 'TODO'],
};

/** Where a new field goes in a thing. */
export interface NewField {
  readonly owner: FieldOwner;
  readonly field: string;
  readonly name: string;
  readonly value: string;
  /** Name and value on a line, as the file writes fields. */
  readonly line: string;
  /** Whether fields of the file have blank lines between them. */
  readonly isSpaced: boolean;
}

/** Adds the field that a rule misses, with a placeholder, in the words and the form that the file uses. */
export function addField(code: RuleId, part: PlanPart, thing: Thing): readonly Fix[] {
  const missing = MISSING[code];
  if (missing === undefined || part.notation === 'beads') return [];
  const [owner, field, value] = missing;
  const spelling = spellingOf(part);
  const name = spelling.name(owner, field);
  const isSteps = field === 'recovery' && part.notation === 'markdown' && !isRow(part, thing);
  const written = isSteps ? `1) ${value}` : value;
  const line = spelling.line(owner, field, written);
  const edits = editsFor(part, thing, { owner, field, name, value: written, line, isSpaced: spelling.isSpaced });
  if (edits === undefined) return [];
  return [{ title: `Add "${name}"`, file: part.file, edits, preferred: false }];
}

function editsFor(part: PlanPart, thing: Thing, field: NewField): readonly TextEdit[] | undefined {
  if (part.notation === 'yaml') {
    const edit = entryEdit(part, thing, field);
    return edit === undefined ? undefined : [edit];
  }
  if (isRow(part, thing)) return rowEdits(part, thing, field);
  return [lineEdit(part, thing, field)];
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
