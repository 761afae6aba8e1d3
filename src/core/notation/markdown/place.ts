import type { CheckBox, Item } from './blocks';
import type { Mark } from './drafts';
import type { Section } from './outline';
import type { Run } from './run';

/** Where in the file a thing stands. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly head: { readonly start: number; readonly end: number };
  readonly check: Mark | undefined;
}

export function placeOfSection({ start, end, titleEnd, check, at }: Section): Place {
  return { start, end, head: { start, end: titleEnd }, check: check && markOf(check, at) };
}

export function placeOfItem({ start, end, check }: Item, line: Run, at: number): Place {
  return {
    start: at + start,
    end: at + end,
    head: { start: at + start, end: at + line.end },
    check: check && markOf(check, at),
  };
}

export function markOf({ mark, start, end }: CheckBox, at: number): Mark {
  return { mark, start: at + start, end: at + end };
}
