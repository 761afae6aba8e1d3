import * as vscode from 'vscode';
import type { Bead, Gate, Phase, Plan, Scenario, Thing } from './core/model';
import type { BeadState, Blocker, GateState, PhaseState, PlanSnapshot, Progress } from './core/snapshot';

/** The words that views use for plans. */

/** As a row of a tree or a pick shows it. An id that the reader made up is left out: nobody would find it in the file. */
export function labelOf(thing: Thing): string {
  const title = isolated(thing.title.value);
  if (thing.idAt === undefined && title !== '') return title;
  const name = nameOf(thing);
  if (title === '' || thing.title.value === thing.id) return name;
  return thing.kind === 'phase' || thing.kind === 'gate' ? `${name} — ${title}` : `${name} ${title}`;
}

/** Text from right to left, so that what stands after it does not run along. */
export function isolated(text: string): string {
  return FROM_RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

const FROM_RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** What people call it in passing: `ft-0001.7`, `Phase J`, `Gate G1`. */
export function nameOf({ kind, id }: Pick<Thing, 'kind' | 'id'>): string {
  switch (kind) {
    case 'phase':
      return vscode.l10n.t('Phase {0}', id);
    case 'gate':
      return vscode.l10n.t('Gate {0}', id);
    case 'bead':
    case 'scenario':
      return id;
  }
}

export function kindWord(kind: Thing['kind'] | 'plan'): string {
  switch (kind) {
    case 'plan':
      return vscode.l10n.t('plan');
    case 'phase':
      return vscode.l10n.t('phase');
    case 'bead':
      return vscode.l10n.t('bead');
    case 'gate':
      return vscode.l10n.t('gate');
    case 'scenario':
      return vscode.l10n.t('failure scenario');
  }
}

export function beadStateWord(state: BeadState): string {
  switch (state) {
    case 'ready':
      return vscode.l10n.t('Ready');
    case 'blocked':
      return vscode.l10n.t('Blocked');
    case 'in_progress':
      return vscode.l10n.t('In progress');
    case 'closed':
      return vscode.l10n.t('Closed');
    case 'deferred':
      return vscode.l10n.t('Deferred');
  }
}

export function gateStateWord(state: GateState): string {
  switch (state) {
    case 'waiting':
      return vscode.l10n.t('Waiting');
    case 'due':
      return vscode.l10n.t('Due');
    case 'passed':
      return vscode.l10n.t('Passed');
    case 'adjusted':
      return vscode.l10n.t('Adjusted');
    case 'aborted':
      return vscode.l10n.t('Aborted');
  }
}

export function phaseStateWord(state: PhaseState): string {
  switch (state) {
    case 'guarded':
      return vscode.l10n.t('Guarded');
    case 'open':
      return vscode.l10n.t('Open');
    case 'in_progress':
      return vscode.l10n.t('In progress');
    case 'satisfied':
      return vscode.l10n.t('Done');
  }
}

/** `3/7`; nothing where there is nothing to count. */
export function progressText({ closed, total }: Progress): string {
  return total === 0 ? '' : `${closed}/${total}`;
}

/** `blocked by ft-0001.7, Gate G1 +4`: what blocks `thing`. Empty when nothing does. */
export function blockedByText(thing: Thing, blockers: readonly Blocker[]): string {
  if (blockers.length === 0) return '';
  const shown = blockers.length > 3 ? 2 : 3;
  const names = blockers
    .slice(0, shown)
    .map((blocker) => blockerName(thing, blocker))
    .join(', ');
  const rest = blockers.length - shown;
  return rest > 0 ? vscode.l10n.t('blocked by {0} +{1}', names, rest) : vscode.l10n.t('blocked by {0}', names);
}

/** What blocks `thing`. A phase that waits for its approval is its own blocker. */
export function blockerName(thing: Thing, { kind, id }: Blocker): string {
  if (isOwnApproval(thing, { kind, id })) return vscode.l10n.t('its approval');
  switch (kind) {
    case 'bead':
    case 'gate':
    case 'phase':
      return nameOf({ kind, id });
    case 'missing':
      return vscode.l10n.t('{0} (not in the plan)', id);
    case 'cycle':
      return vscode.l10n.t('a cycle through {0}', id);
    case 'unnamed':
      return vscode.l10n.t('something that it does not name');
  }
}

export function isOwnApproval(thing: Thing, { kind, id }: Pick<Blocker, 'kind' | 'id'>): boolean {
  return kind === 'phase' && thing.kind === 'phase' && thing.id === id;
}

/** Where a thing of this plan belongs, in a few words; for lists that mix phases. */
export function placeOf(plan: Plan, { phase }: Bead | Gate): string {
  const found = phase === undefined ? undefined : plan.find(phase, 'phase');
  if (found === undefined) return '';
  return found.idAt === undefined ? found.title.value : nameOf(found);
}

export function stateWordOf({ schedule }: PlanSnapshot, thing: Phase | Bead | Gate | Scenario): string {
  switch (thing.kind) {
    case 'phase':
      return phaseStateWord(schedule.phaseState(thing.id));
    case 'bead':
      return beadStateWord(schedule.beadState(thing.id));
    case 'gate':
      return gateStateWord(schedule.gateState(thing.id));
    case 'scenario':
      return '';
  }
}

/** Joins what is there. */
export function joined(texts: readonly (string | undefined)[], separator = ' · '): string {
  return texts.filter((text) => text !== undefined && text !== '').join(separator);
}

/** What a person can begin with now: beads without parts of their own. Cheaper than ranking them. */
export function readyCount({ plan, schedule }: PlanSnapshot): number {
  return plan.beads.filter(({ id }) => schedule.beadState(id) === 'ready' && plan.childrenOf(id).length === 0).length;
}

/** `1 gate due`; nothing where none is. */
export function dueText({ plan, schedule }: PlanSnapshot): string {
  const due = plan.gates.filter(({ id }) => schedule.gateState(id) === 'due').length;
  if (due === 0) return '';
  return due === 1 ? vscode.l10n.t('1 gate due') : vscode.l10n.t('{0} gates due', due);
}
