import * as vscode from 'vscode';
import { runCommand } from '../commands';
import { toRange, toUri } from '../convert';
import { GitFailure } from '../git/failure';
import type { Services } from '../services';
import { type Origin, WorkspaceFailure } from './failure';
import { gitSentence, workspaceSentence } from './words';

export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** Tells what went wrong and what to do, with buttons that do it. A cancelled command is silent. */
export async function reportFailure(
  services: Services,
  error: unknown,
  doing: string,
  more: readonly Action[] = [],
): Promise<void> {
  if (error instanceof GitFailure && error.kind === 'cancelled') return;
  services.log.error(doing, error);
  const actions = [...more, ...actionsFor(services, error)];
  const message = `${doing} ${sentenceFor(error)}`;
  const chosen = await vscode.window.showErrorMessage(message, ...actions.map(({ title }) => title));
  await actions.find(({ title }) => title === chosen)?.run();
}

function sentenceFor(error: unknown): string {
  if (error instanceof GitFailure) return gitSentence(error.problem);
  if (error instanceof WorkspaceFailure) return workspaceSentence(error.problem);
  return error instanceof Error ? error.message : String(error);
}

function actionsFor(services: Services, error: unknown): readonly Action[] {
  const { l10n } = vscode;
  const showLog: Action = { title: l10n.t('Show Log'), run: () => runCommand('phasewise.showLog') };
  if (error instanceof WorkspaceFailure) return [originAction(services, error.problem.origin)];
  if (!(error instanceof GitFailure)) return [showLog];
  const { problem } = error;
  switch (problem.kind) {
    case 'no-git':
      return [settingAction('git.path')];
    case 'branch-exists-elsewhere':
      return problem.missing ? [showLog] : [{ title: l10n.t('Open That Folder'), run: () => openFolder(problem.path) }];
    case 'path-taken':
    case 'outside':
    case 'path-too-long':
    case 'not-writable':
      return [settingAction('phasewise.workspaces.path'), showLog];
    default:
      return [showLog];
  }
}

function openFolder(path: string): Thenable<unknown> {
  return vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(path), { forceNewWindow: true });
}

function settingAction(setting: string): Action {
  return {
    title: vscode.l10n.t('Open Setting'),
    run: () => vscode.commands.executeCommand('workbench.action.openSettings', setting),
  };
}

function originAction({ index }: Services, origin: Origin): Action {
  if (origin.in === 'settings') return settingAction(origin.setting);
  return {
    title: vscode.l10n.t('Show in the Plan'),
    run: () => {
      const lines = index.linesOf(origin.at.file);
      const selection = lines === undefined ? {} : { selection: toRange(lines, origin.at) };
      return vscode.window.showTextDocument(toUri(origin.at.file), selection);
    },
  };
}
