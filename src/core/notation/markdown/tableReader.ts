import { plainName } from '../fields';
import { hasIdShape } from '../ids';
import { isNone } from '../values';
import { blockersAt } from './bareFields';
import type { Table, TableRow } from './blocks';
import {
  addTo,
  type BeadDraft,
  type CriterionDraft,
  type GateDraft,
  type NamedDraft,
  type OwnerDraft,
  type PhaseDraft,
  type ScenarioDraft,
  type TierDraft,
  type Value,
} from './drafts';
import { headOf } from './heads';
import { namedLine } from './names';
import type { Place } from './place';
import { cut, type Head, isAll, isBlank, type NamedLine, Run, type WrittenField, withoutMarks } from './run';
import type { Context } from './scope';
import { type Columns, type TableKind, tableKind } from './tables';

/** What the rows of a table become. */
export interface TableTarget {
  /** The value that goes on in the table, if one does. */
  readonly open: Value[] | undefined;
  set(field: WrittenField, at: number): void;
  newPhase(place: Place, name: NamedLine, at: number): PhaseDraft;
  newBead(place: Place, name: NamedLine, at: number): BeadDraft;
  newGate(place: Place, name: NamedLine, at: number): GateDraft;
  newScenario(place: Place, name: NamedLine, at: number): ScenarioDraft;
  newTier(head: Head, at: number): TierDraft;
  addCritiques(count: number): void;
  /** `of` names the plan, a phase or a gate. */
  approve(of: string, value: Value): void;
}

export function readTable(table: Table, at: number, context: Context, target: TableTarget): void {
  const isOfGate = context.owner.kind === 'gate';
  const isValue = target.open !== undefined && context.topic !== 'approval';
  const isRead = !isValue || isOfGate || context.topic === 'failure';
  const kind = isRead ? tableKind(table, context.topic, isOfGate) : undefined;
  if (kind === undefined || (isValue && !OWN_TABLES.has(kind.kind))) {
    for (const row of table.rows) {
      const value = wholeRow(row);
      if (value !== undefined) target.open?.push({ run: value, at });
    }
    return;
  }
  if (kind.kind === 'critiques') {
    target.addCritiques(table.rows.length);
    return;
  }
  for (const row of table.rows) readRow(row, kind, at, context.owner, target);
}

/** Tables that are never the value of the field before them. */
const OWN_TABLES: ReadonlySet<TableKind['kind']> = new Set(['criteria', 'scenarios']);

function readRow(row: TableRow, table: TableKind, at: number, owner: OwnerDraft, target: TableTarget): void {
  const cell = (index: number | undefined) => (index === undefined ? undefined : row.cells[index]);
  switch (table.kind) {
    case 'beads': {
      const name = rowName(cell(table.id), cell(table.title), table.id !== undefined);
      if (name === undefined || (isBlank(name.title) && !isSurelyId(name.head.id?.value))) return;
      const bead = target.newBead(placeOf(row, at), name, at);
      setCells(bead, row, table.fields, at);
      return;
    }
    case 'phases': {
      const name = phaseName(cell(table.id), cell(table.title));
      if (name !== undefined) setCells(target.newPhase(placeOf(row, at), name, at), row, table.fields, at);
      return;
    }
    case 'gates': {
      const name = rowName(cell(table.id), undefined, false);
      if (name === undefined || (name.head.id === undefined && isBlank(name.title))) return;
      const gate = target.newGate(placeOf(row, at), name, at);
      const own = table.fields.filter(([, field]) => !CRITERION_COLUMNS.has(field));
      setCells(gate, row, own, at);
      gate.criteria.push(criterion(row, table.fields, at));
      return;
    }
    case 'criteria':
      if (owner.kind === 'gate' && row.cells.some((each) => !isBlank(each)))
        owner.criteria.push(criterion(row, table.fields, at));
      return;
    case 'scenarios': {
      const name = rowName(cell(table.id), cell(table.title), false);
      if (name === undefined || (name.head.id === undefined && isBlank(name.title))) return;
      setCells(target.newScenario(placeOf(row, at), name, at), row, table.fields, at);
      return;
    }
    case 'insights': {
      const tier = cell(table.tier);
      const text = cell(table.text);
      if (tier === undefined || text === undefined) return;
      const head = tierHead(tier);
      if (head.kind === 'tier') target.newTier(head, at).items.push({ run: text, at });
      return;
    }
    case 'approvals': {
      const what = cell(table.what);
      const by = cell(table.by);
      const last = [cell(table.date), cell(table.hash), by].filter((each) => each !== undefined).reduce(later);
      if (what === undefined || by === undefined || isBlank(by)) return;
      target.approve(what.text, { run: between(row, by, last), at });
      return;
    }
    case 'fields': {
      const [name, value] = row.cells;
      if (name === undefined || value === undefined) return;
      target.set({ name: plainName(name.text), isBold: true, value, whole: value }, at);
      return;
    }
    case 'critiques':
  }
}

/** `2`, `Tier 2` and, for what does not apply, `N/A`. */
function tierHead(cell: Run): Head {
  const head = headOf(cell);
  const digit = /^\s*([123])\s*$/.exec(cell.text)?.[1];
  if (digit !== undefined) return { ...head, kind: 'tier', tier: Number(digit) as 1 | 2 | 3 };
  return !isBlank(cell) && isNone(cell.text) ? { ...head, kind: 'tier', tier: 'does-not-apply' } : head;
}

/** Whether a word in a column of ids needs no title beside it: `total` is no bead. */
function isSurelyId(id: string | undefined): boolean {
  return id !== undefined && hasIdShape(id);
}

