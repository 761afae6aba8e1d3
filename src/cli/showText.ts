import type { Bead, Gate, Phase } from '../core/model';
import type { BeadState, Blocker, GateState, PhaseState, PlanSnapshot, ReadyItem } from '../core/snapshot';
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
  const next = (kind: ReadyItem['kind']) => schedule.next.filter((item) => item.kind === kind).length;
  const counts = [
    ...(total === 0 ? ['no beads'] : [`${closed} of ${total} beads closed`, `${next('bead')} ready`]),
    ...(plan.gates.length === 0 ? [] : [`${next('gate')} of ${plan.gates.length} gates due`]),
  ];
  const facts = [plan.id === plan.title ? '' : visible(plan.id), plan.head.mode?.value ?? ''].filter(
    (fact) => fact !== '',
  );
  const title = paint(terminal, 'bold', visible(plan.title));
  return [
    facts.length === 0 ? title : `${title} (${facts.join(', ')})`,
    plan.files.map(visible).join(', '),
    `${counts.join(', ')}\n`,
  ].join('\n');
}

function phaseText(terminal: Terminal, snapshot: PlanSnapshot, phase: Phase): string {
  const { plan, schedule } = snapshot;
  const { closed, total } = schedule.progress(phase.id);
  const guards = schedule.blockersOf(phase);
  const names = guards.map((blocker) => (isItself(blocker, phase) ? 'its approval' : blockerName(blocker)));
  const facts = [
    ...(total === 0 ? [] : [`${closed}/${total}`]),
    phaseWords[schedule.phaseState(phase.id)],
    ...(names.length === 0 ? [] : [`waits for ${someOf(names)}`]),
  ];
  const all = [...plan.beadsOfPhase(phase.id), ...plan.gatesOfPhase(phase.id)];
  return section(terminal, phaseHeading(phase), things(terminal, snapshot, all, guards), facts.join(', '));
}

function phaseHeading(phase: Phase): string {
  const title = visible(phase.title.value);
  if (phase.idAt === undefined) return title;
  return `Phase ${visible(phase.id)}${title === '' ? '' : ` — ${title}`}`;
}

function section(terminal: Terminal, heading: string, body: string, facts = ''): string {
  if (body === '' && facts === '') return '';
  const first = heading === '' ? '' : `${paint(terminal, 'bold', heading)}${facts === '' ? '' : `  (${facts})`}\n`;
  return first + body;
}

/** What keeps the whole phase waiting is not said again for each of its beads. */
function things(
  terminal: Terminal,
  snapshot: PlanSnapshot,
  all: readonly (Bead | Gate)[],
  guards: readonly Blocker[] = [],
): string {
  const rows = all.map((thing) => {
    const waits = waitsFor(snapshot, thing, guards);
    return thing.kind === 'bead' ? beadRow(snapshot, thing, waits) : gateRow(snapshot, thing, waits);
  });
  return columns(terminal, rows, '  ');
}

function beadRow(snapshot: PlanSnapshot, bead: Bead, waits: string): readonly Cell[] {
  const { plan, schedule } = snapshot;
  const state = schedule.beadState(bead.id);
  let depth = 0;
  for (let above = plan.parentOf(bead); above !== undefined && depth < 8; above = plan.parentOf(above)) depth++;
  const colour = beadColours[state];
  return [
    { text: `${'· '.repeat(depth)}${bead.id}` },
    { text: bead.priority === undefined ? '' : `P${bead.priority.value}` },
    { text: state.replace('_', ' '), ...(colour && { colour }) },
    { text: `${bead.title.value}${waits}` },
  ];
}

function gateRow(snapshot: PlanSnapshot, gate: Gate, waits: string): readonly Cell[] {
  const state = snapshot.schedule.gateState(gate.id);
  const colour = gateColours[state];
  return [
    { text: gate.id },
    { text: 'gate' },
    { text: state, ...(colour && { colour }) },
    { text: `${gate.title.value}${waits}` },
  ];
}

function waitsFor({ schedule }: PlanSnapshot, thing: Bead | Gate, guards: readonly Blocker[]): string {
  const own = schedule
    .blockersOf(thing)
    .filter(({ kind, id }) => !guards.some((guard) => guard.kind === kind && guard.id === id));
  return own.length === 0 ? '' : ` (waits for ${someOf(own.map(blockerName))})`;
}

function blockerName({ kind, id }: Blocker): string {
  if (kind === 'missing') return `${id}, which is not in the plan`;
  if (kind === 'unnamed') return 'something that it does not name';
  return kind === 'phase' ? `Phase ${id}` : id;
}

/** A phase that waits for its approval is its own reason. */
function isItself({ kind, id }: Blocker, phase: Phase): boolean {
  return kind === 'phase' && id === phase.id;
}

/** The first five, and how many more there are. */
function someOf(names: readonly string[]): string {
  const all = [...new Set(names)];
  return all.length > 6 ? `${all.slice(0, 5).join(', ')} and ${all.length - 5} more` : all.join(', ');
}

function insightCounts({ plan }: PlanSnapshot): string {
  const counts = ([1, 2, 3, 'does-not-apply'] as const).flatMap((tier) => {
    const count = plan.insights.filter((insight) => insight.tier === tier).length;
    return count === 0 ? [] : [`${count} ${tier === 'does-not-apply' ? 'that do not apply' : `in tier ${tier}`}`];
  });
  return counts.length === 0 ? '' : `  ${counts.join(', ')}\n`;
}
