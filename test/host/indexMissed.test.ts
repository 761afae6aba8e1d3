import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import {
  emptyProject,
  eventually,
  inProject,
  pause,
  planIds,
  planText,
  planWithId,
  startedServices,
  write,
} from './support';

/** What VS Code's own watcher misses on Linux, or tells in a way of its own. */
suite('The index, where the editor is not told of a change', () => {
  let services: Services;

  suiteSetup(async () => {
    services = await startedServices();
  });

  teardown(() => emptyProject(services));

  const put = (path: string, text: string) => writeFileSync(inProject(path).fsPath, text);
  const title = (path: string) => services.index.planOf(inProject(path))?.plan.title;

  test('follows the files of a folder that was made inside another new one', async () => {
    mkdirSync(inProject('docs/plans/deep').fsPath, { recursive: true });
    put('docs/plans/deep/one.md', planText('one'));
    await planWithId(services, 'one');
    put('docs/plans/deep/one.md', planText('one', 'Changed'));
    await eventually(() => assert.equal(title('docs/plans/deep/one.md'), 'Changed'));
    put('docs/plans/deep/two.md', planText('two'));
    await planWithId(services, 'two');
    rmSync(inProject('docs/plans/deep/one.md').fsPath);
    await eventually(() => assert.deepEqual(planIds(services), ['two']));
  });

  test('finds a plan that is written later into such a folder, and in new folders there', async () => {
    mkdirSync(inProject('docs/plans/deep').fsPath, { recursive: true });
    await pause(1_000); // what comes now is no longer found together with the folder
    put('docs/plans/deep/one.md', planText('one'));
    await planWithId(services, 'one');
    mkdirSync(inProject('docs/plans/deep/er/est').fsPath, { recursive: true });
    await pause(1_000);
    put('docs/plans/deep/er/est/two.md', planText('two'));
    await planWithId(services, 'two');
  });

  test('follows the files of a folder that was moved, also where it stands now', async () => {
    await write(inProject('docs/plans/deep/one.md'), planText('one'));
    await planWithId(services, 'one');
    renameSync(inProject('docs').fsPath, inProject('papers').fsPath);
    await eventually(() => assert.equal(title('papers/plans/deep/one.md'), 'The one plan'));
    put('papers/plans/deep/one.md', planText('one', 'Changed'));
    await eventually(() => assert.equal(title('papers/plans/deep/one.md'), 'Changed'));
  });

  test('forgets a file that is replaced and deleted in one moment', async () => {
    await write(inProject('PLAN-short.md'), planText('short'));
    await planWithId(services, 'short');
    await pause(1_000); // that it came was told
    put('short.new', planText('short', 'For a moment'));
    renameSync(inProject('short.new').fsPath, inProject('PLAN-short.md').fsPath);
    rmSync(inProject('PLAN-short.md').fsPath);
    await eventually(() => assert.deepEqual(planIds(services), []));
  });

  test('looks again into a folder that was made anew in one moment', async () => {
    await write(inProject('docs/plans/one.md'), planText('one'));
    await planWithId(services, 'one');
    await pause(1_000);
    rmSync(inProject('docs').fsPath, { recursive: true });
    mkdirSync(inProject('docs/plans').fsPath, { recursive: true });
    put('docs/plans/two.md', planText('two'));
    await eventually(() => assert.deepEqual(planIds(services), ['two']));
    put('docs/plans/two.md', planText('two', 'Changed'));
    await eventually(() => assert.equal(title('docs/plans/two.md'), 'Changed'));
  });

  test('forgets a deleted file once its unsaved text is given up', async () => {
    const file = inProject('PLAN-given.md');
    await write(file, planText('given'));
    await planWithId(services, 'given');
    const editor = await vscode.window.showTextDocument(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(4, 0), '\n'));
    await eventually(() => assert.equal(services.index.part(file.toString())?.text, editor.document.getText()));
    rmSync(file.fsPath);
    await pause(1_000);
    assert.deepEqual(planIds(services), ['given'], 'what is unsaved is still there');
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.deepEqual(planIds(services), []));
  });
});
