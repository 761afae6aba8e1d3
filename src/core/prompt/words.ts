import type { Bead, Gate, Phase, Reference, Scenario, Thing } from '../model';
import { isOutside, resolve } from '../plan/references';
import type { BeadState, Blocker, GateState, PlanSnapshot } from '../snapshot';
import { phaseOf } from './homes';
import { oneLine } from './markdown';

/** `Phase J`, or the title in quotation marks where the plan gave no id. */
export function phaseName(phase: Phase): string {
  return phase.idAt === undefined && phase.title.value !== '' ? quoted(phase) : `Phase ${oneLine(phase.id)}`;
}

/** `Phase J (“Provision production resources”)`. */
export function phaseNameAndTitle(phase: Phase): string {
  return withDetails(phaseName(phase), titleBeside(phaseName(phase), phase));
}

/** `J-1`, or the title in quotation marks where the plan gave no id. */
export function thingName(thing: Bead | Gate | Scenario): string {
  return thing.idAt === undefined && thing.title.value !== '' ? quoted(thing) : oneLine(thing.id);
}

/** `J-1 — Create the accounts`, for headings. */
export function headingOf(thing: Thing): string {
  const title = oneLine(thing.title.value);
  if (thing.idAt === undefined && title !== '') return thing.kind === 'phase' ? `Phase “${title}”` : title;
  const id = thing.kind === 'phase' ? `Phase ${oneLine(thing.id)}` : oneLine(thing.id);
  return title === '' ? id : `${id} — ${title}`;
}

export function quoted(thing: Thing): string {
  return `“${oneLine(thing.title.value)}”`;
}

export const beadStateWords: Readonly<Record<BeadState, string>> = {
  ready: 'ready',
  blocked: 'blocked',
  in_progress: 'in progress',
  closed: 'closed',
  deferred: 'deferred',
};

export const gateStateWords: Readonly<Record<GateState, string>> = {
  waiting: 'not due yet',
  due: 'due, no verdict',
  passed: 'passed',
  adjusted: 'adjusted, not passed yet',
  aborted: 'aborted',
};

/** What a reference reaches, with its state; with title and phase too where it stands outside `home`. */
export function describeReference(snapshot: PlanSnapshot, reference: Reference, home?: Phase): string {
  const written = oneLine(reference.value);
  if (isOutside(snapshot.plan, reference)) return `${oneLine(reference.plan ?? '')}/${written} (in another plan)`;
  const thing = resolve(snapshot.plan, reference);
  return thing === undefined ? `${written} (not found in this plan)` : describe(snapshot, thing, home);
}

export function describe(snapshot: PlanSnapshot, thing: Thing, home?: Phase): string {
  if (thing.kind === 'scenario') return `${thingName(thing)} (a failure scenario)`;
  return thing.kind === 'phase' ? describePhase(snapshot, thing) : describeThing(snapshot, thing, home);
}

/** `ft-7 (closed)` at home, `ft-7 (“Pilot”, Phase B, closed)` from elsewhere. */
export function describeThing({ plan, schedule }: PlanSnapshot, thing: Bead | Gate, home?: Phase): string {
  const state =
    thing.kind === 'bead' ? beadStateWords[schedule.beadState(thing.id)] : gateStateWords[schedule.gateState(thing.id)];
  const name = thing.kind === 'gate' ? gateName(thing) : thingName(thing);
  const phase = phaseOf(plan, thing);
  if (home !== undefined && phase === home) return withDetails(name, [state]);
  return withDetails(name, [...titleBeside(name, thing), ...(phase === undefined ? [] : [phaseName(phase)]), state]);
}

/** `Gate G1`; ids that already say gate stay as they are. */
export function gateName(gate: Gate): string {
  const name = thingName(gate);
  return /^gate\b/i.test(name) ? name : `Gate ${name}`;
}

/** `Phase B (“Data”, 3 of 7 beads closed)`. */
export function describePhase({ schedule }: PlanSnapshot, phase: Phase): string {
  const { closed, total } = schedule.progress(phase.id);
  const done = schedule.phaseState(phase.id) === 'satisfied';
  const state = done ? 'done' : total === 0 ? 'not done' : `${closed} of ${total} beads closed`;
  return withDetails(phaseName(phase), [...titleBeside(phaseName(phase), phase), state]);
}

/** A phase that is its own reason waits for its approval. */
export function describeBlocker(snapshot: PlanSnapshot, blocker: Blocker, home?: Phase): string {
  const id = oneLine(blocker.id);
  if (blocker.kind === 'missing') return withDetails(id, ['not found in this plan']);
  if (blocker.kind === 'unnamed') return 'something that it does not name; ask whoever wrote the status';
  if (blocker.kind === 'cycle') return withDetails(id, ['part of a cycle, which the plan has to break first']);
  const thing = snapshot.plan.find(blocker.id, blocker.kind);
  if (thing === undefined) return withDetails(id, ['in another plan']);
  return thing === home ? `the approval of ${phaseName(home)}` : describe(snapshot, thing, home);
}

function titleBeside(name: string, thing: Thing): readonly string[] {
  return thing.title.value === '' || name.endsWith(quoted(thing)) ? [] : [quoted(thing)];
}

function withDetails(name: string, details: readonly string[]): string {
  return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}
