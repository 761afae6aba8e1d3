import * as vscode from 'vscode';
import type { Bead, Gate, Phase, Plan, Scenario, Texts, Thing } from './core/model';
import { readinessTrend } from './core/readinessTrend';
import type { Blocker, PlanSnapshot } from './core/snapshot';
import { literal, prose } from './markdownText';
import { iconOf } from './planIcons';
import {
  blockerName,
  dueText,
  isOwnApproval,
  joined,
  labelOf,
  placeOf,
  progressText,
  readyCount,
  stateWordOf,
} from './planWords';

const mostItems = 8;
const mostPasses = 12;
const mostProblems = 4;
const mostBlockers = 5;
const deepestChain = 4;

/** What it is, when it is done, and what stands in the way and why. */
export function thingTooltip(snapshot: PlanSnapshot, thing: Thing): vscode.MarkdownString {
  return markdown([`**${literal(labelOf(thing))}**`, factsOf(snapshot, thing), ...bodyOf(snapshot, thing)]);
}

export function planTooltip(snapshot: PlanSnapshot): vscode.MarkdownString {
  const { plan, schedule } = snapshot;
  const { closed, total } = schedule.progress();
  const facts = joined([
    total === 0 ? '' : vscode.l10n.t('{0} of {1} beads closed', closed, total),
    vscode.l10n.t('{0} ready', readyCount(snapshot)),
    dueText(snapshot),
    plan.mode === 'executing' ? vscode.l10n.t('executing') : vscode.l10n.t('planning'),
  ]);
  return markdown([
    `**${literal(plan.title)}**`,
    literal(facts),
    readiness(plan),
    list(vscode.l10n.t('Done means'), plan.head.baseline),
    list(vscode.l10n.t('Risks and rollback'), plan.head.risks),
  ]);
}

/** Whether the critique has settled: the new gaps of the last passes as a line, and as figures. */
function readiness({ readinessPasses }: Plan): string {
  if (readinessPasses.length === 0) return '';
  const { sparkline, newGaps, state } = readinessTrend({ readinessPasses: readinessPasses.slice(-mostPasses) });
  const line = `${sparkline} ${newGaps.join(' → ')}`;
  return literal(
    state === 'settled'
      ? vscode.l10n.t('New gaps per readiness pass: {0}, settled', line)
      : vscode.l10n.t('New gaps per readiness pass: {0}', line),
  );
}

/** What the Problems view shows of it; the worst of them, when there are many. */
export function addProblems(text: vscode.MarkdownString, problems: readonly vscode.Diagnostic[]): void {
  for (const { severity, message } of problems.slice(0, mostProblems)) {
    const icon = severity === vscode.DiagnosticSeverity.Error ? 'error' : 'warning';
    text.appendMarkdown(`\n\n$(${icon}) ${literal(message)}`);
  }
  const left = problems.length - mostProblems;
  if (left > 0) text.appendMarkdown(`\n\n${literal(vscode.l10n.t('and {0} more', left))}`);
}

function markdown(blocks: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(blocks.filter((block) => block !== '').join('\n\n'), true);
  text.supportHtml = false;
  text.isTrusted = false;
  return text;
}

function factsOf(snapshot: PlanSnapshot, thing: Thing): string {
  if (thing.kind === 'scenario') return '';
  const { plan, schedule } = snapshot;
  const facts =
    thing.kind === 'phase'
      ? [progressText(schedule.progress(thing.id))]
      : thing.kind === 'gate'
        ? [thing.type === 'decision' ? '' : thing.type, placeOf(plan, thing)]
        : beadFacts(plan, thing);
  return `$(${iconOf(snapshot, thing).id}) ${joined([stateWordOf(snapshot, thing), ...facts].map((fact) => literal(fact ?? '')))}`;
}

function beadFacts(plan: Plan, bead: Bead): readonly (string | undefined)[] {
  const hours = bead.estimate?.value;
  return [
    bead.priority === undefined ? '' : `P${bead.priority.value}`,
    bead.type?.value,
    placeOf(plan, bead),
    bead.owner?.value,
    hours === undefined ? '' : vscode.l10n.t('{0} h', hours),
  ];
}

function bodyOf(snapshot: PlanSnapshot, thing: Thing): readonly string[] {
  switch (thing.kind) {
    case 'phase':
      return phaseBody(snapshot, thing);
    case 'bead':
      return beadBody(snapshot, thing);
    case 'gate':
      return gateBody(snapshot, thing);
    case 'scenario':
      return scenarioBody(thing);
  }
}

