import type { Plan } from './model';
import { sparkline } from './sparkline';

export interface ReadinessTrend {
  /** New gaps of each pass, the oldest first: `█▅▂▁`. Empty without a pass. */
  readonly sparkline: string;
  readonly newGaps: readonly number[];
  /** `settled`: the last of at least two passes found nothing new; `settling`: it found less than the one before. */
  readonly state: 'none' | 'open' | 'settling' | 'settled';
}

/** Whether reviewers of a plan still find something. */
export function readinessTrend({ readinessPasses }: Pick<Plan, 'readinessPasses'>): ReadinessTrend {
  const newGaps = readinessPasses.map(({ gapCount }) => gapCount);
  return { sparkline: sparkline(newGaps), newGaps, state: stateOf(newGaps) };
}

function stateOf(newGaps: readonly number[]): ReadinessTrend['state'] {
  const [last, before] = [newGaps.at(-1), newGaps.at(-2)];
  if (last === undefined) return 'none';
  if (before === undefined) return 'open';
  if (last === 0) return 'settled';
  return last < before ? 'settling' : 'open';
}
