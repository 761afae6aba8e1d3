import * as vscode from 'vscode';
import type { ActionOutcome, ActionSource, Actor } from '../core/actions/action';
import type { ThingRef } from '../core/thingRef';
import type { Services } from '../services';
import { timeNow } from '../timeNow';
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

export function tell(performed: Performed): void {
  if ('said' in performed) vscode.window.setStatusBarMessage(`$(check) ${plainText(performed.said)}`, 6_000);
  else void vscode.window.showWarningMessage(sentenceOf(performed.refused));
}

export function sentenceOf({ message, advice }: { readonly message: string; readonly advice?: string }): string {
  return advice === undefined ? message : `${message} ${advice}`;
}

/** Icon syntax in a title would be drawn as an icon. */
export function plainText(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
