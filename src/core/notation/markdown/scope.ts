import type { Column } from './boards';
import { addTo, type BeadDraft, type OwnerDraft, type PhaseDraft, type Value } from './drafts';
import type { Section } from './outline';
import type { Topic } from './topics';

/** Where something stands in the plan: what it would belong to. */
export interface Context {
  readonly owner: OwnerDraft;
  readonly phase: PhaseDraft | undefined;
  readonly bead: BeadDraft | undefined;
  readonly topic: Topic | undefined;
  readonly section: Section;
  /** What the heading says of the tasks below it. */
  readonly status?: Column;
  /** Prose is nobody's here. */
  readonly isQuiet: boolean;
}

/** A field whose value goes on in the blocks that follow. */
export interface OpenField {
  readonly owner: OwnerDraft;
  readonly field: string;
  /** Blocks in more list items than this belong to it. */
  readonly depth: number;
  /** Everything under a heading or between tags belongs to it, whatever it looks like. */
  readonly isFixed: boolean;
  /** Whether list items were added: prose behind them is no longer a part of the value. */
  hasItems: boolean;
  /** What is nested in an item of the value goes on with it. */
  readonly isInItem?: boolean;
}

/** The section, or a list item in it, while the blocks in it are read. */
export interface Scope {
  readonly depth: number;
  context: Context;
  open: OpenField | undefined;
}

export function listOf({ owner, field }: OpenField): Value[] {
  return addTo(owner.fields, field);
}
