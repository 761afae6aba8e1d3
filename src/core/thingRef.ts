import type { Plan, Thing, ThingKind } from './model';

/** Names a thing of a plan, or the plan itself, across snapshots. */
export interface ThingRef {
  /** The plan's key. */
  readonly plan: string;
  readonly kind: ThingKind | 'plan';
  /** The thing's id; the plan's id for kind `plan`. */
  readonly id: string;
}

/** Undefined for the plan itself, for another plan's thing, and when the plan no longer holds it. */
export function thingOf(plan: Plan, ref: ThingRef): Thing | undefined {
  if (ref.kind === 'plan' || ref.plan !== plan.key) return undefined;
  return plan.find(ref.id, ref.kind);
}

export function refTo(plan: Plan, thing?: Pick<Thing, 'kind' | 'id'>): ThingRef {
  return thing === undefined
    ? { plan: plan.key, kind: 'plan', id: plan.id }
    : { plan: plan.key, kind: thing.kind, id: thing.id };
}

export function sameRef(a: ThingRef | undefined, b: ThingRef | undefined): boolean {
  return a === b || (a?.plan === b?.plan && a?.kind === b?.kind && a?.id === b?.id);
}
