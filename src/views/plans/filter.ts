import type { Bead, Gate, Phase, Plan, Thing } from '../../core/model';
import type { GateState, PlanSnapshot } from '../../core/snapshot';

/** What a bead or gate can be asked for by; a gate that waits is blocked, and a passed one is closed. */
export const filterStates = ['in_progress', 'ready', 'due', 'blocked', 'deferred', 'closed'] as const;
export type FilterState = (typeof filterStates)[number];

export interface Filter {
  /** Every word must occur in the id, title, owner or a label, in any order and case. */
  readonly text: string;
  /** Empty means any. */
  readonly states: readonly FilterState[];
}

/** Says what stays in sight. What leads to something in sight stays too. */
export type Shown = (thing: Thing) => boolean;

export function isEmpty({ text, states }: Filter): boolean {
  return text.trim() === '' && states.length === 0;
}

/** Linear in the size of the plan. */
export function applyFilter(snapshot: PlanSnapshot, filter: Filter | undefined): Shown {
  if (filter === undefined || isEmpty(filter)) return () => true;
  const { plan } = snapshot;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const hasWords = (thing: Thing): boolean => words.every((word) => textOf(thing).includes(word));
  const hasState = stateTest(snapshot, filter.states);
  const shown = new Set<Thing>();

  const phases = new Map(plan.phases.map((phase) => [phase.id, phase]));
  const inWords = new Map<Thing, boolean>();
  /** Whether the words occur in the thing or in something that it is a part of. */
  const isNamed = (thing: Thing): boolean => {
    const parts: Thing[] = [];
    let named = false;
    for (let up: Thing | undefined = thing; up !== undefined && !named; up = wholeOf(plan, phases, up)) {
      const known = inWords.get(up);
      named = known ?? hasWords(up);
      if (known === false) break;
      parts.push(up);
    }
    for (const part of parts) inWords.set(part, named);
    return named;
  };

  for (const thing of [...plan.beads, ...plan.gates]) {
    if (!hasState(thing) || !isNamed(thing)) continue;
    for (let up: Thing | undefined = thing; up !== undefined && !shown.has(up); up = wholeOf(plan, phases, up)) {
      shown.add(up);
    }
  }
  if (filter.states.length === 0) {
    for (const thing of [...plan.phases, ...plan.scenarios]) if (hasWords(thing)) shown.add(thing);
  }
  return (thing) => shown.has(thing);
}

function textOf(thing: Thing): string {
  const texts = [thing.id, thing.title.value];
  if (thing.kind === 'bead') texts.push(thing.owner?.value ?? '', ...thing.labels.map(({ value }) => value));
  return texts.join('\n').toLowerCase();
}

function wholeOf(plan: Plan, phases: ReadonlyMap<string, Phase>, thing: Thing): Bead | Phase | undefined {
  if (thing.kind === 'phase' || thing.kind === 'scenario') return undefined;
  const parent = thing.kind === 'bead' ? plan.parentOf(thing) : undefined;
  if (parent !== undefined) return parent;
  return thing.phase === undefined ? undefined : phases.get(thing.phase);
}

function stateTest({ schedule }: PlanSnapshot, states: readonly FilterState[]): (thing: Bead | Gate) => boolean {
  if (states.length === 0) return () => true;
  const wanted = new Set<FilterState>(states);
  return (thing) =>
    wanted.has(thing.kind === 'bead' ? schedule.beadState(thing.id) : gateAs[schedule.gateState(thing.id)]);
}

const gateAs: Readonly<Record<GateState, FilterState>> = {
  waiting: 'blocked',
  due: 'due',
  adjusted: 'due',
  passed: 'closed',
  aborted: 'closed',
};

/** Scenarios and insights have no state. */
export function hidesSections(filter: Filter | undefined): boolean {
  return filter !== undefined && filter.states.length > 0;
}

export function insightMatches(text: string, filter: Filter | undefined): boolean {
  const words = (filter?.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => text.toLowerCase().includes(word));
}
