import type { Plan, Reference } from '../model';
import { resolveWaitable, type Waitable } from '../plan/references';

/** The words that make `waiting` wait for `before`; nothing where that follows from how the plan is built. */
export function edgeBetween(plan: Plan, waiting: Waitable, before: Waitable): Reference | undefined {
  const likely = waiting.kind === 'phase' ? 'phase' : undefined;
  const own = waiting.kind === 'phase' ? waiting.dependsOn : waiting.blockedBy;
  const named = own.find((reference) => resolveWaitable(plan, reference, likely) === before);
  if (named !== undefined || before.kind !== 'gate') return named;
  return before.blocks.find((reference) => resolveWaitable(plan, reference) === waiting);
}
