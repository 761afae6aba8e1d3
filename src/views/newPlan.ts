import * as vscode from 'vscode';
import { type NewPlan, newPlan as newPlanOf, type PlanShape, slugOf } from '../core/edit/newPlan';

/** Asks for a title, a shape and a place, writes the plan there and opens it at the first thing to fill in. */
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
  const shape = await askForShape();
  if (shape === undefined) return;
  const slug = slugOf(title);
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Where to put the plan'),
    saveLabel: vscode.l10n.t('Create Plan'),
    defaultUri: vscode.Uri.joinPath(folder.uri, `PLAN-${slug}.md`),
    filters: { Markdown: ['md'] },
  });
  if (uri !== undefined) await writePlan(uri, newPlanOf(shape, slug, title.trim()));
}

interface ShapeItem extends vscode.QuickPickItem {
  readonly shape: PlanShape;
}

async function askForShape(): Promise<PlanShape | undefined> {
  const items: readonly ShapeItem[] = [
    {
      shape: 'beads',
      label: vscode.l10n.t('Bead plan'),
      description: vscode.l10n.t('with prompt log and progress file'),
      detail: vscode.l10n.t('One project in small steps, each with a measured end, and gates between its phases.'),
    },
    {
      shape: 'meta',
      label: vscode.l10n.t('Meta-plan'),
      description: vscode.l10n.t('with prompt log and progress file'),
      detail: vscode.l10n.t('An initiative in phases, each with a prompt and a workspace of its own.'),
    },
    {
      shape: 'small',
      label: vscode.l10n.t('Small plan'),
      description: vscode.l10n.t('one file'),
      detail: vscode.l10n.t('A check list for a day or two.'),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('New Plan'),
    placeHolder: vscode.l10n.t('What shape does it have?'),
  });
  return picked?.shape;
}

async function writePlan(uri: vscode.Uri, { text, snippet, cursor, besides }: NewPlan): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const bytes = new TextEncoder();
  // The save dialog has asked already where something is there.
  edit.createFile(uri, { overwrite: true, contents: bytes.encode(text) });
  for (const { name, text: beside } of besides) {
    const place = vscode.Uri.joinPath(uri, '..', name);
    edit.createFile(place, { ignoreIfExists: true, contents: bytes.encode(beside) });
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The plan could not be written to {0}. Choose a folder that can be written to.', uri.fsPath),
    );
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const range = new vscode.Range(document.positionAt(cursor.start), document.positionAt(cursor.end));
  const editor = await vscode.window.showTextDocument(document, { selection: range });
  await offerTabStops(editor, snippet);
}

/** The same text once more, with a tab stop at everything that is to be replaced. The file stays as it was saved. */
async function offerTabStops(editor: vscode.TextEditor, snippet: string): Promise<void> {
  const { document } = editor;
  const whole = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  await editor.insertSnippet(new vscode.SnippetString(snippet), whole, {
    undoStopBefore: false,
    undoStopAfter: false,
    keepWhitespace: true,
  });
  await document.save();
}

async function offerFolder(): Promise<void> {
  const open = vscode.l10n.t('Open Folder…');
  const message = vscode.l10n.t('A plan lives in a folder. Open the one that the plan is for.');
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.commands.executeCommand('vscode.openFolder');
  }
}
