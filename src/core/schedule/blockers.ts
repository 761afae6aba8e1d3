import { at, isSet } from '../graph/adjacency';
import { NEVER } from '../graph/nodes';
import type { Bead, Gate, Phase, Reference, Thing } from '../model';
import { isOutside, resolveOutside, resolveWaitable, type Waitable } from '../plan/references';
import type { Blocker } from '../snapshot';
import { isSatisfied } from './satisfaction';
import type { States } from './states';

/** Reasons named for one thing; of a phase that waits, its first few pieces of work stand for the rest. */
const MOST_REASONS = 50;
const MOST_OF_A_PHASE = 5;
/** Reasons in one answer, over all levels. */
const LARGEST_ANSWER = 200;
const LONGEST_CHAIN = 30;

/** The direct reasons why a thing waits, each with its chain. A chain ends where something can be done about it. */
export function explain(states: States, thing: Bead | Gate | Phase, levels = LONGEST_CHAIN): readonly Blocker[] {
  return new Explanation(states, Math.min(levels, LONGEST_CHAIN)).of(thing, []);
}

/** The same for a bead whatever its own status is. */
export function explainWork(states: States, bead: Bead, levels = LONGEST_CHAIN): readonly Blocker[] {
  return new Explanation(states, Math.min(levels, LONGEST_CHAIN), bead).of(bead, []);
}

class Explanation {
  readonly #states: States;
  readonly #levels: number;
  readonly #regardless: Bead | undefined;
  #room = LARGEST_ANSWER;

  constructor(states: States, levels: number, regardless?: Bead) {
    this.#states = states;
    this.#levels = levels;
    this.#regardless = regardless;
  }

