import type { Bead, Gate, Insight, Phase, Plan, Scenario, Step, Thing, Tier } from '../../core/model';
import type { BeadState, PlanSnapshot } from '../../core/snapshot';
import { refTo, type ThingRef, thingOf } from '../../core/thingRef';
import type { Filter } from './filter';

export const groupings = ['phase', 'wave', 'state'] as const;
export type Grouping = (typeof groupings)[number];

export interface TreeOptions {
  readonly grouping: Grouping;
  readonly filter: Filter | undefined;
}

/** Headings that the plan itself does not have. */
export type Section = 'scenarios' | 'insights' | 'gates';
export type StateGroup = BeadState | 'due' | 'aborted' | 'unreachable';

export type What =
  | { readonly type: 'plan' }
  | { readonly type: 'phase'; readonly phase: Phase }
  | { readonly type: 'bead'; readonly bead: Bead }
  | { readonly type: 'step'; readonly step: Step }
  | { readonly type: 'gate'; readonly gate: Gate }
  | { readonly type: 'scenario'; readonly scenario: Scenario }
  | { readonly type: 'recovery'; readonly text: Scenario['recovery'][number]; readonly number: number }
  | { readonly type: 'section'; readonly section: Section; readonly count: number }
  | { readonly type: 'tier'; readonly tier: Tier; readonly count: number }
  | { readonly type: 'insight'; readonly insight: Insight }
  /** From 1. */
  | { readonly type: 'wave'; readonly wave: number; readonly count: number }
  | { readonly type: 'state'; readonly state: StateGroup; readonly count: number };

/** One row of the tree as it follows from one snapshot. Children are worked out when asked for, once. */
export interface PlanNode {
  /** The way to it: stable across snapshots, and different in each grouping. */
  readonly id: string;
  readonly snapshot: PlanSnapshot;
  readonly grouping: Grouping;
  readonly what: What;
  children(): readonly PlanNode[];
}

/** The way from the root down to the thing, both included; undefined when it is not in sight. */
export function wayTo(root: PlanNode, ref: ThingRef): readonly PlanNode[] | undefined {
  const { plan } = root.snapshot;
  if (ref.plan !== plan.key) return undefined;
  if (ref.kind === 'plan') return [root];
  const target = thingOf(plan, ref);
  if (target === undefined) return undefined;
  const wholes = wholesOf(plan, target);
  const isTarget = ({ what }: PlanNode): boolean => thingOfNode(what) === target;
  const way = [root];
  for (let node = root; !isTarget(node); ) {
    const children = node.children();
    const next =
      children.find(isTarget) ??
      children.find(({ what }) => wholes.has(thingOfNode(what))) ??
      children.find((child) => thingOfNode(child.what) === undefined && child.children().some(isTarget));
    if (next === undefined) return undefined;
    way.push(next);
    node = next;
  }
  return way;
}

/** What a thing is a part of. */
function wholesOf(plan: Plan, thing: Thing): ReadonlySet<Thing | undefined> {
  const wholes = new Set<Thing | undefined>();
  let phase = thing.kind === 'gate' || thing.kind === 'bead' ? thing.phase : undefined;
  for (let bead = thing.kind === 'bead' ? plan.parentOf(thing) : undefined; bead; bead = plan.parentOf(bead)) {
    wholes.add(bead);
    phase = bead.phase;
  }
  if (phase !== undefined) wholes.add(plan.find(phase, 'phase'));
  wholes.delete(undefined);
  return wholes;
}

export function refOfNode({ snapshot, what }: PlanNode): ThingRef | undefined {
  const thing = thingOfNode(what);
  if (thing !== undefined) return refTo(snapshot.plan, thing);
  return what.type === 'plan' ? refTo(snapshot.plan) : undefined;
}

export function thingOfNode(what: What): Thing | undefined {
  switch (what.type) {
    case 'phase':
      return what.phase;
    case 'bead':
      return what.bead;
    case 'gate':
      return what.gate;
    case 'scenario':
      return what.scenario;
    default:
      return undefined;
  }
}
