import { gateLinks } from '../graph/graph';
import type { Criterion, Diagnostic, Gate, Phase, Plan } from '../model';
import { resolve } from '../plan/references';
import { nameOf } from '../plan/tellings';
import type { PlanSnapshot } from '../snapshot';
import { finding, nameAt } from './finding';
import { isMeasurable, isSettled } from './measurable';

/** Whether gates can decide: by thresholds, with all three ways out, and between phases. */
export function checkGates(snapshot: PlanSnapshot): readonly Diagnostic[] {
  const undecided = snapshot.plan.gates.filter(({ decision }) => decision?.verdict !== 'pass');
  return [
    ...undecided.flatMap(thresholds),
    ...undecided.flatMap((gate) => verdictColumns(snapshot.plan, gate)),
    ...phasesWithoutGate(snapshot),
  ];
}

function thresholds(gate: Gate): readonly Diagnostic[] {
  if (gate.criteria.length === 0) {
    // A gate of people or of other companies is their word.
    if (gate.type !== 'decision') return [];
    const message = `${nameOf(gate)} has no criteria. Say by which measured values it passes, adjusts or aborts.`;
    return [finding('missing-threshold', nameAt(gate), message)];
  }
  return gate.criteria.filter(hasNoThreshold).map((criterion) => {
    const named = criterion.criterion === '' ? 'This criterion' : `"${criterion.criterion}"`;
    const message = `${named} has no threshold. Say from which measured value on ${nameOf(gate)} passes.`;
    return finding('missing-threshold', criterion, message);
  });
}

function hasNoThreshold({ criterion, pass, adjust, abort }: Criterion): boolean {
  return ![criterion, pass, adjust, abort].some((text) => isMeasurable(text) || isSettled(text));
}

const COLUMNS = ['pass', 'adjust', 'abort'] as const;

/** One finding for all criteria of a gate that leave out the same. */
function verdictColumns(plan: Plan, gate: Gate): readonly Diagnostic[] {
  if (gate.type !== 'decision') return [];
  const lacking = new Map<string, Criterion[]>();
  for (const criterion of gate.criteria) {
    const missing = COLUMNS.filter((column) => criterion[column] === '');
    if (missing.length <= dashes(plan, criterion)) continue;
    const key = missing.join(' or ');
    lacking.set(key, [...(lacking.get(key) ?? []), criterion]);
  }
  return [...lacking].flatMap(([missing, [first, ...others]]) => {
    if (first === undefined) return [];
    const isOne = others.length === 0 && first.criterion !== '';
    const what = isOne ? `"${first.criterion}"` : nameOf(gate);
    const message = `${what} does not say when to ${missing}. Give each criterion a Pass, an Adjust and an Abort.`;
    const related = others.map((location) => ({ location, message: 'This one, too' }));
    return [finding('missing-verdict-column', first, message, { related })];
  });
}

/** Cells with nothing but a dash: somebody thought of the column, and there is nothing to say. */
function dashes(plan: Plan, { file, start, end }: Criterion): number {
  const cells = plan.textOf(file)?.slice(start, end).split('|') ?? [];
  return cells.filter((cell) => /^\s*[—–-]{1,3}\s*(?:\(.*)?$/.test(cell)).length;
}

function phasesWithoutGate({ plan, schedule }: PlanSnapshot): readonly Diagnostic[] {
  const guarded = guardedPhases(plan);
  const bare = plan.phases.flatMap((phase) => {
    const before = phase.dependsOn
      .map((reference) => resolve(plan, reference, 'phase'))
      .filter((thing): thing is Phase => thing?.kind === 'phase' && thing !== phase);
    const isBegun = schedule.phaseState(phase.id) !== 'guarded';
    const open = before.filter((earlier) => plan.gatesOfPhase(earlier.id).length === 0);
    return isBegun || open.length === 0 || guarded.has(phase) ? [] : [{ phase, before: open }];
  });
  const first = bare[0];
  if (first === undefined) return [];
  if (plan.gates.length === 0) {
    const message =
      'This plan has no gate. Between two phases, say by which measured values work goes on, changes or stops.';
    return [finding('no-gate-between-phases', nameAt(first.phase), message)];
  }
  return bare.map(({ phase, before }) => {
    const message = `No gate stands between ${before.map(nameOf).join(', ')} and ${nameOf(phase)}. Say by which measured values work goes on.`;
    return finding('no-gate-between-phases', nameAt(phase), message);
  });
}

/** Phases that a gate blocks, or that hold something which a gate blocks. */
function guardedPhases(plan: Plan): ReadonlySet<Phase> {
  const guarded = new Set<Phase>();
  for (const gate of plan.gates) {
    for (const thing of gateLinks(plan, gate).blocks) {
      const id = thing.kind === 'phase' ? thing.id : thing.kind === 'bead' ? thing.phase : undefined;
      const phase = id === undefined ? undefined : plan.find(id, 'phase');
      if (phase?.kind === 'phase') guarded.add(phase);
    }
  }
  return guarded;
}
