import { nextId } from '../../edit/nextId';
import { lineAt } from '../../language/lines';
import type { Bead, Gate, Phase, Plan, PlanPart, Thing } from '../../model';
import type { TextEdit } from '../../text';
import { nameAt } from '../finding';
import type { Fix } from './fix';

/** Gives the second of two things with one id the next free one. */
export function giveOtherId(plan: Plan, part: PlanPart, thing: Thing): readonly Fix[] {
  const { idAt } = thing;
  if (idAt === undefined || part.text.slice(idAt.start, idAt.end) !== thing.id) return [];
  const id = nextId(plan, thing.kind, phaseOf(thing));
  return [{ title: `Give it the id ${id}`, file: idAt.file, edits: [{ range: idAt, newText: id }], preferred: true }];
}

function phaseOf(thing: Thing): string | undefined {
  return thing.kind === 'bead' ? thing.phase : undefined;
}

const KIND_WORDS: Partial<Record<Thing['kind'], string>> = { phase: 'Phase ', gate: 'Gate ' };

/** Writes ids in front of titles; in a list of check boxes for all of them, since one alone would make steps of the rest. */
export function writeIds(plan: Plan, part: PlanPart, thing: Phase | Bead | Gate): readonly Fix[] {
  const things = thing.kind === 'bead' && isItem(part, thing) ? besides(plan, part, thing) : [thing];
  const taken = new Set<string>();
  const edits: TextEdit[] = [];
  let written = '';
  for (const each of things) {
    const id = following(plan, each, taken);
    const edit = idEdit(part, each, id);
    if (edit === undefined) return [];
    taken.add(id);
    edits.push(edit);
    written ||= id;
  }
  const title = things.length === 1 ? `Write the id ${written}` : `Write ids for these ${things.length} beads`;
  return [{ title, file: part.file, edits, preferred: true }];
}

/** Beads without an id that stand in the same phase or bead. */
function besides(plan: Plan, part: PlanPart, bead: Bead): readonly Bead[] {
  return plan.beads.filter(
    (each) =>
      each.idAt === undefined &&
      each.phase === bead.phase &&
      each.parent === bead.parent &&
      each.location.file === bead.location.file &&
      isItem(part, each),
  );
}

function following(plan: Plan, thing: Thing, taken: ReadonlySet<string>): string {
  let id = nextId(plan, thing.kind, phaseOf(thing));
  while (taken.has(id) || plan.find(id) !== undefined) {
    const [, stem = id, digits = '0', rest = ''] = /^(.*?)(\d{1,15})(\D*)$/.exec(id) ?? [];
    id = stem + String(Number(digits) + 1).padStart(digits.length, '0') + rest;
  }
  return id;
}

function isItem({ text, notation }: PlanPart, thing: Thing): boolean {
  return notation === 'markdown' && /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/.test(lineAt(text, thing.head.start));
}

function idEdit({ text, notation }: PlanPart, thing: Thing, id: string): TextEdit | undefined {
  const at = thing.title.value === '' ? undefined : thing.title;
  const line = lineAt(text, nameAt(thing).start);
  if (at === undefined || /^\s*\|/.test(line)) return undefined;
  if (notation === 'yaml') {
    // A mapping gets a key of its own; a text that is a bead by itself gets its id in front.
    const { start } = thing.location;
    if (text[start] === '{') return { range: { start: start + 1, end: start + 1 }, newText: ` id: ${id},` };
    const first = /^([A-Za-z_][\w -]*)[ \t]*:(?:[ \t]|\r?$)/m.exec(lineAt(text, start).slice(columnOf(text, start)));
    if (first === null) return undefined;
    const indent = ' '.repeat(columnOf(text, start));
    return { range: { start, end: start }, newText: `id: ${id}\n${indent}` };
  }
  return { range: { start: at.start, end: at.start }, newText: `${KIND_WORDS[thing.kind] ?? ''}${id} — ` };
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
