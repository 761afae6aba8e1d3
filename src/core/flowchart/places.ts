import type { Bead, Gate, Phase, Plan, Thing } from '../model';
import type { PlanSnapshot } from '../snapshot';
import type { PlanLinks } from './edges';
import type { FlowchartOptions } from './flowchart';

/** Where one thing is drawn. */
export interface Place {
  readonly id: string;
  /** Absent for what stands for everything outside phases. */
  readonly thing?: Phase | Bead | Gate;
  readonly parent?: Place;
  readonly children: readonly Place[];
}

export interface Places {
  readonly top: readonly Place[];
  /** Where a thing shows: itself, or what stands for it on the overview. */
  readonly of: ReadonlyMap<Thing, Place>;
}

/** One place for each phase, one for all beads outside phases, and the gates that do not stand inside a phase. */
export function overviewPlaces(
  snapshot: PlanSnapshot,
  options: FlowchartOptions,
  { phases }: Family,
  { inside }: PlanLinks,
): Places {
  const { plan } = snapshot;
  const shows = shownThings(snapshot, options);
  const layout = new Layout();
  plan.phases.forEach((phase, index) => {
    if (shows(phase)) layout.add(`p${index}`, phase);
  });
  const rest = plan.beads.some((bead) => !phases.has(bead) && shows(bead)) ? layout.add('rest') : undefined;
  plan.gates.forEach((gate, index) => {
    if (shows(gate) && !inside.has(gate)) layout.add(`g${index}`, gate);
  });
  for (const bead of plan.beads) {
    const phase = phases.get(bead);
    layout.standIn(bead, phase === undefined ? rest : layout.of.get(phase));
  }
  return layout;
}

/** Every bead in its phase and in its parent; gates beside their phase, or inside where they stand in its middle. */
export function detailPlaces(
  snapshot: PlanSnapshot,
  options: FlowchartOptions,
  { phases, parents }: Family,
  { all, inside }: PlanLinks,
): Places {
  const { plan } = snapshot;
  const isWanted = (phase: Phase | undefined) => options.phase === undefined || (phase?.id ?? '') === options.phase;
  const shows = shownThings(snapshot, options);
  const layout = new Layout();

  const beads = plan.beads.filter((bead) => isWanted(phases.get(bead)) && shows(bead));
  const shown = new Set(beads);
  // A closed bead stays while something inside it is open.
  for (const bead of beads) for (const above of ancestors(bead, parents)) shown.add(above);
  const filled = new Set([...shown].map((bead) => phases.get(bead)));
  plan.phases.forEach((phase, index) => {
    if (isWanted(phase) && (shows(phase) || filled.has(phase))) layout.add(`p${index}`, phase);
  });

  const ids = new Map(plan.beads.map((bead, index) => [bead, `b${index}`]));
  const place = (bead: Bead) => {
    const id = ids.get(bead);
    const parent = parents.get(bead);
    const box = (parent && layout.of.get(parent)) ?? placeOf(layout, phases.get(bead));
    if (id !== undefined && !layout.of.has(bead)) layout.add(id, bead, box);
  };
  for (const bead of plan.beads) {
    if (!shown.has(bead)) continue;
    for (const above of [...ancestors(bead, parents)].reverse()) place(above);
    place(bead);
  }

  const near = new Set<Thing>();
  for (const { from, to } of all) {
    if (layout.of.has(from)) near.add(to);
    if (layout.of.has(to)) near.add(from);
  }
  plan.gates.forEach((gate, index) => {
    const phase = phaseOfGate(plan, gate);
    if (!shows(gate) || !(isWanted(phase) || near.has(gate))) return;
    layout.add(`g${index}`, gate, inside.has(gate) ? placeOf(layout, phase) : undefined);
  });
  return layout;
}

export interface Family {
  /** The phase of each bead that has one, itself or through the bead it is a part of. */
  readonly phases: ReadonlyMap<Bead, Phase>;
  readonly parents: ReadonlyMap<Bead, Bead>;
}

export function familyOf(plan: Plan): Family {
  const phases = new Map(plan.phases.flatMap((phase) => plan.beadsOfPhase(phase.id).map((bead) => [bead, phase])));
  const parents = new Map<Bead, Bead>();
  for (const bead of plan.beads) {
    const parent = plan.parentOf(bead);
    if (parent !== undefined) parents.set(bead, parent);
  }
  return { phases, parents };
}

export function phaseOfGate(plan: Plan, gate: Gate): Phase | undefined {
  const phase = gate.phase === undefined ? undefined : plan.find(gate.phase, 'phase');
  return phase?.kind === 'phase' ? phase : undefined;
}

function shownThings(
  { schedule }: PlanSnapshot,
  { hideClosed }: FlowchartOptions,
): (thing: Phase | Bead | Gate) => boolean {
  return (thing) => {
    if (!hideClosed) return true;
    if (thing.kind === 'phase') return schedule.phaseState(thing.id) !== 'satisfied';
    if (thing.kind === 'bead') return schedule.beadState(thing.id) !== 'closed';
    return schedule.gateState(thing.id) !== 'passed';
  };
}

/** From the parent up. */
function* ancestors(bead: Bead, parents: ReadonlyMap<Bead, Bead>): Generator<Bead> {
  for (let at = parents.get(bead); at !== undefined; at = parents.get(at)) yield at;
}

function placeOf(layout: Layout, thing: Thing | undefined): Place | undefined {
  return thing === undefined ? undefined : layout.of.get(thing);
}

/** Boxes in boxes: renderers get lost in more. What is deeper stands beside its parent. */
const DEEPEST = 4;

class Layout implements Places {
  readonly top: Place[] = [];
  readonly of = new Map<Thing, Place>();
  readonly #inside = new Map<Place, Place[]>();

  add(id: string, thing?: Phase | Bead | Gate, box?: Place): Place {
    const parent = box !== undefined && depthOf(box) >= DEEPEST ? box.parent : box;
    const children: Place[] = [];
    const place: Place = { id, children, ...(thing && { thing }), ...(parent && { parent }) };
    this.#inside.set(place, children);
    (parent === undefined ? this.top : this.#inside.get(parent))?.push(place);
    if (thing !== undefined) this.of.set(thing, place);
    return place;
  }

  standIn(thing: Thing, place: Place | undefined): void {
    if (place !== undefined) this.of.set(thing, place);
  }
}

function depthOf(place: Place): number {
  let depth = 0;
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) depth++;
  return depth;
}
