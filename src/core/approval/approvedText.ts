import { emptyFieldsIn } from '../language/emptyFields';
import { withLabel } from '../language/labels';
import { lineAt, lineBelow, lineEnd, lineStart } from '../language/lines';
import type { Gate, Phase, Plan } from '../model';
import { fieldOf } from '../notation/fields';
import { parseStatus, sinceBehind } from '../notation/values';
import { cellsOf, tableAround } from '../rules/tables';
import type { Location, Range } from '../text';
import { sha256 } from './sha256';

/** Digits of a hash as it is written. */
const WRITTEN_DIGITS = 8;

/** The hash to write behind an approval of the plan as it is now, or of one of its phases or gates: `1a2b3c4d`. */
export function approvalHash(plan: Plan, of?: Phase | Gate): string {
  return hashNow(plan, of).slice(0, WRITTEN_DIGITS);
}

/** Whether a text is still the one that was approved under this hash, which may be cut off behind its first digits. */
export function isApproved(plan: Plan, of: Phase | Gate | undefined, hash: string): boolean {
  return hashNow(plan, of).startsWith(hash.toLowerCase());
}

const hashesOfPlan = new WeakMap<Plan, Map<Phase | Gate | undefined, string>>();

/** One thing may be approved many times. */
function hashNow(plan: Plan, of: Phase | Gate | undefined): string {
  const known = hashesOfPlan.get(plan) ?? new Map<Phase | Gate | undefined, string>();
  hashesOfPlan.set(plan, known);
  const hash = known.get(of) ?? hashOf(approvedText(plan, of));
  known.set(of, hash);
  return hash;
}

const hashes = new Map<string, string>();
const MOST_KEPT = 1000;

/** Of a plan with many phases all but one are what they were at the last keystroke. */
function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const hash = sha256(text);
  if (hashes.size >= MOST_KEPT) hashes.clear();
  hashes.set(text, hash);
  return hash;
}

/** Characters that say a state beside a title, and the marks of a struck one. */
const SIGNS = /[\u231B\u23E9-\u23FA\u25B6\u2600-\u27BF\u2B1B-\u2B55\u{1F300}-\u{1FAFF}]\uFE0F?|~~/gu;

/**
 * What an approval is for: the text of the thing with white space folded, and without what changes while the plan is
 * executed (plan-format: what it means): the plan's mode, status, check marks, owner, evidence, decisions, progress
 * entries, and approvals themselves.
 */
export function approvedText(plan: Plan, of?: Phase | Gate): string {
  const places = of === undefined ? approvedFiles(plan).map((file) => wholeFile(plan, file)) : [of.location];
  const texts = places.map(({ file, start, end }) => {
    const text = plan.textOf(file) ?? '';
    let kept = '';
    let from = start;
    for (const hole of holesIn(plan, file)) {
      if (hole.start < start || hole.end > end) continue;
      if (hole.start > from) kept += `${text.slice(from, hole.start)} `;
      from = Math.max(from, hole.end);
    }
    return kept + text.slice(from, end);
  });
  return texts.join('\n').replace(SIGNS, '').replace(/\s+/g, ' ').trim();
}

/** Not those that hold nothing but progress. */
function approvedFiles(plan: Plan): readonly string[] {
  if (plan.files.length === 1) return plan.files;
  const { phases, beads, gates, scenarios, insights, prompts, critiques } = plan;
  const things = [...phases, ...beads, ...gates, ...scenarios].map(({ location }) => location);
  const holding = new Set([...things, ...insights, ...prompts, ...critiques].map(({ file }) => file));
  const logging = new Set(plan.progressEntries.map(({ file }) => file));
  return plan.files.filter((file) => holding.has(file) || !logging.has(file));
}

function wholeFile(plan: Plan, file: string): Location {
  return { file, start: 0, end: plan.textOf(file)?.length ?? 0 };
}

const holesOfPlan = new WeakMap<Plan, ReadonlyMap<string, readonly Range[]>>();

/** What is left out of a file, in order; worked out once for each reading of a plan. */
function holesIn(plan: Plan, file: string): readonly Range[] {
  const known = holesOfPlan.get(plan);
  if (known !== undefined) return known.get(file) ?? [];
  const holes = new Map<string, Range[]>();
  for (const place of [...changingPlaces(plan), ...changingColumns(plan)]) {
    const own = holes.get(place.file) ?? [];
    holes.set(place.file, own);
    own.push(place.isWhole === true ? place : withLabel(plan.textOf(place.file) ?? '', place));
  }
  for (const own of holes.values()) own.sort((a, b) => a.start - b.start || b.end - a.end);
  holesOfPlan.set(plan, holes);
  return holes.get(file) ?? [];
}

interface Changing extends Location {
  /** Inside a check box, which stays, or a cell or line of its own: there is no label around it. */
  readonly isWhole?: boolean;
}

