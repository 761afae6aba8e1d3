import { join } from 'node:path';
import * as vscode from 'vscode';
import { phaseFolder, readRecord } from '../git/phaseRecord';
import type { Services } from '../services';

const shownKey = 'workspaces.shown';

/** The first time that the window of a phase workspace opens, its side bar shows Plans, which starts on the phase. */
export async function showPlansAtFirst({ context }: Services): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder?.uri.scheme !== 'file' || context.workspaceState.get(shownKey) === true) return;
  const { fsPath } = folder.uri;
  const record = (await readRecord(join(fsPath, phaseFolder))) ?? (await readRecord(fsPath));
  if (record === undefined) return;
  await context.workspaceState.update(shownKey, true);
  await vscode.commands.executeCommand('phasewise.plans.focus');
}
