import type { Bead, Gate, Phase, Plan } from './model';
import type { OtherPlans } from './plan/references';

export type BeadState = 'ready' | 'blocked' | 'in_progress' | 'closed' | 'deferred';
export type GateState = 'waiting' | 'due' | 'passed' | 'adjusted' | 'aborted';
/** `guarded`: not yet to be worked on (a phase it depends on or a gate before it is open). */
export type PhaseState = 'guarded' | 'open' | 'in_progress' | 'satisfied';

export interface Progress {
  readonly closed: number;
  readonly total: number;
}

/**
 * One reason why something waits. `because` leads on along the chain; it is empty at the root cause. `unnamed`: the bead
 * with this id says that it is blocked, and not by what.
 */
export interface Blocker {
  readonly kind: 'bead' | 'gate' | 'phase' | 'missing' | 'cycle' | 'unnamed';
  readonly id: string;
  readonly because: readonly Blocker[];
}

export type ReadyItem =
  | { readonly kind: 'bead'; readonly bead: Bead; readonly unblocks: number }
  | { readonly kind: 'gate'; readonly gate: Gate; readonly unblocks: number };

/** What follows from a plan at one moment (plan-format: what it means). Keys are ids. */
export interface Schedule {
  beadState(id: string): BeadState;
  gateState(id: string): GateState;
  phaseState(id: string): PhaseState;
  /** Beads of the phase, or of the whole plan without an id. Parents count as beads. */
  progress(phaseId?: string): Progress;
  /**
   * Direct reasons, each with its chain. Empty when nothing blocks. Computed on demand, cycle safe, bounded in size.
   * `levels` is how far the chains go: 1 gives the direct reasons alone, at a fraction of the cost.
   */
  blockersOf(thing: Bead | Gate | Phase, levels?: number): readonly Blocker[];
  /** The same for a bead whatever it says of itself: what still comes before one that was begun or closed all the same. */
  blockersOfWork(bead: Bead, levels?: number): readonly Blocker[];
  /** Ready beads only, most useful first. */
  readonly ready: readonly Bead[];
  /** Ready beads and due gates in one order, for people to pick from. */
  readonly next: readonly ReadyItem[];
  /** Ids of beads that are not closed or deferred, by wave. Beads in or behind a cycle or an aborted gate are in none. */
  readonly waves: readonly (readonly string[])[];
  waveOf(beadId: string): number | undefined;
  /** Ids of open leaf beads along the longest chain. */
  readonly criticalPath: readonly string[];
}

/** What every view is drawn from. */
export interface PlanSnapshot {
  readonly plan: Plan;
  readonly schedule: Schedule;
  /** The other plans that were indexed with it, as they are now. */
  readonly others?: OtherPlans;
}
