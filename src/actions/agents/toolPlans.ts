import type { Thing, ThingKind } from '../../core/model';
import { nearest } from '../../core/nearest';
import type { PlanSnapshot } from '../../core/snapshot';
import { refTo, type ThingRef } from '../../core/thingRef';
import type { PlanIndex } from '../../planIndex';

/** What went wrong with what an agent asked for, in words that it can act on. */
export class ToolError extends Error {}

/** The plan that an agent names by its id, or the only one. */
export function planNamed(index: PlanIndex, id: string | undefined): PlanSnapshot {
  const plans = index.plans();
  const ids = plans.map(({ plan }) => plan.id).join(', ');
  if (plans.length === 0) throw new ToolError('There is no plan in this workspace.');
  if (id === undefined || id === '') {
    const [only, another] = plans;
    if (only !== undefined && another === undefined) return only;
    throw new ToolError(`There are several plans here: ${ids}. Say which one with “plan”.`);
  }
  const found =
    plans.find(({ plan }) => plan.id === id) ?? plans.find(({ plan }) => plan.id.toLowerCase() === id.toLowerCase());
  if (found === undefined) throw new ToolError(`There is no plan ${id} here. There is: ${ids}.`);
  return found;
}

export interface Named<K extends ThingKind> {
  readonly snapshot: PlanSnapshot;
  readonly thing: Extract<Thing, { readonly kind: K }>;
  readonly ref: ThingRef;
}

/** A thing by its id, in the plan that is named or in whichever has it. */
export function thingNamed<K extends ThingKind>(
  index: PlanIndex,
  plan: string | undefined,
  kind: K,
  id: string,
): Named<K> {
  const plans = plan === undefined || plan === '' ? index.plans() : [planNamed(index, plan)];
  const found = plans.flatMap((snapshot) => {
    const thing = snapshot.plan.find(id, kind);
    return thing?.kind === kind
      ? [{ snapshot, thing: thing as Named<K>['thing'], ref: refTo(snapshot.plan, thing) }]
      : [];
  });
  const [first, another] = found;
  if (first === undefined) {
    const known = plans.flatMap((snapshot) => idsOf(snapshot, kind));
    const near = nearest(id, known);
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new ToolError(`There is no ${kind} ${id} in the plans of this workspace.${hint}`);
  }
  if (another !== undefined) {
    const ids = found.map(({ snapshot }) => snapshot.plan.id).join(', ');
    throw new ToolError(`Several plans have a ${kind} ${id}: ${ids}. Say which one with “plan”.`);
  }
  return first;
}

function idsOf({ plan }: PlanSnapshot, kind: ThingKind): readonly string[] {
  const things = { phase: plan.phases, bead: plan.beads, gate: plan.gates, scenario: plan.scenarios }[kind];
  return things.map(({ id }) => id);
}
