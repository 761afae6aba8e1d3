import { gateLinks } from './graph/graph';
import type { Bead, Diagnostic, Gate, Phase, Plan, Reference, Scenario, Texts } from './model';
import { isOutside, resolve } from './plan/references';
import type { PlanSnapshot } from './snapshot';
import type { Position } from './text';

/** Zero-based position of an offset in a file. */
export type PositionOf = (file: string, offset: number) => Position;

/** How a file is called in the output: a path relative to where the command runs, for one. */
export type FileName = (file: string) => string;

export type ShownPlan = ReturnType<typeof showPlan>;
export type ShownDiagnostic = ReturnType<typeof showDiagnostic>;

export interface Shown {
  readonly plans: readonly ShownPlan[];
  readonly diagnostics: readonly ShownDiagnostic[];
}

/**
 * Plans as plain data for programs: ids as written in the plan, references resolved to the id alone, absent values
 * `null`, lines and columns from 1.
 */
export function showJson(
  snapshots: readonly PlanSnapshot[],
  diagnostics: readonly Diagnostic[],
  positionOf: PositionOf,
  fileName: FileName = (file) => file,
): Shown {
  return {
    plans: snapshots.map((snapshot) => showPlan(snapshot, positionOf, fileName)),
    diagnostics: diagnostics.map((diagnostic) => showDiagnostic(diagnostic, positionOf, fileName)),
  };
}

function showPlan({ plan, schedule }: PlanSnapshot, positionOf: PositionOf, fileName: FileName) {
  const source = ({ head }: Bead | Phase | Gate | Scenario) => {
    const { line, character } = positionOf(head.file, head.start);
    return { file: fileName(head.file), line: line + 1, column: character + 1 };
  };
  const ids = (references: readonly Reference[], likely?: 'phase' | 'scenario') => [
    ...new Set(references.map((reference) => idOf(plan, reference, likely))),
  ];
  return {
    id: plan.id,
    title: plan.title,
    mode: plan.mode,
    files: plan.files.map(fileName),
    phases: plan.phases.map((phase) => ({
      id: phase.id,
      title: phase.title.value,
      state: schedule.phaseState(phase.id),
      dependsOn: ids(phase.dependsOn, 'phase'),
      beads: plan.beadsOfPhase(phase.id).map((bead) => bead.id),
      gates: plan.gatesOfPhase(phase.id).map((gate) => gate.id),
      source: source(phase),
    })),
    beads: plan.beads.map((bead) => ({
      id: bead.id,
      title: bead.title.value,
      phase: phaseIdOf(plan, bead),
      parent: plan.parentOf(bead)?.id ?? bead.parent ?? null,
      priority: bead.priority === undefined ? null : `P${bead.priority.value}`,
      status: bead.status,
      state: schedule.beadState(bead.id),
      blockedBy: ids(bead.blockedBy),
      doneWhen: values(bead.doneWhen),
      ifItFails: values(bead.ifItFails),
      steps: bead.steps.map((step) => ({ text: step.text.value, done: step.done })),
      owner: bead.owner?.value ?? null,
      evidence: bead.evidence.length === 0 ? null : values(bead.evidence).join('\n'),
      source: source(bead),
    })),
    gates: plan.gates.map((gate) => {
      const { blockedBy, blocks } = gateLinks(plan, gate);
      return {
        id: gate.id,
        title: gate.title.value,
        type: gate.type,
        phase: gate.phase === undefined ? null : (plan.find(gate.phase, 'phase')?.id ?? gate.phase),
        state: schedule.gateState(gate.id),
        blockedBy: gate.blockedBy.length > 0 ? ids(gate.blockedBy) : blockedBy.map((thing) => thing.id),
        blocks: gate.blocks.length > 0 ? ids(gate.blocks) : blocks.map((thing) => thing.id),
        criteria: gate.criteria.map(({ criterion, pass, adjust, abort }) => ({ criterion, pass, adjust, abort })),
        decision: gate.decision?.verdict ?? null,
        decided: decided(gate),
        source: source(gate),
      };
    }),
    scenarios: plan.scenarios.map((scenario) => ({
      id: scenario.id,
      title: scenario.title.value,
      detection: scenario.detection.length === 0 ? null : values(scenario.detection).join('\n'),
      recovery: values(scenario.recovery),
      source: source(scenario),
    })),
    insights: plan.insights.map(({ tier, text }) => ({ tier, text })),
    ready: schedule.ready.map((bead) => bead.id),
    due: schedule.next.flatMap((item) => (item.kind === 'gate' ? [item.gate.id] : [])),
    waves: schedule.waves,
    criticalPath: schedule.criticalPath,
  };
}

function showDiagnostic({ location, code, severity, message }: Diagnostic, positionOf: PositionOf, fileName: FileName) {
  const start = positionOf(location.file, location.start);
  const end = positionOf(location.file, location.end);
  return {
    file: fileName(location.file),
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    code,
    severity,
    message,
  };
}

function decided({ decision }: Gate) {
  if (decision === undefined) return null;
  const { verdict, date = null, by = null, measured = null, note = null } = decision;
  return { verdict, date, by, measured, note };
}

/** The id as the thing has it; another plan's with that plan in front; one that leads nowhere as it is written. */
function idOf(plan: Plan, reference: Reference, likely?: 'phase' | 'scenario'): string {
  if (isOutside(plan, reference)) return `${reference.plan}/${reference.value}`;
  return resolve(plan, reference, likely)?.id ?? reference.value;
}

function phaseIdOf(plan: Plan, bead: Bead): string | null {
  for (let at: Bead | undefined = bead; at !== undefined; at = plan.parentOf(at)) {
    if (at.phase !== undefined) return plan.find(at.phase, 'phase')?.id ?? at.phase;
  }
  return null;
}

function values(texts: Texts): string[] {
  return texts.map((text) => text.value);
}
