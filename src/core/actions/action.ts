import type { PlanEdits } from '../edit/planEdits';
import type { PlanSource } from '../language/planSource';
import type { Location } from '../text';
import type { TrackerChange } from './trackerChange';

/** Who acts, and when. */
export interface Actor {
  /** `@maria`, `maria`, `Claude Code`. */
  readonly name: string;
  /** Local time as people write it: `2026-11-28` or `2026-11-28T09:30`. */
  readonly at: string;
}

/** A file that is not a part of the plan, or not yet. One that does not exist has the text ''. */
export interface SideFile {
  readonly file: string;
  readonly text: string;
}

/** A plan, its files and its logs, at one moment. */
export interface ActionSource extends PlanSource {
  /** The progress file that the plan names, whether or not it exists. */
  readonly progress?: SideFile;
  /** Where prompts are logged: a file of this plan that holds prompts, else `PLAN-<name>-prompts.md` beside it. */
  readonly promptLog?: SideFile;
}

export type ActionOutcome =
  /** Edits of plan files and of the logs, all or nothing. `said`: one sentence of what happened. */
  | { readonly edits: PlanEdits; readonly said: string }
  /** Where the plan is an export: its tracker writes it. */
  | { readonly tracker: TrackerChange; readonly said: string }
  | { readonly refused: Refusal };

export type RefusalCode =
  /** The plan is in mode `planning`. */
  | 'planning'
  /** Something that has to come first is not done; the message has the chain of reasons. */
  | 'blocked'
  /** Somebody else has it; the message names the owner. */
  | 'held'
  /** It is in a state in which this does nothing: closed already, open already, decided already. */
  | 'state'
  | 'no-evidence'
  /** A gate's turn has not come. */
  | 'not-due'
  /** What was given does not fit: an empty name, no reason for an override. */
  | 'input'
  /** The file cannot be changed so that it says exactly this, or must not be written at all. */
  | 'not-written'
  /** The plan is an export of Beads, and its command `bd` is not there. */
  | 'no-bd'
  /** `bd` did not do it; the message has its reason. */
  | 'bd-failed';

export interface Refusal {
  readonly code: RefusalCode;
  /** What is wrong, for people: with the chain of reasons or the owner's name where there is one. */
  readonly message: string;
  /** What to do. */
  readonly advice?: string;
  /** The place that the message is about. */
  readonly at?: Location;
}

export function refuse(code: RefusalCode, message: string, advice?: string, at?: Location): { refused: Refusal } {
  return { refused: { code, message, ...(advice !== undefined && { advice }), ...(at !== undefined && { at }) } };
}

/** The day of an actor's time. */
export function dayOf({ at }: Actor): string {
  return at.slice(0, 10);
}
