import { basename } from 'node:path';
import * as vscode from 'vscode';
import { samePlace } from '../git/places';
import { openFolders } from './places';
import { type OpenIn, rememberOpenIn, type WorkspaceSettings } from './settings';

interface OpenInItem extends vscode.QuickPickItem {
  readonly openIn?: OpenIn;
  readonly always?: boolean;
}

/** Where to open the workspace, from the settings or from the user, who can settle it for good. */
export async function chooseOpenIn(settings: WorkspaceSettings, title: string): Promise<OpenIn | undefined> {
  if (settings.openIn !== 'ask') return settings.openIn;
  const { l10n } = vscode;
  const once: readonly OpenInItem[] = [
    { label: `$(multiple-windows) ${l10n.t('Open in a New Window')}`, openIn: 'newWindow' },
    { label: `$(window) ${l10n.t('Open in This Window')}`, openIn: 'thisWindow' },
    { label: `$(root-folder) ${l10n.t('Add to This Workspace')}`, openIn: 'addToWorkspace' },
  ];
  const always: readonly OpenInItem[] = [
    { label: `$(multiple-windows) ${l10n.t('Always Open in a New Window')}`, openIn: 'newWindow', always: true },
    { label: `$(window) ${l10n.t('Always Open in This Window')}`, openIn: 'thisWindow', always: true },
    { label: `$(root-folder) ${l10n.t('Always Add to This Workspace')}`, openIn: 'addToWorkspace', always: true },
  ];
  const settled: OpenInItem = { label: l10n.t('and do not ask again'), kind: vscode.QuickPickItemKind.Separator };
  const placeHolder = l10n.t('Where to open the workspace of the phase');
  const chosen = await vscode.window.showQuickPick([...once, settled, ...always], { title, placeHolder });
  if (chosen?.openIn !== undefined && chosen.always === true) await rememberOpenIn(chosen.openIn);
  return chosen?.openIn;
}

export interface ToOpen {
  /** The folder of the work. */
  readonly folder: string;
  /** How the folder is named beside others. */
  readonly name: string;
  /** A `.code-workspace` file that opens the folder with others, when it needs them. */
  readonly workspaceFile?: string;
}

/** Opens a workspace. A folder that is open in this window already is shown there. */
export async function openWorkspace({ folder, name, workspaceFile }: ToOpen, openIn: OpenIn): Promise<void> {
  if (await isOpenHere(folder)) {
    await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(folder));
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is open in this window.', basename(folder)));
    return;
  }
  if (openIn === 'addToWorkspace') {
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    if (!vscode.workspace.updateWorkspaceFolders(count, 0, { uri: vscode.Uri.file(folder), name }))
      throw new Error(vscode.l10n.t('VS Code did not add {0} to this workspace.', folder));
    return;
  }
  const uri = vscode.Uri.file(workspaceFile ?? folder);
  const options = openIn === 'newWindow' ? { forceNewWindow: true } : { forceReuseWindow: true };
  await vscode.commands.executeCommand('vscode.openFolder', uri, options);
}

export async function isOpenHere(folder: string): Promise<boolean> {
  for (const open of openFolders()) if (await samePlace(open, folder)) return true;
  return false;
}
