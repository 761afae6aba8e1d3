import { gateLinks } from '../graph/graph';
import type { Bead, Gate, Phase, Plan, Scenario, Thing } from '../model';
import { resolve } from '../plan/references';
import { phaseOf } from './homes';
import { oneLine } from './markdown';
import { scenariosIn } from './scenarios';
import { textsOfBead, textsOfGate, textsOfPhase, values, words } from './texts';

/** What of a plan concerns one phase. */
export interface PhaseSlice {
  readonly phase: Phase;
  /** From 1, in the order of the plan. */
  readonly position: number;
  readonly count: number;
  /** Phases that this one builds on: by its own word, its beads' blockers, or a gate in front of it. */
  readonly before: readonly Phase[];
  /** Phases that build on this one. */
  readonly after: readonly Phase[];
  /** Parents directly before their children. */
  readonly beads: readonly Bead[];
  readonly gates: readonly Gate[];
  /** Gates of other phases that have to pass before this phase or one of its beads. */
  readonly entryGates: readonly Gate[];
  readonly scenarios: readonly Scenario[];
  /** What other phases write about their interface with this one. */
  readonly mentions: readonly { readonly phase: Phase; readonly texts: readonly string[] }[];
}

/** Linear in the size of the plan. */
export function sliceOf(plan: Plan, phase: Phase): PhaseSlice {
  const builtOn = new Map(plan.phases.map((each) => [each, new Set<Phase>()]));
  const link = (from: Phase | undefined, thing: Thing | undefined) => {
    const to = thing === undefined ? undefined : phaseBehind(plan, thing);
    if (from !== undefined && to !== undefined && to !== from) builtOn.get(from)?.add(to);
  };
  for (const each of plan.phases) {
    for (const reference of each.dependsOn) link(each, resolve(plan, reference, 'phase'));
  }
  for (const bead of plan.beads) {
    for (const reference of bead.blockedBy) link(phaseOf(plan, bead), resolve(plan, reference));
  }
  const entryGates: Gate[] = [];
  for (const gate of plan.gates) {
    for (const thing of gateLinks(plan, gate).blocks) {
      const blocked = phaseBehind(plan, thing);
      link(blocked, gate);
      if (blocked === phase && phaseOf(plan, gate) !== phase && !entryGates.includes(gate)) entryGates.push(gate);
    }
  }
  const before = builtOn.get(phase) ?? new Set();
  const after = new Set(plan.phases.filter((each) => builtOn.get(each)?.has(phase)));
  const beads = inTreeOrder(plan, plan.beadsOfPhase(phase.id));
  const gates = plan.gatesOfPhase(phase.id);
  return {
    phase,
    position: plan.phases.indexOf(phase) + 1,
    count: plan.phases.length,
    before: plan.phases.filter((each) => before.has(each)),
    after: plan.phases.filter((each) => after.has(each)),
    beads,
    gates,
    entryGates,
    scenarios: scenariosIn(plan, [
      ...textsOfPhase(phase),
      ...beads.flatMap(textsOfBead),
      ...gates.flatMap(textsOfGate),
    ]),
    mentions: mentionsOf(plan, phase, beads),
  };
}

/** The phase that a thing is or stands in. */
function phaseBehind(plan: Plan, thing: Thing): Phase | undefined {
  if (thing.kind === 'scenario') return undefined;
  return thing.kind === 'phase' ? thing : phaseOf(plan, thing);
}

/** Without recursion: nesting is as deep as the file wants. */
function inTreeOrder(plan: Plan, beads: readonly Bead[]): readonly Bead[] {
  const here = new Set(beads);
  const ordered = new Set<Bead>();
  const roots = beads.filter((bead) => {
    const parent = plan.parentOf(bead);
    return parent === undefined || !here.has(parent);
  });
  for (const root of [...roots, ...beads]) {
    const waiting = [root];
    for (let bead = waiting.pop(); bead !== undefined; bead = waiting.pop()) {
      if (!here.has(bead) || ordered.has(bead)) continue;
      ordered.add(bead);
      waiting.push(...plan.childrenOf(bead.id).toReversed());
    }
  }
  return [...ordered];
}

function mentionsOf(plan: Plan, phase: Phase, beads: readonly Bead[]): PhaseSlice['mentions'] {
  const names = new Set(beads.filter(({ idAt }) => idAt !== undefined).map(({ id }) => id.toLowerCase()));
  const title = oneLine(phase.title.value).toLowerCase();
  const isMeant = (text: string) =>
    phasesIn(plan, text).has(phase) ||
    (title.length >= TELLING && oneLine(text).toLowerCase().includes(title)) ||
    words(text).some((word) => names.has(word));
  return plan.phases
    .filter((other) => other !== phase)
    .map((other) => ({ phase: other, texts: values(other.interfaces).filter(isMeant) }))
    .filter(({ texts }) => texts.length > 0);
}

/** A shorter title, such as “Data”, is found in sentences that do not mean the phase. */
const TELLING = 12;

const PHASE_LIST = /\b(?:phase|stage|milestone)s?\s+([^\s,;]+(?:(?:,|,?\s+(?:and|or|to|through))\s+[^\s,;]+){0,30})/giu;

/** `Phase J`, `Phases H, I and J`, `Phases B to I`, `Stages 1–3`. */
function phasesIn(plan: Plan, text: string): ReadonlySet<Phase> {
  const found = new Set<Phase>();
  const indexOf = (id: string | undefined) => {
    const thing = id === undefined ? undefined : plan.find(id, 'phase');
    return thing?.kind === 'phase' ? plan.phases.indexOf(thing) : -1;
  };
  for (const [, list = ''] of text.matchAll(PHASE_LIST)) {
    for (const part of list.split(/,|\band\b|\bor\b/iu)) {
      const [first, last] = part.split(/[–—]|\s(?:to|through)\s/iu).map((id) => words(id)[0]);
      const from = indexOf(first);
      const to = last === undefined ? from : indexOf(last);
      if (from >= 0) for (const phase of plan.phases.slice(from, to + 1)) found.add(phase);
    }
  }
  return found;
}
