import type { CommandTarget } from '../../commands';
import { refOf } from '../../commands';
import type { Gate, Phase, Plan } from '../../core/model';
import type { PlanSnapshot } from '../../core/snapshot';
import { refTo, type ThingRef, thingOf } from '../../core/thingRef';
import { pickThing } from '../../pick';
import type { Services } from '../../services';

/** A plan as a whole, or a phase or gate of it. */
export interface Approvable {
  readonly ref: ThingRef;
  readonly snapshot: PlanSnapshot;
  readonly thing?: Phase | Gate;
}

/** What a command was called on, else what is selected, else what the user picks. A bead stands for its plan. */
export async function approvableOf(
  services: Services,
  target: CommandTarget | undefined,
  title: string,
  fits: (plan: Plan, thing: Phase | Gate | undefined) => boolean = () => true,
): Promise<Approvable | undefined> {
  const find = (ref: ThingRef | undefined): Approvable | undefined => {
    const snapshot = ref === undefined ? undefined : services.index.planByKey(ref.plan);
    if (ref === undefined || snapshot === undefined) return undefined;
    if (ref.kind === 'plan') return { ref: refTo(snapshot.plan), snapshot };
    const thing = thingOf(snapshot.plan, ref);
    return thing?.kind === 'phase' || thing?.kind === 'gate' ? { ref, snapshot, thing } : undefined;
  };
  const given = find(refOf(target));
  if (given !== undefined) return given;
  const selected = target === undefined ? find(services.selection.current) : undefined;
  if (selected !== undefined && fits(selected.snapshot.plan, selected.thing)) return selected;
  const kinds = ['plan', 'phase', 'gate'] as const;
  return find(
    await pickThing(services, kinds, title, ({ plan }, thing) =>
      thing.kind === 'phase' || thing.kind === 'gate' ? fits(plan, thing) : true,
    ),
  );
}
