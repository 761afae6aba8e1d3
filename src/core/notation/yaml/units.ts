import type { PlanPart } from '../../model';
import type { Steps } from '../../steps';
import type { Location } from '../../text';
import { type Difference, differenceOf } from '../difference';
import { NO_HEAD } from '../empty';
import { type FieldName, fieldOf } from '../fields';
import { detached } from '../markdown/chunks';
import {
  moveAll,
  moveApproval,
  moveBead,
  moveDiagnostic,
  moveGate,
  moveHead,
  moveInsight,
  movePhase,
  moveScenario,
  moveWait,
} from '../move';
import { readThing, readTop } from './document';
import type { Harvest } from './harvest';
import { type Entry, type ListKind, outlineOfThing, type ThingList } from './outline';
import type { YamlPiece } from './values';
import type { Home } from './written';

/** Something that is parsed by itself: a top-level key, or a thing without the lists of things in it. */
export interface Unit {
  readonly start: number;
  readonly shape: Shape;
  readonly harvest: Harvest;
}

/** All that is not changed by text in front of it. Places count from the start of the unit. */
interface Shape {
  readonly kind: ListKind | 'top';
  readonly isKeyed: boolean;
  /** Start and end of its pieces, one after the other. */
  readonly pieces: readonly number[];
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly home: Home;
  readonly number: number;
}

const unitsOfPart = new WeakMap<PlanPart, readonly Unit[]>();

/** From this size on, even the first keystroke in a file must not parse all of it. */
const LARGE = 50_000;

/**
 * Keeps the units that a part was made of, for the next time that the file is read; not for a small file that is read
 * for the first time, since most files of an index are never edited.
 */
export function rememberUnits(part: PlanPart, units: readonly Unit[], isFirst: boolean): void {
  if (!isFirst || part.text.length >= LARGE) unitsOfPart.set(part, units);
}

/** The list of things that a key holds. */
export function listOf(key: string, within: ListKind | undefined): ListKind | undefined {
  const field = within === undefined ? fieldOf('plan', key) : fieldWithin(key, within);
  return field === 'phases' || field === 'beads' || field === 'gates' || field === 'scenarios' ? field : undefined;
}

function fieldWithin(key: string, within: ListKind): FieldName<'phase'> | FieldName<'bead'> | undefined {
  if (within === 'phases') return fieldOf('phase', key);
  return within === 'beads' ? fieldOf('bead', key) : undefined;
}

/** Each unit of a document. Undefined when one cannot be understood without the others. */
export function readUnits(
  file: string,
  text: string,
  outline: readonly Entry[],
  previous: PlanPart | undefined,
): Steps<readonly Unit[] | undefined> {
  return new UnitReader(file, text, previous).read(outline);
}

/**
 * The units after an edit inside a single thing that has no lists of things: it is read again, and so are the things
 * around it, without their lists; those behind it are moved. Undefined for any other edit.
 */
export function readAgain(previous: PlanPart, text: string): readonly Unit[] | undefined {
  const units = unitsOfPart.get(previous);
  const difference = units === undefined ? undefined : differenceOf(previous.text, text);
  if (units === undefined || difference === undefined) return undefined;
  const { start, end, newEnd } = difference;
  const by = newEnd - end;
  const touched = units.findLast((unit) => unit.start <= start);
  if (touched === undefined || start < touched.start + touched.shape.contentStart) return undefined;
  if (end > touched.start + touched.shape.contentEnd || !isStillAlone(touched, text, by)) return undefined;

  const behind = endOf(touched);
  const result: Unit[] = [];
  for (const unit of units) {
    if (endOf(unit) <= touched.start) result.push(unit);
    else if (unit.start >= behind) result.push(moved(unit, by));
    else {
      const again = parsed(previous.file, text, unit.start, grown(unit, start, by), true);
      if (again === undefined) return undefined;
      result.push(again);
    }
  }
  return result;
}

/** The shape when some characters were put in at a place inside. */
function grown({ start, shape }: Unit, place: number, by: number): Shape {
  const inside = place - start;
  const pieces = shape.pieces.map((each, index) => (index > 0 && each >= inside ? each + by : each));
  return { ...shape, pieces, contentEnd: shape.contentEnd + by };
}

/** Whether a thing without lists that was edited inside is still that: one thing, without lists, on the same lines. */
function isStillAlone({ start, shape }: Unit, text: string, by: number): boolean {
  const [, length = 0] = shape.pieces;
  if (shape.kind === 'top' || shape.pieces.length !== 2) return false;
  const entry = outlineOfThing(text.slice(start, start + length + by), shape.kind, shape.isKeyed, listOf);
  return (
    entry !== undefined &&
    entry.lists.length === 0 &&
    entry.contentStart === shape.contentStart &&
    entry.contentEnd === shape.contentEnd + by
  );
}

class UnitReader {
  readonly #file: string;
  readonly #text: string;
  readonly #difference: Difference;
  /** What the file held before, by where it begins. */
  readonly #known = new Map<number, Unit>();
  readonly #units: Unit[] = [];
  #isWhole = true;

  constructor(file: string, text: string, previous: PlanPart | undefined) {
    this.#file = file;
    this.#text = text;
    const { length } = text;
    const units = previous?.file === file ? unitsOfPart.get(previous) : undefined;
    const difference = units && previous && differenceOf(previous.text, text);
    this.#difference = difference ?? { start: length, end: length, newEnd: length };
    for (const unit of units ?? []) this.#known.set(unit.start, unit);
  }

