/** Beads that can't be worked on side by side with anything: why, and how many. */
export interface Waveless {
  readonly closed: number;
  readonly deferred: number;
  /** In a cycle, or behind something that never comes. */
  readonly stuck: number;
}

/** Words of a graph that are not the plan's. */
export interface FlowWords {
  /** What a phase with this id is called. */
  readonly phase: (id: string) => string;
  /** The overview's node for what stands in no phase. */
  readonly rest: string;
  /** `number` counts from 1. */
  readonly wave: (number: number, beads: number) => string;
  readonly more: (beads: number) => string;
  readonly later: (beads: number) => string;
  readonly waveless: (beads: Waveless) => string;
  /** Of something that a thing waits for and that this plan does not hold. */
  readonly absent: string;
}

export const englishWords: FlowWords = {
  phase: (id) => `Phase ${id}`,
  rest: 'Outside any phase',
  wave: (number, beads) => `Wave ${number}: ${beads === 1 ? '1 bead' : `${beads} in parallel`}`,
  more: (beads) => `and ${beads} more`,
  later: (beads) => `Later waves: ${beads} beads`,
  waveless: ({ closed, deferred, stuck }) =>
    `In no wave: ${[
      ...(closed > 0 ? [`${closed} closed`] : []),
      ...(deferred > 0 ? [`${deferred} deferred`] : []),
      ...(stuck > 0 ? [`${stuck} that cannot begin`] : []),
    ].join(', ')}`,
  absent: 'not in this plan',
};
