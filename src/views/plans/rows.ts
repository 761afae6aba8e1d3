import * as vscode from 'vscode';
import type { Bead, Gate, Phase, Step, Tier } from '../../core/model';
import type { PhaseState, PlanSnapshot } from '../../core/snapshot';
import type { Location } from '../../core/text';
import type { PhaseDecoration } from '../../phaseDecorations';
import {
  beadIcons,
  beadInHandIcon,
  gateIcons,
  type Icon,
  iconOf,
  phaseIcons,
  planIcon,
  scenarioIcon,
} from '../../planIcons';
import {
  beadStateWord,
  blockedByText,
  isolated,
  joined,
  kindWord,
  labelOf,
  placeOf,
  progressText,
  readyCount,
  stateWordOf,
} from '../../planWords';
import { contextValue } from '../contextValue';
import type { PlanNode, StateGroup, What } from './nodes';

/** What a row shows, as plain data: two equal rows look the same. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly icon: Icon;
  readonly contextValue: string;
  readonly expanded: boolean;
  /** What a screen reader says. Follows from what the row shows, so nobody works it out to compare rows. */
  readonly spoken: () => string;
}

/** What is known of a row's thing from outside of the plan. */
export interface RowNotes {
  readonly decoration?: PhaseDecoration | undefined;
  /** Whoever sits here has this bead in progress. */
  readonly isInHand: boolean;
}

export function rowOf(node: PlanNode, { decoration, isInHand }: RowNotes): Row {
  const { snapshot, what } = node;
  switch (what.type) {
    case 'plan':
      return planRow(snapshot);
    case 'phase':
      return phaseRow(node, what.phase, decoration);
    case 'bead':
      return beadRow(node, what.bead, isInHand);
    case 'gate':
      return gateRow(node, what.gate);
    case 'scenario': {
      const label = labelOf(what.scenario);
      const spoken = () => joined([label, kindWord('scenario')], ', ');
      return {
        label,
        description: '',
        icon: scenarioIcon,
        contextValue: 'phasewise.scenario',
        expanded: false,
        spoken,
      };
    }
    case 'step':
      return stepRow(what.step);
    case 'recovery': {
      const label = `${what.number}. ${what.text.value}`;
      const spoken = () => vscode.l10n.t('Recovery step {0}: {1}', what.number, what.text.value);
      return plain(label, { id: 'debug-step-over' }, 'phasewise.recovery', spoken);
    }
    case 'insight':
      return plain(
        what.insight.text,
        { id: 'lightbulb' },
        'phasewise.insight',
        () => what.insight.text,
        what.insight.source,
      );
    default:
      return groupRow(node, what);
  }
}

/** Where a click goes; nothing for headings that the plan does not have. */
export function placeInSource({ snapshot, what }: PlanNode): Location | undefined {
  switch (what.type) {
    case 'plan': {
      const { head, files } = snapshot.plan;
      const file = files[0];
      return head.title ?? (file === undefined ? undefined : { file, start: 0, end: 0 });
    }
    case 'phase':
      return what.phase.head;
    case 'bead':
      return what.bead.head;
    case 'gate':
      return what.gate.head;
    case 'scenario':
      return what.scenario.head;
    case 'step':
      return what.step.text;
    case 'recovery':
      return what.text;
    case 'insight':
      return what.insight;
    default:
      return undefined;
  }
}

function planRow(snapshot: PlanSnapshot): Row {
  const { plan, schedule } = snapshot;
  const ready = readyCount(snapshot);
  const mode = plan.head.mode?.value === 'planning' ? vscode.l10n.t('planning') : '';
  const readyText = ready === 0 ? '' : vscode.l10n.t('{0} ready', ready);
  const description = joined([progressText(schedule.progress()), readyText, mode]);
  const spoken = () =>
    joined([plan.title, kindWord('plan'), spokenProgress(schedule.progress()), readyText, mode], ', ');
  const contextValue = plan.mode === 'executing' ? 'phasewise.plan.executing' : 'phasewise.plan';
  return { label: isolated(plan.title), description, icon: planIcon, contextValue, expanded: true, spoken };
}

