import * as vscode from 'vscode';
import { type ActionOutcome, type ActionSource, refuse } from '../core/actions/action';
import type { Thing, ThingKind } from '../core/model';
import { type ThingRef, thingOf } from '../core/thingRef';

type Of<K extends ThingKind> = Extract<Thing, { readonly kind: K }>;

/** The thing as it is when it is written: the plan was read again since the user chose it. */
export function thingIn<K extends ThingKind>(
  { snapshot }: ActionSource,
  ref: ThingRef,
  kind: K,
  act: (thing: Of<K>) => ActionOutcome,
): ActionOutcome {
  const thing = thingOf(snapshot.plan, ref);
  if (thing?.kind === kind) return act(thing as Of<K>);
  return refuse('state', vscode.l10n.t('{0} is no longer in the plan.', ref.id));
}

export function beadIn(source: ActionSource, ref: ThingRef, act: (bead: Of<'bead'>) => ActionOutcome): ActionOutcome {
  return thingIn(source, ref, 'bead', act);
}
