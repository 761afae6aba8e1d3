import type { Bead, Gate, Insight, Phase, Scenario, Step, Thing, Tier } from '../../core/model';
import type { BeadState, PlanSnapshot } from '../../core/snapshot';
import { refTo, type ThingRef } from '../../core/thingRef';
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

/** The way from the root down to the thing, both included; undefined when it is not in sight. Linear in the plan. */
export function wayTo(root: PlanNode, ref: ThingRef): readonly PlanNode[] | undefined {
  if (root.snapshot.plan.key !== ref.plan) return undefined;
  if (ref.kind === 'plan') return [root];
  const way: PlanNode[] = [];
  const descend = (node: PlanNode): boolean => {
    way.push(node);
    const own = refOfNode(node);
    if ((own?.id === ref.id && own.kind === ref.kind) || node.children().some(descend)) return true;
    way.pop();
    return false;
  };
  return descend(root) ? way : undefined;
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
