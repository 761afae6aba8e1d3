import type { Run } from './run';

/** A field as a line writes it. Whose field it is follows from where the line stands. */
export interface WrittenField {
  /** In its plain form; the usual name of a value that needs none (`P0`, `@maria`, `3h`, `after T1`); empty for a remark. */
  readonly name: string;
  readonly isBold: boolean;
  readonly value: Run;
  /** Name and value. */
  readonly whole: Run;
}

/** A line in its parts: `Title (2h) | P0 | Blocked by: ft-1`. */
export interface WrittenLine {
  /** What stands before the first field. */
  readonly lead: Run;
  readonly fields: readonly WrittenField[];
}
