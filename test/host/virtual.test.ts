import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { MemoryFiles } from './memoryFiles';
import { emptyProject, eventually, planIds, planText, planWithId, startedServices } from './support';

suite('A virtual workspace', () => {
  let services: Services;
  const files = new MemoryFiles();
  const root = vscode.Uri.parse('phasewise-test:/project');

  suiteSetup(async () => {
    services = await startedServices();
  });

  teardown(() => emptyProject(services));

  test('is read, without what it excludes, ignores or may not list', async () => {
    files.write('/project/PLAN-virtual.md', planText('virtual'));
    files.write('/project/docs/plans/two.md', planText('two'));
    files.write('/project/node_modules/PLAN-no.md', planText('no'));
    files.write('/project/.gitignore', 'ignored\n');
    files.write('/project/ignored/PLAN-no.md', planText('no'));
    files.write('/project/locked/PLAN-no.md', planText('no'));
    files.write('/project/plans/unreadable.md', planText('no'));
    files.forbid('/project/locked');
    files.forbid('/project/plans/unreadable.md');
    const provider = vscode.workspace.registerFileSystemProvider('phasewise-test', files, { isReadonly: true });
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    vscode.workspace.updateWorkspaceFolders(count, 0, { uri: root, name: 'virtual' });
    try {
      const { plan } = await planWithId(services, 'virtual');
      assert.deepEqual(plan.files, ['phasewise-test:/project/PLAN-virtual.md']);
      await planWithId(services, 'two');
      assert.deepEqual(planIds(services), ['two', 'virtual']);

      files.write('/project/PLAN-virtual.md', planText('virtual', 'Changed'));
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
