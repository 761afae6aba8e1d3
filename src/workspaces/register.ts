import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import type { Services } from '../services';
import { showPlansAtFirst } from './firstLook';
import { openPhase } from './openPhase';
import { PhaseWorkspaces } from './phaseWorkspaces';
import { removePhase } from './removePhase';
import { subjectOf } from './subject';

/** Phase workspaces: their commands, and what the tree shows of them. */
export function register(services: Services): void {
  const workspaces = new PhaseWorkspaces(services);
  services.setPhaseDecorator(workspaces);
  services.context.subscriptions.push(
    workspaces,
    registerCommand('phasewise.openPhaseWorkspace', async (target) => {
      const subject = await subjectOf(services, target, vscode.l10n.t('Open Phase Workspace'));
      if (subject !== undefined) await openPhase(services, workspaces, subject);
    }),
    registerCommand('phasewise.removePhaseWorkspace', async (target) => {
      const subject = await subjectOf(services, target, vscode.l10n.t('Remove Phase Workspace'));
      if (subject !== undefined) await removePhase(services, workspaces, subject);
    }),
  );
  void showPlansAtFirst(services);
}
