import type { Status } from '../../model';
import { plainName } from '../fields';
import type { Section } from './outline';

/** What the heading of a column says of the tasks below it. */
export type Column = Status | 'blocked';

const WORDS: readonly (readonly [Column, RegExp])[] = [
  ['in_progress', /^(?:(?:work )?in progress|in review|doing|wip|active|current|ongoing|under ?way)/],
  ['closed', /^(?:done|completed?|closed|finished|shipped|archived?)/],
  ['deferred', /^(?:deferred|on hold|parked|postponed|someday|icebox)/],
  ['blocked', /^(?:blocked|waiting|stuck|impeded)/],
];
const NOTHING_MORE = /^(?: (?:tasks?|items?|beads?|work|cards?|issues?))?(?: \d+)?$/;

/** What a heading in the words of a status says of the tasks below it, as on a board: `In progress`, `✅ Completed tasks`. */
export function statusOfHeading({ head, title }: Section): Column | undefined {
  if (head.id !== undefined || title.text.length > 40) return undefined;
  const name = plainName(title.text);
  return WORDS.find(([, words]) => {
    const found = words.exec(name)?.[0];
    return found !== undefined && NOTHING_MORE.test(name.slice(found.length));
  })?.[0];
}
