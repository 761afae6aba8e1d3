import type { Run } from './run';

export interface CheckBox {
  /** The character between the brackets; a blank one is a space. */
  readonly mark: string;
  readonly start: number;
  readonly end: number;
}

export interface TableRow {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly Run[];
}

interface Placed {
  readonly start: number;
  readonly end: number;
  /** How many list items it stands in. */
  readonly depth: number;
}

export interface Heading extends Placed {
  readonly kind: 'heading';
  readonly level: number;
  readonly check: CheckBox | undefined;
  readonly run: Run;
}

/** A list item. What stands in it, beyond its first paragraph, follows as blocks of greater depth. */
export interface Item extends Placed {
  readonly kind: 'item';
  /** The number it is written with. */
  readonly number: number | undefined;
  readonly check: CheckBox | undefined;
  readonly lines: readonly Run[];
}

export interface Paragraph extends Placed {
  readonly kind: 'paragraph';
  readonly lines: readonly Run[];
}

export interface Table extends Placed {
  readonly kind: 'table';
  readonly header: readonly Run[];
  readonly rows: readonly TableRow[];
}

export interface Code extends Placed {
  readonly kind: 'code';
  /** The lines of code, blank ones left out; no spans. */
  readonly lines: readonly Run[];
}

/** A line such as `<details>`, `</task>` or `<name>Title</name>`. */
export interface Tag extends Placed {
  readonly kind: 'tag';
  readonly name: string;
  readonly closes: boolean;
  /** What stands between the opening and the closing tag on the line. */
  readonly inner: Run | undefined;
}

export interface Other extends Placed {
  readonly kind: 'quote' | 'rule';
}

export type Block = Heading | Item | Paragraph | Table | Code | Tag | Other;