function phaseRow({ snapshot }: PlanNode, phase: Phase, decoration: PhaseDecoration | undefined): Row {
  const { schedule } = snapshot;
  const state = schedule.phaseState(phase.id);
  const label = labelOf(phase);
  const progress = schedule.progress(phase.id);
  const blocked = state === 'guarded' ? blockedByText(phase, schedule.blockersOf(phase, 1)) : '';
  return {
    label,
    description: joined([progressText(progress), blocked, decoration?.description]),
    icon: phaseIcons[state],
    contextValue: contextValue(phase, state, decoration?.hasWorkspace === true ? 'workspace' : ''),
    expanded: phase.id === currentPhase(snapshot)?.id || state === 'in_progress',
    spoken: () =>
      joined(
        [
          label,
          kindWord('phase'),
          stateWordOf(snapshot, phase),
          spokenProgress(progress),
          blocked,
          decoration?.hasWorkspace === true ? vscode.l10n.t('has a workspace') : '',
          decoration?.description,
        ],
        ', ',
      ),
  };
}

/** Where work goes on: what is in progress, else the first that can begin. */
function currentPhase({ plan, schedule }: PlanSnapshot): Phase | undefined {
  const inState = (state: PhaseState) => plan.phases.find(({ id }) => schedule.phaseState(id) === state);
  return inState('in_progress') ?? inState('open');
}

function beadRow({ snapshot, grouping }: PlanNode, bead: Bead, isInHand: boolean): Row {
  const { plan, schedule } = snapshot;
  const state = schedule.beadState(bead.id);
  const label = labelOf(bead);
  const priority = bead.priority === undefined || state === 'closed' ? '' : `P${bead.priority.value}`;
  const blocked = state === 'blocked' ? blockedByText(bead, schedule.blockersOf(bead, 1)) : '';
  const place = grouping === 'phase' ? '' : placeOf(plan, bead);
  const owner = isInHand ? vscode.l10n.t('yours') : state === 'in_progress' ? (bead.owner?.value ?? '') : '';
  const parts = partsOf(snapshot, bead);
  return {
    label,
    description: joined([parts === undefined ? '' : progressText(parts), priority, place, owner, blocked]),
    icon: isInHand ? beadInHandIcon : beadIcons[state],
    contextValue: contextValue(bead, state, isInHand ? 'mine' : ''),
    expanded: false,
    spoken: () =>
      joined(
        [
          label,
          kindWord('bead'),
          beadStateWord(state),
          priority === '' ? '' : vscode.l10n.t('priority {0}', priority),
          parts && spokenProgress(parts),
          place,
          owner,
          blocked,
        ],
        ', ',
      ),
  };
}

/** What is done of its sub-beads or, where it has none, of its steps. */
function partsOf({ plan, schedule }: PlanSnapshot, bead: Bead): { closed: number; total: number } | undefined {
  const children = plan.childrenOf(bead.id);
  if (children.length > 0) {
    return { closed: children.filter(({ id }) => schedule.beadState(id) === 'closed').length, total: children.length };
  }
  if (bead.steps.length === 0) return undefined;
  return { closed: bead.steps.filter(({ done }) => done).length, total: bead.steps.length };
}

