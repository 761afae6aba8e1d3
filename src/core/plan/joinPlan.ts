import type {
  Bead,
  Gate,
  Phase,
  Plan,
  PlanHead,
  PlanPart,
  Reference,
  Scenario,
  Texts,
  Thing,
  ThingKind,
} from '../model';
import { withoutLeadingZeros } from '../notation/ids';
import { joinLogs, logOfPart } from '../notation/log/readLog';
import type { Location } from '../text';
import { type IdIndex, JoinedPlan } from './joinedPlan';
import { expandRange } from './referenceRanges';
import { beadTellings, gateTellings, phaseTellings, scenarioTellings } from './tellingRules';
import { type Joined, joinLists, joinTellings } from './tellings';

/** What a plan was joined from, for joining it again. */
interface Joining {
  readonly phases: Joined<Phase>;
  readonly beads: Joined<Bead>;
  readonly gates: Joined<Gate>;
  readonly scenarios: Joined<Scenario>;
}

const joinings = new WeakMap<Plan, Joining>();

/**
 * One plan from the files that tell it. Things told once stay the same objects; things told twice are merged (the
 * telling with more fields is the place, the others fill in what it leaves out); two different things with one id both
 * stay. Linear in the number of things; with `before`, the plan as it was, what did not change costs next to nothing.
 */
export function joinPlan(key: string, parts: readonly PlanPart[], before?: Plan): Plan {
  const ordered = inReadingOrder(parts);
  const main = ordered[0];
  const earlier = before === undefined ? undefined : joinings.get(before);
  const phases = joinTellings(ordered, (part) => part.phases, phaseTellings, earlier?.phases);
  const beads = joinTellings(ordered, (part) => part.beads, beadTellings, earlier?.beads);
  const gates = joinTellings(ordered, (part) => part.gates, gateTellings, earlier?.gates);
  const scenarios = joinTellings(ordered, (part) => part.scenarios, scenarioTellings, earlier?.scenarios);
  const ranges = new RangesOfPlan(phases, beads, gates);
  const head = joinHeads(ordered.map((part) => part.head));
  const id = head.planId?.value ?? nameOfFile(main?.file ?? key);
  const plan = new JoinedPlan({
    key,
    id,
    title: titleOf(ordered)?.value ?? trackerOf(main?.file ?? key) ?? id,
    mode: head.mode?.value ?? 'planning',
    files: ordered.map((part) => part.file),
    head,
    phases: mapChanged(phases.things, (phase) => ranges.inPhase(phase)),
    beads: mapChanged(beads.things, (bead) => ranges.inBead(bead), knownRanges({ phases, beads, gates }, before)),
    gates: mapChanged(gates.things, (gate) => ranges.inGate(gate)),
    scenarios: scenarios.things,
    insights: joinLists(ordered, (part) => part.insights),
    diagnostics: [
      ...joinLists(ordered, (part) => part.diagnostics),
      ...phases.diagnostics,
      ...beads.diagnostics,
      ...gates.diagnostics,
      ...scenarios.diagnostics,
    ],
    index: { phase: phases.index, bead: beads.index, gate: gates.index, scenario: scenarios.index },
    texts: new Map(ordered.map((part) => [part.file, part.text])),
    readLog: () => joinLogs(ordered.map(logOfPart)),
  });
  joinings.set(plan, { phases, beads, gates, scenarios });
  return plan;
}

/** Beads and what came of their ranges before; those only when all ids that ranges may reach are what they were. */
function knownRanges(
  now: Pick<Joining, 'phases' | 'beads' | 'gates'>,
  before: Plan | undefined,
): Known<Bead> | undefined {
  const earlier = before === undefined ? undefined : joinings.get(before);
  if (before === undefined || earlier === undefined) return undefined;
  const isSame = (kind: 'phases' | 'beads' | 'gates') => now[kind].index === earlier[kind].index;
  if (!isSame('phases') || !isSame('beads') || !isSame('gates')) return undefined;
  return { things: earlier.beads.things, results: before.beads };
}

/**
 * What a plan without an id is called: its file's name without folder and ending (`docs/import.plan.md` gives
 * `import`). Takes paths and URIs.
 */
export function nameOfFile(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const decoded = /^[a-z][a-z\d+.-]+:/i.test(file) ? decode(name) : name;
  return decoded.replace(/\.[^.]+$/, '').replace(/\.plan$/i, '') || decoded;
}

