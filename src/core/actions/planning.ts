import type { Plan } from '../model';
import { type Refusal, refuse } from './action';

/** Why nothing is carried out in a plan that says of itself that it is still being written. */
export function whilePlanning({ head }: Pick<Plan, 'head'>): Refusal | undefined {
  if (head.mode?.value !== 'planning') return undefined;
  return refuse(
    'planning',
    'This plan is in mode planning: nothing in it is carried out yet.',
    'Go on writing it. When it is ready, start executing it: that is checked, and changes the mode.',
    head.mode,
  ).refused;
}
