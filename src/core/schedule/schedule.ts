import { at, isSet } from '../graph/adjacency';
import { type DependencyGraph, dependencyGraph, shareGraph } from '../graph/graph';
import { haveSameStructure } from '../graph/sameStructure';
import type { Bead, Gate, Phase, Plan } from '../model';
import { type OtherPlans, outsidePlans, shareOutsidePlans } from '../plan/references';
import type {
  BeadState,
  Blocker,
  GateState,
  PhaseState,
  PlanSnapshot,
  Progress,
  ReadyItem,
  Schedule,
} from '../snapshot';
import { explain, explainWork } from './blockers';
import { type StateFacts, States, stateFactsOf } from './states';
import { type Timeline, timelineOf } from './timeline';
import { type Candidate, candidatesOf, type UpNext, upNext } from './upNext';

/**
 * What follows from a plan (plan-format: what it means). Nothing is computed before it is asked for; each answer then
 * costs linear time once, but for the order of ready work (see `countDownstream`). With `before`, the plan as it was,
 * what was worked out for it is used again when nothing changed that anything follows from: most keystrokes are in texts.
 */
export function schedule(plan: Plan, others?: OtherPlans, before?: PlanSnapshot): Schedule {
  const earlier = before?.schedule;
  if (before === undefined || !(earlier instanceof LazySchedule) || !haveSameStructure(before.plan, plan)) {
    return new LazySchedule(plan, others, {});
  }
  shareGraph(plan, before.plan);
  shareOutsidePlans(plan, before.plan);
  // What other plans say may have changed in the meantime.
  return new LazySchedule(plan, others, outsidePlans(plan).size === 0 ? earlier.facts : {});
}

/** What was worked out so far, for all plans of one structure. */
interface SharedFacts {
  states?: StateFacts;
  timeline?: Timeline;
  candidates?: readonly Candidate[];
}

class LazySchedule implements Schedule {
  readonly facts: SharedFacts;
  readonly #plan: Plan;
  readonly #others: OtherPlans | undefined;
  #states: States | undefined;
  #upNext: UpNext | undefined;
  #progress: Progress | undefined;

  constructor(plan: Plan, others: OtherPlans | undefined, facts: SharedFacts) {
    this.#plan = plan;
    this.#others = others;
    this.facts = facts;
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

  blockersOfWork(bead: Bead, levels?: number): readonly Blocker[] {
    return explainWork(this.#statesNow(), bead, levels);
  }

  get ready(): readonly Bead[] {
    return this.#upNextNow().ready;
  }

  get next(): readonly ReadyItem[] {
    return this.#upNextNow().next;
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
    const { closed } = this.#statesNow().facts;
    const graph = this.#graph();
    let count = 0;
    for (const bead of beads) if (isSet(closed, graph.indexOf(bead))) count++;
    return { closed: count, total: beads.length };
  }

  #graph(): DependencyGraph {
    return dependencyGraph(this.#plan);
  }

  #statesNow(): States {
    if (this.#states === undefined) {
      this.facts.states ??= stateFactsOf(this.#graph(), this.#others);
      this.#states = new States(this.#graph(), this.#others, this.facts.states);
    }
    return this.#states;
  }

  #timelineNow(): Timeline {
    this.facts.timeline ??= timelineOf(this.#statesNow());
    return this.facts.timeline;
  }

  #upNextNow(): UpNext {
    if (this.#upNext === undefined) {
      this.facts.candidates ??= candidatesOf(this.#statesNow(), this.#timelineNow());
      this.#upNext = upNext(this.#plan, this.facts.candidates);
    }
    return this.#upNext;
  }
}
