import * as vscode from 'vscode';
import { toTextEdit, toUri } from './convert';
import type { Outcome, PlanEdits } from './core/edit/planEdits';
import type { PlanIndex } from './planIndex';

/** For files of the index as they are now. */
export function toWorkspaceEdit(index: PlanIndex, edits: PlanEdits): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const [file, changes] of edits) {
    const lines = index.linesOf(file);
    if (lines === undefined) continue;
    edit.set(
      toUri(file),
      changes.map((change) => toTextEdit(lines, change)),
    );
  }
  return edit;
}

/**
 * What `edit` makes of the plans, once the files that it changes were read again: watchers tell late what others write, and
 * an edit of a file that nobody has open would land beside its words.
 */
export async function onFreshFiles(index: PlanIndex, edit: () => Outcome | undefined): Promise<Outcome | undefined> {
  const first = edit();
  if (first === undefined || 'refused' in first) return first;
  await index.readAgain([...first.edits.keys()]);
  return edit();
}

/**
 * Makes the edits as one that can be undone, or says why there are none. Files without unsaved changes are saved, where
 * the user's setting for refactorings (`files.refactoring.autoSave`) says so. Whether something was changed.
 */
export async function makeEdits(index: PlanIndex, edit: () => Outcome | undefined): Promise<boolean> {
  const outcome = await onFreshFiles(index, edit);
  if (outcome !== undefined && 'refused' in outcome) void vscode.window.showWarningMessage(outcome.refused);
  if (outcome === undefined || 'refused' in outcome || outcome.edits.size === 0) return false;
  const made = toWorkspaceEdit(index, outcome.edits);
  const texts = [...outcome.edits.keys()].map((file) => [toUri(file), index.part(file)?.text] as const);
  // An edit of an open document is refused where the text is not the same any more.
  const documents = await Promise.all(texts.map(([uri]) => vscode.workspace.openTextDocument(uri)));
  const isSame = documents.every((document, at) => document.getText() === texts[at]?.[1]);
  if (isSame && (await vscode.workspace.applyEdit(made, { isRefactoring: true }))) return true;
  void vscode.window.showWarningMessage(vscode.l10n.t('The plan changed in the meantime. Try again.'));
  return false;
}