  *read(outline: readonly Entry[]): Steps<readonly Unit[] | undefined> {
    for (const entry of outline) {
      if (entry.lists.length === 0) {
        this.#unit(entry, { kind: 'top', isKeyed: true, home: NO_HOME, number: 0 });
        yield;
      }
      for (const list of entry.lists) yield* this.#things(list, NO_HOME);
      if (!this.#isWhole) return undefined;
    }
    return this.#units;
  }

  *#things({ kind, isKeyed, entries }: ThingList, home: Home): Steps<void> {
    for (const [index, entry] of entries.entries()) {
      const inside = this.#unit(entry, { kind, isKeyed, home, number: index + 1 });
      yield;
      for (const list of entry.lists) yield* this.#things(list, inside);
    }
  }

  /** Returns where things inside it stand. */
  #unit(entry: Entry, as: Pick<Shape, 'kind' | 'isKeyed' | 'home' | 'number'>): Home {
    const { start } = entry;
    const pieces = [start, ...entry.lists.flatMap((list) => [list.start, list.end]), entry.end];
    const shape = {
      ...as,
      pieces: pieces.map((place) => place - start),
      contentStart: entry.contentStart - start,
      contentEnd: entry.contentEnd - start,
    };
    const unit = this.#knownAs(start, shape) ?? parsed(this.#file, this.#text, start, shape, this.#known.size > 0);
    if (unit === undefined) {
      this.#isWhole = false;
      return as.home;
    }
    this.#units.push(unit);
    const { phases, beads } = unit.harvest;
    if (as.kind === 'phases') return { phase: phases[0]?.id };
    return as.kind === 'beads' && beads[0] !== undefined ? { phase: beads[0].phase, parent: beads[0].id } : as.home;
  }

  /** The same characters in the same role, as they were read before, moved to where they stand now. */
  #knownAs(start: number, shape: Shape): Unit | undefined {
    if (this.#known.size === 0) return undefined;
    const isBefore = start + (shape.pieces.at(-1) ?? 0) <= this.#difference.start;
    if (!isBefore && start < this.#difference.newEnd) return undefined;
    const by = isBefore ? 0 : this.#difference.newEnd - this.#difference.end;
    const unit = this.#known.get(start - by);
    return unit !== undefined && isSameShape(unit.shape, shape) ? moved(unit, by) : undefined;
  }
}

const NO_HOME: Home = {};

function endOf({ start, shape }: Unit): number {
  return start + (shape.pieces.at(-1) ?? 0);
}

function isSameShape(a: Shape, b: Shape): boolean {
  return (
    a.kind === b.kind &&
    a.isKeyed === b.isKeyed &&
    a.number === b.number &&
    a.home.phase === b.home.phase &&
    a.home.parent === b.home.parent &&
    a.contentStart === b.contentStart &&
    a.contentEnd === b.contentEnd &&
    a.pieces.length === b.pieces.length &&
    a.pieces.every((place, index) => place === b.pieces[index])
  );
}

/** `isApart`: the unit will outlive this text, among units of other ones, and must not keep it alive. */
function parsed(file: string, text: string, start: number, shape: Shape, isApart: boolean): Unit | undefined {
  const pieces = shape.pieces.map((place) => start + place);
  const attached = pieceOf(file, text, pieces);
  const piece = isApart ? { ...attached, text: detached(attached.text) } : attached;
  const options = { reportsUnknown: true, isWhole: false };
  const { kind, home, number } = shape;
  const location = { file, start: start + shape.contentStart, end: start + shape.contentEnd };
  const harvest =
    kind === 'top' ? readTop(piece, options) : readThing(piece, options, { kind, home, number, location });
  return harvest === undefined ? undefined : { start, shape, harvest };
}

/** Several pieces of a text, one after the other without what stands between them. */
function pieceOf(file: string, text: string, pieces: readonly number[]): YamlPiece {
  const [offset = 0, firstEnd] = pieces;
  if (pieces.length === 2) {
    const place = (start: number, end: number): Location => ({ file, start: start + offset, end: end + offset });
    return { file, text: text.slice(offset, firstEnd), place };
  }
  const starts = pieces.filter((_, index) => index % 2 === 0);
  const ends = pieces.filter((_, index) => index % 2 === 1);
  const inFile = (position: number, isEnd: boolean): number => {
    let left = position;
    for (const [index, start] of starts.entries()) {
      const length = (ends[index] ?? 0) - start;
      if (left < length || (isEnd && left === length) || index === starts.length - 1) return start + left;
      left -= length;
    }
    return offset;
  };
  return {
    file,
    text: starts.map((start, index) => text.slice(start, ends[index])).join(''),
    place: (start, end) => ({ file, start: inFile(start, false), end: inFile(end, end > start) }),
  };
}

function moved(unit: Unit, by: number): Unit {
  return by === 0 ? unit : { start: unit.start + by, shape: unit.shape, harvest: moveHarvest(unit.harvest, by) };
}

function moveHarvest(harvest: Harvest, by: number): Harvest {
  const { head, phases, beads, gates, scenarios, insights, diagnostics, approvals, waits } = harvest;
  return {
    head: head === NO_HEAD ? head : moveHead(head, by),
    phases: moveAll(phases, by, movePhase),
    beads: moveAll(beads, by, moveBead),
    gates: moveAll(gates, by, moveGate),
    scenarios: moveAll(scenarios, by, moveScenario),
    insights: moveAll(insights, by, moveInsight),
    promptCount: harvest.promptCount,
    critiqueCount: harvest.critiqueCount,
    diagnostics: moveAll(diagnostics, by, moveDiagnostic),
    approvals: moveAll(approvals, by, (each) => ({ ...each, approval: moveApproval(each.approval, by) })),
    waits: moveAll(waits, by, moveWait),
  };
}
