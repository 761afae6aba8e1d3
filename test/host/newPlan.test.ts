import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { newPlan } from '../../src/views/newPlan';
import { emptyProject, eventually, inProject, planIds, planWithId, startedServices } from './support';

suite('New Plan', () => {
  let services: Services;
  const { showInputBox, showSaveDialog } = vscode.window;

  suiteSetup(async () => {
    services = await startedServices();
  });

  teardown(async () => {
    vscode.window.showInputBox = showInputBox;
    vscode.window.showSaveDialog = showSaveDialog;
    await emptyProject(services);
  });

  function answer(title: string | undefined, place: vscode.Uri | undefined): vscode.SaveDialogOptions[] {
    const asked: vscode.SaveDialogOptions[] = [];
    vscode.window.showInputBox = () => Promise.resolve(title);
    vscode.window.showSaveDialog = (options) => {
      asked.push(options ?? {});
      return Promise.resolve(place);
    };
    return asked;
  }

  test('writes a plan where the user says, and opens it at the first thing to fill in', async () => {
    const file = inProject('docs/PLAN-search.md');
    const asked = answer('Move search', file);
    await newPlan();
    assert.equal(asked[0]?.defaultUri?.toString(), inProject('PLAN-move-search.md').toString());
    const { plan } = await planWithId(services, 'move-search');
    assert.equal(plan.title, 'Move search');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), file.toString());
    assert.match(editor.document.getText(editor.selection), /^What changes for whom/);
    assert.equal(editor.document.isDirty, false);
    await eventually(() =>
      assert.deepEqual(
        vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Phasewise'),
        [],
      ),
    );
  });

  test('writes nothing when the user gives up', async () => {
    answer(undefined, inProject('PLAN-no.md'));
    await newPlan();
    answer('A title', undefined);
    await newPlan();
    assert.deepEqual(planIds(services), []);
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});
