import type { Bead, Plan } from '../model';
import type { Blocker, PlanSnapshot } from '../snapshot';
import { kindOf } from './edges';
import type { FlowThing } from './levels';
import type { LinkEnd, PlanLink, PlanLinks } from './links';
import {
  ancestors,
  type Family,
  type IdPair,
  isDone,
  Layout,
  nodeIds,
  type Places,
  phaseOf,
  phaseOfGate,
  shownThings,
} from './places';

/** More things than this stand together as their phases, but for those in the phase of the thing in the middle. */
const MOST = 80;

/** A thing with what comes before and after it, up to `depth` links away. Empty when the plan does not hold the thing. */
export function neighbourhoodPlaces(
  snapshot: PlanSnapshot,
  thing: FlowThing,
  depth: number,
  hideClosed: boolean,
  family: Family,
  links: PlanLinks,
): Places {
  const middle = endOf(snapshot.plan, thing);
  if (middle === undefined) return new Layout();
  const shows = shownThings(snapshot, hideClosed);
  const found = new Set([
    middle,
    ...reached(middle, 'before', depth, shows, family, links),
    ...reached(middle, 'after', depth, shows, family, links),
  ]);
  return placesOf(snapshot.plan, middle, found, family, links);
}

/** What a thing keeps waiting that is not done yet. */
export function unblocksPlaces(snapshot: PlanSnapshot, thing: FlowThing, family: Family, links: PlanLinks): Places {
  const middle = endOf(snapshot.plan, thing);
  if (middle === undefined) return new Layout();
  const isOpen = (each: LinkEnd) => !isDone(snapshot, each);
  const found = reached(middle, 'after', Number.POSITIVE_INFINITY, isOpen, family, links);
  return placesOf(snapshot.plan, middle, new Set([middle, ...found]), family, links);
}

/** Why a thing has to wait: its blockers, and theirs, down to where something can be done about it. */
export function blockersPlaces(snapshot: PlanSnapshot, thing: FlowThing, family: Family, all: PlanLinks): Places {
  const { plan, schedule } = snapshot;
  const middle = endOf(plan, thing);
  if (middle === undefined) return new Layout();
  const found = new Set<LinkEnd>([middle]);
  const links: PlanLink[] = [];
  const absent = new Map<string, { readonly id: string; readonly before: Set<LinkEnd> }>();
  const follow = (waiting: LinkEnd, blockers: readonly Blocker[]) => {
    for (const { kind, id, because } of blockers) {
      if (kind === 'unnamed') continue;
      const named = plan.find(id, kind === 'missing' || kind === 'cycle' ? undefined : kind);
      const blocker = named?.kind === 'scenario' || kind === 'missing' ? undefined : named;
      if (blocker === undefined) {
        const known = absent.get(id) ?? { id: `x${absent.size}`, before: new Set() };
        absent.set(id, known);
        known.before.add(waiting);
        continue;
      }
      // A phase waits for its own gate before others may begin: the gate stands behind it.
      const isOwnGate = blocker.kind === 'gate' && phaseOfGate(plan, blocker) === waiting;
      if (blocker !== waiting && !isOwnGate) links.push({ from: blocker, to: waiting, kind: kindOf(blocker, waiting) });
      found.add(blocker);
      follow(blocker, because);
    }
  };
  follow(middle, schedule.blockersOf(middle));
  const layout = placesOf(plan, middle, found, family, all);
  const edges: IdPair[] = [];
  for (const [name, { id, before }] of absent) {
    layout.add(id, { stand: { kind: 'absent', name } });
    for (const waiting of before) {
      const place = layout.placeOf(waiting);
      if (place !== undefined) edges.push([id, place.id]);
    }
  }
  return { top: layout.top, of: layout.of, links, edges };
}

function endOf(plan: Plan, { kind, id }: FlowThing): LinkEnd | undefined {
  const thing = plan.find(id, kind);
  return thing?.kind === 'scenario' ? undefined : thing;
}

/**
 * What can be come to along links, breadth first. What a bead is part of, and its phase, wait and are waited for with
 * it. Linear in the number of links.
 */
function reached(
  start: LinkEnd,
  way: 'before' | 'after',
  depth: number,
  accepts: (end: LinkEnd) => boolean,
  family: Family,
  { all }: PlanLinks,
): ReadonlySet<LinkEnd> {
  const next = new Map<LinkEnd, LinkEnd[]>();
  for (const { from, to } of all) {
    const [here, there] = way === 'before' ? [to, from] : [from, to];
    const known = next.get(here);
    if (known === undefined) next.set(here, [there]);
    else known.push(there);
  }
  const found = new Set<LinkEnd>([start]);
  let edge: readonly LinkEnd[] = [start];
  for (let step = 0; step < depth && edge.length > 0; step++) {
    const further: LinkEnd[] = [];
    for (const end of edge) {
      for (const each of around(end, family)) {
        for (const there of next.get(each) ?? []) {
          if (found.has(there) || !accepts(there)) continue;
          found.add(there);
          further.push(there);
        }
      }
    }
    edge = further;
  }
  found.delete(start);
  return found;
}

/** The thing, and everything it stands in. */
function around(end: LinkEnd, family: Family): readonly LinkEnd[] {
  if (end.kind !== 'bead') return [end];
  const phase = family.phases.get(end);
  return [end, ...ancestors(end, family), ...(phase === undefined ? [] : [phase])];
}

/**
 * Beads in their phase, and in what they are part of where that is there too; gates in the middle of their phase; the
 * rest beside them.
 */
function placesOf(
  plan: Plan,
  middle: LinkEnd,
  things: ReadonlySet<LinkEnd>,
  family: Family,
  { inside }: PlanLinks,
): Layout {
  const ids = nodeIds(plan);
  const idOf = (thing: LinkEnd) => ids.get(thing) ?? '';
  const home = phaseOf(plan, middle, family);
  const isSingle = (bead: Bead) => things.size <= MOST || family.phases.get(bead) === home || !family.phases.has(bead);
  const layout = new Layout();
  const beads = plan.beads.filter((bead) => things.has(bead));
  const boxes = new Set(beads.map((bead) => family.phases.get(bead)));
  for (const phase of plan.phases) {
    if (boxes.has(phase) || things.has(phase)) layout.add(idOf(phase), { thing: phase });
  }
  const place = (bead: Bead): void => {
    if (layout.of.has(bead)) return;
    const above = family.parents.get(bead);
    if (above !== undefined && things.has(above)) place(above);
    layout.add(idOf(bead), { thing: bead }, layout.placeOf(above) ?? layout.placeOf(family.phases.get(bead)));
  };
  for (const bead of beads) {
    if (isSingle(bead)) place(bead);
    else layout.standIn(bead, layout.placeOf(family.phases.get(bead)));
  }
  for (const gate of plan.gates) {
    if (!things.has(gate)) continue;
    const phase = inside.has(gate) ? phaseOfGate(plan, gate) : undefined;
    const box = phase !== undefined && boxes.has(phase) ? layout.placeOf(phase) : undefined;
    layout.add(idOf(gate), { thing: gate }, box);
  }
  return layout;
}
