import * as vscode from 'vscode';

/** Whether this window may run git and write files. If not, says why, with a way out. */
export async function isTrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const message = vscode.l10n.t(
    'Phase workspaces run git, so they are off until you trust this workspace. Plans, the graph and prompts work without.',
  );
  if ((await vscode.window.showWarningMessage(message, manage)) === manage)
    await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}

export function sayNotOnDisk(): void {
  const message = vscode.l10n.t(
    'Phase workspaces need files on a disk, and this plan is in a virtual workspace. Open a clone of it instead.',
  );
  void vscode.window.showWarningMessage(message);
}
