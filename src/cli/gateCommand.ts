import { decideGate } from '../core/actions/gates';
import { type Proposal, proposeVerdict } from '../core/actions/verdict';
import type { Gate } from '../core/model';
import { nearest } from '../core/nearest';
import { act } from './act';
import { actorOf } from './actor';
import { answerOf } from './beadActions';
import { type Answer, type Context, chosenPlans } from './context';
import { findThing } from './findThing';
import type { LoadedPlans } from './plans';
import { type Cell, columns, paint, type Terminal, visible } from './terminal';
import { chainText, thingJson } from './thingText';
import { wordOf } from './usage';
import { UsageError } from './usageError';

/** What a gate asks and which verdict follows from the values; with a verdict, decides it. */
export async function gate(context: Context): Promise<Answer> {
  const { call, cwd, loaded } = context;
  const verdict = wordOf('verdict', call.options.verdict, ['pass', 'adjust', 'abort'] as const);
  const find = (plans: LoadedPlans) => findThing(call.words[0] ?? '', chosenPlans(context, plans), ['gate']);
  const { note, measured = [] } = call.options;
  if (verdict === undefined) {
    const found = find(loaded);
    const values = measuredValues(found.thing, measured);
    const proposal = proposeVerdict(found.thing, values);
    const data = {
      plan: found.snapshot.plan.id,
      gate: thingJson(found, loaded),
      proposed: proposal.verdict ?? null,
      rows: proposal.rows.map(({ criterion: { criterion }, measured: value, verdict: each, why }) => ({
        criterion,
        measured: value ?? null,
        verdict: each ?? null,
        why,
      })),
    };
    const waits = found.snapshot.schedule.blockersOf(found.thing).map(chainText);
    return { data, text: proposalText(context.terminal, found.thing, proposal, waits) };
  }
  const actor = await actorOf(call.options.as, cwd);
  const acted = await act(
    context.session,
    context.loaded,
    (plans) => find(plans).snapshot,
    (source) => {
      const { thing } = findThing(call.words[0] ?? '', [source.snapshot], ['gate']);
      const values = measuredValues(thing, measured);
      return decideGate(source, thing, actor, { verdict, measured: values, ...(note !== undefined && { note }) });
    },
  );
  return answerOf(acted, findThing(call.words[0] ?? '', [acted.snapshot], ['gate']).thing);
}

/**
 * `criterion=value` for each, in the order of the gate's criteria. A criterion is named by its words, by how it begins, or
 * by its number; where there is only one, the value alone will do. Throws `UsageError`.
 */
export function measuredValues({ criteria }: Gate, given: readonly string[]): readonly (string | undefined)[] {
  const values: (string | undefined)[] = criteria.map(() => undefined);
  for (const each of given) {
    const { index, value } = placeOf(
      each,
      criteria.map(({ criterion }) => visible(criterion)),
    );
    values[index] = value;
  }
  return values;
}

function placeOf(given: string, names: readonly string[]): { readonly index: number; readonly value: string } {
  // A criterion can have an equals sign in its own words.
  for (const find of [exactly, loosely]) {
    for (let at = given.indexOf('='); at !== -1; at = given.indexOf('=', at + 1)) {
      const index = find(given.slice(0, at).trim().toLowerCase(), names);
      if (index !== undefined) return { index, value: given.slice(at + 1).trim() };
    }
  }
  if (names.length === 1 && !given.includes('=')) return { index: 0, value: given.trim() };
  if (names.length === 0) throw new UsageError('this gate has no criteria, so nothing can be measured for it');
  const word = given.split('=')[0] ?? '';
  const near = nearest(word, names);
  const list = names.map((name, index) => `${index + 1} ${name}`).join('; ');
  throw new UsageError(
    `“${given}” names no criterion of this gate. ${near === undefined ? `There are: ${list}` : `Did you mean ${near}?`}`,
  );
}

function exactly(wanted: string, names: readonly string[]): number | undefined {
  const index = names.findIndex((name) => name.toLowerCase() === wanted);
  return index === -1 ? undefined : index;
}

function loosely(wanted: string, names: readonly string[]): number | undefined {
  if (wanted === '') return undefined;
  if (/^\d{1,3}$/.test(wanted) && Number(wanted) >= 1 && Number(wanted) <= names.length) return Number(wanted) - 1;
  for (const isMeant of [(name: string) => name.startsWith(wanted), (name: string) => name.includes(wanted)]) {
    const found = names.flatMap((name, index) => (isMeant(name.toLowerCase()) ? [index] : []));
    if (found.length === 1) return found[0];
  }
  return undefined;
}

function proposalText(terminal: Terminal, gate: Gate, { verdict, rows }: Proposal, waits: readonly string[]): string {
  const title = paint(terminal, 'bold', `Gate ${visible(gate.id)} — ${visible(gate.title.value)}`);
  const table = rows.map(({ criterion, measured, verdict: each, why }, index): readonly Cell[] => [
    { text: String(index + 1) },
    { text: criterion.criterion },
    { text: measured ?? '–' },
    { text: each ?? '?' },
    { text: why },
  ]);
  const waiting = waits.length === 0 ? '' : `It waits for ${waits.map(visible).join('; ')}.\n`;
  const decided = gate.decision === undefined ? '' : `Decided: ${gate.decision.verdict}.\n`;
  const proposed =
    verdict === undefined
      ? 'No verdict follows from the values; a person decides.\n'
      : `The values give: ${verdict}. Write it with --verdict ${verdict}.\n`;
  return `${title}\n${columns(terminal, table, '  ')}${waiting}${decided}${proposed}`;
}
