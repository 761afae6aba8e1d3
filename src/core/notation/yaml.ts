import type { Diagnostic, PlanHead, PlanPart } from '../model';
import type { Location } from '../text';
import { type Difference, differenceOf } from './difference';
import { emptyPart, isBinary, NO_HEAD, orNothing } from './empty';
import { type FieldName, fieldOf, SYNONYMS } from './fields';
import { shift, shiftAll, shiftBead, shiftDiagnostic, shiftGate, shiftPhase, shiftScenario } from './shift';
import { type Harvest, readThing, readTop } from './yamlDocument';
import { type Entry, type ListKind, outlineOf } from './yamlOutline';
import type { Home } from './yamlThings';
import type { YamlPiece } from './yamlValues';

/**
 * A plan in YAML. Things are parsed one by one where the document is in block style, so that a slip in one leaves the
 * others whole; with `previous`, the part that this file gave before, only those that changed are parsed again. Fields
 * that are not known are reported. Never throws.
 */
export function readYaml(file: string, text: string, previous?: PlanPart): PlanPart {
  if (isBinary(text)) return emptyPart(file, 'yaml', text);
  const outline = outlineOf(text, listOf);
  if (outline === undefined ? !MAY_HOLD_A_PLAN.test(text) : !outline.some(({ key }) => mayHoldThings(key))) {
    return emptyPart(file, 'yaml', text);
  }
  const units =
    outline === undefined || outline.some(isAboutAPhase) ? undefined : new Units(file, text, previous).read(outline);
  if (units === undefined) return partOf(file, text, [wholeDocument(file, text, 0, true)]);
  const part = partOf(
    file,
    text,
    units.map((unit) => unit.harvest),
    repeatedKeys(file, outline ?? []),
  );
  unitsOfPart.set(part, units);
  return part;
}

/**
 * YAML that stands in another file, such as front matter; all places are moved by `offset`. What it holds besides a plan
 * is not reported.
 */
export function readYamlDocument(file: string, source: string, offset: number): PlanPart {
  return partOf(file, source, [wholeDocument(file, source, offset, false)]);
}

function wholeDocument(file: string, text: string, offset: number, reportsUnknown: boolean): Harvest {
  const place = (start: number, end: number) => ({ file, start: start + offset, end: end + offset });
  return readTop({ file, text, place }, { reportsUnknown, isWhole: true }) ?? NO_HARVEST;
}

const NO_HARVEST: Harvest = {
  head: NO_HEAD,
  phases: [],
  beads: [],
  gates: [],
  scenarios: [],
  insights: [],
  promptCount: 0,
  critiqueCount: 0,
  diagnostics: [],
  approvals: [],
};

// ── what may hold a plan ────────────────────────────────────────────────────────────────────────────────────────────

const THINGS = ['phases', 'beads', 'gates', 'scenarios', 'insights', 'prompts', 'critiques'] as const;
const THING_NAMES = [...THINGS.flatMap((field) => SYNONYMS.plan[field] as readonly string[]), 'phase'];

/** A key somewhere that can hold a thing; without one, a file need not be parsed to know that it is no plan. */
const MAY_HOLD_A_PLAN = new RegExp(
  `(?:^|[{,])[ \\t]*["']?(?:${THING_NAMES.map((name) => name.replaceAll(' ', '[ _-]')).join('|')})["']?[ \\t]*:`,
  'im',
);

function mayHoldThings(key: string | undefined): boolean {
  const field = key === undefined ? undefined : fieldOf('plan', key);
  return field === 'id' || THINGS.some((name) => name === field) || /^phase$/i.test(key ?? '');
}

/** A document with a key `phase` at its top tells that phase with all its other keys. */
function isAboutAPhase({ key }: Entry): boolean {
  return /^phase$/i.test(key ?? '');
}

function listOf(key: string, within: ListKind | undefined): ListKind | undefined {
  const field = within === undefined ? fieldOf('plan', key) : fieldWithin(key, within);
  return field === 'phases' || field === 'beads' || field === 'gates' || field === 'scenarios' ? field : undefined;
}

function fieldWithin(key: string, within: ListKind): FieldName<'phase'> | FieldName<'bead'> | undefined {
  if (within === 'phases') return fieldOf('phase', key);
  return within === 'beads' ? fieldOf('bead', key) : undefined;
}

// ── units ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Something that is parsed by itself: a top-level key, or a thing without the lists of things in it. */
interface Unit {
  readonly kind: ListKind | 'top';
  /** Start and end of its pieces, one after the other. */
  readonly pieces: readonly number[];
  readonly contentEnd: number;
  readonly home: Home;
  readonly number: number;
  readonly harvest: Harvest;
}

