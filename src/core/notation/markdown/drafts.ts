import type { Status, Tier } from '../../model';
import type { Range } from '../../text';
import type { CheckBox } from './blocks';
import type { Column } from './boards';
import type { Run } from './run';

/** A text as written, and the offset that its own offsets count from. */
export interface Value {
  readonly run: Run;
  readonly at: number;
  /** A line of a block of code: a command, where commands are asked for. */
  readonly isCode?: boolean;
}

/** A thing while it is being read. What its fields mean is decided when all of it is there. */
interface Draft {
  readonly fields: Map<string, Value[]>;
  /** Text that belongs to no field. */
  readonly prose: Value[];
}

export interface PlanDraft extends Draft {
  readonly kind: 'plan';
  /** Whether a phase has been read: from then on a goal is no longer the plan's. */
  hasPhases: boolean;
}

/** What is read over. */
export interface AsideDraft extends Draft {
  readonly kind: 'aside';
}

interface ThingDraft extends Draft {
  id: WrittenId;
  title: Value | undefined;
  readonly start: number;
  end: number;
  readonly head: Range;
  readonly check: Mark | undefined;
  readonly sign: (Range & { readonly status: Status }) | undefined;
  /** Where the title is struck through. */
  readonly struck: Range | undefined;
}

export interface WrittenId {
  /** Empty where none is written. */
  readonly value: string;
  readonly range: Range | undefined;
  /** The last id of a range. */
  readonly through: string | undefined;
}

/** A check box at its place. */
export interface Mark extends Range {
  readonly mark: CheckBox['mark'];
}

export interface PhaseDraft extends ThingDraft {
  readonly kind: 'phase';
  /** Check boxes without an id directly below it: its beads, if it has no others. */
  readonly plain: BeadDraft[];
  /** Those of them that stand in one list with beads, which are beads too. */
  readonly beside: BeadDraft[];
  /** Items of a numbered list directly below it: its beads, if it has no others at all. */
  readonly numbered: NumberedDraft[];
  hasBeads: boolean;
  /** Told of in a list of progress or the like, so that its place there says nothing about its turn. */
  readonly isRemark: boolean;
}

export interface NumberedDraft {
  readonly bead: BeadDraft;
  /** Whether it says something of itself that only beads do: then it is one, whatever else there is. */
  readonly isSure: boolean;
}

export interface StepDraft {
  readonly text: Value;
  readonly mark?: Mark;
}

export interface BeadDraft extends ThingDraft {
  readonly kind: 'bead';
  readonly phase: PhaseDraft | undefined;
  readonly parent: BeadDraft | undefined;
  readonly steps: StepDraft[];
  readonly labels: Value[];
  /** A plain number as its id, which may count anew in each phase. */
  readonly isOrdinal: boolean;
  /** What the heading above says of it, as on a board. */
  readonly listedAs: Column | undefined;
}

export interface GateDraft extends ThingDraft {
  readonly kind: 'gate';
  readonly phase: PhaseDraft | undefined;
  readonly type: string;
  readonly criteria: CriterionDraft[];
}

export interface CriterionDraft extends Range {
  readonly criterion?: Value;
  readonly pass?: Value;
  readonly adjust?: Value;
  readonly abort?: Value;
}

export interface ScenarioDraft extends ThingDraft {
  readonly kind: 'scenario';
  /** List items with a number, in their order. */
  readonly numbered: (Value & { readonly number: number })[];
}

export interface TierDraft extends Draft {
  readonly kind: 'tier';
  readonly tier: Tier;
  /** One for each list item. */
  readonly items: Value[];
}

export type NamedDraft = PhaseDraft | BeadDraft | GateDraft | ScenarioDraft;
export type OwnerDraft = NamedDraft | PlanDraft | TierDraft | AsideDraft;

export function addTo(fields: Map<string, Value[]>, name: string): Value[] {
  let list = fields.get(name);
  if (list === undefined) {
    list = [];
    fields.set(name, list);
  }
  return list;
}
