import type { Criterion, Gate, Verdict } from '../model';
import { meets } from './threshold';

export interface ProposedRow {
  readonly criterion: Criterion;
  readonly measured?: string;
  /** Absent where it takes a person to tell. */
  readonly verdict?: Verdict;
  /** For people: what follows from what, or why nothing does. */
  readonly why: string;
}

export interface Proposal {
  /** One abort makes the gate abort, else one adjust makes it adjust; pass takes all rows. */
  readonly verdict?: Verdict;
  readonly rows: readonly ProposedRow[];
}

/** What follows for a gate from the measured values, in the order of its criteria, by the thresholds that can be compared. */
export function proposeVerdict(gate: Gate, measured: readonly (string | undefined)[]): Proposal {
  const rows = gate.criteria.map((criterion, index) => rowOf(criterion, measured[index]?.trim() ?? ''));
  const verdicts = rows.map(({ verdict }) => verdict);
  const verdict = verdicts.includes('abort')
    ? 'abort'
    : verdicts.length === 0 || verdicts.includes(undefined)
      ? undefined
      : verdicts.includes('adjust')
        ? 'adjust'
        : 'pass';
  return { ...(verdict !== undefined && { verdict }), rows };
}

function rowOf(criterion: Criterion, measured: string): ProposedRow {
  if (measured === '') return { criterion, why: 'No value yet.' };
  const columns = (['pass', 'adjust', 'abort'] as const).map((verdict) => ({
    verdict,
    cell: criterion[verdict],
    isMet: isRest(criterion[verdict])
      ? undefined
      : criterion[verdict].trim() === ''
        ? false
        : meets(measured, criterion[verdict]),
  }));
  const met = columns.filter(({ isMet }) => isMet === true);
  const isMet = (verdict: Verdict) => met.some((column) => column.verdict === verdict);
  const said = (verdict: Verdict, why: string) => ({ criterion, measured, verdict, why });
  const because = (verdict: Verdict) =>
    `${measured} is in the column ${verdict}: ${criterion[verdict]}.`.replace(/\.\.$/, '.');
  if (isMet('pass') && isMet('abort'))
    return { criterion, measured, why: `${measured} is in the columns pass and abort at once.` };
  const best = (['pass', 'abort', 'adjust'] as const).find(isMet);
  if (best !== undefined) return said(best, because(best));
  const unclear = columns.filter(({ isMet: each }) => each === undefined);
  const rest = unclear.find(({ cell }) => isRest(cell));
  // `more`, `otherwise`: what is in no other column is in this one.
  if (rest !== undefined && unclear.length === 1)
    return said(
      rest.verdict,
      `${measured} is in none of the other columns, so it is in ${rest.verdict}: ${rest.cell}.`,
    );
  return {
    criterion,
    measured,
    why:
      unclear.length === 0
        ? `${measured} is in none of the columns: the table has a gap there.`
        : `${measured} cannot be compared with “${unclear[0]?.cell ?? ''}”. Somebody has to tell.`,
  };
}

/** A cell for whatever is in no other one. */
function isRest(cell: string): boolean {
  return /^\W*(?:more|less|fewer|worse|otherwise|any(?:thing)? (?:else|other|more|less|worse)|else|the rest|all else|in between|between)\W*$/i.test(
    cell,
  );
}