function later(a: Run, b: Run): Run {
  return b.end > a.end ? b : a;
}

function placeOf(row: TableRow, at: number): Place {
  const range = { start: at + row.start, end: at + row.end };
  return { ...range, head: range, check: undefined };
}

/** The name that a row has: an id in one cell and a title in another, or both in one. */
function rowName(idCell: Run | undefined, titleCell: Run | undefined, needsId: boolean): NamedLine | undefined {
  const cell = idCell ?? titleCell;
  if (cell === undefined || (isBlank(cell) && needsId)) return undefined;
  const read = namedLine(cell);
  const plain = withoutMarks(cell);
  const isToken = /^[\p{L}\p{N}#][\p{L}\p{N}_.'’#-]*$/u.test(plain.text.trim());
  const alone =
    read.head.id === undefined && isToken && idCell !== undefined && (needsId || hasIdShape(plain.text.trim()));
  const name = alone ? withId(read, plain) : read;
  if (needsId && name.head.id === undefined) return undefined;
  if (titleCell === undefined || titleCell === cell) return name;
  const title = namedLine(titleCell);
  const isStruck = name.isStruck || isAll(titleCell, 'struck');
  // A bead's title in its own cell is all of it, whatever it looks like.
  return { ...name, title: titleCell, fields: title.head.id === undefined ? [] : name.fields, isStruck };
}

function withId(name: NamedLine, cell: Run): NamedLine {
  const value = cell.text.trim().replace(/^#/, '');
  const start = cell.start + cell.text.indexOf(value);
  const id = { value, start, end: start + value.length, strength: 'set-off' as const };
  return { ...name, head: { ...name.head, id }, title: cut(cell, cell.text.length, cell.text.length), fields: [] };
}

function phaseName(idCell: Run | undefined, titleCell: Run | undefined): NamedLine | undefined {
  if (idCell === undefined || isBlank(idCell)) return undefined;
  const bare = countedName(idCell) ?? namedLine(idCell);
  if (bare.head.id === undefined || (bare.head.kind !== undefined && bare.head.kind !== 'phase')) return undefined;
  return titleCell === undefined || titleCell === idCell ? bare : { ...bare, title: titleCell, fields: [] };
}

/** `2`, `B`, `P0 — Make it honest`: ids that are none elsewhere. */
export function countedName(line: Run): NamedLine | undefined {
  const plain = withoutMarks(line);
  const [whole, id = ''] = COUNTED.exec(plain.text) ?? [];
  if (whole === undefined) return undefined;
  const read = namedLine(line);
  const start = plain.start + plain.text.indexOf(id);
  const head: Head = {
    ...read.head,
    kind: undefined,
    id: { value: id, start, end: start + id.length, strength: 'set-off' },
  };
  return { ...read, head, title: cut(plain, whole.length, plain.text.length), labels: [], fields: [] };
}

const COUNTED = /^\s*(\d+(?:\.\d+)*|\p{Lu}|P\d)(?:\s*$|\s*(?:—|–|--?|:|\.)\s+(?=\S))/u;

function setCells(draft: NamedDraft, row: TableRow, columns: Columns, at: number): void {
  for (const [index, field] of columns) {
    const run = row.cells[index];
    if (run === undefined || isBlank(run)) continue;
    if (field === 'relations') setRelations(draft, run, at);
    else addTo(draft.fields, field).push({ run, at });
  }
}

/** `is blocked by T1, T2, blocks T3`: a part without a verb goes on with the one before. */
function setRelations(draft: NamedDraft, cell: Run, at: number): void {
  let field: 'blockedBy' | 'blocks' | undefined;
  let from = 0;
  for (const text of cell.text.split(/[,;]/)) {
    const part = cut(cell, from, from + text.length);
    from += text.length + 1;
    const said = blockersAt(part, 0)?.field;
    if (said !== undefined) field = said.name === 'blocks' ? 'blocks' : 'blockedBy';
    else if (/\p{L}\s/u.test(part.text)) field = undefined;
    if (field !== undefined) addTo(draft.fields, field).push({ run: said?.value ?? part, at });
  }
}

const CRITERION_COLUMNS: ReadonlySet<string> = new Set(['criterion', 'criteria', 'pass', 'adjust', 'abort']);

function criterion(row: TableRow, columns: Columns, at: number): CriterionDraft {
  const value = (...fields: readonly string[]): Value | undefined => {
    const index = columns.find(([, field]) => fields.includes(field))?.[0];
    const run = index === undefined ? undefined : row.cells[index];
    return run === undefined ? undefined : { run, at };
  };
  return {
    start: at + row.start,
    end: at + row.end,
    criterion: value('criterion', 'criteria'),
    pass: value('pass'),
    adjust: value('adjust'),
    abort: value('abort'),
  };
}

/** A row as one value: from its first cell to the last one that says something. */
function wholeRow(row: TableRow): Run | undefined {
  const filled = row.cells.filter((cell) => !isBlank(cell) && !isNone(cell.text));
  const first = filled[0];
  const last = filled.at(-1);
  return first === undefined || last === undefined ? undefined : between(row, first, last);
}

function between(row: TableRow, first: Run, last: Run): Run {
  let text = '';
  let at = first.start;
  for (const cell of row.cells) {
    if (cell.start < first.start || cell.end > last.end) continue;
    text += ' '.repeat(Math.max(0, cell.start - at)) + cell.text;
    at = Math.max(at, cell.end);
  }
  return new Run(
    first.start,
    last.end,
    text,
    row.cells.flatMap(({ spans }) => spans),
  );
}
