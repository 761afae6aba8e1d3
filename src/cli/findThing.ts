import type { Thing, ThingKind } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { suggestion } from './plans';
import { visible } from './terminal';
import { UsageError } from './usageError';

export interface FoundThing<Kind extends ThingKind = ThingKind> {
  readonly snapshot: PlanSnapshot;
  readonly thing: Extract<Thing, { kind: Kind }>;
}

/**
 * The one thing of these kinds that is meant, by its id (`J`, `phase j`, `ft-0001.2`) or, for a phase, its whole title.
 * Throws `UsageError`, with the nearest id, unless exactly one is meant.
 */
export function findThing<Kind extends ThingKind>(
  wanted: string,
  snapshots: readonly PlanSnapshot[],
  kinds: readonly Kind[],
): FoundThing<Kind> {
  const found = snapshots.flatMap((snapshot) => {
    const thing = thingIn(snapshot, wanted, kinds);
    return thing === undefined ? [] : [{ snapshot, thing }];
  });
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const name = kinds.length > 3 ? 'thing' : kinds.join(', ').replace(/, (?=[^,]*$)/, ' or ');
  if (found.length > 1) {
    const plans = found.map(({ snapshot }) => snapshot.plan.id).join(', ');
    throw new UsageError(`several plans have a ${name} ${wanted}: ${plans}. Say which with --plan ID`, 'ambiguous');
  }
  const ids = snapshots.flatMap((snapshot) => kinds.flatMap((kind) => idsOf(snapshot, kind)));
  if (wanted.trim() === '') throw new UsageError(`no ${name} is named. ${suggestion('', ids)}`, 'unknown');
  throw new UsageError(`there is no ${name} ${wanted}. ${suggestion(wanted, ids)}`, 'unknown');
}

export function thingIn<Kind extends ThingKind>(
  { plan }: PlanSnapshot,
  wanted: string,
  kinds: readonly Kind[],
): Extract<Thing, { kind: Kind }> | undefined {
  for (const kind of kinds) {
    const bare = wanted.replace(new RegExp(`^${kind}\\s+`, 'i'), '');
    const thing = plan.find(wanted, kind) ?? plan.find(bare, kind);
    if (thing?.kind === kind) return thing as Extract<Thing, { kind: Kind }>;
  }
  if (!(kinds as readonly string[]).includes('phase')) return undefined;
  const titled = plan.phases.find(({ title }) => visible(title.value).toLowerCase() === wanted.toLowerCase());
  return titled as Extract<Thing, { kind: Kind }> | undefined;
}

/** The one plan that is meant. Throws `UsageError`. */
export function onlyPlan(snapshots: readonly PlanSnapshot[]): PlanSnapshot {
  const [only] = snapshots;
  if (only !== undefined && snapshots.length === 1) return only;
  if (only === undefined) throw new UsageError('no plan was found here', 'no-plan');
  const ids = snapshots.map(({ plan }) => plan.id);
  const some = ids.length > 12 ? `${ids.slice(0, 10).join(', ')} and ${ids.length - 10} more` : ids.join(', ');
  throw new UsageError(`there are several plans: ${some}. Say which with --plan ID`, 'ambiguous');
}

function idsOf({ plan }: PlanSnapshot, kind: ThingKind): readonly string[] {
  const lists = { phase: plan.phases, bead: plan.beads, gate: plan.gates, scenario: plan.scenarios } as const;
  return lists[kind].map(({ id }) => id);
}
