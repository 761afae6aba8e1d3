import { l10n } from 'vscode';
import { findThings } from '../core/flowchart/find';
import type { FlowchartOptions, FlowNode } from '../core/flowchart/flowchart';
import type { FlowLevel, FlowThing } from '../core/flowchart/levels';
import { flowchart, flowchartSize, flowchartSource } from '../core/flowchart/makeFlowchart';
import { visible } from '../core/flowchart/text';
import type { FlowWords } from '../core/flowchart/words';
import type { Bead, Gate, Phase, Plan, Thing } from '../core/model';
import type { PlanSnapshot } from '../core/snapshot';
import { joined, nameOf } from '../planWords';
import type { FoundThing, GraphView, NodeThing, ShowChart } from '../protocol';
import { called, crumbsOf, label } from './crumbs';

/** What is remembered of one graph for the next. */
export type ViewHabits = Pick<GraphView, 'direction' | 'hideClosed'>;

/** A plan of more nodes opens on its phases: as a whole it could not be read. */
const READABLE = 100;

/** How a plan's graph first shows: the thing's phase where a phase is asked for, else as much as can be read. */
export function openingView(plan: Plan, habits: ViewHabits, phase?: string): GraphView {
  if (phase !== undefined) return { ...habits, level: 'phase', phase };
  if (flowchartSize(plan) <= READABLE) return { ...habits, level: 'whole' };
  return { ...habits, level: plan.phases.length > 0 ? 'overview' : 'waves' };
}

/** The view; where it shows something that the plan no longer has, the one from which it was come to. */
export function existingView(plan: Plan, view: GraphView): GraphView {
  const { direction, hideClosed, filter } = view;
  const habits = { direction, hideClosed, ...(filter && { filter }) };
  switch (view.level) {
    case 'phase':
      return view.phase === '' || plan.find(view.phase, 'phase') !== undefined ? view : openingView(plan, habits);
    case 'neighbourhood':
    case 'blockers':
    case 'unblocks':
      return plan.find(view.thing.id, view.thing.kind) === undefined ? openingView(plan, habits) : view;
    default:
      return view;
  }
}

/** @param inHand Beads that whoever looks at it has in progress. */
export function chartOf(snapshot: PlanSnapshot, view: GraphView, inHand: readonly Bead[] = []): ShowChart {
  const { plan } = snapshot;
  const phases = plan.phases.map((phase) => ({ id: phase.id, label: label(phase) }));
  const hasLoose =
    phases.length > 0 && plan.beads.length > plan.phases.flatMap(({ id }) => plan.beadsOfPhase(id)).length;
  const chart = flowchart(snapshot, optionsOf(view));
  const isInHand = ({ kind, thing }: FlowNode) => kind === 'bead' && inHand.some(({ id }) => id === thing);
  const owners = new Set(plan.beads.flatMap(({ owner }) => owner?.value ?? []));
  return {
    type: 'chart',
    plan: plan.key,
    title: plan.title,
    view,
    crumbs: crumbsOf(plan, view),
    phases: hasLoose ? [...phases, { id: '', label: l10n.t('Outside any phase') }] : phases,
    owners: [...owners].sort(),
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
  const phase = thing.kind === 'bead' ? phaseOf(plan, thing) : undefined;
  const candidates: readonly FlowThing[] = [
    ...(thing.kind === 'scenario' ? [] : [{ kind: thing.kind, id: thing.id }]),
    ...(phase === undefined ? [] : [{ kind: 'phase', id: phase.id } as const]),
  ];
  return candidates.find(({ kind, id }) => nodes.some((each) => each.kind === kind && each.thing === id));
}

/** What somebody looks for in the graph, shown or not. */
export function foundThings({ plan, schedule }: PlanSnapshot, query: string): readonly FoundThing[] {
  return findThings(plan, query).map((thing) => {
    const phase = phaseOf(plan, thing);
    const state =
      thing.kind === 'phase'
        ? schedule.phaseState(thing.id)
        : thing.kind === 'gate'
          ? schedule.gateState(thing.id)
          : schedule.beadState(thing.id);
    return {
      kind: thing.kind,
      id: thing.id,
      name: thing.idAt === undefined ? '' : visible(nameOf(thing)),
      title: visible(thing.title.value),
      state,
      where: phase === undefined || phase === thing ? '' : called(phase),
      level: levelOf(plan, phase),
    };
  });
}

/** What shows a thing of this phase. */
function levelOf(plan: Plan, phase: Phase | undefined): FlowLevel {
  if (phase !== undefined) return { level: 'phase', phase: phase.id };
  return plan.phases.length > 0 ? { level: 'phase', phase: '' } : { level: 'whole' };
}

const words: FlowWords = {
  phase: (id) => nameOf({ kind: 'phase', id }),
  get rest() {
    return l10n.t('Outside any phase');
  },
  wave: (number, beads) =>
    beads === 1 ? l10n.t('Wave {0}: 1 bead', number) : l10n.t('Wave {0}: {1} in parallel', number, beads),
  more: (beads) => l10n.t('and {0} more', beads),
  later: (beads) => l10n.t('Later waves: {0} beads', beads),
  waveless: ({ closed, deferred, stuck }) =>
    l10n.t(
      'In no wave: {0}',
      joined(
        [
          closed === 0 ? '' : l10n.t('{0} closed', closed),
          deferred === 0 ? '' : l10n.t('{0} deferred', deferred),
          stuck === 0 ? '' : l10n.t('{0} that cannot begin', stuck),
        ],
        ', ',
      ),
    ),
  get absent() {
    return l10n.t('not in this plan');
  },
};

function optionsOf(view: GraphView): FlowchartOptions {
  return { ...view, words };
}

function phaseOf(plan: Plan, thing: Phase | Bead | Gate): Phase | undefined {
  if (thing.kind === 'phase') return thing;
  if (thing.kind === 'bead') {
    return plan.phases.find(({ id }) => plan.beadsOfPhase(id).some((bead) => bead.id === thing.id));
  }
  const phase = thing.phase === undefined ? undefined : plan.find(thing.phase, 'phase');
  return phase?.kind === 'phase' ? phase : undefined;
}
