/** Words of a graph that are not the plan's. */
export interface FlowWords {
  /** The overview's node for what stands in no phase. */
  readonly rest: string;
  /** `number` counts from 1. */
  readonly wave: (number: number, beads: number) => string;
  readonly more: (beads: number) => string;
  readonly later: (beads: number) => string;
  /** Of something that a thing waits for and that this plan does not hold. */
  readonly absent: string;
}

export const englishWords: FlowWords = {
  rest: 'Outside any phase',
  wave: (number, beads) => `Wave ${number}: ${beads === 1 ? '1 bead' : `${beads} in parallel`}`,
  more: (beads) => `and ${beads} more`,
  later: (beads) => `Later waves: ${beads} beads`,
  absent: 'not in this plan',
};
