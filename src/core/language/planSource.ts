import type { PlanPart } from '../model';
import type { PlanSnapshot } from '../snapshot';

/** A plan and the files it was read from, at one moment: offsets in the one fit the texts of the other. */
export interface PlanSource {
  readonly snapshot: PlanSnapshot;
  /** A file of this plan; undefined for any other. */
  part(file: string): PlanPart | undefined;
}
