import type { Bead, Gate, Phase, Plan, Thing } from '../model';
import type { PlanSnapshot } from '../snapshot';
import type { LinkEnd, PlanLink } from './links';
import type { Waveless } from './words';

/** What stands for several things, or for none that the plan holds. */
export type Stand =
  | { readonly kind: 'rest' }
  | { readonly kind: 'wave' | 'more' | 'later'; readonly wave: number; readonly count: number }
  | { readonly kind: 'waveless'; readonly beads: Waveless }
  | { readonly kind: 'absent'; readonly name: string };

/** Where one thing is drawn. */
export interface Place {
  readonly id: string;
  /** Absent where something stands in for things. */
  readonly thing?: LinkEnd;
  readonly stand?: Stand;
  readonly aside?: true;
  readonly parent?: Place;
  readonly children: readonly Place[];
}

export type IdPair = readonly [from: string, to: string];

export interface Places {
  readonly top: readonly Place[];
  /** Where a thing shows: itself, or what stands for it. */
  readonly of: ReadonlyMap<Thing, Place>;
  /** What the plan does not link by itself. */
  readonly links?: readonly PlanLink[];
  /** Between places that stand for no thing. */
  readonly edges?: readonly IdPair[];
  /** Invisible links that the level asks for, in place of those that make blocks. */
  readonly rows?: readonly IdPair[];
  /** Links of the plan are drawn only along the critical path. */
  readonly isCrowded?: true;
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

/** The phase that a thing stands in; of a phase, itself. */
export function phaseOf(plan: Plan, thing: LinkEnd, { phases }: Family): Phase | undefined {
  if (thing.kind === 'phase') return thing;
  return thing.kind === 'gate' ? phaseOfGate(plan, thing) : phases.get(thing);
}

/** Whether a thing is done with: closed, passed, satisfied. */
export function isDone({ schedule }: PlanSnapshot, thing: LinkEnd): boolean {
  if (thing.kind === 'phase') return schedule.phaseState(thing.id) === 'satisfied';
  if (thing.kind === 'bead') return schedule.beadState(thing.id) === 'closed';
  return schedule.gateState(thing.id) === 'passed';
}

export function shownThings(snapshot: PlanSnapshot, hideClosed: boolean): (thing: LinkEnd) => boolean {
  return (thing) => !hideClosed || !isDone(snapshot, thing);
}

/** From the parent up. */
export function* ancestors(bead: Bead, { parents }: Family): Generator<Bead> {
  for (let at = parents.get(bead); at !== undefined; at = parents.get(at)) yield at;
}

/** The ids of nodes: made from where things stand in the plan's lists, so that two things of one id are two nodes. */
export function nodeIds({ phases, beads, gates }: Plan): ReadonlyMap<LinkEnd, string> {
  const ids = new Map<LinkEnd, string>();
  phases.forEach((phase, index) => {
    ids.set(phase, `p${index}`);
  });
  beads.forEach((bead, index) => {
    ids.set(bead, `b${index}`);
  });
  gates.forEach((gate, index) => {
    ids.set(gate, `g${index}`);
  });
  return ids;
}

/** Boxes in boxes: renderers get lost in more. What is deeper stands beside its parent. */
const DEEPEST = 4;

export class Layout implements Places {
  readonly top: Place[] = [];
  readonly of = new Map<Thing, Place>();
  readonly #inside = new Map<Place, Place[]>();

  add(id: string, what: Pick<Place, 'thing' | 'stand' | 'aside'>, box?: Place): Place {
    const parent = box !== undefined && depthOf(box) >= DEEPEST ? box.parent : box;
    const children: Place[] = [];
    const place: Place = { id, children, ...what, ...(parent && { parent }) };
    this.#inside.set(place, children);
    (parent === undefined ? this.top : this.#inside.get(parent))?.push(place);
    if (what.thing !== undefined) this.of.set(what.thing, place);
    return place;
  }

  placeOf(thing: Thing | undefined): Place | undefined {
    return thing === undefined ? undefined : this.of.get(thing);
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
