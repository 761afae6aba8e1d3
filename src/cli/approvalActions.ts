import { approve as approveThing } from '../core/actions/approve';
import { obstaclesToExecuting, startExecuting } from '../core/actions/executing';
import type { Gate, Phase } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { act, sourceOf } from './act';
import { actorOf } from './actor';
import { answerOf } from './beadActions';
import { type Answer, type Context, chosenPlans } from './context';
import { Refused } from './envelope';
import { findThing, onlyPlan, thingIn } from './findThing';
import type { LoadedPlans } from './plans';
import { uncommittedOf } from './surroundings';

/** `plan` for the whole plan, unless something is called that. */
export async function approve(context: Context): Promise<Answer> {
  const word = context.call.words[0] ?? '';
  const actor = await actorOf(context.call.options.as, context.cwd);
  const find = (snapshots: readonly PlanSnapshot[]): { snapshot: PlanSnapshot; thing?: Phase | Gate } => {
    const isThing = snapshots.some((snapshot) => thingIn(snapshot, word, ['phase', 'gate']) !== undefined);
    if (word.toLowerCase() === 'plan' && !isThing) return { snapshot: onlyPlan(snapshots) };
    return findThing(word, snapshots, ['phase', 'gate']);
  };
  const acted = await act(
    context.session,
    context.loaded,
    (plans) => find(chosenPlans(context, plans)).snapshot,
    (source) => approveThing(source, find([source.snapshot]).thing, actor),
  );
  return answerOf(acted, find([acted.snapshot]).thing);
}

/** From planning to executing; all that stands against it is told at once. */
export async function start(context: Context): Promise<Answer> {
  const actor = await actorOf(context.call.options.as, context.cwd);
  const find = (plans: LoadedPlans) => onlyPlan(chosenPlans(context, plans));
  const snapshot = find(context.loaded);
  const uncommitted = await uncommittedOf(context.loaded, snapshot);
  const standing = uncommitted === undefined ? {} : { uncommitted };
  if (snapshot.plan.head.mode?.value !== 'executing') {
    const obstacles = obstaclesToExecuting(await sourceOf(context.loaded, snapshot), standing);
    const [first] = obstacles;
    if (first !== undefined && obstacles.length > 1) {
      const advice = obstacles.flatMap((each) => each.advice ?? []).join(' ');
      throw new Refused(first.code, obstacles.map(({ message }) => message).join(' '), advice);
    }
  }
  return answerOf(
    await act(context.session, context.loaded, find, (source) => startExecuting(source, actor, standing)),
  );
}
