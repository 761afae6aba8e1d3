import { lineEnd, lineStart } from '../../language/lines';
import { writtenIdsBetween } from '../../language/writtenIds';
import type { Plan, PlanPart, Reference, Thing } from '../../model';
import { resolveWaitable } from '../../plan/references';
import { nameOf } from '../../plan/tellings';
import type { Location, Range, TextEdit } from '../../text';
import type { Fix } from './fix';

interface Named {
  readonly thing: Thing;
  readonly reference: Reference;
  readonly siblings: readonly Reference[];
}

/** The reference that stands exactly here; none where a range such as `B1–B5` stands for several. */
function referenceAt(plan: Plan, at: Location): Named | undefined {
  const found = [...allReferences(plan)].filter(({ reference }) => isSame(reference, at));
  return found.length === 1 ? found[0] : undefined;
}

function* allReferences(plan: Plan): Iterable<Named> {
  const each = function* (thing: Thing, siblings: readonly Reference[]): Iterable<Named> {
    for (const reference of siblings) yield { thing, reference, siblings };
  };
  for (const phase of plan.phases) yield* each(phase, phase.dependsOn);
  for (const bead of plan.beads) {
    yield* each(bead, bead.blockedBy);
    yield* each(bead, bead.failureScenarios);
  }
  for (const gate of plan.gates) {
    yield* each(gate, gate.blockedBy);
    yield* each(gate, gate.blocks);
  }
}

function isSame(a: Location, b: Location): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

/** Writes another id in place of the one that a reference names. */
export function replaceReference(plan: Plan, text: string, at: Location, id: string): readonly Fix[] {
  const named = referenceAt(plan, at);
  if (named === undefined) return [];
  const { value } = named.reference;
  const from = text.slice(at.start, at.end).lastIndexOf(value);
  if (from < 0) return [];
  const range = { start: at.start + from, end: at.start + from + value.length };
  return [{ title: `Change ${value} to ${id}`, file: at.file, edits: [{ range, newText: id }], preferred: true }];
}

/**
 * Takes a reference out of the list that it stands in, and where the other side says the same (a bead waits for a gate
 * that blocks it), there too.
 */
export function removeReference(plan: Plan, part: PlanPart, at: Location, preferred: boolean): readonly Fix[] {
  const named = referenceAt(plan, at);
  if (named === undefined) return [];
  const { thing, reference, siblings } = named;
  if (isNameHere(part, reference)) return [];
  // A gate of which nothing is written waits for its whole phase, and blocks the next one: that solves no circle.
  if (thing.kind === 'gate' && siblings.length === 1 && !preferred) return [];
  const title = `Take ${reference.value} out of what ${nameOf(thing)} ${thing.kind === 'gate' ? 'names' : 'waits for'}`;
  const edits = [named, ...otherSide(plan, named)]
    .filter((each) => each.reference.file === at.file)
    .map((each) => removal(part, each.reference, each.siblings.length === 1))
    .sort((a, b) => a.range.start - b.range.start);
  return [{ title, file: at.file, edits, preferred }];
}

/** `Blocks: ft-2` in ft-1 makes ft-2 wait for ft-1 where that is named, which is not to be taken out. */
function isNameHere(part: PlanPart, at: Range): boolean {
  const here = writtenIdsBetween(part, at.start, at.end);
  return at.start === at.end || here.some(({ role, at: own }) => role === 'name' && own.start === at.start);
}

/** What makes the same thing wait for the same thing, told by the other one of them. */
function otherSide(plan: Plan, { thing, reference }: Named): readonly Named[] {
  const target = resolveWaitable(plan, reference, thing.kind === 'phase' ? 'phase' : undefined);
  if (target === undefined || target === thing) return [];
  const leadsHere = (siblings: readonly Reference[], likely?: 'phase'): readonly Named[] =>
    siblings
      .filter((each) => resolveWaitable(plan, each, likely) === thing)
      .map((each) => ({ thing: target, reference: each, siblings }));
  if (target.kind === 'gate') return thing.kind === 'gate' ? [] : leadsHere(target.blocks);
  if (thing.kind !== 'gate' || !thing.blocks.some((each) => isSame(each, reference))) return [];
  return target.kind === 'phase' ? leadsHere(target.dependsOn, 'phase') : leadsHere(target.blockedBy);
}

const BEFORE_ID = /(?:(?:gate|phase|bead|task|stage|milestone)[ \t]+)?(?:["'`[]|\*\*|__)?$/i;
const BEHIND_ID = /^(?:["'`]|\*\*|__|\](?:\([^()\n]*\))?)?/;
const SEPARATOR_BEHIND = /^[ \t]*(?:,|;|\+|&|\band\b)[ \t]*/;
const SEPARATOR_BEFORE = /[ \t]*(?:,|;|\+|&|\band\b)[ \t]*$/;
const ONLY_MARK = /^[ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+$/;

function removal({ text, notation }: PlanPart, at: Range, isOnly: boolean): TextEdit {
  const line = { start: lineStart(text, at.start), end: lineEnd(text, at.end) };
  const before = BEFORE_ID.exec(text.slice(line.start, at.start))?.[0] ?? '';
  const opens = before.slice(-1);
  const behind = BEHIND_ID.exec(text.slice(at.end, line.end))?.[0] ?? '';
  // A bracket in front belongs to a link only when it is closed behind; in YAML it opens the list.
  const own = opens === '[' && (notation === 'yaml' || behind[0] !== ']') ? before.slice(0, -1) : before;
  const isLink = opens === '[' && own === before;
  const start = at.start - own.length;
  const end = at.end + (behind[0] === ']' && !isLink ? 0 : behind.length);
  const left = text.slice(line.start, start);
  const right = text.slice(end, line.end);
  if (ONLY_MARK.test(left) && /^[ \t]*(?:#.*)?$/.test(right) && (!isOnly || notation === 'yaml')) {
    const isLast = line.end >= text.length;
    const lineBreak = isLast ? 0 : text[line.end] === '\r' ? 2 : 1;
    return { range: { start: line.start, end: line.end + lineBreak }, newText: '' };
  }
  const next = SEPARATOR_BEHIND.exec(right)?.[0];
  if (next !== undefined && !isOnly) return { range: { start, end: end + next.length }, newText: '' };
  const previous = SEPARATOR_BEFORE.exec(left)?.[0];
  if (previous !== undefined && !isOnly) return { range: { start: start - previous.length, end }, newText: '' };
  const isInBrackets = /\[[ \t]*$/.test(left);
  return { range: { start, end }, newText: isInBrackets ? '' : notation === 'yaml' ? '[]' : 'none' };
}
