import type { TextEdit } from '../../text';

/** A change of one file that solves what a rule found. */
export interface Fix {
  readonly title: string;
  readonly file: string;
  /** In order, without overlap. */
  readonly edits: readonly TextEdit[];
  /** Whether it is surely what was meant, so that it can be made without asking. */
  readonly preferred: boolean;
}
