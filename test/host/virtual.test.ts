import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { MemoryFiles } from './memoryFiles';
import { emptyProject, eventually, planIds, planText, planWithId, startedServices } from './support';

suite('A virtual workspace', () => {
  let services: Services;
  const files = new MemoryFiles();
  const root = vscode.Uri.parse('phasewise-test:/work');

  suiteSetup(async () => {
    services = await startedServices();
  });

  teardown(() => emptyProject(services));

  test('is read, without what it excludes, ignores or may not list', async () => {
    files.write('/work/PLAN-virtual.md', planText('virtual'));
    files.write('/work/docs/plans/two.md', planText('two'));
    files.write('/work/node_modules/PLAN-no.md', planText('no'));
    files.write('/work/.gitignore', 'ignored\n');
    files.write('/work/ignored/PLAN-no.md', planText('no'));
    files.write('/work/locked/PLAN-no.md', planText('no'));
    files.write('/work/plans/unreadable.md', planText('no'));
    files.forbid('/work/locked');
    files.forbid('/work/plans/unreadable.md');
    const provider = vscode.workspace.registerFileSystemProvider('phasewise-test', files, { isReadonly: true });
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    vscode.workspace.updateWorkspaceFolders(count, 0, { uri: root, name: 'virtual' });
    try {
      const { plan } = await planWithId(services, 'virtual');
      assert.deepEqual(plan.files, ['phasewise-test:/work/PLAN-virtual.md']);
      await planWithId(services, 'two');
      assert.deepEqual(planIds(services), ['two', 'virtual']);

      files.write('/work/PLAN-virtual.md', planText('virtual', 'Changed'));
      await eventually(() =>
        assert.equal(services.index.planOf(vscode.Uri.joinPath(root, 'PLAN-virtual.md'))?.plan.title, 'Changed'),
      );
    } finally {
      vscode.workspace.updateWorkspaceFolders(count, 1);
      await eventually(() => assert.deepEqual(planIds(services), []));
      provider.dispose();
    }
  });
});
