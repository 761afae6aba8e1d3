import type { Bead, Gate, Phase, Plan, Reference, Scenario, Texts, Thing, ThingKind } from '../model';

/** What a plan says, without where and in which words: for holding a plan before and after an edit against each other. */
export interface Meaning {
  readonly kind: ThingKind;
  readonly id: string;
  readonly says: readonly unknown[];
}

export interface MeaningOptions {
  /** What an id of the plan is called in the meaning. */
  readonly renamed?: (kind: ThingKind | undefined, id: string) => string;
}

/** What a meaning is taken from. */
export type Told = Pick<Plan, 'phases' | 'beads' | 'gates' | 'scenarios' | 'find'>;

/** One entry for each thing, in the plan's order. Ids that readers made up are left out: they follow from the place. */
export function meaningOf(plan: Told, { renamed = (_, id) => id }: MeaningOptions = {}): readonly Meaning[] {
  const made = new Map<string, string>();
  for (const things of [plan.phases, plan.beads, plan.gates, plan.scenarios]) {
    for (const { kind, id, idAt, title } of things as readonly Thing[]) {
      if (idAt === undefined) made.set(`${kind} ${id}`, `the ${kind} “${title.value}”`);
    }
  }
  const nameOf = (kind: ThingKind, id: string) => made.get(`${kind} ${id}`) ?? renamed(kind, id);
  const home = (kind: ThingKind, id: string | undefined) =>
    id === undefined ? '' : nameOf(kind, plan.find(id, kind)?.id ?? id);
  const references = (list: readonly Reference[], likely?: ThingKind) =>
    list.map(({ value, kind, plan: other }) => {
      const target = other === undefined ? (plan.find(value, kind ?? likely) ?? plan.find(value)) : undefined;
      return target === undefined ? `${other ?? '?'}/${value}` : `${target.kind} ${nameOf(target.kind, target.id)}`;
    });
  const entry = (thing: Thing, says: readonly unknown[]): Meaning => ({
    kind: thing.kind,
    id: nameOf(thing.kind, thing.id),
    says,
  });
  return [
    ...plan.phases.map((phase) => entry(phase, [references(phase.dependsOn, 'phase'), ...phaseCounts(phase)])),
    ...plan.beads.map((bead) =>
      entry(bead, [
        home('phase', bead.phase),
        home('bead', bead.parent),
        references(bead.blockedBy),
        references(bead.failureScenarios, 'scenario'),
        ...beadCounts(bead),
      ]),
    ),
    ...plan.gates.map((gate) =>
      entry(gate, [
        home('phase', gate.phase),
        references(gate.blockedBy),
        references(gate.blocks),
        ...gateCounts(gate),
      ]),
    ),
    ...plan.scenarios.map((scenario) => entry(scenario, scenarioCounts(scenario))),
  ];
}

/** The same without regard to order: for edits that move things. */
export function inAnyOrder(meaning: readonly Meaning[]): readonly Meaning[] {
  const key = ({ kind, id, says }: Meaning) => `${kind} ${id} ${JSON.stringify(says)}`;
  return meaning
    .map((each) => [key(each), each] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, each]) => each);
}

/** The first thing that differs, from either list; undefined when both say the same. */
export function firstDifference(before: readonly Meaning[], after: readonly Meaning[]): Meaning | undefined {
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index++) {
    const [a, b] = [before[index], after[index]];
    if (JSON.stringify(a) !== JSON.stringify(b)) return a ?? b;
  }
  return undefined;
}

function phaseCounts(phase: Phase): readonly unknown[] {
  const { objective, constraints, outOfScope, doneMeans, interfaces, prerequisites, verification, risks } = phase;
  const lists = [objective, constraints, outOfScope, doneMeans, interfaces, prerequisites, verification, risks];
  return [lists.map((list) => list.length), phase.status?.value, phase.approvals.length];
}

function beadCounts(bead: Bead): readonly unknown[] {
  const lists: readonly Texts[] = [bead.what, bead.doneWhen, bead.ifItFails, bead.labels, bead.evidence];
  const { status, priority, owner, estimate, type, steps } = bead;
  const done = steps.map((step) => step.done);
  return [lists.map((list) => list.length), status, priority?.value, owner?.value, estimate?.value, type?.value, done];
}

function gateCounts({ type, criteria, decision, approvals }: Gate): readonly unknown[] {
  return [type, criteria.length, decision?.verdict, decision?.date, approvals.length];
}

function scenarioCounts({ detection, recovery }: Scenario): readonly unknown[] {
  return [detection.length, recovery.length];
}
