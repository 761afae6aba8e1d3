import type { Bead, Gate, Phase, Plan, Reference } from '../model';
import { isOutside, resolve, resolveWaitable, type Waitable } from '../plan/references';
import { type Adjacency, at, EdgeList } from './adjacency';
import { Forest } from './forest';
import { NEVER, NodeNumbers, Places, type ThingPlace } from './nodes';

/** A reference to another plan, and the node that waits for it. */
export interface OutsideLink {
  readonly node: number;
  readonly reference: Reference;
}

/** What a gate waits for and what waits for it, written or not. */
export interface LinkPlaces {
  readonly blockedBy: readonly ThingPlace[] | { readonly beadsOfPhase: number };
  readonly blocks: readonly ThingPlace[];
}

/**
 * Who waits for whom. An edge leads from what must come first to what waits for it.
 *
 * A bead is one node; a bead with children is two, its start (which its children wait for) and its end (which comes
 * with its last child, and which its dependents wait for). A gate is one node. A phase is three: its start (which its
 * beads wait for), its work (all its beads are closed) and its end (its gates are passed, too). So a phase that depends
 * on another costs one edge, whatever the number of their beads.
 *
 * It holds places in the plan's lists and no things: it serves every plan of the same structure.
 */
export interface GraphStructure {
  readonly nodeCount: number;
  readonly successors: Adjacency;
  readonly predecessors: Adjacency;
  readonly outside: readonly OutsideLink[];
  /** By bead index: the bead it is part of, or -1; always a forest. */
  readonly parentOf: Int32Array;
  /** By bead index: the phase it counts for, or -1. */
  readonly phaseOf: Int32Array;
  /** By bead index: where it ends; its start, when it has no children. */
  readonly endOf: Int32Array;
  /** Indices of beads, parents before their children. */
  readonly parentsFirst: Int32Array;
  /** By gate index: the phase it stands in, or -1. */
  readonly phaseOfGate: Int32Array;
  /** Indices of beads with children, in the order of their end nodes. */
  readonly parents: readonly number[];
  /** By gate index. */
  readonly links: readonly LinkPlaces[];
}

/** Linear in things and references. */
export function buildStructure(plan: Plan): GraphStructure {
  return new GraphBuilder(plan).structure;
}

class GraphBuilder {
  readonly structure: GraphStructure;
  readonly #plan: Plan;
  readonly #nodes: NodeNumbers;
  readonly #places: Places;
  readonly #forest: Forest;
  readonly #parentOf: Int32Array;
  readonly #phaseOf: Int32Array;
  readonly #endOf: Int32Array;
  readonly #phaseOfGate: Int32Array;
  readonly #edges = new EdgeList();
  readonly #outside: OutsideLink[] = [];
  /** Things that say themselves that they wait for a gate. */
  readonly #waiters = new Map<Gate, (Bead | Phase)[]>();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#nodes = new NodeNumbers(plan);
    this.#places = new Places(plan);
    const beadCount = plan.beads.length;
    this.#parentOf = this.#findParents();
    this.#forest = new Forest(this.#parentOf);
    const { parentsFirst } = this.#forest;
    this.#phaseOf = new Int32Array(beadCount);
    for (let place = 0; place < beadCount; place++) {
      const index = at(parentsFirst, place);
      this.#phaseOf[index] = this.#findPhaseOf(index);
    }
    this.#endOf = new Int32Array(beadCount);
    for (let index = 0; index < beadCount; index++) this.#endOf[index] = this.#nodes.startOfBead(index);
    const parents = this.#giveEndsToParents();
    const nodeCount = this.#nodes.startOfPhase(plan.phases.length) + parents.length;
    for (const [index, phase] of plan.phases.entries()) this.#connectPhase(index, phase);
    for (let place = 0; place < beadCount; place++) this.#connectBead(at(parentsFirst, place));
    this.#phaseOfGate = new Int32Array(plan.gates.length);
    const links = plan.gates.map((gate, index) => this.#connectGate(index, gate));
    this.structure = {
      nodeCount,
      successors: this.#edges.successors(nodeCount),
      predecessors: this.#edges.predecessors(nodeCount),
      outside: this.#outside,
      parentOf: this.#parentOf,
      phaseOf: this.#phaseOf,
      endOf: this.#endOf,
      parentsFirst,
      phaseOfGate: this.#phaseOfGate,
      parents,
      links,
    };
  }

