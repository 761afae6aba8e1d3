import type { Gate, Plan, Thing } from '../model';
import type { Waitable } from '../plan/references';
import { NodeNumbers, Places, type ThingPlace } from './nodes';
import { buildStructure, type GraphStructure } from './structure';

/** What a gate waits for and what waits for it, written or not. */
export interface GateLinks {
  readonly blockedBy: readonly Thing[];
  readonly blocks: readonly Thing[];
}

/**
 * The effective links of a gate (plan-format: what it means). Unwritten, it is blocked by every bead of its phase that
 * does not itself wait for the gate, and blocks the next phase.
 */
export function gateLinks(plan: Plan, gate: Gate): GateLinks {
  return dependencyGraph(plan).linksOf(gate);
}

const graphs = new WeakMap<Plan, DependencyGraph>();

/** Built once for each plan, or shared by plans of the same structure (`shareGraph`). */
export function dependencyGraph(plan: Plan): DependencyGraph {
  const known = graphs.get(plan);
  if (known !== undefined) return known;
  const built = new DependencyGraph(plan, buildStructure(plan));
  graphs.set(plan, built);
  return built;
}

/** Gives a plan the graph of another one of the same structure, if that one has one. */
export function shareGraph(plan: Plan, before: Plan): void {
  const known = graphs.get(before);
  if (known !== undefined) graphs.set(plan, new DependencyGraph(plan, known.structure));
}

/** The structure of a plan, with its things. */
export class DependencyGraph extends NodeNumbers {
  readonly plan: Plan;
  readonly structure: GraphStructure;
  readonly #places: Places;

  constructor(plan: Plan, structure: GraphStructure) {
    super(plan);
    this.plan = plan;
    this.structure = structure;
    this.#places = new Places(plan);
  }

  /** Index within the plan's list of its kind; by its id for a thing of another snapshot; -1 when there is none. */
  indexOf(thing: Thing): number {
    return this.#places.indexOf(thing);
  }

  startOf(thing: Waitable): number {
    return this.startAt(this.#places.placeOf(thing));
  }

  endOf(thing: Waitable): number {
    return this.endAt(this.#places.placeOf(thing), this.structure.endOf);
  }

  thingAt(node: number): Waitable | undefined {
    const { beads, gates, phases } = this.plan;
    const firstEnd = this.startOfPhase(phases.length);
    if (node >= firstEnd) return beads[this.structure.parents[node - firstEnd] ?? -1];
    if (node >= this.startOfPhase(0)) return phases[Math.floor((node - this.startOfPhase(0)) / 3)];
    return node >= this.nodeOfGate(0) ? gates[node - this.nodeOfGate(0)] : beads[node - 1];
  }

  linksOf(gate: Gate): GateLinks {
    const links = this.structure.links[this.indexOf(gate)];
    if (links === undefined) return { blockedBy: [], blocks: [] };
    const { blockedBy, blocks } = links;
    const things = (places: readonly ThingPlace[]) => places.flatMap((place) => this.#places.thingAt(place) ?? []);
    const phase = 'beadsOfPhase' in blockedBy ? this.plan.phases[blockedBy.beadsOfPhase] : undefined;
    return {
      blockedBy: 'beadsOfPhase' in blockedBy ? this.plan.beadsOfPhase(phase?.id ?? '') : things(blockedBy),
      blocks: things(blocks),
    };
  }
}