function gateRow({ snapshot, grouping }: PlanNode, gate: Gate): Row {
  const { plan, schedule } = snapshot;
  const state = schedule.gateState(gate.id);
  const label = labelOf(gate);
  const word = stateWordOf(snapshot, gate);
  const blocked = state === 'waiting' ? blockedByText(gate, schedule.blockersOf(gate, 1)) : '';
  const kind =
    gate.type === 'human' ? vscode.l10n.t('human') : gate.type === 'external' ? vscode.l10n.t('external') : '';
  const place = grouping === 'phase' ? '' : placeOf(plan, gate);
  const date = state === 'waiting' || state === 'due' ? '' : (gate.decision?.date ?? '');
  const said = state === 'waiting' ? '' : joined([word.toLocaleLowerCase(), date], ' ');
  return {
    label,
    description: joined([said, kind, place, blocked]),
    icon: gateIcons[state],
    contextValue: contextValue(gate, state),
    expanded: false,
    spoken: () => joined([label, kindWord('gate'), joined([word, date], ' '), kind, place, blocked], ', '),
  };
}

function stepRow({ text, done }: Step): Row {
  const icon: Icon = done ? { id: 'check', color: 'testing.iconPassed' } : { id: 'dash', color: 'disabledForeground' };
  const spoken = () =>
    done ? vscode.l10n.t('{0}, step, done', text.value) : vscode.l10n.t('{0}, step, not done', text.value);
  return plain(text.value, icon, 'phasewise.step', spoken);
}

function groupRow({ snapshot }: PlanNode, what: Extract<What, { readonly count: number }>): Row {
  const { label, icon } = groupOf(snapshot, what);
  const spoken = () => vscode.l10n.t('{0}, {1} items', label, what.count);
  const expanded = what.type === 'state' ? what.state !== 'closed' : what.type === 'wave' && what.wave === 1;
  return { label, description: `${what.count}`, icon, contextValue: `phasewise.${what.type}`, expanded, spoken };
}

function groupOf(
  snapshot: PlanSnapshot,
  what: Extract<What, { readonly count: number }>,
): { readonly label: string; readonly icon: Icon } {
  switch (what.type) {
    case 'wave':
      return { label: vscode.l10n.t('Wave {0}', what.wave), icon: { id: 'layers' } };
    case 'state':
      return { label: stateGroupWord(what.state), icon: stateGroupIcon(what.state) };
    case 'tier':
      return {
        label: tierWord(what.tier),
        icon: { id: what.tier === 'does-not-apply' ? 'circle-slash' : 'lightbulb' },
      };
    case 'section':
      break;
  }
  switch (what.section) {
    case 'scenarios':
      return { label: vscode.l10n.t('Failure scenarios'), icon: scenarioIcon };
    case 'insights':
      return { label: vscode.l10n.t('Insights'), icon: { id: 'lightbulb' } };
    case 'gates':
      return { label: vscode.l10n.t('Gates'), icon: gateSectionIcon(snapshot) };
  }
}

/** A due gate shows through its closed section. */
function gateSectionIcon(snapshot: PlanSnapshot): Icon {
  const due = snapshot.plan.gates.find(({ id }) => snapshot.schedule.gateState(id) === 'due');
  return due === undefined ? { id: 'law' } : iconOf(snapshot, due);
}

function stateGroupWord(state: StateGroup): string {
  switch (state) {
    case 'due':
      return vscode.l10n.t('Gates due');
    case 'aborted':
      return vscode.l10n.t('Aborted gates');
    case 'unreachable':
      return vscode.l10n.t('In no wave');
    default:
      return beadStateWord(state);
  }
}

function stateGroupIcon(state: StateGroup): Icon {
  switch (state) {
    case 'due':
    case 'aborted':
      return gateIcons[state];
    case 'unreachable':
      return { id: 'warning', color: 'charts.yellow' };
    default:
      return beadIcons[state];
  }
}

function tierWord(tier: Tier): string {
  return tier === 'does-not-apply' ? vscode.l10n.t('Does not apply') : vscode.l10n.t('Tier {0}', tier);
}

function plain(label: string, icon: Icon, contextValue: string, spoken: () => string, description = ''): Row {
  return { label, description, icon, contextValue, expanded: false, spoken };
}

function spokenProgress({ closed, total }: { readonly closed: number; readonly total: number }): string {
  return total === 0 ? '' : vscode.l10n.t('{0} of {1} closed', closed, total);
}