function changingPlaces(plan: Plan): readonly Changing[] {
  const places: Changing[] = [
    ...plan.head.approvals.map((approval) => lineOf(plan, approval)),
    ...plan.progressEntries.map((entry) => ({ ...entry, isWhole: true })),
  ];
  if (plan.head.mode !== undefined) places.push(plan.head.mode);
  for (const { status, approvals } of plan.phases) {
    if (status !== undefined) places.push(...markOrField(plan, status));
    places.push(...approvals.map((approval) => lineOf(plan, approval)));
  }
  for (const { statusAt, owner, evidence, steps } of plan.beads) {
    if (statusAt !== undefined) places.push(...markOrField(plan, statusAt));
    if (owner !== undefined) places.push(withSince(plan, owner));
    places.push(...evidence);
    for (const { mark } of steps) if (mark !== undefined) places.push({ ...mark, isWhole: true });
  }
  for (const { decision, approvals } of plan.gates) {
    if (decision !== undefined) places.push(decision);
    places.push(...approvals.map((approval) => lineOf(plan, approval)));
  }
  for (const file of plan.files) places.push(...emptyPlaces(plan, file));
  // What one telling says of a bead does not show in the whole; check boxes do in every line.
  for (const file of plan.files) {
    for (const { index, 0: box } of (plan.textOf(file) ?? '').matchAll(CHECK_BOX))
      places.push({ file, start: index + box.length - 2, end: index + box.length - 1, isWhole: true });
  }
  return places;
}

/** `owner: null` and `Evidence: —`, which are filled in on the way. */
function emptyPlaces(plan: Plan, file: string): readonly Location[] {
  const text = plan.textOf(file) ?? '';
  return emptyFieldsIn(text, /\.ya?ml$/i.test(file)).flatMap(({ name, start, end }) =>
    EMPTY_OWNERS.some((owner) => CHANGING_FIELDS.has(fieldOf(owner, name) ?? '')) ? { file, start, end } : [],
  );
}

const EMPTY_OWNERS = ['bead', 'gate', 'phase', 'plan'] as const;

const CHECK_BOX = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[^[\]\s]\]|^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[ \]/gmu;

/** The row of a table of approvals (`What | By | Date | Hash`), all of it. */
function lineOf(plan: Plan, place: Location): Changing {
  const text = plan.textOf(place.file) ?? '';
  const row = lineStart(text, place.start);
  const table = /^[ \t]*\|/.test(lineAt(text, row)) ? tableAround(text, row) : undefined;
  const names = table === undefined ? [] : cellsOf(text, table.header);
  const columns = names.map(({ start, end }) => fieldOf('approval', text.slice(start, end)));
  if (!columns.includes('what') || !columns.includes('by')) return place;
  return { file: place.file, start: lineStart(text, place.start), end: lineEnd(text, place.end), isWhole: true };
}

function withSince(plan: Plan, { file, start, end }: Location): Location {
  return { file, start, end: end + sinceBehind(plan.textOf(file) ?? '', end) };
}

function markOrField(plan: Plan, place: Location): readonly Changing[] {
  const text = plan.textOf(place.file) ?? '';
  if (text[place.start - 1] === '[' && text[place.end] === ']') return [{ ...place, isWhole: true }];
  // A struck title says that it is done, and is what it is all the same.
  return parseStatus(text.slice(place.start, place.end)) === undefined ? [] : [place];
}

const CHANGING_FIELDS: ReadonlySet<string> = new Set(['status', 'owner', 'evidence', 'decision', 'approvals']);

/** Cells of tables that hold beads or gates, in columns that are filled in or added on the way; the bars behind them. */
function changingColumns(plan: Plan): readonly Changing[] {
  const places: Changing[] = [];
  const seen = new Map<string, Set<number>>();
  for (const { head, kind } of [...plan.beads, ...plan.gates]) {
    const text = plan.textOf(head.file) ?? '';
    const known = seen.get(head.file) ?? new Set<number>();
    seen.set(head.file, known);
    const row = lineStart(text, head.start);
    if (known.has(row) || !/^[ \t]*\|/.test(lineAt(text, row))) continue;
    const table = tableAround(text, row);
    if (table === undefined) continue;
    for (const each of table.rows) known.add(each);
    const changing = cellsOf(text, table.header).flatMap(({ start, end }, column) =>
      CHANGING_FIELDS.has(fieldOf(kind, text.slice(start, end)) ?? '') ? column : [],
    );
    for (let line: number | undefined = table.header; line !== undefined; line = lineBelow(text, line)) {
      if (!lineAt(text, line).includes('|')) break;
      const cells = cellsOf(text, line);
      for (const column of changing) {
        const cell = cells[column];
        if (cell !== undefined) places.push({ file: head.file, start: cell.start - 1, end: cell.end, isWhole: true });
      }
      const end = lineStart(text, line) + lineAt(text, line).trimEnd().length;
      if (text[end - 1] === '|')
        places.push({ file: head.file, start: end - 1, end: lineEnd(text, line), isWhole: true });
    }
  }
  return places;
}
