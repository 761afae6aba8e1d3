import type { Plan, Thing } from '../model';
import { resolve } from '../plan/references';
import type { Location } from '../text';
import { type LoggedDecision, type LoggedPrompt, logOf } from './planLog';

/** A decision of a prompt, or a prompt without any, and the things of the plan that cover it. */
export interface Covered {
  readonly prompt: LoggedPrompt;
  /** Absent for a prompt in which no decision is written. */
  readonly decision: LoggedDecision | undefined;
  readonly at: Location;
  readonly things: readonly Thing[];
}

/** In the order of the log. */
export function coverage(plan: Plan): readonly Covered[] {
  return logOf(plan).prompts.flatMap((prompt): readonly Covered[] => {
    if (prompt.decisions.length === 0) return [{ prompt, decision: undefined, at: prompt.head, things: [] }];
    return prompt.decisions.map((decision) => ({
      prompt,
      decision,
      at: decision,
      things: decision.covers.flatMap((reference) => resolve(plan, reference) ?? []),
    }));
  });
}
