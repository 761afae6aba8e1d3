import { gateLinks } from '../graph/graph';
import type { Criterion, Gate, Phase, Plan, Thing } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { phaseOf } from './homes';
import { blocks, oneLine, table } from './markdown';
import { describe, gateStateWords, headingOf, phaseName } from './words';

/** A gate under a heading of its own, with its table and its recorded verdict. */
export function gateBlock(snapshot: PlanSnapshot, gate: Gate): string {
  return blocks(
    `### ${gateHeading(gate)}`,
    gateFacts(snapshot, gate),
    gate.type === 'decision' ? '' : whoDecides(gate),
    criteriaTable(gate, []) || NO_CRITERIA,
    decisionLine(gate),
  );
}

export function gateHeading(gate: Gate): string {
  const heading = headingOf(gate);
  return /^gate\b/i.test(heading) ? heading : `Gate ${heading}`;
}

/** `due, no verdict · waits for J-6 (closed) · blocks Phase K, “Cut over” (0 of 5 beads closed)`. */
export function gateFacts(snapshot: PlanSnapshot, gate: Gate): string {
  const { plan, schedule } = snapshot;
  const home = phaseOf(plan, gate);
  const { blockedBy, blocks: blocked } = gateLinks(plan, gate);
  const facts = [gateStateWords[schedule.gateState(gate.id)]];
  if (home !== undefined && isWholePhase(plan, home, blockedBy))
    facts.push(`waits for every bead of ${phaseName(home)}`);
  else if (blockedBy.length > 0) facts.push(`waits for ${describeAll(snapshot, blockedBy, home)}`);
  if (blocked.length > 0) facts.push(`blocks ${describeAll(snapshot, blocked, home)}`);
  return facts.join(' · ');
}

function isWholePhase(plan: Plan, phase: Phase, things: readonly Thing[]): boolean {
  const beads: ReadonlySet<Thing> = new Set(plan.beadsOfPhase(phase.id));
  return beads.size > 1 && things.length === beads.size && things.every((thing) => beads.has(thing));
}

function describeAll(snapshot: PlanSnapshot, things: readonly Thing[], home: Phase | undefined): string {
  return things.map((thing) => describe(snapshot, thing, home)).join(', ');
}

export function whoDecides(gate: Gate): string {
  switch (gate.type) {
    case 'human':
      return 'A person decides this gate. Prepare what they need to judge it, ask, and wait for their answer.';
    case 'external':
      return 'This gate is decided outside the team. Find out early who decides and how long it takes, ask in time, and record the answer word for word.';
    case 'decision':
      return 'The measured values decide this gate; whoever runs the plan confirms the verdict.';
  }
}

/** Empty when the gate has no criteria. `blanks` are further columns to be filled in. */
export function criteriaTable(gate: Gate, blanks: readonly string[]): string {
  if (gate.criteria.length === 0) return '';
  const cells = ({ criterion, pass, adjust, abort }: Criterion) => [criterion, pass, adjust, abort].map(orDash);
  return table(
    ['Criterion', 'Pass', 'Adjust', 'Abort', ...blanks],
    gate.criteria.map((criterion) => [...cells(criterion), ...blanks.map(() => '')]),
  );
}

/** Empty when no verdict is recorded. */
export function decisionLine({ decision }: Gate): string {
  if (decision === undefined) return '';
  const verdict = { pass: 'Pass', adjust: 'Adjust', abort: 'Abort' }[decision.verdict];
  const parts = [verdict, decision.date, decision.by, decision.measured, decision.note];
  return `**Recorded verdict:** ${parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => oneLine(part ?? ''))
    .join(' · ')}`;
}

export const NO_CRITERIA =
  'The plan gives this gate no criteria. Propose some, each with a value that passes, a value that asks for an adjustment and a value that stops the work, and have them agreed before anything is measured.';

function orDash(text: string): string {
  return text.trim() === '' ? '—' : text;
}
