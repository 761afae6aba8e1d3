import { handOver } from '../core/actions/handOver';
import { sourceOf } from './act';
import { actorOf } from './actor';
import { type Answer, type Context, chosenPlans } from './context';
import { onlyPlan } from './findThing';

/** What somebody has to know to go on; in the worktree of a phase, of that phase. */
export async function handoff(context: Context): Promise<Answer> {
  const { call, cwd, loaded, phaseId } = context;
  const snapshot = onlyPlan(chosenPlans(context, loaded));
  const { name } = await actorOf(call.options.as, cwd);
  const text = handOver(await sourceOf(loaded, snapshot), {
    name,
    ...(phaseId !== undefined && { phase: phaseId }),
    fileName: (file) => file,
  });
  return {
    data: { plan: snapshot.plan.id, text, characters: text.length },
    text: text.endsWith('\n') ? text : `${text}\n`,
  };
}
