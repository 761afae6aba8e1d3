import { at, isSet } from './adjacency';
import { explain } from './blockers';
import { type DependencyGraph, dependencyGraph } from './graph';
import type { Bead, Gate, Phase, Plan } from './model';
import type { OtherPlans } from './references';
import type { BeadState, Blocker, GateState, PhaseState, Progress, ReadyItem, Schedule } from './snapshot';
import { type States, statesOf } from './states';
import { type Timeline, timelineOf } from './timeline';
import { nextOf } from './upNext';

/**
 * What follows from a plan (plan-format: what it means). Nothing is computed before it is asked for; each answer then
 * costs linear time once, but for the order of ready work (see `countDownstream`).
 */
export function schedule(plan: Plan, others?: OtherPlans): Schedule {
  return new LazySchedule(plan, others);
}

class LazySchedule implements Schedule {
  readonly #plan: Plan;
  readonly #others: OtherPlans | undefined;
  #states: States | undefined;
  #timeline: Timeline | undefined;
  #next: readonly ReadyItem[] | undefined;
  #ready: readonly Bead[] | undefined;
  #progress: Progress | undefined;

  constructor(plan: Plan, others: OtherPlans | undefined) {
    this.#plan = plan;
    this.#others = others;
  }

  beadState(id: string): BeadState {
    const bead = this.#plan.find(id, 'bead');
    return bead === undefined ? 'blocked' : this.#statesNow().bead(this.#graph().indexOf(bead));
  }

  gateState(id: string): GateState {
    const gate = this.#plan.find(id, 'gate');
    return gate === undefined ? 'waiting' : this.#statesNow().gate(this.#graph().indexOf(gate));
  }

  phaseState(id: string): PhaseState {
    const phase = this.#plan.find(id, 'phase');
    return phase === undefined ? 'open' : this.#statesNow().phase(this.#graph().indexOf(phase));
  }

  progress(phaseId?: string): Progress {
    if (phaseId !== undefined) return this.#progressOf(this.#plan.beadsOfPhase(phaseId));
    this.#progress ??= this.#progressOf(this.#plan.beads);
    return this.#progress;
  }

  blockersOf(thing: Bead | Gate | Phase, levels?: number): readonly Blocker[] {
    return explain(this.#statesNow(), thing, levels);
  }

  get ready(): readonly Bead[] {
    this.#ready ??= this.#ranked().ready;
    return this.#ready;
  }

  get next(): readonly ReadyItem[] {
    this.#next ??= this.#ranked().next;
    return this.#next;
  }

  get waves(): readonly (readonly string[])[] {
    return this.#timelineNow().waves;
  }

  waveOf(beadId: string): number | undefined {
    const bead = this.#plan.find(beadId, 'bead');
    const wave = bead === undefined ? -1 : at(this.#timelineNow().waveOf, this.#graph().indexOf(bead));
    return wave < 0 ? undefined : wave;
  }

  get criticalPath(): readonly string[] {
    return this.#timelineNow().criticalPath;
  }

  #progressOf(beads: readonly Bead[]): Progress {
    const { closed } = this.#statesNow();
    const graph = this.#graph();
    let count = 0;
    for (const bead of beads) if (isSet(closed, graph.indexOf(bead))) count++;
    return { closed: count, total: beads.length };
  }

  #ranked() {
    const { ready, next } = nextOf(this.#statesNow(), this.#timelineNow());
    this.#ready = ready;
    this.#next = next;
    return { ready, next };
  }

  #graph(): DependencyGraph {
    return dependencyGraph(this.#plan);
  }

  #statesNow(): States {
    this.#states ??= statesOf(this.#graph(), this.#others);
    return this.#states;
  }

  #timelineNow(): Timeline {
    this.#timeline ??= timelineOf(this.#statesNow());
    return this.#timeline;
  }
}
