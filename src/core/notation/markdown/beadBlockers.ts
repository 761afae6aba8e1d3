import type { Reference } from '../../model';
import { NOTHING, orNothing } from '../empty';
import { familyOf } from '../ids';
import { blockersAt } from './bareFields';
import type { BeadDraft, NamedDraft, Value } from './drafts';
import type { Making } from './making';
import { referencesByTitle } from './titles';
import { referencesOf } from './values';

/** What a bead says it waits for, with what stands in brackets behind its title. Titles count where no id stands. */
export function blockersOf(draft: BeadDraft, making: Making, inTitle: Value | undefined): readonly Reference[] {
  const values = draft.fields.get('blockedBy') ?? blockersInStatus(draft);
  const written = referencesOf(values, making);
  const called = (value: Value) =>
    referencesByTitle(value, 'bead', making.beadCalled, making).filter((each) => each.value !== making.idOf(draft));
  const references = written.length > 0 ? written : orNothing((values ?? NOTHING).flatMap(called));
  if (inTitle !== undefined) return [...references, ...called(inTitle)];
  if (references.length === 0) return references;
  const family = familyOf(making.idOf(draft));
  return references.map((each) => inFamily(making.scoped(each, draft.phase), family, making));
}

/** `Blocked by T1` in a column of states, or of what is to be done next. */
export function blockersInStatus({ fields }: NamedDraft): readonly Value[] | undefined {
  for (const name of ['status', 'what'] as const) {
    for (const { run, at } of fields.get(name) ?? NOTHING) {
      const found = blockersAt(run, 0);
      if (found?.field.name === 'blocked by') return [{ run: found.field.value, at }];
    }
  }
  return undefined;
}

/** `001` in SKI-002 is SKI-001, where nothing is called 001. */
function inFamily(reference: Reference, family: string, making: Making): Reference {
  const { value, plan, through } = reference;
  if (family === '' || plan !== undefined || through !== undefined || !/^0\d*$/.test(value)) return reference;
  const whole = family + value;
  return !making.isKnown(value) && making.isKnown(whole) ? { ...reference, value: whole } : reference;
}
