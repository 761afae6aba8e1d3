import type { Plan, PlanPart, Reference, Thing } from '../model';
import { looseId, withoutLeadingZeros } from '../notation/ids';
import { expandRange } from '../plan/referenceRanges';
import { type Mention, mentionsBetween } from './mentions';
import type { PlanSource } from './planSource';
import { writtenIds } from './writtenIds';

/** A range such as `B1–B4` that stands for a thing. */
export interface RangeAround {
  readonly reference: Reference;
  readonly by: Thing;
  /** Every id that it stands for, in its order. */
  readonly ids: readonly string[];
}

/** Every place in the files of `source` that names a thing of `plan`: of its own plan, or of another one. */
export function occurrencesOf(source: PlanSource, plan: Plan, thing: Thing): readonly Mention[] {
  return source.snapshot.plan.files.flatMap((file) => occurrencesIn(source, file, plan, thing));
}

/** The same in one file. Costs a search for the id, and a look at each line that holds it. */
export function occurrencesIn(source: PlanSource, file: string, plan: Plan, thing: Thing): readonly Mention[] {
  const part = source.part(file);
  if (part === undefined) return [];
  const found: Mention[] = [];
  let done = -1;
  for (const offset of placesToLook(part, thing.id)) {
    if (offset < done) continue;
    const end = part.text.indexOf('\n', offset);
    done = end < 0 ? part.text.length : end;
    for (const mention of mentionsBetween(source, file, offset, offset)) {
      if (mention.thing === thing && mention.plan === plan) found.push(mention);
    }
  }
  return found;
}

/** Ranges in a file that stand for the thing, whether or not they name it. */
export function rangesAround(source: PlanSource, file: string, { id, kind }: Thing): readonly RangeAround[] {
  const part = source.part(file);
  if (part === undefined) return [];
  const { plan } = source.snapshot;
  const scope = {
    has: (each: string) => plan.indexOf(each, kind) >= 0,
    insertedPhases: kind === 'phase' ? plan.phases.map((phase) => phase.id).filter((each) => each.includes('.')) : [],
  };
  return writtenIds(part).flatMap((written) => {
    if (written.role !== 'reference' || written.reference.through === undefined) return [];
    const { reference, by, likely } = written;
    if (reference.kind !== undefined && reference.kind !== kind) return [];
    if (reference.kind === undefined && likely === 'phase' && kind !== 'phase') return [];
    const ids = expandRange(reference, scope).map(({ value }) => value);
    return ids.includes(id) ? [{ reference, by, ids }] : [];
  });
}

/** Offsets on the lines that can name the id, in order. */
function placesToLook(part: PlanPart, id: string): readonly number[] {
  const { text } = part;
  const places: number[] = [];
  for (const word of new Set([id, withoutLeadingZeros(id)])) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      if (!ID_GOES_ON.test(text[at - 1] ?? '') && !ID_GOES_ON.test(text[at + word.length] ?? '')) places.push(at);
    }
  }
  // Written in another way: `g1` for `G1`, `CI` for `B6-CI`, `01` for `1`, the short end of `C1–5`.
  const loose = looseId(id);
  for (const written of writtenIds(part)) {
    const { at } = written;
    const meant = written.role === 'name' ? written.thing.id : written.reference.value;
    const isRange = written.role === 'reference' && written.reference.through !== undefined;
    if (isRange || (looseId(meant) === loose && !text.startsWith(id, at.start))) places.push(at.start);
  }
  return places.sort((a, b) => a - b);
}

const ID_GOES_ON = /[\p{L}\p{N}]/u;
