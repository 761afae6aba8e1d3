import { claimBead, closeBead } from '../../core/actions/beads';
import { decideGate } from '../../core/actions/gates';
import { proposeVerdict } from '../../core/actions/verdict';
import type { Gate, Verdict } from '../../core/model';
import { type Act, type Actions, act } from '../actions';
import { beadIn, thingIn } from '../thingIn';
import type { Performed } from '../writing/perform';
import { type Named, ToolError, thingNamed } from './toolPlans';
import { listOf, needed, type ToolInput, wordsOf } from './tools';

export async function claimForTool(actions: Actions, input: ToolInput): Promise<unknown> {
  const { ref } = named(actions, input, 'bead');
  return answerOf(await act(actions, ref, onBead(ref, claimBead), wordsOf(input, 'as')));
}

export async function closeForTool(actions: Actions, input: ToolInput): Promise<unknown> {
  const { ref } = named(actions, input, 'bead');
  const override = wordsOf(input, 'override');
  const closing = { evidence: listOf(input, 'evidence'), ...(override === undefined ? {} : { override }) };
  const close: BeadAct = (source, bead, actor) => closeBead(source, bead, actor, closing);
  return answerOf(await act(actions, ref, onBead(ref, close), wordsOf(input, 'as')));
}

function named<K extends 'bead' | 'gate'>({ services }: Actions, input: ToolInput, kind: K): Named<K> {
  return thingNamed(services.index, wordsOf(input, 'plan'), kind, needed(input, kind));
}

type BeadAct = (
  source: Parameters<Act>[0],
  bead: Parameters<typeof claimBead>[1],
  actor: Parameters<Act>[1],
) => ReturnType<Act>;

function onBead(ref: Named<'bead'>['ref'], doIt: BeadAct): Act {
  return (source, actor) => beadIn(source, ref, (bead) => doIt(source, bead, actor));
}

/** A proposal without a verdict, else the decision. */
export async function gateForTool(actions: Actions, input: ToolInput): Promise<unknown> {
  const { ref, thing } = named(actions, input, 'gate');
  const measured = listOf(input, 'measured').map((value) => (value.trim() === '' ? undefined : value.trim()));
  const verdict = verdictOf(input);
  if (verdict === undefined) return proposal(thing, measured);
  const note = wordsOf(input, 'note');
  const deciding = { verdict, measured, ...(note === undefined ? {} : { note }) };
  const decided = await act(
    actions,
    ref,
    (source, actor) => thingIn(source, ref, 'gate', (now) => decideGate(source, now, actor, deciding)),
    wordsOf(input, 'as'),
  );
  return answerOf(decided);
}

function proposal(thing: Gate, measured: readonly (string | undefined)[]): unknown {
  const { verdict, rows } = proposeVerdict(thing, measured);
  return {
    gate: thing.id,
    proposed: verdict ?? null,
    rows: rows.map(({ criterion, measured: value, verdict: own, why }) => ({
      criterion: criterion.criterion,
      pass: criterion.pass,
      adjust: criterion.adjust,
      abort: criterion.abort,
      measured: value ?? null,
      verdict: own ?? null,
      why,
    })),
    next: 'Nothing was written. The person decides: show the proposal, then call plan_gate again with their verdict.',
  };
}

function verdictOf(input: ToolInput): Verdict | undefined {
  const words = wordsOf(input, 'verdict');
  if (words === undefined) return undefined;
  if (words === 'pass' || words === 'adjust' || words === 'abort') return words;
  throw new ToolError(`“${words}” is no verdict. Use pass, adjust or abort.`);
}

function answerOf(performed: Performed): unknown {
  if ('refused' in performed) return performed;
  const { said, note } = performed;
  return { done: said, ...(note === undefined ? {} : { note }) };
}
