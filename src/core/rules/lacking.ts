import type { Diagnostic, Severity, Thing } from '../model';
import { nameOf } from '../plan/tellings';
import { finding, nameAt } from './finding';
import type { RuleId } from './table';

export interface Habit<T extends Thing> {
  readonly code: RuleId;
  /** All things that could have the field: what the plan's habit is told by. */
  readonly all: readonly T[];
  readonly has: (thing: T) => boolean;
  /** Whether the lack matters in a thing; what is closed is left in peace. */
  readonly matters: (thing: T) => boolean;
  readonly each: (thing: T) => string;
  /** For a plan that does not use the field. */
  readonly once: (count: number) => string;
  /** How severe it is that a plan does not use the field. */
  readonly onceSeverity?: Severity;
}

/** From this many on, things that lack what the plan does not give are told of together. */
const FEWEST_TOGETHER = 3;
/** A field that fewer than one in this many things have is none that the plan uses. */
const RARE = 10;
/** So many remarks of one kind are told as one, where more than a quarter of all things lack the field. */
const MOST_APART = 20;
const MOST_RELATED = 30;

/**
 * Things that lack a field: each of them in a plan that uses the field, all of them together in one that does not.
 * Real plans leave many fields out by habit, and a hundred times the same remark helps nobody.
 */
export function lacking<T extends Thing>(habit: Habit<T>): readonly Diagnostic[] {
  const { code, all, has, matters, each, once, onceSeverity = 'hint' } = habit;
  const without = all.filter((thing) => !has(thing));
  const concerned = without.filter(matters);
  const [first, ...others] = concerned;
  if (first === undefined) return [];
  const used = all.length - without.length;
  const isUsed = used > 0 && used * RARE >= all.length;
  const isTold = isUsed && (concerned.length <= MOST_APART || without.length * 4 <= all.length);
  const severity = isUsed ? {} : { severity: onceSeverity };
  if (isTold || concerned.length < FEWEST_TOGETHER) {
    return concerned.map((thing) => finding(code, nameAt(thing), each(thing), severity));
  }
  const related = others
    .slice(0, MOST_RELATED)
    .map((thing) => ({ location: nameAt(thing), message: `${nameOf(thing)}, too` }));
  return [finding(code, nameAt(first), once(concerned.length), { ...severity, related })];
}
