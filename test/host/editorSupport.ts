import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { emptyProject, eventually, inProject, planText, planWithId, write } from './support';

/** What the editor knows of plans is loaded with the first plan: waits until it is there. */
export async function editorKnowsPlans(services: Services): Promise<void> {
  await write(inProject('PLAN-first.md'), planText('first'));
  await planWithId(services, 'first');
  const document = await vscode.workspace.openTextDocument(inProject('PLAN-first.md'));
  const position = document.positionAt(document.getText().indexOf('B2a'));
  await eventually(async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    assert.equal(hovers.length, 1);
  });
  await emptyProject(services);
}
