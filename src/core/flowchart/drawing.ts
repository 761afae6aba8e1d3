import type { Bead, Plan } from '../model';
import { isExport } from '../notation/export';
import type { PlanSnapshot, Progress, Schedule } from '../snapshot';
import { detailPlaces } from './detail';
import { criticalLinks, edgesOf, linksOf } from './edges';
import { faintness } from './filter';
import type { FlowchartOptions, FlowEdge, FlowNode } from './flowchart';
import type { LinkEnd, PlanLink, PlanLinks } from './links';
import { blockersPlaces, neighbourhoodPlaces, unblocksPlaces } from './near';
import { overviewPlaces } from './overview';
import { type Family, familyOf, type IdPair, type Place, type Places, type Stand } from './places';
import { transitiveEdges, withoutImplied } from './reduction';
import { orderOf, rowsOf } from './rows';
import { visible } from './text';
import { wavesPlaces } from './waves';
import { englishWords, type FlowWords } from './words';

export interface Item {
  readonly node: FlowNode;
  readonly children: readonly Item[];
}

export interface Drawing {
  readonly direction: 'TB' | 'LR';
  readonly top: readonly Item[];
  /** Every item, parents before children. */
  readonly items: readonly Item[];
  readonly edges: readonly FlowEdge[];
  /** Invisible links between nodes that nothing else would put into rows. */
  readonly rows: readonly IdPair[];
  /** Invisible links that put boxes in order, for renderers that would not. */
  readonly order: () => readonly IdPair[];
}

/** Chooses what is drawn and how it hangs together. */
export function drawGraph(snapshot: PlanSnapshot, options: FlowchartOptions): Drawing {
  const { plan, schedule } = snapshot;
  const family = familyOf(plan);
  const links = linksOf(plan, family);
  const path = schedule.criticalPath.flatMap((id) => beadOf(plan, id) ?? []);
  const critical = criticalLinks(links.all, path, family);
  const places = placesOf(snapshot, options, family, links);
  const all = places.links === undefined ? links.all : [...links.all, ...places.links];

  const isOverview = options.level === 'overview' && plan.phases.length > 0;
  const isBetweenPhases = ({ kind }: FlowEdge) => kind === 'order';
  const isLarge = isOverview ? () => true : largeEdges(places);
  const linked = withoutImplied(edgesOf(places, all, critical), isBetweenPhases, isLarge);
  const added = (places.edges ?? []).map(([from, to]): FlowEdge => ({ from, to, kind: 'blocks', critical: false }));
  const edges = [...sparse(linked, places), ...added];

  const marked = criticalPlaces(places, path, critical);
  const isFaint = faintness(snapshot, options.filter, family);
  const words = options.words ?? englishWords;
  const item = (place: Place): Item => ({
    node: {
      ...nodeOf(snapshot, place, family, words, marked.has(place)),
      ...(place.aside && { aside: true }),
      ...(isFaint(place) && { faint: true }),
    },
    children: place.children.map(item),
  });
  const top = places.top.map(item);
  const drawn = edges.filter(({ undrawn }) => undrawn === undefined);
  return {
    direction: options.level === 'waves' ? 'LR' : options.direction,
    top,
    items: flat(top),
    edges,
    rows: places.rows ?? rowsOf(places.top, drawn),
    order: () => orderOf(places.top, [...drawn, ...(places.rows ?? []).map(([from, to]) => ({ from, to }))]),
  };
}

function placesOf(snapshot: PlanSnapshot, options: FlowchartOptions, family: Family, links: PlanLinks): Places {
  const { hideClosed } = options;
  switch (options.level) {
    case 'overview':
      return snapshot.plan.phases.length > 0
        ? overviewPlaces(snapshot, hideClosed, family, links)
        : detailPlaces(snapshot, undefined, hideClosed, family, links);
    case 'phase':
      return detailPlaces(snapshot, options.phase, hideClosed, family, links);
    case 'neighbourhood':
      return neighbourhoodPlaces(snapshot, options.thing, options.depth, hideClosed, family, links);
    case 'blockers':
      return blockersPlaces(snapshot, options.thing, family, links);
    case 'unblocks':
      return unblocksPlaces(snapshot, options.thing, family, links);
    case 'waves':
      return wavesPlaces(snapshot, options.wave, options.from);
    case 'whole':
      return detailPlaces(snapshot, undefined, hideClosed, family, links);
  }
}

/** Keeps what others say already, and what would be too much, from being drawn. */
function sparse(edges: readonly FlowEdge[], { isCrowded }: Places): readonly FlowEdge[] {
  const implied = transitiveEdges(edges);
  return edges.map((edge) => {
    const isLeftOut = !edge.critical && (isCrowded === true || implied.has(edge));
    return isLeftOut ? { ...edge, undrawn: true } : edge;
  });
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
  { id, thing, stand, parent, children }: Place,
  family: Family,
  words: FlowWords,
  critical: boolean,
): FlowNode {
  const { plan, schedule } = snapshot;
  const common = { id, critical, ...(parent && { parent: parent.id }) };
  if (thing === undefined) {
    return {
      ...common,
      form: children.length > 0 ? 'group' : 'box',
      thing: '',
      name: '',
      waitsFor: [],
      ...standing(snapshot, stand ?? { kind: 'rest' }, family, words),
    };
  }
  const nameOf = (kind: string, id: string) => visible(kind === 'phase' ? words.phase(id) : id);
  const named = {
    ...common,
    thing: thing.id,
    ...(isExport(thing.head.file) && { exported: true as const }),
    name: thing.idAt === undefined ? '' : nameOf(thing.kind, thing.id),
    title: visible(thing.title.value),
    waitsFor: schedule
      .blockersOf(thing, 1)
      // A thing that names itself waits for its approval.
      .filter((blocker) => blocker.kind !== thing.kind || blocker.id !== thing.id)
      .map((blocker) => nameOf(blocker.kind, blocker.id)),
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

type Standing = Pick<FlowNode, 'kind' | 'title' | 'state'> & Partial<Pick<FlowNode, 'thing' | 'name' | 'progress'>>;

function standing({ plan, schedule }: PlanSnapshot, stand: Stand, family: Family, words: FlowWords): Standing {
  switch (stand.kind) {
    case 'rest': {
      const loose = plan.beads.filter((bead) => !family.phases.has(bead));
      const progress = progressOf(schedule, loose);
      const state = progress.closed === progress.total ? 'satisfied' : 'open';
      return { kind: 'rest', title: visible(words.rest), state, progress };
    }
    case 'wave':
    case 'more':
    case 'later': {
      const { kind, wave, count } = stand;
      const title = visible(
        kind === 'wave' ? words.wave(wave + 1, count) : kind === 'more' ? words.more(count) : words.later(count),
      );
      return { kind, thing: String(wave), title, state: wave === 0 ? 'open' : 'guarded' };
    }
    case 'waveless': {
      const { deferred, stuck } = stand.beads;
      const state = stuck > 0 ? 'blocked' : deferred > 0 ? 'deferred' : 'closed';
      return { kind: 'waveless', title: visible(words.waveless(stand.beads)), state };
    }
    case 'absent':
      return { kind: 'absent', name: visible(stand.name), title: visible(words.absent), state: 'blocked' };
  }
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
