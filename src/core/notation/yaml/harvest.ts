import type { Approval, Diagnostic, Insight, PlanPart } from '../../model';
import type { Wait } from '../waits';

/** What a piece of YAML holds: all but what makes it a file's. */
export interface Harvest extends Pick<PlanPart, 'head' | 'promptCount' | 'critiqueCount'> {
  readonly phases: PlanPart['phases'][number][];
  readonly beads: PlanPart['beads'][number][];
  readonly gates: PlanPart['gates'][number][];
  readonly scenarios: PlanPart['scenarios'][number][];
  readonly insights: Insight[];
  readonly diagnostics: Diagnostic[];
  /** Approvals of phases and gates that stand at the top of the plan, by what they approve. */
  readonly approvals: { readonly of: string; readonly approval: Approval }[];
  /** What things say of others that wait for them. */
  readonly waits: Wait[];
}
