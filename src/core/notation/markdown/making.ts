import type { Approval, Field, Reference } from '../../model';
import type { Location, Range } from '../../text';
import { orNothing } from '../empty';
import { parseApproval } from '../values';
import type { NamedDraft, PhaseDraft, Value } from './drafts';
import { locationOf, type Origin, textOf, textsOf, titleOf } from './values';

/** What drafts become. Ids are settled before: `idOf` gives each draft's. */
export interface Making extends Origin {
  idOf(draft: NamedDraft): string;
  /** Whether the id is not the one that is written. */
  isMade(draft: NamedDraft): boolean;
  /** Ids of the phases before this one, for `all previous phases`. */
  phasesBefore(phase: PhaseDraft): readonly string[];
  /** The id of the one phase before this one that has this title, or of the one bead of this part of the document. */
  phaseCalled(title: string, phase: PhaseDraft): string | undefined;
  beadCalled(title: string): string | undefined;
  /** What a reference to a plain number means inside a phase where numbers count anew. */
  scoped(reference: Reference, phase: PhaseDraft | undefined): Reference;
}

export function idPlace(draft: NamedDraft, making: Making): Location | undefined {
  const { range } = draft.id;
  return range === undefined || making.isMade(draft) ? undefined : placed(range, making);
}

export function titleOfDraft({ title, head }: NamedDraft, making: Making): Field<string> {
  const end = making.base + head.end;
  return title === undefined ? { file: making.file, start: end, end, value: '' } : titleOf(title, making);
}

export function placed({ start, end }: Range, { file, base }: Origin): Location {
  return { file, start: base + start, end: base + end };
}

export function parsed<T>(
  text: Field<string> | undefined,
  parse: (text: string) => T | undefined,
): Field<T> | undefined {
  const value = text === undefined ? undefined : parse(text.value);
  return text === undefined || value === undefined ? undefined : { ...text, value };
}

export function first(values: readonly Value[] | undefined, making: Making): Field<string> | undefined {
  return values === undefined ? undefined : textsOf(values, making)[0];
}

export function makeApprovals(values: readonly Value[] | undefined, making: Making): readonly Approval[] {
  const approvals = (values ?? []).map((value) =>
    parseApproval(textOf(value, making).value, locationOf(value, making)),
  );
  return orNothing(approvals.filter((approval) => approval !== undefined));
}
