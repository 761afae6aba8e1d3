import { logPrompt } from '../core/actions/logPrompt';
import { recordCritique, recordReadinessPass } from '../core/actions/reviews';
import { readinessTrend } from '../core/readinessTrend';
import { act } from './act';
import { actorOf } from './actor';
import { answerOf } from './beadActions';
import { type Answer, type Context, chosenPlans } from './context';
import { onlyPlan } from './findThing';
import type { LoadedPlans } from './plans';
import { wordOf } from './usage';
import { UsageError } from './usageError';

/** Somebody's words, verbatim, in the plan's prompt log. */
export async function log(context: Context): Promise<Answer> {
  const words = await givenWords(context);
  const { title, as } = context.call.options;
  const actor = await actorOf(as, context.cwd);
  const prompt = { words, ...(title !== undefined && { title }) };
  return answerOf(
    await act(context.session, context.loaded, planIn(context), (source) => logPrompt(source, actor, prompt)),
  );
}

export async function critique(context: Context): Promise<Answer> {
  const { verdict = 'open', reason, source: from, landed, as } = context.call.options;
  const known = wordOf('verdict', verdict, ['adopted', 'rejected', 'open'] as const) ?? 'open';
  const critique = {
    text: await givenWords(context),
    verdict: known,
    ...(reason !== undefined && { reason }),
    ...(from !== undefined && { source: from }),
    ...(landed !== undefined && { landed }),
  };
  const actor = await actorOf(as, context.cwd);
  return answerOf(
    await act(context.session, context.loaded, planIn(context), (source) => recordCritique(source, actor, critique)),
  );
}

/** With a rating, one more review of the plan; without, whether reviewers still find something. */
export async function readiness(context: Context): Promise<Answer> {
  const { rating, gap = [], source: reviewer, changed, as } = context.call.options;
  if (rating === undefined) {
    if (gap.length > 0) throw new UsageError('a readiness pass needs a --rating, such as 7/10');
    const { plan } = planIn(context)(context.loaded);
    const trend = readinessTrend(plan);
    const passes = plan.readinessPasses.length;
    const count = passes === 1 ? '1 pass' : `${passes} passes`;
    const text =
      passes === 0 ? 'Nobody has reviewed the plan yet.' : `New gaps: ${trend.sparkline} (${count}, ${trend.state})`;
    return { data: { plan: plan.id, ...trend }, text: `${text}\n` };
  }
  const pass = {
    rating,
    newGaps: gap,
    ...(reviewer !== undefined && { reviewer }),
    ...(changed !== undefined && { changed }),
  };
  const actor = await actorOf(as, context.cwd);
  return answerOf(
    await act(context.session, context.loaded, planIn(context), (source) => recordReadinessPass(source, actor, pass)),
  );
}

function planIn(context: Context) {
  return (plans: LoadedPlans) => onlyPlan(chosenPlans(context, plans));
}

/** The command's word; or standard input, where there is none or it is `-`. Throws `UsageError`. */
async function givenWords({ call, terminal }: Context): Promise<string> {
  const [word = '-'] = call.words;
  if (word !== '-') return word;
  if (terminal.input === undefined) throw new UsageError(`${call.command} needs the words`);
  return await terminal.input();
}
