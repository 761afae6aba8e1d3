import type { ExportedIssue } from '../notation/exportedIssue';

/** What `bd` is told about an issue. An export is never written here: it changes when its tracker writes it anew. */
export interface TrackerChange {
  /** The export that the issue stands in. */
  readonly file: string;
  readonly id: string;
  /** The issue as the export says, from which this was decided. */
  readonly before: ExportedIssue;
  /** What the tracker has to say of it afterwards. */
  readonly after: Partial<ExportedIssue>;
  /** Arguments for `bd`. Each further way is for one that does not know an option or a command of the way before. */
  readonly ways: readonly (readonly string[])[];
}
