/** What happened to something, as one entry of a progress file. */
export interface ProgressEvent {
  /** `ft-0001.8c`, `G1`; empty for what concerns the plan as a whole. */
  readonly of: string;
  /** A word or two: `started`, `closed`, `pass`. */
  readonly event: string;
  readonly detail?: string;
}
