import type { Bead, Diagnostic, Plan } from '../model';
import { isNone, parsePriority, parseStatus } from '../notation/values';
import { nameOf } from '../plan/tellings';
import { isExport } from './export';
import { finding } from './finding';

/** `**Priority:** soonish`, `priority: soonish`; a value ends with its line or where the next field begins. */
const PRIORITY = /(?:^|[\n|·])[ \t]*(?:[-*+][ \t]+)?[*_]{0,3}priority[*_]{0,3}[ \t]*:[*_]{0,3}[ \t]*([^\n|·]{1,60})/i;
const STATUS = /(?:^|[\n|·])[ \t]*(?:[-*+][ \t]+)?[*_]{0,3}status[*_]{0,3}[ \t]*:[*_]{0,3}[ \t]*([^\n|·]{1,60})/i;

/** Own fields stand near the top of a bead; what is below is told at length. */
const LONGEST_HEAD = 2000;

/** Priorities and states that say something which nobody can read. They count as not written. */
export function checkValues(plan: Plan): readonly Diagnostic[] {
  return plan.beads
    .filter(({ location }) => !isExport(location.file))
    .flatMap((bead) => [
      ...(bead.priority === undefined
        ? unreadable(plan, bead, PRIORITY, parsePriority, 'priority', 'a priority from P0 to P4')
        : []),
      ...(bead.statusAt === undefined
        ? unreadable(plan, bead, STATUS, parseStatus, 'status', 'open, in progress, closed or deferred')
        : []),
    ]);
}

function unreadable(
  plan: Plan,
  bead: Bead,
  field: RegExp,
  parse: (text: string) => unknown,
  name: string,
  wanted: string,
): readonly Diagnostic[] {
  const text = plan.textOf(bead.location.file);
  const start = bead.location.start;
  const end = Math.min(bead.location.end, start + LONGEST_HEAD, firstPart(plan, bead));
  const own = text?.slice(start, end);
  // A search for a word costs a fraction of what the expression does, and most beads do without.
  const match = own === undefined || !mayHold(own, name) ? null : field.exec(own);
  const value = match?.[1]?.trim() ?? '';
  if (match === null || value === '' || value.startsWith('[') || isNone(value) || parse(value) !== undefined) return [];
  const from = start + match.index + match[0].lastIndexOf(match[1] ?? '');
  const message = `${value} is no ${name} of ${nameOf(bead)}, so it has none. Write ${wanted}.`;
  return [finding('invalid-value', { file: bead.location.file, start: from, end: from + value.length }, message)];
}

function mayHold(text: string, name: string): boolean {
  return text.includes(name.slice(1)) || text.includes(name.slice(1).toUpperCase());
}

/** Where the first bead inside this one begins. */
function firstPart(plan: Plan, { id, location }: Bead): number {
  const [first] = plan.childrenOf(id);
  return first !== undefined && first.location.file === location.file ? first.location.start : location.end;
}