  of(thing: Waitable, above: readonly Thing[]): readonly Blocker[] {
    if (above.length >= this.#levels) return [];
    const chain = [...above, thing];
    const reasons: Blocker[] = [];
    const seen = new Set<string>();
    for (const reason of this.#reasonsOf(thing, above.length > 0)) {
      const key = `${reason.kind} ${reason.id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (reasons.length >= MOST_REASONS || this.#room <= 0) break;
      this.#room--;
      if (reason.thing === undefined) reasons.push({ kind: reason.kind, id: reason.id, because: [] });
      else if (chain.includes(reason.thing)) reasons.push({ kind: 'cycle', id: reason.id, because: [] });
      else reasons.push({ kind: reason.kind, id: reason.id, because: this.of(reason.thing, chain) });
    }
    return reasons;
  }

  #reasonsOf(thing: Waitable, isChain: boolean): readonly Reason[] {
    switch (thing.kind) {
      case 'bead':
        return this.#reasonsOfBead(thing);
      case 'gate':
        return this.#reasonsOfGate(thing);
      case 'phase':
        return this.#reasonsOfPhase(thing, isChain);
    }
  }

  #reasonsOfBead(bead: Bead): readonly Reason[] {
    const { graph } = this.#states;
    if (this.#states.bead(graph.indexOf(bead)) !== 'blocked' && bead !== this.#regardless) return [];
    const { plan } = graph;
    const reasons: Reason[] = [];
    for (let each: Bead | undefined = bead; each !== undefined; each = plan.parentOf(each)) {
      reasons.push(...this.#written(each.blockedBy, each), ...this.#gatesBefore(each));
      const phase = plan.phases[at(graph.structure.phaseOf, graph.indexOf(each))];
      if (phase !== undefined) reasons.push(...this.#guardsOf(phase));
      if (reasons.length === 0 && each.saysBlocked === true) reasons.push({ kind: 'unnamed', id: each.id });
    }
    return reasons;
  }

  #reasonsOfGate(gate: Gate): readonly Reason[] {
    const { graph } = this.#states;
    const index = graph.indexOf(gate);
    if (this.#states.isDue(index) || gate.decision !== undefined) return [];
    const phase = graph.plan.phases[at(graph.structure.phaseOfGate, index)];
    const beforeIt = this.#gatesBefore(gate);
    if (gate.blockedBy.length > 0) {
      const written = this.#written(gate.blockedBy, gate).flatMap((reason) =>
        reason.thing !== undefined && reason.thing === phase ? this.#workOf(phase, false) : [reason],
      );
      return [...written, ...beforeIt];
    }
    const beads = graph.linksOf(gate).blockedBy.filter((thing) => thing.kind === 'bead');
    if (beads.length === 0 && phase !== undefined) return [...this.#guardsOf(phase), ...beforeIt];
    return [...this.#mostTelling(beads.filter((bead) => !this.#isSatisfied(bead))), ...beforeIt];
  }

  /** A phase that nothing keeps from being worked on waits for nothing; what waits for it, waits for its work. */
  #reasonsOfPhase(phase: Phase, isChain: boolean): readonly Reason[] {
    const state = this.#states.phase(this.#states.graph.indexOf(phase));
    if (state === 'guarded') return this.#guardsOf(phase);
    return isChain && state !== 'satisfied' ? this.#workOf(phase, true) : [];
  }

  /** What keeps a phase from being worked on. A phase that waits for its approval is its own reason. */
  #guardsOf(phase: Phase): Reason[] {
    const { graph } = this.#states;
    const index = graph.indexOf(phase);
    if (isSet(this.#states.facts.satisfied, graph.startOfPhase(index))) return [];
    const reasons = [...this.#written(phase.dependsOn, phase, 'phase'), ...this.#gatesBefore(phase)];
    if (this.#states.lacksApproval(index)) reasons.push({ kind: 'phase', id: phase.id });
    return reasons;
  }

  /** Gates that block the thing without its saying so. */
  #gatesBefore(thing: Waitable): Reason[] {
    const { graph, facts } = this.#states;
    const { starts, neighbours } = graph.structure.predecessors;
    const node = graph.startOf(thing);
    const reasons: Reason[] = [];
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
      const before = at(neighbours, edge);
      if (before === NEVER || isSet(facts.satisfied, before)) continue;
      const gate = graph.thingAt(before);
      if (gate?.kind === 'gate') reasons.push({ kind: 'gate', id: gate.id, thing: gate });
    }
    return reasons;
  }

  #written(references: readonly Reference[], from: Waitable, likely?: 'phase'): Reason[] {
    return references.flatMap((reference) => this.#writtenReason(reference, from, likely) ?? []);
  }

  #writtenReason(reference: Reference, from: Waitable, likely?: 'phase'): Reason | undefined {
    const { graph, others } = this.#states;
    const { plan } = graph;
    if (isOutside(plan, reference)) {
      const target = resolveOutside(reference, others);
      const id = `${reference.plan}/${target?.thing.id ?? reference.value}`;
      if (target === undefined) return { kind: 'missing', id };
      return isSatisfied(target.plan, target.thing) ? undefined : { kind: target.thing.kind, id };
    }
    const thing = resolveWaitable(plan, reference, likely);
    if (thing === undefined) return { kind: 'missing', id: reference.value };
    if (thing === from) return { kind: 'cycle', id: thing.id };
    // A bead does not wait for what it is part of, nor for its own parts: these have no edge.
    return this.#isSatisfied(thing) || !this.#waits(from, thing)
      ? undefined
      : { kind: thing.kind, id: thing.id, thing };
  }

  #waits(from: Waitable, thing: Waitable): boolean {
    if (thing.kind !== 'bead' || from.kind === 'gate') return true;
    const { graph } = this.#states;
    const { starts, neighbours } = graph.structure.predecessors;
    const node = graph.startOf(from);
    return neighbours.subarray(at(starts, node), at(starts, node + 1)).includes(graph.endOf(thing));
  }

  #isSatisfied(thing: Waitable): boolean {
    const { graph, facts } = this.#states;
    return isSet(facts.satisfied, graph.endOf(thing));
  }

  /** What a phase that can be worked on still waits for. */
  #workOf(phase: Phase, withGates: boolean): readonly Reason[] {
    const { plan } = this.#states.graph;
    const all = plan.beadsOfPhase(phase.id);
    if (all.length === 0 && !withGates) return this.#guardsOf(phase);
    const beads = all.filter((bead) => !this.#isSatisfied(bead));
    if (beads.length > 0) return this.#mostTelling(beads);
    const gates = withGates ? plan.gatesOfPhase(phase.id).filter((gate) => !this.#isSatisfied(gate)) : [];
    return gates.map((gate) => ({ kind: 'gate', id: gate.id, thing: gate }));
  }

  /** A few of many beads: those that something can be done about, if there are any. */
  #mostTelling(beads: readonly Bead[]): readonly Reason[] {
    const { graph } = this.#states;
    const leaves = beads.filter((bead) => graph.plan.childrenOf(bead.id).length === 0);
    const free = leaves.filter((bead) => this.#states.bead(graph.indexOf(bead)) !== 'blocked');
    return (free.length > 0 ? free : leaves.length > 0 ? leaves : beads)
      .slice(0, MOST_OF_A_PHASE)
      .map((bead) => ({ kind: 'bead', id: bead.id, thing: bead }));
  }
}

interface Reason {
  readonly kind: Blocker['kind'];
  readonly id: string;
  /** Leads on along the chain. */
  readonly thing?: Waitable;
}