function phaseBody(snapshot: PlanSnapshot, phase: Phase): readonly string[] {
  return [
    paragraphs(phase.objective),
    blockers(snapshot, phase),
    list(vscode.l10n.t('Done means'), phase.doneMeans),
    list(vscode.l10n.t('Out of scope'), phase.outOfScope),
  ];
}

function beadBody(snapshot: PlanSnapshot, bead: Bead): readonly string[] {
  return [
    paragraphs(bead.what),
    blockers(snapshot, bead),
    list(vscode.l10n.t('Done when'), bead.doneWhen),
    list(vscode.l10n.t('If it fails'), bead.ifItFails),
    list(vscode.l10n.t('Evidence'), bead.evidence),
  ];
}

function gateBody(snapshot: PlanSnapshot, gate: Gate): readonly string[] {
  const cells = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  const head = [vscode.l10n.t('Criterion'), vscode.l10n.t('Pass'), vscode.l10n.t('Adjust'), vscode.l10n.t('Abort')];
  const rows = gate.criteria
    .slice(0, mostItems)
    .map(({ criterion, pass, adjust, abort }) => cells([criterion, pass, adjust, abort].map(literal)));
  const table = rows.length === 0 ? '' : [cells(head), cells(head.map(() => '---')), ...rows].join('\n');
  const decision = gate.decision;
  const decided =
    decision === undefined
      ? ''
      : joined([decision.date, decision.by, decision.measured, decision.note].map((text) => prose(text ?? '')));
  return [blockers(snapshot, gate), table, decided];
}

function scenarioBody(scenario: Scenario): readonly string[] {
  return [
    list(vscode.l10n.t('Detection'), scenario.detection),
    numbered(vscode.l10n.t('Recovery, cheapest first'), scenario.recovery),
  ];
}

function paragraphs(texts: Texts): string {
  return texts
    .slice(0, mostItems)
    .map(({ value }) => prose(value))
    .join('\n\n');
}

function list(title: string, texts: Texts): string {
  return titled(title, texts, () => '-');
}

function numbered(title: string, texts: Texts): string {
  return titled(title, texts, (i) => `${i + 1}.`);
}

function titled(title: string, texts: Texts, mark: (i: number) => string): string {
  if (texts.length === 0) return '';
  const lines = texts.slice(0, mostItems).map(({ value }, i) => `${mark(i)} ${prose(value)}`);
  if (texts.length > mostItems) lines.push(`- ${literal(vscode.l10n.t('… and {0} more', texts.length - mostItems))}`);
  return [`**${literal(title)}**`, '', ...lines].join('\n');
}

function blockers(snapshot: PlanSnapshot, thing: Bead | Gate | Phase): string {
  const direct = snapshot.schedule.blockersOf(thing);
  if (direct.length === 0) return '';
  return [`**${literal(vscode.l10n.t('Blocked by'))}**`, '', ...chain(snapshot, thing, direct, 0)].join('\n');
}

/** Why `thing` waits, and below each reason why that waits. */
function chain(snapshot: PlanSnapshot, thing: Thing, links: readonly Blocker[], depth: number): readonly string[] {
  if (depth === deepestChain) return [];
  const indent = '  '.repeat(depth);
  const lines = links.slice(0, mostBlockers).flatMap((link) => {
    const blocker = blockingThing(snapshot, thing, link);
    if (blocker === undefined) return [`${indent}- ${literal(blockerName(thing, link))}`];
    return [`${indent}- ${describe(snapshot, blocker)}`, ...chain(snapshot, blocker, link.because, depth + 1)];
  });
  const rest = links.length - mostBlockers;
  return rest > 0 ? [...lines, `${indent}- ${literal(vscode.l10n.t('… and {0} more', rest))}`] : lines;
}

/** Undefined where the reason is no other thing of the plan. */
function blockingThing({ plan }: PlanSnapshot, thing: Thing, link: Blocker): Thing | undefined {
  if (link.kind === 'missing' || link.kind === 'cycle' || link.kind === 'unnamed' || isOwnApproval(thing, link))
    return undefined;
  return plan.find(link.id, link.kind);
}

function describe(snapshot: PlanSnapshot, thing: Thing): string {
  const state = stateWordOf(snapshot, thing).toLocaleLowerCase();
  return `$(${iconOf(snapshot, thing).id}) ${literal(`${labelOf(thing)} (${state})`)}`;
}
