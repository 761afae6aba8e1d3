import { l10n } from 'vscode';
import {
  type FlowchartOptions,
  type FlowNode,
  flowchart,
  flowchartSize,
  flowchartSource,
} from '../core/flowchart/flowchart';
import { shorten } from '../core/flowchart/text';
import type { Bead, Plan, Thing } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import type { GraphView, NodeThing, ShowChart } from '../protocol';

/** What is remembered of one graph for the next. */
export type ViewHabits = Pick<GraphView, 'direction' | 'hideClosed'>;

/** A plan of more nodes opens on its phases: as a whole it could not be read. */
const READABLE = 100;

/** How a plan's graph first shows: the thing's phase where a phase is asked for, else as much as can be read. */
export function openingView(plan: Plan, habits: ViewHabits, phase?: string): GraphView {
  if (phase !== undefined) return { ...habits, level: 'beads', phase };
  return { ...habits, level: flowchartSize(plan) > READABLE && plan.phases.length > 0 ? 'overview' : 'beads' };
}

/** The view without a phase that the plan no longer has. */
export function existingView(plan: Plan, view: GraphView): GraphView {
  const { phase, ...rest } = view;
  return phase === undefined || phase === '' || plan.find(phase, 'phase') !== undefined ? view : rest;
}

/** @param inHand Beads that whoever looks at it has in progress. */
export function chartOf(snapshot: PlanSnapshot, view: GraphView, inHand: readonly Bead[] = []): ShowChart {
  const { plan } = snapshot;
  const phases = plan.phases.map(({ id, idAt, title }) => ({
    id,
    label: l10n.t('Only {0}', shorten(idAt === undefined ? title.value : `${id} ${title.value}`, LONGEST_CHOICE)),
  }));
  const hasLoose =
    phases.length > 0 && plan.beads.length > plan.phases.flatMap(({ id }) => plan.beadsOfPhase(id)).length;
  const chart = flowchart(snapshot, optionsOf(view));
  const isInHand = ({ kind, thing }: FlowNode) => kind === 'bead' && inHand.some(({ id }) => id === thing);
  return {
    type: 'chart',
    plan: plan.key,
    title: plan.title,
    view,
    phases: hasLoose ? [...phases, { id: '', label: l10n.t('Only what is in no phase') }] : phases,
    ...chart,
    nodes:
      inHand.length === 0
        ? chart.nodes
        : chart.nodes.map((node) => (isInHand(node) ? { ...node, inHand: true } : node)),
  };
}

export function sourceOf(snapshot: PlanSnapshot, view: GraphView): string {
  return flowchartSource(snapshot, optionsOf(view));
}

/** The thing as the chart shows it: itself, or the phase that stands for it. */
export function shownThing({ nodes }: Pick<ShowChart, 'nodes'>, plan: Plan, thing: Thing): NodeThing | undefined {
  const phase = thing.kind === 'bead' ? phaseOf(plan, thing.id) : undefined;
  const candidates = [
    { kind: thing.kind, id: thing.id },
    ...(phase === undefined ? [] : [{ kind: 'phase', id: phase }]),
  ];
  for (const { kind, id } of candidates) {
    const node = nodes.find((each) => each.kind === kind && each.thing === id);
    if (node !== undefined && node.kind !== 'rest') return { kind: node.kind, id };
  }
  return undefined;
}

const LONGEST_CHOICE = 60;

function optionsOf(view: GraphView): FlowchartOptions {
  return { ...view, rest: l10n.t('Outside any phase') };
}

function phaseOf(plan: Plan, beadId: string): string | undefined {
  return plan.phases.find(({ id }) => plan.beadsOfPhase(id).some((bead) => bead.id === beadId))?.id;
}
