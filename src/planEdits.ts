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
 * Makes the edits as one that can be undone, or says why there are none. Files without unsaved changes are saved, where
 * the user's setting for refactorings (`files.refactoring.autoSave`) says so. Whether something was changed.
 */
export async function makeEdits(index: PlanIndex, outcome: Outcome): Promise<boolean> {
  if ('refused' in outcome) {
    void vscode.window.showWarningMessage(outcome.refused);
    return false;
  }
  if (outcome.edits.size === 0) return false;
  const isMade = await vscode.workspace.applyEdit(toWorkspaceEdit(index, outcome.edits), { isRefactoring: true });
  if (!isMade) void vscode.window.showWarningMessage(vscode.l10n.t('The plan changed in the meantime. Try again.'));
  return isMade;
}
