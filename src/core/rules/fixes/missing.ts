import { newFieldEdits } from '../../edit/fields/newFieldEdits';
import { isRow } from '../../edit/fields/tableCell';
import { spellingOf } from '../../language/completion/spelling';
import type { PlanPart, Thing } from '../../model';
import type { FieldOwner } from '../../notation/fields';
import type { RuleId } from '../table';
import type { Fix } from './fix';

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

/** Adds the field that a rule misses, with a placeholder, in the words and the form that the file uses. */
export function addField(code: RuleId, part: PlanPart, thing: Thing): readonly Fix[] {
  const missing = MISSING[code];
  if (missing === undefined || part.notation === 'beads') return [];
  const [owner, field, value] = missing;
  const spelling = spellingOf(part);
  const name = spelling.name(owner, field);
  const isSteps = field === 'recovery' && part.notation === 'markdown' && !isRow(part, thing);
  const written = isSteps ? `1) ${value}` : value;
  const edits = newFieldEdits(part, thing, new Map([[field, written]]));
  if (edits === undefined) return [];
  return [{ title: `Add "${name}"`, file: part.file, edits, preferred: false }];
}
