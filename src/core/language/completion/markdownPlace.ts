import type { Phase, PlanPart, Thing } from '../../model';
import { type FieldOwner, fieldOf } from '../../notation/fields';
import { thingAround, thingsIn } from '../enclosing';
import { lineAbove, lineAt, lineEnd, lineStart } from '../lines';
import { cellsOf, columnsAbove } from '../tableColumns';
import { zoneAt } from '../zones';
import { mentionPlace } from './mentionPlace';
import type { CompletionPlace } from './place';

/** What a Markdown file holds at an offset; half-written lines count as what they begin. */
export function markdownPlace(part: PlanPart, offset: number): CompletionPlace | undefined {
  const { text } = part;
  if (zoneAt(part, Math.max(0, offset - 1)) !== undefined) return undefined;
  const start = lineStart(text, offset);
  const before = text.slice(start, offset);
  const after = text.slice(offset, lineEnd(text, offset));
  const cell = cellAt(part, start, before, after);
  if (cell !== undefined) return cell;
  const thing = thingOnLine(part, start) ?? thingAround(part, offset);
  const owner = thing?.kind ?? 'plan';
  return (
    valueAt(owner, thing, start, before, after) ??
    mentionPlace(start, before) ??
    listValueAt(part, owner, thing, start, before, after) ??
    nameAt(part, owner, thing, start, before, after)
  );
}

/** The thing that the line itself names: an item of a check list, say. */
function thingOnLine(part: PlanPart, start: number): Thing | undefined {
  const end = lineEnd(part.text, start);
  for (const thing of thingsIn(part)) {
    if (thing.head.start >= start && thing.head.start <= end) return thing;
  }
  return undefined;
}

// ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function cellAt(part: PlanPart, start: number, before: string, after: string): CompletionPlace | undefined {
  if (!before.includes('|')) return undefined;
  const names = columnsAbove(part, start);
  if (names === undefined) return undefined;
  const column = cellsOf(before).length - 1;
  const owner = ownerOfTable(names);
  const field = owner === undefined ? undefined : fieldOf(owner, names[column] ?? '');
  if (owner === undefined || field === undefined) return undefined;
  const bar = before.lastIndexOf('|') + 1;
  const lead = /^\s*/.exec(before.slice(bar))?.[0].length ?? 0;
  const value = before.slice(bar + lead) + (after.split('|')[0] ?? '').trimEnd();
  const thing = thingOnLine(part, start);
  return { kind: 'value', owner, field, thing, from: start + bar + lead, value };
}

function ownerOfTable(names: readonly string[]): FieldOwner | undefined {
  const owners: readonly FieldOwner[] = ['bead', 'gate', 'scenario', 'phase'];
  const known = (owner: FieldOwner) => names.filter((name) => fieldOf(owner, name) !== undefined).length;
  const best = [...owners].sort((a, b) => known(b) - known(a))[0];
  return best !== undefined && known(best) > 1 ? best : undefined;
}

// ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const LEAD = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[.?\][ \t]+)?/;
/** A name and its colon, and what stands behind it; the last one on a line counts. */
const NAMED =
  /(?:^|[|·([{;,.—–][ \t]*|[ \t]-[ \t]+)(\*\*|__)?([A-Za-z][A-Za-z /&'-]{0,40}?)(?:\*\*|__)?[ \t]*:(?:\*\*|__)?([ \t]*)(?=([^:]*)$)/;

function valueAt(
  owner: FieldOwner,
  thing: Thing | undefined,
  start: number,
  before: string,
  after: string,
): CompletionPlace | undefined {
  const lead = LEAD.exec(before)?.[0].length ?? 0;
  const line = before.slice(lead);
  const match = NAMED.exec(line);
  if (match === null) return undefined;
  const [whole, , name = '', , rest = ''] = match;
  const field = fieldOf(owner, name);
  // Behind another divider the value is over.
  if (field === undefined || /[ \t][|·][ \t]*$|[ \t][|·][ \t]/.test(rest)) return undefined;
  const from = start + lead + match.index + whole.length;
  const value = rest + (/^[^|·)\]]*/.exec(after)?.[0] ?? '');
  return { kind: 'value', owner, field, thing, from, value };
}

/** An item of the list below `Blocked by:`. */
function listValueAt(
  { text }: PlanPart,
  owner: FieldOwner,
  thing: Thing | undefined,
  start: number,
  before: string,
  after: string,
): CompletionPlace | undefined {
  const lead = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+/.exec(before)?.[0].length;
  if (lead === undefined) return undefined;
  const items: string[] = [];
  for (let line = lineAbove(text, start), count = 0; line !== undefined && count < 40; count++) {
    const content = lineAt(text, line);
    const named =
      /^[ \t]*(?:[-*+][ \t]+|#{1,6}[ \t]+)?(?:\*\*|__)?([A-Za-z][A-Za-z /&'-]{0,40}?)(?:\*\*|__)?[ \t]*:?(?:\*\*|__)?[ \t]*$/.exec(
        content,
      );
    const isName = named !== null && (/:|^#/.test(content.trim()) || content.includes('**'));
    const field = isName ? fieldOf(owner, named[1] ?? '') : undefined;
    if (field !== undefined) {
      const value = before.slice(lead) + after;
      return { kind: 'value', owner, field, thing, from: start + lead, value, otherItems: items.join('\n') };
    }
    items.push(content);
    if (content.trim() !== '' && !/^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/.test(content)) return undefined;
    line = lineAbove(text, line);
  }
  return undefined;
}

// ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function nameAt(
  part: PlanPart,
  owner: FieldOwner,
  thing: Thing | undefined,
  start: number,
  before: string,
  after: string,
): CompletionPlace | undefined {
  const match = /^([ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?|[ \t]*#{1,6}[ \t]*)([A-Za-z][A-Za-z ]{0,30})?$/.exec(before);
  if (match === null || !/^(?:\*\*|__)?[ \t]*$/.test(after)) return undefined;
  const [, lead = ''] = match;
  const isFree = /^(?:#{1,6}[ \t]*)?$/.test(lead);
  const present = thing === undefined ? new Set<string>() : fieldsPresent(part, thing, start);
  return { kind: 'name', owner, thing, from: start + lead.length, present, lead, isFree };
}

/** Fields that the thing's own text names, up to the first thing in it. The line that begins at `except` does not count. */
function fieldsPresent(part: PlanPart, thing: Thing, except: number): ReadonlySet<string> {
  const { text } = part;
  let end = thing.location.end;
  for (const other of thingsIn(part)) {
    const { start } = other.location;
    if (other !== thing && start > thing.head.end && start < end) end = start;
  }
  const present = new Set<string>();
  const own = text.slice(thing.location.start, Math.min(end, thing.location.start + 20_000));
  let at = thing.location.start;
  for (const line of own.split('\n')) {
    if (at !== except) for (const name of namesOn(line)) add(present, thing, name);
    at += line.length + 1;
  }
  if (thing.kind === 'phase') addPhaseFields(present, thing);
  return present;
}

function* namesOn(line: string): Iterable<string> {
  const heading = /^#{1,6}[ \t]+(.{1,60})$/.exec(line)?.[1];
  if (heading !== undefined) yield heading;
  for (const match of line.matchAll(
    /(?:^|[|·([]|[ \t][—–-][ \t]|[-*+][ \t])[ \t]*(?:\*\*|__)?([A-Za-z][A-Za-z /&'-]{0,40}?)(?:\*\*|__)?:/g,
  )) {
    yield match[1] ?? '';
  }
}

function add(present: Set<string>, { kind }: Thing, name: string): void {
  const field = fieldOf(kind, name);
  if (field !== undefined) present.add(field);
}

function addPhaseFields(present: Set<string>, { objective, verification }: Phase): void {
  if (objective.length > 0) present.add('objective');
  if (verification.length > 0) present.add('verification');
}
