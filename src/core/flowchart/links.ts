import type { Bead, Gate, Phase } from '../model';
import type { FlowEdge } from './flowchart';

export type LinkEnd = Phase | Bead | Gate;

/** Something in the plan waits for something else. */
export interface PlanLink {
  readonly from: LinkEnd;
  readonly to: LinkEnd;
  readonly kind: FlowEdge['kind'];
}

export interface PlanLinks {
  readonly all: readonly PlanLink[];
  /** Gates in the middle of their phase: something in the same phase waits for them. */
  readonly inside: ReadonlySet<Gate>;
}