const unitsOfPart = new WeakMap<PlanPart, readonly Unit[]>();
const NO_HOME: Home = {};

class Units {
  readonly #file: string;
  readonly #text: string;
  readonly #difference: Difference | undefined;
  /** What the file held before, by where it begins. */
  readonly #known = new Map<number, Unit>();
  readonly #units: Unit[] = [];
  #isWhole = true;

  constructor(file: string, text: string, previous: PlanPart | undefined) {
    this.#file = file;
    this.#text = text;
    const units = previous === undefined || previous.file !== file ? undefined : unitsOfPart.get(previous);
    if (previous === undefined || units === undefined) return;
    this.#difference = differenceOf(previous.text, text) ?? {
      start: text.length,
      end: text.length,
      newEnd: text.length,
    };
    for (const unit of units) this.#known.set(unit.pieces[0] ?? 0, unit);
  }

  /** Undefined when something cannot be understood by itself. */
  read(outline: readonly Entry[]): readonly Unit[] | undefined {
    for (const entry of outline) {
      if (entry.lists.length === 0) this.#unit(entry, 'top', NO_HOME, 0);
      for (const list of entry.lists) this.#things(list.kind, list.entries, NO_HOME);
      if (!this.#isWhole) return undefined;
    }
    return this.#units;
  }

  #things(kind: ListKind, entries: readonly Entry[], home: Home): void {
    for (const [index, entry] of entries.entries()) {
      const inside = this.#unit(entry, kind, home, index + 1);
      for (const list of entry.lists) this.#things(list.kind, list.entries, inside);
    }
  }

  /** Returns where things inside it stand. */
  #unit(entry: Entry, kind: Unit['kind'], home: Home, number: number): Home {
    const pieces = [entry.start, ...entry.lists.flatMap((list) => [list.start, list.end]), entry.end];
    const known = this.#reusable(pieces, entry.contentEnd);
    const harvest =
      known !== undefined && known.kind === kind && known.number === number && sameHome(known.home, home)
        ? known.harvest
        : this.#parse(entry, pieces, kind, home, number);
    if (harvest === undefined) {
      this.#isWhole = false;
      return home;
    }
    this.#units.push({ kind, pieces, contentEnd: entry.contentEnd, home, number, harvest });
    if (kind === 'phases') return { phase: harvest.phases[0]?.id };
    const bead = harvest.beads[0];
    return kind === 'beads' && bead !== undefined ? { phase: bead.phase, parent: bead.id } : home;
  }

  #parse(entry: Entry, pieces: readonly number[], kind: Unit['kind'], home: Home, number: number): Harvest | undefined {
    const piece = pieceOf(this.#file, this.#text, pieces);
    const options = { reportsUnknown: true, isWhole: false };
    if (kind === 'top') return readTop(piece, options);
    const location = {
      file: this.#file,
      start: entry.contentStart,
      end: Math.max(entry.contentStart, entry.contentEnd),
    };
    return readThing(piece, options, { kind, home, number, location });
  }

  /** What was read before at the same place of the same text, moved to where it stands now. */
  #reusable(pieces: readonly number[], contentEnd: number): Unit | undefined {
    const { start, end, newEnd } = this.#difference ?? NO_DIFFERENCE;
    const first = pieces[0] ?? 0;
    const last = pieces.at(-1) ?? 0;
    if (this.#known.size === 0 || (last > start && first < newEnd)) return undefined;
    const by = last <= start ? 0 : newEnd - end;
    const unit = this.#known.get(first - by);
    const isSame =
      unit !== undefined &&
      unit.contentEnd === contentEnd - by &&
      unit.pieces.length === pieces.length &&
      unit.pieces.every((place, index) => place === (pieces[index] ?? 0) - by);
    if (!isSame) return undefined;
    return by === 0 ? unit : { ...unit, harvest: shiftHarvest(unit.harvest, by) };
  }
}

const NO_DIFFERENCE: Difference = { start: 0, end: 0, newEnd: 0 };

function sameHome(a: Home, b: Home): boolean {
  return a.phase === b.phase && a.parent === b.parent;
}

