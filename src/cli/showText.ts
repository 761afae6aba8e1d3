import type { Bead, Gate, Phase } from '../core/model';
import type { BeadState, GateState, PhaseState, PlanSnapshot } from '../core/snapshot';
import { type Cell, type Colour, columns, paint, type Terminal, visible } from './terminal';

const beadColours: Readonly<Record<BeadState, Colour | undefined>> = {
  ready: 'green',
  in_progress: 'yellow',
  blocked: undefined,
  closed: 'grey',
  deferred: 'grey',
};

const gateColours: Readonly<Record<GateState, Colour | undefined>> = {
  due: 'green',
  waiting: undefined,
  adjusted: 'yellow',
  passed: 'grey',
  aborted: 'red',
};

const phaseWords: Readonly<Record<PhaseState, string>> = {
  guarded: 'not open yet',
  open: 'open',
  in_progress: 'in progress',
  satisfied: 'done',
};

/** A plan for people: a heading, its phases with beads and gates, its failure scenarios. */
export function showText(terminal: Terminal, snapshot: PlanSnapshot): string {
  const { plan } = snapshot;
  const inPhases = new Set<Bead | Gate>(
    plan.phases.flatMap(({ id }) => [...plan.beadsOfPhase(id), ...plan.gatesOfPhase(id)]),
  );
  const outside = [...plan.beads, ...plan.gates].filter((thing) => !inPhases.has(thing));
  const scenarios = plan.scenarios.map(({ id, title }) => [{ text: id }, { text: title.value }]);
  return [
    planHeading(terminal, snapshot),
    ...plan.phases.map((phase) => phaseText(terminal, snapshot, phase)),
    section(terminal, plan.phases.length === 0 ? '' : 'In no phase', things(terminal, snapshot, outside)),
    section(terminal, 'Failure scenarios', columns(terminal, scenarios, '  ')),
    section(terminal, 'Insights', insightCounts(snapshot)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

export function planHeading(terminal: Terminal, { plan, schedule }: PlanSnapshot): string {
  const { closed, total } = schedule.progress();
  const due = schedule.next.filter(({ kind }) => kind === 'gate').length;
  const counts = [
    `${closed} of ${total} beads closed`,
    `${schedule.ready.length} ready`,
    ...(plan.gates.length === 0 ? [] : [`${due} of ${plan.gates.length} gates due`]),
  ];
  return `${paint(terminal, 'bold', visible(plan.title))} (${[plan.id, plan.head.mode?.value ?? '']
    .filter((fact) => fact !== '')
    .map(visible)
    .join(', ')})\n${plan.files.map(visible).join(', ')}\n${counts.join(', ')}\n`;
}

function phaseText(terminal: Terminal, snapshot: PlanSnapshot, phase: Phase): string {
  const { plan, schedule } = snapshot;
  const { closed, total } = schedule.progress(phase.id);
  const name =
    phase.idAt === undefined ? visible(phase.title.value) : visible(`Phase ${phase.id}  ${phase.title.value}`);
  const needs = phase.dependsOn.map(({ value }) => visible(value)).join(', ');
  const facts = [`${closed}/${total}`, phaseWords[schedule.phaseState(phase.id)], ...(needs && [`after ${needs}`])];
  return section(
    terminal,
    name,
    things(terminal, snapshot, [...plan.beadsOfPhase(phase.id), ...plan.gatesOfPhase(phase.id)]),
    facts.join(', '),
  );
}

function section(terminal: Terminal, heading: string, body: string, facts = ''): string {
  if (body === '' && facts === '') return '';
  const first = heading === '' ? '' : `${paint(terminal, 'bold', heading)}${facts === '' ? '' : `  (${facts})`}\n`;
  return first + body;
}

function things(terminal: Terminal, snapshot: PlanSnapshot, all: readonly (Bead | Gate)[]): string {
  const rows = all.map((thing) => (thing.kind === 'bead' ? beadRow(snapshot, thing) : gateRow(snapshot, thing)));
  return columns(terminal, rows, '  ');
}

function beadRow(snapshot: PlanSnapshot, bead: Bead): readonly Cell[] {
  const { plan, schedule } = snapshot;
  const state = schedule.beadState(bead.id);
  let depth = 0;
  for (let above = plan.parentOf(bead); above !== undefined && depth < 8; above = plan.parentOf(above)) depth++;
  const colour = beadColours[state];
  return [
    { text: `${'· '.repeat(depth)}${bead.id}` },
    { text: bead.priority === undefined ? '' : `P${bead.priority.value}` },
    { text: state.replace('_', ' '), ...(colour && { colour }) },
    { text: `${bead.title.value}${waitsFor(snapshot, bead)}` },
  ];
}

function gateRow(snapshot: PlanSnapshot, gate: Gate): readonly Cell[] {
  const state = snapshot.schedule.gateState(gate.id);
  const colour = gateColours[state];
  return [
    { text: gate.id },
    { text: 'gate' },
    { text: state, ...(colour && { colour }) },
    { text: `${gate.title.value}${waitsFor(snapshot, gate)}` },
  ];
}

/** The ids of what directly blocks it; the first five of many. */
export function waitsFor({ schedule }: PlanSnapshot, thing: Bead | Gate): string {
  const ids = [
    ...new Set(schedule.blockersOf(thing, 1).map(({ kind, id }) => (kind === 'phase' ? `Phase ${id}` : id))),
  ];
  if (ids.length === 0) return '';
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  return ` (waits for ${ids.slice(0, 5).join(', ')}${more})`;
}

function insightCounts({ plan }: PlanSnapshot): string {
  const counts = ([1, 2, 3, 'does-not-apply'] as const).flatMap((tier) => {
    const count = plan.insights.filter((insight) => insight.tier === tier).length;
    return count === 0 ? [] : [`${count} ${tier === 'does-not-apply' ? 'that do not apply' : `in tier ${tier}`}`];
  });
  return counts.length === 0 ? '' : `  ${counts.join(', ')}\n`;
}
