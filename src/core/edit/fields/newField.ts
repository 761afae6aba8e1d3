import type { FieldOwner } from '../../notation/fields';

/** A field that a thing does not have yet, as the file writes fields. */
export interface NewField {
  readonly owner: FieldOwner;
  readonly field: string;
  readonly name: string;
  readonly value: string;
  /** Name and value on a line. */
  readonly line: string;
  /** Whether fields of the file have blank lines between them. */
  readonly isSpaced: boolean;
}
