import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { newPlan } from '../../src/views/newPlan';
import { emptyProject, eventually, inProject, planIds, planWithId, startedServices } from './support';

suite('New Plan', () => {
  let services: Services;
  const { showInputBox, showSaveDialog, showQuickPick } = vscode.window;

  suiteSetup(async () => {
    services = await startedServices();
  });

  teardown(async () => {
    vscode.window.showInputBox = showInputBox;
    vscode.window.showSaveDialog = showSaveDialog;
    vscode.window.showQuickPick = showQuickPick;
    await emptyProject(services);
  });

  function answer(
    title: string | undefined,
    shape: string | undefined,
    place: vscode.Uri | undefined,
  ): vscode.SaveDialogOptions[] {
    const asked: vscode.SaveDialogOptions[] = [];
    vscode.window.showInputBox = () => Promise.resolve(title);
    vscode.window.showQuickPick = async (items: unknown) =>
      ((await items) as readonly vscode.QuickPickItem[]).find(({ label }) => label === shape) as never;
    vscode.window.showSaveDialog = (options) => {
      asked.push(options ?? {});
      return Promise.resolve(place);
    };
    return asked;
  }

  test('writes a plan where the user says, and opens it at the first thing to fill in', async () => {
    const file = inProject('docs/PLAN-search.md');
    const asked = answer('Move search', 'Bead plan', file);
    await newPlan();
    assert.equal(asked[0]?.defaultUri?.toString(), inProject('PLAN-move-search.md').toString());
    const { plan } = await planWithId(services, 'move-search');
    assert.equal(plan.title, 'Move search');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), file.toString());
    assert.match(editor.document.getText(editor.selection), /^What changes for whom/);
    await eventually(() => assert.equal(editor.document.isDirty, false));
    assert.match(plan.files.join(), /PLAN-move-search-prompts\.md/);
    const progress = await vscode.workspace.fs.readFile(inProject('docs/progress-move-search.md'));
    assert.match(new TextDecoder().decode(progress), /^# Progress$/m);
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await eventually(() => assert.match(editor.document.getText(editor.selection), /^A statement that anyone/));
    await eventually(() =>
      assert.deepEqual(
        vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Phasewise'),
        [],
      ),
    );
  });

  test('writes one file for a small plan', async () => {
    answer('Tidy up', 'Small plan', inProject('PLAN-tidy-up.md'));
    await newPlan();
    const { plan } = await planWithId(services, 'tidy-up');
    assert.deepEqual(plan.files, [inProject('PLAN-tidy-up.md').toString()]);
    const names = (await vscode.workspace.fs.readDirectory(inProject(''))).map(([name]) => name);
    assert.ok(!names.some((name) => name.startsWith('progress')), names.join());
  });

  test('writes nothing when the user gives up', async () => {
    answer(undefined, 'Bead plan', inProject('PLAN-no.md'));
    await newPlan();
    answer('A title', undefined, inProject('PLAN-no.md'));
    await newPlan();
    answer('A title', 'Small plan', undefined);
    await newPlan();
    assert.deepEqual(planIds(services), []);
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});