  #findParents(): Int32Array {
    const { beads } = this.#plan;
    const parentOf = new Int32Array(beads.length).fill(-1);
    for (let index = 0; index < beads.length; index++) {
      const bead = beads[index];
      const parent = bead?.parent === undefined ? undefined : this.#plan.parentOf(bead);
      if (parent !== undefined) parentOf[index] = this.#places.indexOf(parent);
    }
    return parentOf;
  }

  #giveEndsToParents(): number[] {
    const parents: number[] = [];
    const firstEnd = this.#nodes.startOfPhase(this.#plan.phases.length);
    for (let index = 0; index < this.#parentOf.length; index++) {
      const parent = at(this.#parentOf, index);
      if (parent < 0 || at(this.#endOf, parent) !== this.#nodes.startOfBead(parent)) continue;
      this.#endOf[parent] = firstEnd + parents.length;
      parents.push(parent);
    }
    return parents;
  }

  // ── edges ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  #connectPhase(index: number, phase: Phase): void {
    const plan = this.#plan;
    const start = this.#nodes.startOfPhase(index);
    const holdsNothing = plan.beadsOfPhase(phase.id).length + plan.gatesOfPhase(phase.id).length === 0;
    if (holdsNothing) this.#edges.add(start, this.#nodes.workOfPhase(index));
    this.#edges.add(this.#nodes.workOfPhase(index), this.#nodes.endOfPhase(index));
    for (const reference of phase.dependsOn) {
      const target = this.#targetOf(reference, start, phase, 'phase');
      if (target === undefined) continue;
      // A phase that says it depends on its own beads means that it ends with them.
      if (target.kind === 'bead' && this.#phaseIndexOf(target) === index) continue;
      this.#edges.add(this.#endOfThing(target), start);
    }
  }

  #connectBead(index: number): void {
    const bead = this.#plan.beads[index];
    if (bead === undefined) return;
    const start = this.#nodes.startOfBead(index);
    const parent = at(this.#parentOf, index);
    if (parent >= 0) {
      this.#edges.add(this.#nodes.startOfBead(parent), start);
      this.#edges.add(at(this.#endOf, index), at(this.#endOf, parent));
    }
    const phase = at(this.#phaseOf, index);
    if (phase >= 0) {
      this.#edges.add(this.#nodes.startOfPhase(phase), start);
      this.#edges.add(at(this.#endOf, index), this.#nodes.workOfPhase(phase));
    }
    for (const reference of bead.blockedBy) {
      const before = this.#beadNamed(reference);
      if (before === index) this.#edges.add(NEVER, start);
      // Being part of a bead already says all about the order of the two.
      else if (before >= 0 && !this.#forest.areKin(index, before)) this.#edges.add(at(this.#endOf, before), start);
      else if (before < 0) {
        const target = this.#targetOf(reference, start, bead);
        if (target !== undefined) this.#edges.add(this.#endOfThing(target), start);
      }
    }
  }

  /** The index of the bead that a reference means; -1 when it means something else. */
  #beadNamed(reference: Reference): number {
    if (reference.plan !== undefined || (reference.kind !== undefined && reference.kind !== 'bead')) return -1;
    const exact = this.#plan.indexOf(reference.value, 'bead');
    if (exact >= 0) return exact;
    const target = resolve(this.#plan, reference);
    return target?.kind === 'bead' ? this.#places.indexOf(target) : -1;
  }

  #connectGate(index: number, gate: Gate): LinkPlaces {
    const node = this.#nodes.nodeOfGate(index);
    const phaseIndex = this.#phaseIndexOf(gate);
    if (phaseIndex >= 0) this.#edges.add(node, this.#nodes.endOfPhase(phaseIndex));
    this.#phaseOfGate[index] = phaseIndex;
    const writtenBlocks = this.#targetsOf(gate.blocks, (reference) => this.#blockedThing(reference, gate));
    const written = this.#targetsOf(gate.blockedBy, (reference) => this.#targetOf(reference, node, gate));
    for (const thing of written) {
      // A phase ends with its gates: a gate inside it that waits for it means its beads.
      const own = thing.kind === 'phase' && this.#places.indexOf(thing) === phaseIndex;
      this.#edges.add(own ? this.#endOfBeads(thing.id, phaseIndex) : this.#endOfThing(thing), node);
    }
    const isWritten = gate.blockedBy.length > 0;
    const blockedBy = isWritten
      ? written.map((thing) => this.#places.placeOf(thing))
      : this.#impliedBlockers(gate, node, phaseIndex, writtenBlocks);
    const waitedFor = new Set(isWritten ? written.map((thing) => this.#phaseIndexOf(thing)) : [phaseIndex]);
    const blocks = gate.blocks.length > 0 ? writtenBlocks : this.#impliedBlocks(phaseIndex, waitedFor);
    for (const thing of blocks) this.#edges.add(node, this.#startOf(thing));
    return { blockedBy, blocks: blocks.map((thing) => this.#places.placeOf(thing)) };
  }

  /** Adds the edges, too: one for the whole phase where none of its beads waits for the gate. */
  #impliedBlockers(
    gate: Gate,
    node: number,
    phaseIndex: number,
    writtenBlocks: readonly Waitable[],
  ): LinkPlaces['blockedBy'] {
    const phase = this.#plan.phases[phaseIndex];
    const waiting = [...(this.#waiters.get(gate) ?? []), ...writtenBlocks];
    if (phase === undefined || waiting.includes(phase)) return [];
    const beads = this.#plan.beadsOfPhase(phase.id);
    const waitingBeads = waiting.filter((thing) => thing.kind === 'bead').map((bead) => this.#places.indexOf(bead));
    const behind = this.#behind(waitingBeads, beads);
    if (behind.size === 0) {
      this.#edges.add(this.#endOfBeads(phase.id, phaseIndex), node);
      return { beadsOfPhase: phaseIndex };
    }
    const before = beads.map((bead) => this.#places.indexOf(bead)).filter((index) => !behind.has(index));
    for (const index of before) this.#edges.add(at(this.#endOf, index), node);
    return before.map((index) => ({ kind: 'bead', index }));
  }

  /** What a gate of the phase waits for: all its beads; where there are none, that it may begin. */
  #endOfBeads(phaseId: string, index: number): number {
    return this.#plan.beadsOfPhase(phaseId).length > 0
      ? this.#nodes.workOfPhase(index)
      : this.#nodes.startOfPhase(index);
  }

  /** Indices of those of `beads` that end after one of `first`: these, their parts, and what waits for them. */
  #behind(first: readonly number[], beads: readonly Bead[]): ReadonlySet<number> {
    const ended = new Set<number>();
    if (first.length === 0) return ended;
    const started = new Set<number>();
    const inside = new Set(beads.map((bead) => this.#places.indexOf(bead)));
    const { parts, dependents } = this.#linksAmong(beads, inside);
    const toStart = first.filter((index) => inside.has(index));
    const toEnd: number[] = [];
    while (toStart.length > 0 || toEnd.length > 0) {
      const starting = toStart.pop();
      if (starting !== undefined && !started.has(starting)) {
        started.add(starting);
        toStart.push(...(parts.get(starting) ?? []));
        toEnd.push(starting);
      }
      const ending = toEnd.pop();
      if (ending === undefined || ended.has(ending)) continue;
      ended.add(ending);
      toStart.push(...(dependents.get(ending) ?? []));
      const parent = at(this.#parentOf, ending);
      if (inside.has(parent)) toEnd.push(parent);
    }
    return ended;
  }

  #linksAmong(beads: readonly Bead[], inside: ReadonlySet<number>) {
    const parts = new Map<number, number[]>();
    const dependents = new Map<number, number[]>();
    for (const bead of beads) {
      const index = this.#places.indexOf(bead);
      const parent = at(this.#parentOf, index);
      if (inside.has(parent)) listOf(parts, parent).push(index);
      for (const reference of bead.blockedBy) {
        const target = resolve(this.#plan, reference);
        const before = target?.kind === 'bead' ? this.#places.indexOf(target) : -1;
        if (inside.has(before) && !this.#forest.areKin(index, before)) listOf(dependents, before).push(index);
      }
    }
    return { parts, dependents };
  }

  /** The next phase in the document that the gate does not itself wait for. */
  #impliedBlocks(phaseIndex: number, waitedFor: ReadonlySet<number>): readonly Phase[] {
    let last = phaseIndex;
    if (last < 0) for (const each of waitedFor) last = Math.max(last, each);
    if (last < 0) return [];
    let next = last + 1;
    while (waitedFor.has(next)) next++;
    const phase = this.#plan.phases[next];
    return phase === undefined ? [] : [phase];
  }

  /** The phase that a thing is or stands in; -1 for none. */
  #phaseIndexOf(thing: Waitable): number {
    if (thing.kind === 'bead') return at(this.#phaseOf, this.#places.indexOf(thing));
    if (thing.kind === 'phase') return this.#places.indexOf(thing);
    return thing.phase === undefined ? -1 : this.#phaseIndexCalled(thing.phase);
  }

  /** Its own, or that of its parent, which must be known before. */
  #findPhaseOf(index: number): number {
    const bead = this.#plan.beads[index];
    if (bead?.phase !== undefined) return this.#phaseIndexCalled(bead.phase);
    const parent = at(this.#parentOf, index);
    return parent < 0 ? -1 : at(this.#phaseOf, parent);
  }

  #phaseIndexCalled(id: string): number {
    const phase = this.#plan.find(id, 'phase');
    return phase === undefined ? -1 : this.#places.indexOf(phase);
  }

  #targetsOf(
    references: readonly Reference[],
    find: (reference: Reference) => Waitable | undefined,
  ): readonly Waitable[] {
    const targets = new Set<Waitable>();
    for (const reference of references) {
      const target = find(reference);
      if (target !== undefined) targets.add(target);
    }
    return [...targets];
  }

  #blockedThing(reference: Reference, gate: Gate): Waitable | undefined {
    const target = resolveWaitable(this.#plan, reference);
    return target === gate ? undefined : target;
  }

  /** What a reference means; where that can never come, the node is tied to `NEVER` instead. */
  #targetOf(reference: Reference, node: number, from: Waitable, likely?: 'phase'): Waitable | undefined {
    if (isOutside(this.#plan, reference)) {
      this.#outside.push({ node, reference });
      return undefined;
    }
    const target = resolveWaitable(this.#plan, reference, likely);
    if (target === undefined || target === from) {
      this.#edges.add(NEVER, node);
      return undefined;
    }
    if (target.kind === 'gate' && from.kind !== 'gate') {
      listOf(this.#waiters, target).push(from);
    }
    return target;
  }

  #startOf(thing: Waitable): number {
    return this.#nodes.startAt(this.#places.placeOf(thing));
  }

  #endOfThing(thing: Waitable): number {
    return this.#nodes.endAt(this.#places.placeOf(thing), this.#endOf);
  }
}

function listOf<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: V[] = [];
  lists.set(key, list);
  return list;
}
