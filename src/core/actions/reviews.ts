import { encoded, oneLine, softened } from '../edit/fields/encoding';
import { type NewRecord, recordEdit } from '../edit/record';
import type { Critique, CritiqueVerdict, Plan, PlanPart, ReadinessPass } from '../model';
import { isNone } from '../notation/values';
import { type ActionOutcome, type ActionSource, type Actor, dayOf, refuse } from './action';
import { handleOf } from './person';
import { type Way, writeExactly } from './write';

export interface NewCritique {
  readonly text: string;
  /** Who or what it came from. */
  readonly source?: string;
  readonly verdict: CritiqueVerdict;
  /** Needed for a critique that is rejected. */
  readonly reason?: string;
  /** Where in the plan it landed, for one that is adopted. */
  readonly landed?: string;
}

/** Adds a critique of the plan to those that it keeps, with what became of it. */
export function recordCritique(source: ActionSource, actor: Actor, critique: NewCritique): ActionOutcome {
  const { plan } = source.snapshot;
  const text = oneLine(critique.text);
  const reason = oneLine(critique.reason ?? '');
  if (isNone(text)) return refuse('input', 'The critique says nothing.', 'Give its words.');
  if (critique.verdict === 'rejected' && isNone(reason))
    return refuse('input', 'A critique is not rejected without a reason.', 'Say why it does not hold.');
  const last = plan.critiques.at(-1);
  const id = nextName(
    last?.id?.value,
    plan.critiques.map((each) => each.id?.value ?? ''),
    'C1',
  );
  const from = oneLine(critique.source ?? '') || handleOf(actor);
  const record = (reworded: (words: string) => string): NewRecord => ({
    owner: 'critique',
    heading: 'Critiques',
    key: 'critiques',
    item: `**${id}** ${reworded(text)} — ${critique.verdict}${reason === '' ? '' : `: ${reworded(reason)}`}`,
    fields: [
      { field: 'id', column: 'ID', value: id },
      { field: 'text', column: last === undefined ? 'Critique' : 'Text', value: reworded(text) },
      { field: 'source', column: 'Source', value: reworded(from) },
      { field: 'verdict', column: 'Verdict', value: critique.verdict },
      { field: 'reason', column: 'Reason', value: reworded(reason) },
      { field: 'landed', column: 'Landed in', value: reworded(oneLine(critique.landed ?? '')) },
    ],
  });
  const holds = ({ critiques }: Plan) => {
    const added = critiques.at(-1);
    return critiques.length === plan.critiques.length + 1 && added !== undefined && saysCritique(added, critique, text);
  };
  return recorded(source, last, record, holds, `Critique ${id} is recorded as ${critique.verdict}.`);
}

function saysCritique(added: Critique, { verdict }: NewCritique, text: string): boolean {
  return (added.verdict?.value ?? 'open') === verdict && letters(added.text.value).includes(letters(text).slice(0, 40));
}

export interface NewReadinessPass {
  readonly reviewer?: string;
  /** `8/10`, `fit with reservations`: as the reviewer gives it. */
  readonly rating: string;
  /** What nobody had found before. */
  readonly newGaps: readonly string[];
  /** What was changed in the plan for it. */
  readonly changed?: string;
}

/** Adds a review of the whole plan to those that it keeps. */
export function recordReadinessPass(source: ActionSource, actor: Actor, pass: NewReadinessPass): ActionOutcome {
  const { plan } = source.snapshot;
  const rating = oneLine(pass.rating);
  if (isNone(rating))
    return refuse('input', 'The pass has no rating.', 'Give the one that the reviewer gave, such as 7/10.');
  const gaps = pass.newGaps.map(oneLine).filter((gap) => !isNone(gap));
  const last = plan.readinessPasses.at(-1);
  const number = nextName(
    last?.number?.value,
    plan.readinessPasses.map((each) => each.number?.value ?? ''),
    '1',
  );
  const record = (reworded: (words: string) => string): NewRecord => {
    const listed = gaps
      .map((gap) => reworded(gap).replaceAll(';', ','))
      .map((gap) => (/^\D{0,3}\d/.test(gap) ? `Gap: ${gap}` : gap));
    return {
      owner: 'readinessPass',
      heading: 'Readiness passes',
      key: 'readiness_passes',
      item: '',
      fields: [
        { field: 'number', column: last === undefined ? 'Pass' : 'Number', value: number },
        { field: 'date', column: 'Date', value: dayOf(actor), yaml: dayOf(actor) },
        { field: 'reviewer', column: 'Reviewer', value: reworded(oneLine(pass.reviewer ?? '') || handleOf(actor)) },
        { field: 'rating', column: 'Rating', value: reworded(rating) },
        {
          field: 'gaps',
          column: 'New gaps',
          value: listed.length === 0 ? '0' : listed.join('; '),
          yaml: `[${listed.map((gap) => encoded(gap, 'yaml', true)).join(', ')}]`,
        },
        { field: 'changed', column: 'What changed', value: reworded(oneLine(pass.changed ?? '')) },
      ],
    };
  };
  const holds = ({ readinessPasses }: Plan) => {
    const added = readinessPasses.at(-1);
    return readinessPasses.length === plan.readinessPasses.length + 1 && added?.gapCount === gaps.length;
  };
  return recorded(
    source,
    last,
    record,
    holds,
    `Readiness pass ${number} is recorded: ${gaps.length} new ${gaps.length === 1 ? 'gap' : 'gaps'}.`,
  );
}

function recorded(
  source: ActionSource,
  last: Critique | ReadinessPass | undefined,
  record: (reworded: (words: string) => string) => NewRecord,
  holds: (after: Plan) => boolean,
  said: string,
): ActionOutcome {
  const part = source.part(last?.file ?? source.snapshot.plan.files[0] ?? '');
  if (part === undefined) return refuse('not-written', 'The plan has no file that could be written.');
  function* ways(file: PlanPart): Iterable<Way> {
    for (const reworded of [(words: string) => words, softened]) {
      const edit = recordEdit(file, last, record(reworded));
      if (edit !== undefined) yield { edits: new Map([[file.file, [edit]]]), intended: new Map(), holds };
    }
  }
  const written = writeExactly(
    source,
    { name: 'This part of the plan', at: last ?? { file: part.file, start: 0, end: 0 } },
    ways(part),
  );
  return 'refused' in written ? written : { edits: written.edits, said };
}

/** The name after the last one: `C10` after `C9`. */
function nextName(last: string | undefined, taken: readonly string[], first: string): string {
  let name = last ?? '';
  do {
    const [, stem = '', digits = ''] = /^(.*?)(\d{1,9})$/.exec(name) ?? [];
    if (digits === '') return taken.includes(first) ? `${first}-${taken.length + 1}` : first;
    name = stem + String(Number(digits) + 1).padStart(digits.length, '0');
  } while (taken.includes(name));
  return name;
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}
