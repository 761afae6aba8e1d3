import * as vscode from 'vscode';
import { builtInTexts, type TemplateName, templateNames } from '../core/prompt/templates';
import { templateUri } from '../promptTemplates';

/** Opens a folder's own template; where it has none yet, the built-in one is copied there to start from. */
export async function editTemplate(): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('A template is a file in the workspace. Trust this workspace to write one.'),
    );
    return;
  }
  const folder = await chooseFolder();
  const name = folder && (await chooseTemplate(folder));
  if (folder === undefined || name === undefined) return;
  const uri = templateUri(folder, name);
  if (!(await exists(uri))) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(builtInTexts[name]));
  await vscode.window.showTextDocument(uri);
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a folder first: a template belongs to a workspace folder.'),
    );
    return undefined;
  }
  if (folders.length === 1) return folders[0]?.uri;
  const placeHolder = vscode.l10n.t('The folder whose plans use the template');
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder }))?.uri;
}

async function chooseTemplate(folder: vscode.Uri): Promise<TemplateName | undefined> {
  const items = templateNames.map(async (name) => ({
    label: titleOf(name),
    description: (await exists(templateUri(folder, name))) ? vscode.l10n.t('own') : vscode.l10n.t('built in'),
    detail: `${name}.md`,
    name,
  }));
  const chosen = await vscode.window.showQuickPick(Promise.all(items), {
    title: vscode.l10n.t('Edit Prompt Template'),
    placeHolder: vscode.l10n.t('The text to change'),
  });
  return chosen?.name;
}

function titleOf(name: TemplateName): string {
  switch (name) {
    case 'phase':
      return vscode.l10n.t('Phase prompt');
    case 'bead':
      return vscode.l10n.t('Bead prompt');
    case 'gate':
      return vscode.l10n.t('Gate check');
    case 'operations':
      return vscode.l10n.t('Operations notes of a phase workspace');
    case 'readiness':
      return vscode.l10n.t('Copy Readiness Prompt');
    case 'critique':
      return vscode.l10n.t('Copy Critique Prompt');
    case 'handoff':
      return vscode.l10n.t('Handoff notes of a phase workspace');
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
