import { gateLinks } from '../graph/graph';
import type { Bead, Gate, Plan, Reference, Thing } from '../model';
import { resolveWaitable } from '../plan/references';
import type { FlowEdge } from './flowchart';
import type { LinkEnd, PlanLink, PlanLinks } from './links';
import { type Family, type Place, type Places, phaseOfGate } from './places';
import { upwards } from './rows';

/** Everything that waits, as the plan tells it; a gate that waits for a whole phase is linked with the phase. */
export function linksOf(plan: Plan, family: Family): PlanLinks {
  const toBeads = plan.beads.flatMap((to) => linksTo(to, named(plan, to.blockedBy, 'bead')));
  const fromGates = plan.gates.flatMap((gate) => linksFrom(gate, waitables(gateLinks(plan, gate).blocks)));
  const inside = new Set(
    [...toBeads, ...fromGates].flatMap(({ from, to }) =>
      from.kind === 'gate' && to.kind === 'bead' && family.phases.get(to) === phaseOfGate(plan, from) ? [from] : [],
    ),
  );
  const toGates = plan.gates.flatMap((gate) => linksTo(gate, blockersOfGate(plan, gate, inside.has(gate), family)));
  const toPhases = plan.phases.flatMap((to) => linksTo(to, named(plan, to.dependsOn, 'phase')));
  return { all: [...toBeads, ...toGates, ...fromGates, ...toPhases], inside };
}

/**
 * The links whose two ends are drawn, each once. A box is not linked with what stands in it, and what has a link with a
 * box needs none with the things in it.
 */
export function edgesOf(
  places: Places,
  links: readonly PlanLink[],
  critical: ReadonlySet<PlanLink>,
): readonly FlowEdge[] {
  const edges = new Map<string, FlowEdge>();
  const keyOf = (from: Place, to: Place) => `${from.id} ${to.id}`;
  const drawn = links.flatMap((link) => {
    const from = places.of.get(link.from);
    const to = places.of.get(link.to);
    if (from === undefined || to === undefined) return [];
    const isInside = [...upwards(from)].includes(to) || [...upwards(to)].includes(from);
    return isInside ? [] : [{ link, from, to }];
  });
  const keys = new Set(drawn.map(({ from, to }) => keyOf(from, to)));
  for (const { link, from, to } of drawn) {
    const isImplied =
      above(from).some((box) => keys.has(keyOf(box, to))) || above(to).some((box) => keys.has(keyOf(from, box)));
    if (isImplied) continue;
    const key = keyOf(from, to);
    const known = edges.get(key);
    const kind = known?.kind ?? (isPhase(from) && isPhase(to) ? 'order' : link.kind);
    edges.set(key, { from: from.id, to: to.id, kind, critical: known?.critical === true || critical.has(link) });
  }
  return [...edges.values()];
}

/** The boxes around a place. */
function above(place: Place): readonly Place[] {
  return [...upwards(place)].slice(1);
}

/** The links that the critical path runs along: between one of its beads and the next, directly or through a gate. */
export function criticalLinks(
  links: readonly PlanLink[],
  path: readonly Bead[],
  { parents, phases }: Family,
): ReadonlySet<PlanLink> {
  const from = new Map<LinkEnd, PlanLink[]>();
  for (const link of links) {
    const known = from.get(link.from);
    if (known === undefined) from.set(link.from, [link]);
    else known.push(link);
  }
  const around = (bead: Bead): ReadonlySet<LinkEnd> => {
    const ends = new Set<LinkEnd>();
    for (let at: Bead | undefined = bead; at !== undefined; at = parents.get(at)) ends.add(at);
    const phase = phases.get(bead);
    return phase === undefined ? ends : ends.add(phase);
  };
  const found = new Set<PlanLink>();
  path.slice(1).forEach((to, index) => {
    const previous = path[index];
    if (previous === undefined) return;
    const entries = around(to);
    for (const end of around(previous)) {
      for (const link of from.get(end) ?? []) {
        if (entries.has(link.to)) found.add(link);
        else if (link.to.kind === 'gate') {
          const onward = (from.get(link.to) ?? []).filter((next) => entries.has(next.to));
          if (onward.length > 0) for (const each of [link, ...onward]) found.add(each);
        }
      }
    }
  });
  return found;
}

function isPhase({ thing }: Place): boolean {
  return thing === undefined || thing.kind === 'phase';
}

function linksTo(to: LinkEnd, blockers: readonly LinkEnd[]): PlanLink[] {
  return blockers.map((from) => ({ from, to, kind: kindOf(from, to) }));
}

function linksFrom(from: LinkEnd, blocked: readonly LinkEnd[]): PlanLink[] {
  return blocked.map((to) => ({ from, to, kind: kindOf(from, to) }));
}

export function kindOf(from: LinkEnd, to: LinkEnd): FlowEdge['kind'] {
  if (from.kind === 'gate' || to.kind === 'gate') return 'gate';
  return from.kind === 'phase' && to.kind === 'phase' ? 'order' : 'blocks';
}

function named(plan: Plan, references: readonly Reference[], likely: LinkEnd['kind']): LinkEnd[] {
  return references.flatMap((reference) => resolveWaitable(plan, reference, likely) ?? []);
}

/** All beads of a phase count as the phase; what another blocker waits for anyway is left out. */
function blockersOfGate(plan: Plan, gate: Gate, isInside: boolean, family: Family): readonly LinkEnd[] {
  const blockers = waitables(gateLinks(plan, gate).blockedBy);
  if (isInside) return lastOnes(plan, blockers);
  const phase = phaseOfGate(plan, gate);
  if (gate.blockedBy.length === 0 && phase !== undefined) return [phase];
  return lastOnes(plan, asPhases(plan, blockers, family));
}

function waitables(things: readonly Thing[]): readonly LinkEnd[] {
  return things.flatMap((thing) => (thing.kind === 'scenario' ? [] : [thing]));
}

function asPhases(plan: Plan, things: readonly LinkEnd[], { phases, parents }: Family): readonly LinkEnd[] {
  const given = new Set(things);
  const isCovered = (bead: Bead): boolean => {
    for (let at: Bead | undefined = bead; at !== undefined; at = parents.get(at)) if (given.has(at)) return true;
    return false;
  };
  const whole = new Set(
    plan.phases.filter((phase) => {
      const beads = plan.beadsOfPhase(phase.id);
      return beads.length > 1 && beads.every(isCovered);
    }),
  );
  const rest = things.filter((thing) => {
    const phase = thing.kind === 'bead' ? phases.get(thing) : undefined;
    return phase === undefined || !whole.has(phase);
  });
  return [...new Set([...whole, ...rest])];
}

/** Without the beads that another of the things waits for in the end. All of them where they wait in a ring. */
function lastOnes(plan: Plan, things: readonly LinkEnd[]): readonly LinkEnd[] {
  const implied = new Set<LinkEnd>();
  const open: LinkEnd[] = [...things];
  for (let thing = open.pop(); thing !== undefined; thing = open.pop()) {
    if (thing.kind !== 'bead') continue;
    for (const blocker of named(plan, thing.blockedBy, 'bead')) {
      if (implied.has(blocker)) continue;
      implied.add(blocker);
      open.push(blocker);
    }
  }
  const last = things.filter((thing) => !implied.has(thing));
  return last.length > 0 ? last : things;
}
