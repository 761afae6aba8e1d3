import type { Bead, Phase, Plan } from '../model';
import type { PlanSnapshot } from '../snapshot';
import type { LinkEnd, PlanLinks } from './links';
import { ancestors, type Family, Layout, nodeIds, type Places, phaseOf, phaseOfGate, shownThings } from './places';

/** Of another phase, more beads than this are not drawn one by one beside the phase that touches them. */
const MOST_ASIDE = 5;

/**
 * Every bead in its phase and in its parent; gates beside their phase, or inside where they stand in its middle.
 * Of one phase alone (`''`: of what stands in none), also what it touches in others, aside.
 */
export function detailPlaces(
  snapshot: PlanSnapshot,
  phaseId: string | undefined,
  hideClosed: boolean,
  family: Family,
  links: PlanLinks,
): Places {
  const { plan } = snapshot;
  const { phases, parents } = family;
  const shows = shownThings(snapshot, hideClosed);
  const isWanted = (phase: Phase | undefined) => phaseId === undefined || (phase?.id ?? '') === phaseId;

  const beads = plan.beads.filter((bead) => isWanted(phases.get(bead)) && shows(bead));
  const shown = new Set(beads);
  // A closed bead stays while something inside it is open.
  for (const bead of beads) {
    for (const above of ancestors(bead, family)) {
      if (shown.has(above)) break;
      shown.add(above);
    }
  }
  const filled = new Set([...shown].map((bead) => phases.get(bead)));
  const wanted = plan.phases.filter((phase) => isWanted(phase) && (shows(phase) || filled.has(phase)));
  const near = neighboursOf(new Set<LinkEnd>([...shown, ...wanted]), links);
  const gates = plan.gates.filter((gate) => shows(gate) && (isWanted(phaseOfGate(plan, gate)) || near.has(gate)));
  const asides =
    phaseId === undefined
      ? NOTHING
      : touched(plan, new Set<LinkEnd>([...shown, ...wanted, ...gates]), shows, family, links);

  const ids = nodeIds(plan);
  const idOf = (thing: LinkEnd) => ids.get(thing) ?? '';
  const layout = new Layout();
  const own = new Set(wanted);
  for (const phase of plan.phases) {
    if (own.has(phase)) layout.add(idOf(phase), { thing: phase });
    else if (asides.phases.has(phase)) layout.add(idOf(phase), { thing: phase, aside: true });
  }
  const place = (bead: Bead) => {
    if (layout.of.has(bead)) return;
    const parent = parents.get(bead);
    const box = layout.placeOf(parent) ?? layout.placeOf(phases.get(bead));
    layout.add(idOf(bead), { thing: bead }, box);
  };
  for (const bead of plan.beads) {
    if (asides.beads.has(bead)) {
      layout.add(idOf(bead), { thing: bead, aside: true }, layout.placeOf(phases.get(bead)));
    }
    if (!shown.has(bead)) continue;
    const way = [bead];
    for (const above of ancestors(bead, family)) {
      if (layout.of.has(above)) break;
      way.push(above);
    }
    for (const each of way.reverse()) place(each);
  }
  for (const gate of gates) {
    const box = links.inside.has(gate) ? layout.placeOf(phaseOfGate(plan, gate)) : undefined;
    layout.add(idOf(gate), { thing: gate }, box);
  }
  for (const bead of asides.standing) layout.standIn(bead, layout.placeOf(phases.get(bead)));
  return layout;
}

interface Asides {
  readonly phases: ReadonlySet<Phase>;
  readonly beads: ReadonlySet<Bead>;
  /** Beads that their phase stands for. */
  readonly standing: ReadonlySet<Bead>;
}

const NOTHING: Asides = { phases: new Set(), beads: new Set(), standing: new Set() };

function neighboursOf(things: ReadonlySet<LinkEnd>, { all }: PlanLinks): ReadonlySet<LinkEnd> {
  return new Set(all.flatMap(({ from, to }) => [...(things.has(from) ? [to] : []), ...(things.has(to) ? [from] : [])]));
}

/** What shown things are linked with elsewhere: beads by themselves where beads touch them, else as their phase. */
function touched(
  plan: Plan,
  shown: ReadonlySet<LinkEnd>,
  shows: (thing: LinkEnd) => boolean,
  family: Family,
  { all }: PlanLinks,
): Asides {
  const beads = new Map<Phase | undefined, Set<Bead>>();
  const phases = new Set<Phase>();
  const standing = new Set<Bead>();
  for (const { from, to } of all) {
    for (const [here, there] of [
      [from, to],
      [to, from],
    ] as const) {
      if (!shown.has(here) || shown.has(there) || !shows(there) || there.kind === 'gate') continue;
      const phase = phaseOf(plan, there, family);
      if (there.kind === 'bead' && here.kind === 'bead') {
        const known = beads.get(phase);
        if (known === undefined) beads.set(phase, new Set([there]));
        else known.add(there);
      } else if (there.kind === 'bead') standing.add(there);
      if (phase !== undefined && !shown.has(phase)) phases.add(phase);
    }
  }
  const single = new Set<Bead>();
  for (const [phase, members] of beads) {
    const isMany = phase !== undefined && members.size > MOST_ASIDE;
    for (const bead of members) (isMany ? standing : single).add(bead);
  }
  for (const bead of single) standing.delete(bead);
  return { phases, beads: single, standing };
}
