import { lineStart } from '../../language/lines';
import type { PlanSource } from '../../language/planSource';
import type { Bead, Field, PlanPart, Status, Thing } from '../../model';
import { fieldOf } from '../../notation/fields';
import { sinceBehind } from '../../notation/values';
import { cellsOf, tableAround } from '../../rules/tables';
import type { Location, TextEdit } from '../../text';
import type { PlanEdits } from '../planEdits';
import { inOrder } from '../planEdits';
import { softened } from './encoding';
import { newFieldEdits } from './newFieldEdits';
import { appendValue, removeValue, replaceValue } from './replace';
import { statusEdits, tellsStatus } from './status';
import { isRow } from './tableCell';
import { type Told, tellingsOf } from './tellings';

/** What is to be different about a thing. */
export type FieldChange =
  | { readonly kind: 'status'; readonly status: Status }
  /** One value in place of all that is there. */
  | { readonly kind: 'set'; readonly field: string; readonly value: string }
  /** Another value behind those that are there. */
  | { readonly kind: 'append'; readonly field: string; readonly value: string }
  | { readonly kind: 'remove'; readonly field: string };

/** How values are put into words that read back as they were meant. */
export type Reworded = (value: string) => string;

/**
 * The edits that make these changes, in all places where the thing is told; several ways to write them, the one closest
 * to the given words first. Whether they say what was meant has to be read back (`edit/exactly.ts`).
 */
export function* waysToChange(
  source: PlanSource,
  thing: Thing,
  changes: readonly FieldChange[],
): Iterable<{ readonly edits: PlanEdits; readonly reworded: Reworded }> {
  const tellings = tellingsOf(source, thing);
  const seen = new Set<string>();
  for (const [reworded, isExplicit] of [
    [asGiven, false],
    [softened, false],
    [asGiven, true],
  ] as const) {
    const edits = editsFor(tellings, changes, reworded, isExplicit);
    if (edits === undefined) continue;
    const key = JSON.stringify([...edits]);
    if (!seen.has(key)) yield { edits, reworded };
    seen.add(key);
  }
}

function asGiven(value: string): string {
  return value;
}

function editsFor(
  tellings: readonly Told[],
  changes: readonly FieldChange[],
  reworded: Reworded,
  isExplicit: boolean,
): PlanEdits | undefined {
  const edits = new Map<string, TextEdit[]>();
  const added = new Map<Told, Map<string, string>>();
  const edit = ({ part }: Told, ...own: readonly TextEdit[]) => {
    const list = edits.get(part.file) ?? [];
    edits.set(part.file, list);
    list.push(...own);
  };
  const add = (told: Told, field: string, value: string) => {
    const fields = added.get(told) ?? new Map<string, string>();
    added.set(told, fields.set(field, value));
  };
  for (const change of changes) {
    if (change.kind === 'status') changeStatus(tellings, change.status, isExplicit, edit, add);
    else changeField(tellings, change, reworded, edit, add);
  }
  for (const [told, fields] of added) {
    const own = newFieldEdits(told.part, told.thing, fields);
    if (own === undefined) return undefined;
    edit(told, ...own);
  }
  return new Map([...edits].filter(([, list]) => list.length > 0).map(([file, list]) => [file, joined(list)]));
}

type Edit = (told: Told, ...edits: readonly TextEdit[]) => void;
type Add = (told: Told, field: string, value: string) => void;

function changeStatus(tellings: readonly Told[], status: Status, isExplicit: boolean, edit: Edit, add: Add): void {
  const beads = tellings.filter((told): told is Told<Bead> => told.thing.kind === 'bead');
  const telling = beads.filter(({ part, thing }) => tellsStatus(part, thing));
  const holders = telling.length > 0 ? telling : beads.filter((told) => told === homeFor(beads, 'status'));
  for (const told of holders) {
    const { edits, missing } = statusEdits(told.part, told.thing, status, isExplicit);
    edit(told, ...edits);
    if (missing !== undefined) add(told, 'status', missing);
  }
}

function changeField(
  tellings: readonly Told[],
  change: Exclude<FieldChange, { readonly kind: 'status' }>,
  reworded: Reworded,
  edit: Edit,
  add: Add,
): void {
  const { field } = change;
  const holders = tellings.filter(({ thing }) => valuesOf(thing, field).length > 0);
  if (change.kind === 'remove') {
    for (const told of holders) {
      for (const at of valuesOf(told.thing, field)) {
        const whole = field === 'owner' ? { ...at, end: at.end + sinceBehind(told.part.text, at.end) } : at;
        edit(told, removeValue(told.part, whole, noneIn(told.part, at, field)));
      }
    }
    return;
  }
  const value = reworded(change.value);
  const home = homeFor(tellings, field);
  if (holders.length === 0) {
    if (home !== undefined) add(home, field, value);
    return;
  }
  for (const told of change.kind === 'set' ? holders : holders.slice(0, 1)) {
    const values = valuesOf(told.thing, field);
    const last = values.at(-1);
    if (last === undefined) continue;
    if (change.kind === 'set') edit(told, replaceValue(told.part, last, value));
    else edit(told, appendValue(told.part, last, `; ${value}`));
  }
}

/** Where a field is written that no telling has yet: in a table that has a column for it, else where the thing stands. */
function homeFor<T extends Told>(tellings: readonly T[], field: string): T | undefined {
  return tellings.find((told) => hasColumn(told, field)) ?? tellings[0];
}

function hasColumn({ part, thing }: Told, field: string): boolean {
  if (!isRow(part, thing)) return false;
  const { text } = part;
  const table = tableAround(text, lineStart(text, thing.head.start));
  return (
    table !== undefined &&
    cellsOf(text, table.header).some(({ start, end }) => fieldOf(thing.kind, text.slice(start, end)) === field)
  );
}

/** What a telling says in a field that people fill in while they work. */
function valuesOf(thing: Thing, field: string): readonly Field<string>[] {
  if (thing.kind !== 'bead') return [];
  if (field === 'owner') return thing.owner === undefined ? [] : [thing.owner];
  return field === 'evidence' ? thing.evidence : [];
}

/** What a table has in this column where there is nothing: a dash, or nothing at all. */
function noneIn({ text, beads, notation }: PlanPart, { start }: Location, field: string): string {
  if (notation === 'yaml') return 'null';
  const table = tableAround(text, lineStart(text, start));
  if (table === undefined) return '—';
  const column = cellsOf(text, table.header).findIndex(
    (cell) => fieldOf('bead', text.slice(cell.start, cell.end)) === field,
  );
  const blanks = table.rows.map((row) => {
    const cell = cellsOf(text, row)[column];
    return cell === undefined ? '' : text.slice(cell.start, cell.end).trim();
  });
  return blanks.find((cell) => /^[-–—]$/.test(cell)) ?? (blanks.includes('') || beads.length < 2 ? '' : '—');
}

/** In order, and those that put something in at the same place as one. */
function joined(edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of inOrder(edits)) {
    const last = result.at(-1);
    const { start, end } = edit.range;
    if (last !== undefined && start === end && last.range.start === start && last.range.end === end)
      result[result.length - 1] = { range: last.range, newText: last.newText + edit.newText };
    else result.push(edit);
  }
  return result;
}
