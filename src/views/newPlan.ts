import * as vscode from 'vscode';
import { planTemplate, slugOf } from './planTemplate';

/** Asks for a title and a place, writes a small plan there and opens it at the first thing to fill in. */
export async function newPlan(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) return offerFolder();
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Trust this workspace to write a plan into it.'));
    return;
  }
  const title = await vscode.window.showInputBox({
    title: vscode.l10n.t('New Plan'),
    prompt: vscode.l10n.t('What is the plan for?'),
    placeHolder: vscode.l10n.t('Move search to the new index'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A plan needs a title.') : undefined),
  });
  if (title === undefined) return;
  const slug = slugOf(title);
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Where to put the plan'),
    saveLabel: vscode.l10n.t('Create Plan'),
    defaultUri: vscode.Uri.joinPath(folder.uri, `PLAN-${slug}.md`),
    filters: { Markdown: ['md'] },
  });
  if (uri !== undefined) await writePlan(uri, slug, title.trim());
}

async function writePlan(uri: vscode.Uri, slug: string, title: string): Promise<void> {
  const { text, cursor } = planTemplate(slug, title);
  const edit = new vscode.WorkspaceEdit();
  // The save dialog has asked already where something is there.
  edit.createFile(uri, { overwrite: true, contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The plan could not be written to {0}. Choose a folder that can be written to.', uri.fsPath),
    );
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const range = new vscode.Range(document.positionAt(cursor.start), document.positionAt(cursor.end));
  await vscode.window.showTextDocument(document, { selection: range });
}

async function offerFolder(): Promise<void> {
  const open = vscode.l10n.t('Open Folder…');
  const message = vscode.l10n.t('A plan lives in a folder. Open the one that the plan is for.');
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.commands.executeCommand('vscode.openFolder');
  }
}
