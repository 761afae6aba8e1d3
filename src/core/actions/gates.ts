import { type NewDecision, waysToDecide } from '../edit/fields/decision';
import { oneLine, softened } from '../edit/fields/encoding';
import { tellingsOf } from '../edit/fields/tellings';
import type { Gate, Verdict } from '../model';
import { isNone } from '../notation/values';
import { nameOf } from '../plan/tellings';
import { type ActionOutcome, type ActionSource, type Actor, dayOf, refuse } from './action';
import { chainOfGate } from './chain';
import { handleOf } from './person';
import { whilePlanning } from './planning';
import { logged } from './progress';
import { proposeVerdict } from './verdict';
import { subjectOf, together, type Way, writeExactly } from './write';

export interface Deciding {
  readonly verdict: Verdict;
  /** In the order of the gate's criteria. */
  readonly measured: readonly (string | undefined)[];
  /** Needed for adjust and abort, and for a verdict that the values do not give. */
  readonly note?: string;
}

/** Records the verdict on a gate that is due: by whom, when, and what was measured. */
export function decideGate(source: ActionSource, gate: Gate, actor: Actor, deciding: Deciding): ActionOutcome {
  const { plan, schedule } = source.snapshot;
  const { verdict } = deciding;
  const planning = whilePlanning(plan);
  if (planning !== undefined) return { refused: planning };
  const by = handleOf(actor);
  if (by === '') return refuse('input', 'Nobody is named who decides.', 'Give a name with a letter or a digit in it.');
  const state = schedule.gateState(gate.id);
  if (state === 'passed' || state === 'aborted') {
    const said = gate.decision?.verdict ?? '';
    return refuse(
      'state',
      `${nameOf(gate)} is decided already: ${said}${gate.decision?.by === undefined ? '' : ` by ${gate.decision.by}`}.`,
      'If that was wrong, take the decision out of the plan by hand, and decide again.',
      gate.decision,
    );
  }
  const waits = chainOfGate(source.snapshot, gate);
  if (state === 'waiting' || waits !== '') {
    return refuse(
      'not-due',
      `${nameOf(gate)} is not due yet: it is ${waits === '' ? 'waiting' : waits}.`,
      'Finish that first.',
      gate.head,
    );
  }
  const note = oneLine(deciding.note ?? '');
  const measured = gate.criteria.map((_, index) => oneLine(deciding.measured[index] ?? ''));
  const missing = gate.criteria.filter((_, index) => isNone(measured[index] ?? ''));
  if (gate.type === 'decision' && verdict === 'pass' && missing.length > 0) {
    const names = missing.slice(0, 3).map(({ criterion }) => `“${short(criterion)}”`);
    return refuse(
      'no-evidence',
      `${nameOf(gate)} cannot pass yet: there is no measured value for ${names.join(', ')}${missing.length > 3 ? ` and ${missing.length - 3} more` : ''}.`,
      'Measure it now, on the state that will go forward.',
      missing[0],
    );
  }
  const proposed = proposeVerdict(gate, measured).verdict;
  if (isNone(note) && proposed !== undefined && proposed !== verdict) {
    return refuse(
      'input',
      `The values give the verdict ${proposed}, not ${verdict}.`,
      `Say in a note why it is ${verdict} all the same.`,
      gate.head,
    );
  }
  if (isNone(note) && verdict !== 'pass') {
    const what = verdict === 'adjust' ? 'what is to be adjusted' : 'why the work behind it stops';
    return refuse('input', `The verdict ${verdict} needs a note.`, `Say in it ${what}.`, gate.head);
  }
  const values = valuesOf(gate, measured);
  const log = logged(source, actor, {
    of: gate.id,
    event: verdict,
    ...(values + note !== '' && { detail: [values, note].filter((each) => each !== '').join('; ') }),
  });
  if ('refused' in log) return log;
  const entry = log.edits;
  const [told] = tellingsOf(source, gate);
  if (told === undefined) return refuse('not-written', `${nameOf(gate)} is not in the plan any more.`);

  function* ways(place: NonNullable<typeof told>): Iterable<Way> {
    for (const reworded of [(text: string) => text, softened]) {
      const decision: NewDecision = {
        verdict,
        date: dayOf(actor),
        by,
        ...(values !== '' && { measured: undivided(reworded(values)) }),
        ...(note !== '' && { note: undivided(reworded(note)) }),
      };
      for (const edits of waysToDecide(place.part, place.thing, decision)) {
        yield {
          edits: together(new Map([[place.part.file, edits]]), entry),
          intended: new Map([[gate, { decision }]]),
        };
      }
    }
  }
  const written = writeExactly(source, subjectOf(gate), ways(told));
  if ('refused' in written) return written;
  return { edits: written.edits, said: saidOf(gate, verdict) };
}

function saidOf(gate: Gate, verdict: Verdict): string {
  switch (verdict) {
    case 'pass':
      return `${nameOf(gate)} has passed; what waited for it alone can go on.`;
    case 'adjust':
      return `${nameOf(gate)} is to be adjusted and stays due.`;
    case 'abort':
      return `${nameOf(gate)} is aborted; what stands behind it stops.`;
  }
}

/** `Facts found = 88 %, p95 = 3210`: what was measured, on one line. */
function valuesOf({ criteria, title }: Gate, measured: readonly string[]): string {
  const named = criteria.flatMap(({ criterion }, index) => {
    const value = measured[index] ?? '';
    if (isNone(value)) return [];
    return /^[^\d]*\p{L}[^\d]*=/u.test(value)
      ? value
      : `${short(criterion) || short(title.value) || 'measured'} = ${value}`;
  });
  return named.join(', ');
}

function short(criterion: string): string {
  const plain = oneLine(criterion)
    .replace(/[*_`|·;,=:?!]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > 48 ? `${plain.slice(0, 47).trim()}…` : plain;
}

/** Without what divides the parts of a decision. */
function undivided(text: string): string {
  return text.replace(/\s[·|•]\s/g, ', ').replace(/;\s/g, ', ');
}
