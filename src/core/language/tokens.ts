import type { PlanPart, ThingKind } from '../model';
import { type FieldOwner, fieldOf } from '../notation/fields';
import type { Range } from '../text';
import { thingsIn } from './enclosing';
import { linesAround } from './lines';
import { mentionsBetween } from './mentions';
import type { PlanSource } from './planSource';
import { zoneAt } from './zones';

/** A stretch of one line in a colour of its own. */
export interface Token extends Range {
  readonly type: ThingKind | 'field';
  /** Where the thing is written, and not only meant. */
  readonly isName: boolean;
  /** Closed, passed or done. */
  readonly isDone: boolean;
}

/** Ids, and in Markdown the names of fields, on the lines that the stretch touches. In their order, without overlap. */
export function tokensBetween(source: PlanSource, file: string, from: number, to: number): readonly Token[] {
  const part = source.part(file);
  if (part === undefined) return [];
  const ids = mentionsBetween(source, file, from, to).map((mention): Token => {
    const { start, end, thing, role, plan } = mention;
    const isDone = plan === source.snapshot.plan && isSatisfied(source, thing.kind, thing.id);
    return { start, end, type: thing.kind, isName: role === 'name', isDone };
  });
  const fields = part.notation === 'markdown' ? fieldNames(part, linesAround(part.text, from, to)) : [];
  const all = [...ids, ...fields].sort((a, b) => a.start - b.start);
  let end = 0;
  return all.filter((token) => {
    if (token.start < end) return false;
    end = token.end;
    return true;
  });
}

function isSatisfied({ snapshot: { schedule } }: PlanSource, kind: ThingKind, id: string): boolean {
  if (kind === 'bead') return schedule.beadState(id) === 'closed';
  if (kind === 'gate') return schedule.gateState(id) === 'passed';
  return kind === 'phase' && schedule.phaseState(id) === 'satisfied';
}

const NAME =
  /(?:^[ \t]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?|[|·([][ \t]*|[ \t][—–-][ \t])(?:\*\*|__)?([A-Za-z][A-Za-z /&'-]{0,40}?)(?:\*\*|__)?:(?=\*\*|__|\s|$)/gm;

function fieldNames(part: PlanPart, { start: from, end: to }: Range): readonly Token[] {
  const heads = [...thingsIn(part)].map(({ head, kind }) => ({ start: head.start, kind }));
  heads.sort((a, b) => a.start - b.start);
  let next = 0;
  let owner: FieldOwner = 'plan';
  const tokens: Token[] = [];
  for (const match of part.text.slice(from, to).matchAll(NAME)) {
    const name = match[1] ?? '';
    const start = from + match.index + match[0].lastIndexOf(name);
    for (let head = heads[next]; head !== undefined && head.start <= start; head = heads[++next]) owner = head.kind;
    if (fieldOf(owner, name) === undefined || zoneAt(part, start) !== undefined) continue;
    tokens.push({ start, end: start + name.length, type: 'field', isName: false, isDone: false });
  }
  return tokens;
}
