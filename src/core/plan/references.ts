import type { Plan, Reference, Thing, ThingKind } from '../model';

/** The other plans that a reference such as `other-plan/ft-2` may reach. */
export interface OtherPlans {
  planById(id: string): Plan | undefined;
}

/** What can be waited for. */
export type Waitable = Exclude<Thing, { readonly kind: 'scenario' }>;

/**
 * The thing of this plan that a reference means, by its id, or where there is none, by its title. `likely` is the kind
 * that its place suggests when it names none.
 */
export function resolve(plan: Plan, reference: Reference, likely?: ThingKind): Thing | undefined {
  if (isOutside(plan, reference)) return undefined;
  const kind = reference.kind ?? likely;
  const byId = (kind === undefined ? undefined : plan.find(reference.value, kind)) ?? plan.find(reference.value);
  return byId ?? plan.called(reference.value, kind);
}

/** As `resolve`, for a place where a scenario makes no sense. */
export function resolveWaitable(plan: Plan, reference: Reference, likely?: ThingKind): Waitable | undefined {
  const thing = resolve(plan, reference, likely);
  return thing?.kind === 'scenario' ? undefined : thing;
}

/** Whether a reference leads out of this plan. */
export function isOutside(plan: Plan, reference: Reference): boolean {
  return reference.plan !== undefined && reference.plan.toLowerCase() !== plan.id.toLowerCase();
}

/** The thing of another plan that a reference means, with that plan. */
export function resolveOutside(
  reference: Reference,
  others: OtherPlans | undefined,
): { readonly plan: Plan; readonly thing: Waitable } | undefined {
  const plan = reference.plan === undefined ? undefined : others?.planById(reference.plan);
  const { plan: _, ...inside } = reference;
  const thing = plan === undefined ? undefined : resolveWaitable(plan, inside);
  return plan === undefined || thing === undefined ? undefined : { plan, thing };
}

const outside = new WeakMap<Plan, ReadonlySet<string>>();

/** Ids of the other plans that something in this plan waits for, in lower case. Looked for once for each plan. */
export function outsidePlans(plan: Plan): ReadonlySet<string> {
  const known = outside.get(plan);
  if (known !== undefined) return known;
  const ids = new Set<string>();
  const add = (references: readonly Reference[]) => {
    for (const reference of references) {
      if (reference.plan !== undefined && isOutside(plan, reference)) ids.add(reference.plan.toLowerCase());
    }
  };
  for (const bead of plan.beads) add(bead.blockedBy);
  for (const phase of plan.phases) add(phase.dependsOn);
  for (const gate of plan.gates) add(gate.blockedBy);
  outside.set(plan, ids);
  return ids;
}

/** Says that a plan waits for the same other plans as an earlier one with the same references. */
export function shareOutsidePlans(plan: Plan, before: Plan): void {
  outside.set(plan, outsidePlans(before));
}
