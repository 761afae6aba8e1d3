import type { Plan, Thing } from '../model';
import type { Waitable } from '../plan/references';
import { at } from './adjacency';

/** Where a thing stands in its plan. */
export interface ThingPlace {
  readonly kind: Waitable['kind'];
  readonly index: number;
}

/** This node never comes: what waits for an unknown thing, or for itself, waits for it. */
export const NEVER = 0;

/** The numbers of nodes: `NEVER`, then beads, gates and phases, then the ends of beads with children. */
export class NodeNumbers {
  readonly #beads: number;
  readonly #gates: number;

  constructor({ beads, gates }: Plan) {
    this.#beads = beads.length;
    this.#gates = gates.length;
  }

  startOfBead(index: number): number {
    return 1 + index;
  }

  nodeOfGate(index: number): number {
    return 1 + this.#beads + index;
  }

  startOfPhase(index: number): number {
    return 1 + this.#beads + this.#gates + 3 * index;
  }

  workOfPhase(index: number): number {
    return this.startOfPhase(index) + 1;
  }

  endOfPhase(index: number): number {
    return this.startOfPhase(index) + 2;
  }

  /** The node that must come before the thing can be worked on or decided. */
  startAt({ kind, index }: ThingPlace): number {
    if (kind === 'gate') return this.nodeOfGate(index);
    return kind === 'bead' ? this.startOfBead(index) : this.startOfPhase(index);
  }

  /** The node that says that the thing is satisfied; `endOf` says where beads end. */
  endAt({ kind, index }: ThingPlace, endOf: Int32Array): number {
    if (kind === 'gate') return this.nodeOfGate(index);
    return kind === 'bead' ? at(endOf, index) : this.endOfPhase(index);
  }
}

/** Where things stand in the lists of a plan, whatever they have in common with others. */
export class Places {
  readonly #plan: Plan;
  /** Places of things whose id another one has, too. */
  #duplicates: Map<Thing, number> | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Index within the plan's list of its kind; by its id for a thing of another snapshot; -1 when there is none. */
  indexOf(thing: Thing): number {
    const { kind } = thing;
    if (kind === 'scenario') return -1;
    const index = this.#plan.indexOf(thing.id, kind);
    return this.#listOf(kind)[index] === thing ? index : (this.#indexOfDuplicate(thing) ?? index);
  }

  placeOf(thing: Waitable): ThingPlace {
    return { kind: thing.kind, index: this.indexOf(thing) };
  }

  thingAt({ kind, index }: ThingPlace): Waitable | undefined {
    return this.#listOf(kind)[index];
  }

  #listOf(kind: Waitable['kind']): readonly Waitable[] {
    const { beads, gates, phases } = this.#plan;
    return kind === 'bead' ? beads : kind === 'gate' ? gates : phases;
  }

  #indexOfDuplicate(thing: Thing): number | undefined {
    if (this.#duplicates === undefined) {
      this.#duplicates = new Map();
      for (const kind of ['bead', 'gate', 'phase'] as const) {
        for (const [index, each] of this.#listOf(kind).entries()) this.#duplicates.set(each, index);
      }
    }
    return this.#duplicates.get(thing);
  }
}
