import { isApproved } from './approval/approvedText';
import { gateLinks } from './graph/graph';
import type { Approval, Bead, Diagnostic, Field, Gate, Phase, Plan, ProgressEntry, Reference, Texts } from './model';
import { progressEntriesIn } from './notation/log/progress';
import { isOutside, resolve } from './plan/references';
import type { Surroundings } from './rules/surroundings';
import type { PlanSnapshot } from './snapshot';
import { LineStarts, type Location, type Position } from './text';

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

export interface ShowOptions {
  readonly fileName?: FileName;
  /** By plan key: progress files are shown with the plan. */
  readonly around?: ReadonlyMap<string, Surroundings>;
}

/**
 * Plans as plain data for programs: ids as written in the plan, references resolved to the id alone, absent values
 * `null`, lines and columns from 1.
 */
export function showJson(
  snapshots: readonly PlanSnapshot[],
  diagnostics: readonly Diagnostic[],
  positionOf: PositionOf,
  { fileName = (file) => file, around = new Map() }: ShowOptions = {},
): Shown {
  return {
    plans: snapshots.map((snapshot) => showPlan(snapshot, positionOf, fileName, around.get(snapshot.plan.key))),
    diagnostics: diagnostics.map((diagnostic) => showDiagnostic(diagnostic, positionOf, fileName)),
  };
}

function showPlan(
  { plan, schedule }: PlanSnapshot,
  positionOf: PositionOf,
  fileName: FileName,
  around: Surroundings | undefined,
) {
  const place = ({ file, start }: Location) => placeOf(file, positionOf(file, start), fileName);
  const source = ({ head }: { readonly head: Location }) => place(head);
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
    prompts: plan.prompts.map((prompt) => ({
      number: orNull(prompt.number),
      title: orNull(prompt.title),
      date: orNull(prompt.date),
      words: prompt.words.length === 0 ? null : values(prompt.words).join('\n\n'),
      decisions: prompt.decisions.map(({ text, coveredBy }) => ({ text: text.value, coveredBy: ids(coveredBy) })),
      source: source(prompt),
    })),
    critiques: plan.critiques.map((critique) => ({
      id: orNull(critique.id),
      text: critique.text.value,
      from: orNull(critique.source),
      verdict: orNull(critique.verdict),
      reason: orNull(critique.reason),
      landed: orNull(critique.landed),
      source: place(critique),
    })),
    approvals: [
      ...plan.head.approvals.map((approval) => showApproval(plan, undefined, approval, place)),
      ...[...plan.phases, ...plan.gates].flatMap((of) =>
        of.approvals.map((approval) => showApproval(plan, of, approval, place)),
      ),
    ],
    readinessPasses: plan.readinessPasses.map((pass) => ({
      number: orNull(pass.number),
      date: orNull(pass.date),
      reviewer: orNull(pass.reviewer),
      rating: orNull(pass.rating),
      newGaps: values(pass.newGaps),
      gapCount: pass.gapCount,
      changed: orNull(pass.changed),
      source: place(pass),
    })),
    progress: progressOf(plan, around, place, fileName).map(({ entry, at }) => ({
      date: entry.date.value,
      about: entry.about === undefined ? null : idOf(plan, entry.about),
      what: entry.what.value,
      who: orNull(entry.who),
      evidence: orNull(entry.evidence),
      source: at,
    })),
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

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

function placeOf(file: string, { line, character }: Position, fileName: FileName): Place {
  return { file: fileName(file), line: line + 1, column: character + 1 };
}

function showApproval(
  plan: Plan,
  of: Phase | Gate | undefined,
  approval: Approval,
  place: (location: Location) => Place,
) {
  const { by, date = null, hash = null } = approval;
  return {
    of: of === undefined ? { kind: 'plan' as const, id: plan.id } : { kind: of.kind, id: of.id },
    by,
    date,
    hash,
    /** `null` where no hash says what was approved. */
    isStale: hash === null ? null : !isApproved(plan, of, hash),
    source: place(approval),
  };
}

/** In the plan's own files, then in its progress file. */
function progressOf(
  plan: Plan,
  around: Surroundings | undefined,
  place: (location: Location) => Place,
  fileName: FileName,
): readonly { readonly entry: ProgressEntry; readonly at: Place }[] {
  const own = plan.progressEntries.map((entry) => ({ entry, at: place(entry) }));
  const log = around?.progress;
  if (log === undefined || plan.files.includes(log.file)) return own;
  const lines = new LineStarts(log.text);
  const beside = progressEntriesIn(log.file, log.text).map((entry) => ({
    entry,
    at: placeOf(log.file, lines.positionAt(entry.start), fileName),
  }));
  return [...own, ...beside];
}

function orNull<T>(field: Field<T> | undefined): T | null {
  return field === undefined ? null : field.value;
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
