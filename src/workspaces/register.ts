import * as vscode from 'vscode';
import { type CommandTarget, registerCommand } from '../commands';
import { onceThereArePlans, onDemand } from '../onDemand';
import type { Services } from '../services';
import { showPlansAtFirst } from './firstLook';
import { subjectOf } from './subject';

/** Phase workspaces: their commands, and what the tree shows of them. */
export function register(services: Services): void {
  const workspaces = onDemand(async () => {
    const { PhaseWorkspaces } = await import('./phaseWorkspaces');
    const made = new PhaseWorkspaces(services);
    services.setPhaseDecorator(made);
    services.context.subscriptions.push(made);
    return made;
  });
  const open = async (target: CommandTarget | undefined) => {
    const subject = await subjectOf(services, target, vscode.l10n.t('Open Phase Workspace'));
    if (subject === undefined) return;
    const { openPhase } = await import('./openPhase');
    await openPhase(services, await workspaces(), subject);
  };
  const remove = async (target: CommandTarget | undefined) => {
    const subject = await subjectOf(services, target, vscode.l10n.t('Remove Phase Workspace'));
    if (subject === undefined) return;
    const { removePhase } = await import('./removePhase');
    await removePhase(services, await workspaces(), subject);
  };
  services.context.subscriptions.push(
    registerCommand('phasewise.openPhaseWorkspace', open),
    registerCommand('phasewise.removePhaseWorkspace', remove),
  );
  onceThereArePlans(services, workspaces);
  void showPlansAtFirst(services);
}
