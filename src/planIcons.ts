import * as vscode from 'vscode';
import type { Thing } from './core/model';
import type { BeadState, GateState, PhaseState, PlanSnapshot } from './core/snapshot';

/** A codicon and a theme colour. Each state has a shape of its own: colour alone says nothing. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

export const beadIcons: Readonly<Record<BeadState, Icon>> = {
  ready: { id: 'circle-large-outline', color: 'charts.blue' },
  in_progress: { id: 'record', color: 'charts.yellow' },
  blocked: { id: 'circle-slash', color: 'disabledForeground' },
  closed: { id: 'pass-filled', color: 'testing.iconPassed' },
  deferred: { id: 'watch', color: 'disabledForeground' },
};

/** A bead that whoever sits here has in progress. */
export const beadInHandIcon: Icon = { id: 'arrow-circle-right', color: 'charts.yellow' };

export const gateIcons: Readonly<Record<GateState, Icon>> = {
  waiting: { id: 'law', color: 'disabledForeground' },
  due: { id: 'bell-dot', color: 'phasewise.gateDue' },
  passed: { id: 'verified-filled', color: 'testing.iconPassed' },
  adjusted: { id: 'tools', color: 'charts.yellow' },
  aborted: { id: 'stop-circle', color: 'charts.red' },
};

export const phaseIcons: Readonly<Record<PhaseState, Icon>> = {
  guarded: { id: 'lock', color: 'disabledForeground' },
  open: { id: 'circle-large-outline', color: 'charts.blue' },
  in_progress: { id: 'record', color: 'charts.yellow' },
  satisfied: { id: 'pass-filled', color: 'testing.iconPassed' },
};

export const planIcon: Icon = { id: 'checklist' };
export const scenarioIcon: Icon = { id: 'flame' };

export function iconOf({ schedule }: PlanSnapshot, thing: Thing): Icon {
  switch (thing.kind) {
    case 'phase':
      return phaseIcons[schedule.phaseState(thing.id)];
    case 'bead':
      return beadIcons[schedule.beadState(thing.id)];
    case 'gate':
      return gateIcons[schedule.gateState(thing.id)];
    case 'scenario':
      return scenarioIcon;
  }
}

export function themeIcon({ id, color }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
