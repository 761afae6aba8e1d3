import type { KeyDecision, Plan, Prompt, Thing } from '../model';
import { resolve } from '../plan/references';
import type { Location } from '../text';

/** A decision of a prompt, or a prompt without any, and the things of the plan that cover it. */
export interface Covered {
  readonly prompt: Prompt;
  /** Absent for a prompt in which no decision is written. */
  readonly decision: KeyDecision | undefined;
  readonly at: Location;
  readonly things: readonly Thing[];
}

/** In the order of the log. */
export function coverage(plan: Plan): readonly Covered[] {
  return plan.prompts.flatMap((prompt): readonly Covered[] => {
    if (prompt.decisions.length === 0) return [{ prompt, decision: undefined, at: prompt.head, things: [] }];
    return prompt.decisions.map((decision) => ({
      prompt,
      decision,
      at: decision,
      things: decision.coveredBy.flatMap((reference) => resolve(plan, reference) ?? []),
    }));
  });
}
