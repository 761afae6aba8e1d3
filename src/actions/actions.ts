import type { ActionOutcome, ActionSource, Actor } from '../core/actions/action';
import type { ThingRef } from '../core/thingRef';
import type { Services } from '../services';
import { timeNow } from '../timeNow';
import { tell } from './telling';
import type { OutsideChanges } from './writing/outsideChanges';
import { ActionWriter, type Performed } from './writing/perform';

/** What the commands of this feature work with. */
export interface Actions {
  readonly services: Services;
  readonly writer: ActionWriter;
}

export function createActions(services: Services, outside: OutsideChanges): Actions {
  return { services, writer: new ActionWriter(services, outside) };
}

export type Act = (source: ActionSource, actor: Actor) => ActionOutcome;

/** Acts as the user, or as `name`, on the plan of a thing. */
export async function act(
  { services, writer }: Actions,
  ref: ThingRef,
  action: Act,
  name?: string,
): Promise<Performed> {
  const plan = services.index.planByKey(ref.plan)?.plan;
  const actor = { name: name ?? (plan === undefined ? '' : await services.user.of(plan)), at: timeNow() };
  return writer.perform(ref.plan, (source) => action(source, actor));
}

/** The same, and tells the user what happened. Whether it was done. */
export async function actAndTell(actions: Actions, ref: ThingRef, action: Act): Promise<boolean> {
  const performed = await act(actions, ref, action);
  tell(performed);
  return 'said' in performed;
}
