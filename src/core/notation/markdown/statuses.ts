import type { Status } from '../../model';
import type { Location } from '../../text';
import { parseStatus, saysDropped } from '../values';
import type { BeadDraft, Mark, NamedDraft } from './drafts';
import { type Making, placed } from './making';
import { textOf } from './values';

/** Marks of check boxes that say done. */
export const CLOSED_MARKS = /^[xX✓✔☑✅]$/u;
/** A status, and the characters that say it. */
export interface Written {
  readonly status: Status;
  readonly at: Location;
}

/** What a field says. */
export function writtenStatus({ fields }: NamedDraft, making: Making): Written | undefined {
  for (const value of fields.get('status') ?? []) {
    const text = textOf(value, making);
    const status = parseStatus(text.value);
    if (status !== undefined) return { status, at: { file: text.file, start: text.start, end: text.end } };
  }
  return undefined;
}

/** What a check box, a struck title or a sign says. */
export function markedStatus(draft: NamedDraft, making: Making): Written | undefined {
  const { check, struck, sign } = draft;
  if (check !== undefined) {
    const marked = statusOfMark(check, making.text.slice(draft.head.start, draft.head.end));
    if (marked !== 'open' || struck === undefined) return { status: marked, at: placed(check, making) };
  }
  if (struck !== undefined) return { status: 'closed', at: placed(struck, making) };
  return sign === undefined ? undefined : { status: sign.status, at: placed(sign, making) };
}

/** What the heading of a board says goes before an empty check box, but for one that stands below Done. */
export function listedStatus(
  { listedAs, check }: BeadDraft,
  own: Written | undefined,
): { readonly status: Status; readonly isHeld?: boolean } | undefined {
  if (listedAs === undefined || (own !== undefined && own.status !== 'open')) return own;
  if (listedAs === 'blocked') return { status: 'open', isHeld: true };
  return { status: listedAs === 'closed' && check !== undefined ? 'open' : listedAs };
}

/** `[x]` is done, `[/]` and `[>]` are under way; `[-]` and `[~]` are so too, or dropped where the text says it. */
function statusOfMark({ mark }: Mark, line: string): Status {
  if (CLOSED_MARKS.test(mark) || mark === '✗' || mark === '✘') return 'closed';
  if (mark === '~' || mark === '-') {
    if (saysDropped(line)) return 'closed';
    return /\bdeferred\b/i.test(line) ? 'deferred' : 'in_progress';
  }
  return mark === '/' || mark === '>' || mark === '.' || mark === '+' ? 'in_progress' : 'open';
}
