import { JoinedPlan } from './joinedPlan';
import type { Bead, Gate, Phase, Plan, PlanHead, PlanPart, Reference, Texts, Thing, ThingKind } from './model';
import { expandRange } from './referenceRanges';
import { beadTellings, gateTellings, joinTellings, phaseTellings, scenarioTellings } from './tellings';

/**
 * One plan from the files that tell it. Things told once stay the same objects; things told twice are merged (the
 * telling with more fields is the place, the others fill in what it leaves out); two different things with one id both
 * stay. Linear in the number of things.
 */
export function joinPlan(key: string, parts: readonly PlanPart[]): Plan {
  const ordered = inReadingOrder(parts);
  const main = ordered[0];
  const phases = joinTellings(ordered, (part) => part.phases, phaseTellings);
  const beads = joinTellings(ordered, (part) => part.beads, beadTellings);
  const gates = joinTellings(ordered, (part) => part.gates, gateTellings);
  const scenarios = joinTellings(ordered, (part) => part.scenarios, scenarioTellings);
  const ranges = new RangesOfPlan(phases.things, beads.things, gates.things);
  const head = joinHeads(ordered.map((part) => part.head));
  const id = head.planId?.value ?? nameOfFile(main?.file ?? key);
  return new JoinedPlan({
    key,
    id,
    title: head.title?.value ?? id,
    mode: head.mode?.value ?? 'planning',
    files: ordered.map((part) => part.file),
    head,
    phases: mapChanged(phases.things, (phase) => ranges.inPhase(phase)),
    beads: mapChanged(beads.things, (bead) => ranges.inBead(bead)),
    gates: mapChanged(gates.things, (gate) => ranges.inGate(gate)),
    scenarios: scenarios.things,
    insights: joined(ordered, (part) => part.insights),
    diagnostics: [
      ...joined(ordered, (part) => part.diagnostics),
      ...phases.diagnostics,
      ...beads.diagnostics,
      ...gates.diagnostics,
      ...scenarios.diagnostics,
    ],
  });
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
  const weight = (part: PlanPart) => part.phases.length * 1_000_000 + part.beads.length;
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
  };
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

function joined<T>(parts: readonly PlanPart[], of: (part: PlanPart) => readonly T[]): readonly T[] {
  const only = parts[0];
  return parts.length === 1 && only !== undefined ? of(only) : parts.flatMap(of);
}

/** The same array when nothing changed in it. */
function mapChanged<T>(things: readonly T[], change: (thing: T) => T): readonly T[] {
  let changed: T[] | undefined;
  for (const [index, thing] of things.entries()) {
    const result = change(thing);
    if (result === thing) continue;
    changed ??= [...things];
    changed[index] = result;
  }
  return changed ?? things;
}

/** Replaces written ranges by the ids that they stand for. */
class RangesOfPlan {
  readonly #phases: readonly Phase[];
  readonly #beads: readonly Bead[];
  readonly #gates: readonly Gate[];
  #ids: Record<'phase' | 'bead' | 'gate', ReadonlyMap<string, Thing>> | undefined;
  #insertedPhases: readonly string[] = [];
  /** How many references ranges may still become: a plan of ranges over ranges must not fill the memory. */
  #room = 100_000;

  constructor(phases: readonly Phase[], beads: readonly Bead[], gates: readonly Gate[]) {
    this.#phases = phases;
    this.#beads = beads;
    this.#gates = gates;
  }

  inPhase(phase: Phase): Phase {
    const dependsOn = this.#expand(phase.dependsOn, ['phase', 'gate', 'bead']);
    return dependsOn === phase.dependsOn ? phase : remembered(phase, dependsOn, { ...phase, dependsOn });
  }

  inBead(bead: Bead): Bead {
    const blockedBy = this.#expand(bead.blockedBy, ['bead', 'gate', 'phase']);
    return blockedBy === bead.blockedBy ? bead : remembered(bead, blockedBy, { ...bead, blockedBy });
  }

  inGate(gate: Gate): Gate {
    const blockedBy = this.#expand(gate.blockedBy, ['bead', 'gate', 'phase']);
    const blocks = this.#expand(gate.blocks, ['bead', 'gate', 'phase']);
    if (blockedBy === gate.blockedBy && blocks === gate.blocks) return gate;
    return remembered(gate, [...blockedBy, ...blocks], { ...gate, blockedBy, blocks });
  }

  #expand(references: readonly Reference[], kinds: readonly ('phase' | 'bead' | 'gate')[]): readonly Reference[] {
    if (!references.some((reference) => reference.through !== undefined)) return references;
    const ids = this.#idsByKind();
    const all = references.flatMap((reference) => {
      const searched = isOneOf(reference.kind, kinds) ? [reference.kind] : kinds;
      const find = (id: string) => firstDefined(searched, (kind) => ids[kind].get(id));
      const insertedPhases = searched.includes('phase') ? this.#insertedPhases : [];
      return this.#room > 0 ? expandRange(reference, { find, insertedPhases }) : reference;
    });
    this.#room -= all.length;
    return all;
  }

  #idsByKind(): Record<'phase' | 'bead' | 'gate', ReadonlyMap<string, Thing>> {
    if (this.#ids === undefined) {
      this.#insertedPhases = this.#phases.map((phase) => phase.id).filter((id) => id.includes('.'));
      this.#ids = { phase: byId(this.#phases), bead: byId(this.#beads), gate: byId(this.#gates) };
    }
    return this.#ids;
  }
}

function byId(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function isOneOf<K extends ThingKind>(kind: ThingKind | undefined, kinds: readonly K[]): kind is K {
  return kinds.some((each) => each === kind);
}

function firstDefined<A, B>(candidates: readonly A[], of: (candidate: A) => B | undefined): B | undefined {
  for (const candidate of candidates) {
    const result = of(candidate);
    if (result !== undefined) return result;
  }
  return undefined;
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