/** The folder that a Beads tracker works in: its export says nothing of itself, and is called the same everywhere. */
function trackerOf(file: string): string | undefined {
  const folder = /([^/\\]+)[/\\]\.beads[/\\][^/\\]+$/.exec(file)?.[1];
  return folder === undefined ? undefined : /^[a-z][a-z\d+.-]+:/i.test(file) ? decode(folder) : folder;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The file that tells the most phases first, then the one with the most beads; the others by path. */
function inReadingOrder(parts: readonly PlanPart[]): readonly PlanPart[] {
  if (parts.length < 2) return parts;
  const byPath = [...parts].sort((a, b) => (a.file < b.file ? -1 : 1));
  const phases = (part: PlanPart) => new Set(part.phases.map(({ id }) => withoutLeadingZeros(id))).size;
  const weight = (part: PlanPart) => phases(part) * 1_000_000 + part.beads.length;
  const main = byPath.reduce((best, part) => (weight(part) > weight(best) ? part : best));
  return [main, ...byPath.filter((part) => part !== main)];
}

function joinHeads(heads: readonly PlanHead[]): PlanHead {
  const only = heads[0];
  if (heads.length === 1 && only !== undefined) return only;
  return {
    planId: firstSaid(heads, (head) => head.planId),
    title: firstSaid(heads, (head) => head.title),
    mode: firstSaid(heads, (head) => head.mode),
    baseline: firstTexts(heads, (head) => head.baseline),
    risks: firstTexts(heads, (head) => head.risks),
    repository: firstSaid(heads, (head) => head.repository),
    progress: firstSaid(heads, (head) => head.progress),
    branch: firstSaid(heads, (head) => head.branch),
    worktrees: firstSaid(heads, (head) => head.worktrees),
    approvals: heads.flatMap((head) => head.approvals),
    ...rulesIn(heads),
  };
}

/** In a plan of several files, the title of a file that is about one phase is that phase's. */
function titleOf(parts: readonly PlanPart[]): PlanHead['title'] {
  const isPhases = ({ phases }: PlanPart, { start }: Location) => phases.some((phase) => phase.title.start === start);
  return parts
    .map((part) =>
      part.head.title && (parts.length === 1 || !isPhases(part, part.head.title)) ? part.head.title : undefined,
    )
    .find((title) => title !== undefined);
}

/** Every file's own come into force; for a rule that two files name, the first one counts. */
function rulesIn(heads: readonly PlanHead[]): Pick<PlanHead, 'rules'> {
  const rules = heads.flatMap((head) => head.rules ?? []);
  return rules.length === 0 ? {} : { rules };
}

function firstSaid<T>(heads: readonly PlanHead[], of: (head: PlanHead) => T | undefined): T | undefined {
  for (const head of heads) {
    const value = of(head);
    if (value !== undefined) return value;
  }
  return undefined;
}

function firstTexts(heads: readonly PlanHead[], of: (head: PlanHead) => Texts): Texts {
  return heads.map(of).find((texts) => texts.length > 0) ?? [];
}

interface Known<T> {
  readonly things: readonly T[];
  readonly results: readonly T[];
}

/** The same array when nothing changed in it. What came of a thing before is not worked out again. */
function mapChanged<T>(things: readonly T[], change: (thing: T) => T, known?: Known<T>): readonly T[] {
  let changed: T[] | undefined;
  for (let index = 0; index < things.length; index++) {
    const thing = things[index] as T;
    const result = known !== undefined && known.things[index] === thing ? (known.results[index] as T) : change(thing);
    if (result === thing) continue;
    changed ??= [...things];
    changed[index] = result;
  }
  return changed ?? things;
}

type Counted = 'phase' | 'bead' | 'gate';
const PHASES_FIRST: readonly Counted[] = ['phase', 'gate', 'bead'];
const BEADS_FIRST: readonly Counted[] = ['bead', 'gate', 'phase'];

/** Replaces written ranges by the ids that they stand for. */
class RangesOfPlan {
  readonly #phases: Joined<Phase>;
  readonly #beads: Joined<Bead>;
  readonly #gates: Joined<Gate>;
  #insertedPhases: readonly string[] | undefined;
  /** How many references ranges may still become: a plan of ranges over ranges must not fill the memory. */
  #room = 100_000;

  constructor(phases: Joined<Phase>, beads: Joined<Bead>, gates: Joined<Gate>) {
    this.#phases = phases;
    this.#beads = beads;
    this.#gates = gates;
  }

  inPhase(phase: Phase): Phase {
    const dependsOn = this.#expand(phase.dependsOn, PHASES_FIRST);
    return dependsOn === phase.dependsOn ? phase : remembered(phase, dependsOn, { ...phase, dependsOn });
  }

  inBead(bead: Bead): Bead {
    const blockedBy = this.#expand(bead.blockedBy, BEADS_FIRST);
    return blockedBy === bead.blockedBy ? bead : remembered(bead, blockedBy, { ...bead, blockedBy });
  }

  inGate(gate: Gate): Gate {
    const blockedBy = this.#expand(gate.blockedBy, BEADS_FIRST);
    const blocks = this.#expand(gate.blocks, BEADS_FIRST);
    if (blockedBy === gate.blockedBy && blocks === gate.blocks) return gate;
    return remembered(gate, [...blockedBy, ...blocks], { ...gate, blockedBy, blocks });
  }

  #expand(references: readonly Reference[], kinds: readonly Counted[]): readonly Reference[] {
    if (!holdsRange(references)) return references;
    this.#insertedPhases ??= this.#phases.things.map((phase) => phase.id).filter((id) => id.includes('.'));
    const inserted = this.#insertedPhases;
    const all = references.flatMap((reference) => {
      const searched = isOneOf(reference.kind, kinds) ? [reference.kind] : kinds;
      const has = (id: string) => searched.some((kind) => this.#indexOf(kind).has(id));
      const insertedPhases = searched.includes('phase') ? inserted : [];
      return this.#room > 0 ? expandRange(reference, { has, insertedPhases }) : reference;
    });
    this.#room -= all.length;
    return all;
  }

  #indexOf(kind: Counted): IdIndex {
    return { phase: this.#phases, bead: this.#beads, gate: this.#gates }[kind].index;
  }
}

function holdsRange(references: readonly Reference[]): boolean {
  for (const reference of references) if (reference.through !== undefined) return true;
  return false;
}

function isOneOf<K extends ThingKind>(kind: ThingKind | undefined, kinds: readonly K[]): kind is K {
  return kinds.some((each) => each === kind);
}

const expanded = new WeakMap<Thing, { readonly ids: string; readonly thing: Thing }>();

/** Expanding the same range to the same ids again gives the same object again. */
function remembered<T extends Thing>(thing: T, references: readonly Reference[], result: T): T {
  const ids = references.map((reference) => reference.value).join('\n');
  const known = expanded.get(thing);
  if (known?.ids === ids) return known.thing as T;
  expanded.set(thing, { ids, thing: result });
  return result;
}
