import type { Bead, Plan } from '../model';
import type { PlanSnapshot, Progress, Schedule } from '../snapshot';
import { criticalLinks, edgesOf, type LinkEnd, linksOf, type PlanLink } from './edges';
import type { FlowchartOptions, FlowEdge, FlowNode } from './flowchart';
import { detailPlaces, type Family, familyOf, overviewPlaces, type Place, type Places } from './places';
import { withoutImplied } from './reduction';
import { orderOf, rowsOf } from './rows';
import { visible } from './text';

export interface Item {
  readonly node: FlowNode;
  readonly children: readonly Item[];
}

export interface Drawing {
  readonly top: readonly Item[];
  /** Every item, parents before children. */
  readonly items: readonly Item[];
  readonly edges: readonly FlowEdge[];
  /** Invisible links between nodes that nothing else would put into rows. */
  readonly rows: readonly (readonly [from: string, to: string])[];
  /** Invisible links that put boxes in order, for renderers that would not. */
  readonly order: () => readonly (readonly [from: string, to: string])[];
}

const REST = 'Outside any phase';

/** Chooses what is drawn and how it hangs together. */
export function drawGraph(snapshot: PlanSnapshot, options: FlowchartOptions): Drawing {
  const { plan, schedule } = snapshot;
  const family = familyOf(plan);
  const links = linksOf(plan, family);
  const path = schedule.criticalPath.flatMap((id) => beadOf(plan, id) ?? []);
  const critical = criticalLinks(links.all, path, family);
  const isOverview = options.level === 'overview' && plan.phases.length > 0;
  const places = isOverview
    ? overviewPlaces(snapshot, options, family, links)
    : detailPlaces(snapshot, options, family, links);

  const isBetweenPhases = ({ kind }: FlowEdge) => kind === 'order';
  const isLarge = isOverview ? () => true : largeEdges(places);
  const edges = withoutImplied(edgesOf(places, links.all, critical), isBetweenPhases, isLarge);

  const marked = criticalPlaces(places, path, critical);
  const item = (place: Place): Item => ({
    node: nodeOf(snapshot, place, family, options, marked.has(place)),
    children: place.children.map(item),
  });
  const top = places.top.map(item);
  return { top, items: flat(top), edges, rows: rowsOf(places.top, edges), order: () => orderOf(places.top, edges) };
}

/** Edges that end at phases or gates, not at single beads. */
function largeEdges({ top }: Places): (edge: FlowEdge) => boolean {
  const large = new Set(top.filter(({ thing }) => thing?.kind !== 'bead').map(({ id }) => id));
  return ({ from, to }) => large.has(from) && large.has(to);
}

function criticalPlaces(places: Places, path: readonly Bead[], links: ReadonlySet<PlanLink>): ReadonlySet<Place> {
  const gates = [...links].flatMap(({ from, to }) => [from, to].filter(({ kind }) => kind === 'gate'));
  const ends: readonly LinkEnd[] = [...path, ...gates];
  return new Set(ends.flatMap((end) => places.of.get(end) ?? []));
}

function nodeOf(
  snapshot: PlanSnapshot,
  place: Place,
  family: Family,
  { rest }: FlowchartOptions,
  critical: boolean,
): FlowNode {
  const { plan, schedule } = snapshot;
  const { id, thing, parent, children } = place;
  const common = { id, critical, ...(parent && { parent: parent.id }) };
  if (thing === undefined) {
    const progress = progressOf(
      schedule,
      plan.beads.filter((bead) => !family.phases.has(bead)),
    );
    const state = progress.closed === progress.total ? 'satisfied' : 'open';
    return {
      ...common,
      kind: 'rest',
      thing: '',
      name: '',
      title: visible(rest ?? REST),
      form: 'box',
      state,
      progress,
      waitsFor: [],
    };
  }
  const named = {
    ...common,
    thing: thing.id,
    name: thing.idAt === undefined ? '' : visible(thing.id),
    title: visible(thing.title.value),
    waitsFor: schedule
      .blockersOf(thing, 1)
      // A thing that names itself waits for its approval.
      .filter((blocker) => blocker.kind !== thing.kind || blocker.id !== thing.id)
      .map((blocker) => visible(blocker.id)),
  };
  if (thing.kind === 'phase') {
    const form = children.length > 0 ? 'group' : 'box';
    const progress = schedule.progress(thing.id);
    const state = schedule.phaseState(thing.id);
    return { ...named, kind: 'phase', form, state, ...(progress.total > 0 && { progress }) };
  }
  if (thing.kind === 'gate') {
    const form = thing.type;
    return { ...named, kind: 'gate', form, state: schedule.gateState(thing.id) };
  }
  const parts = plan.childrenOf(thing.id);
  return {
    ...named,
    kind: 'bead',
    form: children.length > 0 ? 'group' : 'box',
    state: schedule.beadState(thing.id),
    ...(thing.priority && { priority: thing.priority.value }),
    ...(parts.length > 0 && { progress: progressOf(schedule, parts) }),
  };
}

function progressOf(schedule: Schedule, beads: readonly Bead[]): Progress {
  const closed = beads.filter((bead) => schedule.beadState(bead.id) === 'closed').length;
  return { closed, total: beads.length };
}

function beadOf(plan: Plan, id: string): Bead | undefined {
  const bead = plan.find(id, 'bead');
  return bead?.kind === 'bead' ? bead : undefined;
}

function flat(items: readonly Item[]): readonly Item[] {
  return items.flatMap((item) => [item, ...flat(item.children)]);
}
