import type { BeadState, GateState, PhaseState } from '../snapshot';

/** A thing that a graph can show. */
export interface FlowThing {
  readonly kind: 'phase' | 'bead' | 'gate';
  readonly id: string;
}

/** How much of a plan a graph shows. */
export type FlowLevel =
  /** A node for each phase, and the gates between them. Without phases it is the same as `whole`. */
  | { readonly level: 'overview' }
  /** One phase, with what it touches in others. `''` is what stands in no phase. */
  | { readonly level: 'phase'; readonly phase: string }
  /** A thing, and what comes before and after it, so many edges away. */
  | { readonly level: 'neighbourhood'; readonly thing: FlowThing; readonly depth: number }
  /** Why a thing has to wait: what keeps it, and what keeps that. */
  | { readonly level: 'blockers'; readonly thing: FlowThing }
  /** What a thing keeps waiting, directly or in the end. */
  | { readonly level: 'unblocks'; readonly thing: FlowThing }
  /** What can be worked on at the same time, wave by wave: from the first, from a later one, or one alone. From 0. */
  | { readonly level: 'waves'; readonly from?: number; readonly wave?: number }
  | { readonly level: 'whole' };

export type LevelName = FlowLevel['level'];

/** What is not to be faint. Of each list that is there, a thing must match one entry; `''` and -1 stand for "none". */
export interface FlowFilter {
  readonly states?: readonly (BeadState | GateState | PhaseState)[];
  readonly priorities?: readonly number[];
  readonly owners?: readonly string[];
  readonly phases?: readonly string[];
}