/** Several pieces of a text, one after the other without what stands between them. */
function pieceOf(file: string, text: string, pieces: readonly number[]): YamlPiece {
  const starts = pieces.filter((_, index) => index % 2 === 0);
  const ends = pieces.filter((_, index) => index % 2 === 1);
  const offset = starts[0] ?? 0;
  if (starts.length === 1) {
    const place = (start: number, end: number): Location => ({ file, start: start + offset, end: end + offset });
    return { file, text: text.slice(offset, ends[0]), place };
  }
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

function shiftHarvest(harvest: Harvest, by: number): Harvest {
  return {
    head: harvest.head === NO_HEAD ? NO_HEAD : shiftHead(harvest.head, by),
    phases: harvest.phases.map((phase) => shiftPhase(phase, by)),
    beads: harvest.beads.map((bead) => shiftBead(bead, by)),
    gates: harvest.gates.map((gate) => shiftGate(gate, by)),
    scenarios: harvest.scenarios.map((scenario) => shiftScenario(scenario, by)),
    insights: harvest.insights.map((insight) => shift(insight, by)),
    promptCount: harvest.promptCount,
    critiqueCount: harvest.critiqueCount,
    diagnostics: harvest.diagnostics.map((diagnostic) => shiftDiagnostic(diagnostic, by)),
    approvals: harvest.approvals.map((each) => ({ ...each, approval: shift(each.approval, by) })),
  };
}

function shiftHead(head: PlanHead, by: number): PlanHead {
  const { baseline, risks, approvals, ...fields } = head;
  const moved = Object.entries(fields).map(([name, field]) => [name, field && shift(field, by)]);
  return {
    ...Object.fromEntries(moved),
    baseline: shiftAll(baseline, by),
    risks: shiftAll(risks, by),
    approvals: shiftAll(approvals, by),
  };
}

// ── the part ────────────────────────────────────────────────────────────────────────────────────────────────────────

function partOf(file: string, text: string, harvests: readonly Harvest[], more: readonly Diagnostic[] = []): PlanPart {
  const approvals = harvests.flatMap((harvest) => harvest.approvals);
  const approvedAs = (kind: string, id: string) =>
    approvals.filter(({ of }) => of === id || of.toLowerCase() === `${kind} ${id}`.toLowerCase());
  const withApprovals = <T extends { kind: string; id: string; approvals: readonly Location[] }>(thing: T): T => {
    const given = approvals.length === 0 ? [] : approvedAs(thing.kind, thing.id);
    return given.length === 0
      ? thing
      : { ...thing, approvals: [...thing.approvals, ...given.map((each) => each.approval)] };
  };
  return {
    file,
    notation: 'yaml',
    text,
    head: joinHeads(harvests.map((harvest) => harvest.head)),
    phases: all(harvests, (harvest) => harvest.phases, withApprovals),
    beads: all(harvests, (harvest) => harvest.beads),
    gates: all(harvests, (harvest) => harvest.gates, withApprovals),
    scenarios: all(harvests, (harvest) => harvest.scenarios),
    insights: all(harvests, (harvest) => harvest.insights),
    promptCount: harvests.reduce((sum, harvest) => sum + harvest.promptCount, 0),
    critiqueCount: harvests.reduce((sum, harvest) => sum + harvest.critiqueCount, 0),
    diagnostics: orNothing([...all(harvests, (harvest) => harvest.diagnostics), ...more]),
  };
}

function all<T>(
  harvests: readonly Harvest[],
  of: (harvest: Harvest) => readonly T[],
  change?: (item: T) => T,
): readonly T[] {
  const items: T[] = [];
  for (const harvest of harvests)
    for (const item of of(harvest)) items.push(change === undefined ? item : change(item));
  return orNothing(items);
}

function joinHeads(heads: readonly PlanHead[]): PlanHead {
  let joined = NO_HEAD;
  for (const head of heads) {
    if (head === NO_HEAD) continue;
    joined = {
      ...head,
      ...joined,
      baseline: joined.baseline.length > 0 ? joined.baseline : head.baseline,
      risks: joined.risks.length > 0 ? joined.risks : head.risks,
      approvals: orNothing([...joined.approvals, ...head.approvals]),
    };
  }
  return joined;
}

/** Keys at the top that stand there twice: each is read by itself, so no parser sees them. */
function repeatedKeys(file: string, outline: readonly Entry[]): readonly Diagnostic[] {
  const seen = new Set<string | undefined>();
  return outline.flatMap(({ key, contentStart }) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return {
      code: 'malformed-file',
      severity: 'error',
      message: 'This key stands at the top twice. Take one of them out, or join them.',
      location: { file, start: contentStart, end: contentStart + (key?.length ?? 0) },
    };
  });
}
