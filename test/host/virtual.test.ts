import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { MemoryFiles } from './memoryFiles';
import { emptyProject, eventually, pause, planIds, planText, planWithId, startedServices } from './support';

suite('A virtual workspace', () => {
  let services: Services;
  const files = new MemoryFiles();
  const root = vscode.Uri.parse('phasewise-test:/project');

  suiteSetup(async () => {
    services = await startedServices();
  });

  teardown(() => emptyProject(services));

  /** With the virtual folder in the workspace. `remove` takes it out again, before the end. */
  async function inWorkspace(work: (remove: () => Promise<void>) => Promise<void>): Promise<void> {
    const provider = vscode.workspace.registerFileSystemProvider('phasewise-test', files, { isReadonly: true });
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    vscode.workspace.updateWorkspaceFolders(count, 0, { uri: root, name: 'virtual' });
    const remove = async () => {
      vscode.workspace.updateWorkspaceFolders(count, 1);
      await eventually(() => assert.deepEqual(planIds(services), []));
      await services.index.whenScanned();
    };
    try {
      await work(remove);
    } finally {
      if (vscode.workspace.workspaceFolders?.[count] !== undefined) await remove();
      provider.dispose();
      files.clear();
    }
  }

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
    await inWorkspace(async () => {
      const { plan } = await planWithId(services, 'virtual');
      assert.deepEqual(plan.files, ['phasewise-test:/project/PLAN-virtual.md']);
      await planWithId(services, 'two');
      assert.deepEqual(planIds(services), ['two', 'virtual']);

      files.write('/project/PLAN-virtual.md', planText('virtual', 'Changed'));
      await eventually(() =>
        assert.equal(services.index.planOf(vscode.Uri.joinPath(root, 'PLAN-virtual.md'))?.plan.title, 'Changed'),
      );
    });
  });

  test('keeps a file that went and came back behind the search for files', async () => {
    files.write('/project/PLAN-back.md', planText('back'));
    await inWorkspace(async () => {
      await planWithId(services, 'back');
      await services.index.whenScanned();
      files.deleteUntold('/project/PLAN-back.md');
      const list = files.hold('/project');
      const scanned = services.index.rescan();
      await eventually(() => assert.ok(list.isAsked()));
      files.write('/project/PLAN-back.md', planText('back', 'Again'));
      await eventually(() =>
        assert.equal(services.index.planOf(vscode.Uri.joinPath(root, 'PLAN-back.md'))?.plan.title, 'Again'),
      );
      list.answer();
      await scanned;
      assert.deepEqual(planIds(services), ['back']);
    });
  });

  test('leaves nothing behind that was being read when its folder was removed', async () => {
    files.write('/project/PLAN-first.md', planText('first'));
    await inWorkspace(async (remove) => {
      await planWithId(services, 'first');
      await services.index.whenScanned();
      const content = files.hold('/project/PLAN-late.md');
      files.write('/project/PLAN-late.md', planText('late'));
      await eventually(() => assert.ok(content.isAsked()));
      await remove();
      content.answer();
      await pause(300);
      assert.deepEqual(planIds(services), []);
    });
  });

  test('is looked through again whenever that is asked for, also as the last look ends', async () => {
    files.write('/project/PLAN-first.md', planText('first'));
    await inWorkspace(async () => {
      await planWithId(services, 'first');
      for (let turns = 0; turns < 12; turns++) {
        await services.index.whenScanned();
        files.writeUntold('/project/PLAN-first.md', planText('first', `Told ${turns}`));
        const name = `PLAN-untold-${turns}.md`;
        const asked = new Promise<void>((resolve) => {
          const listening = services.index.onDidChange(async () => {
            listening.dispose();
            // Each round asks a little later, around the end of the scan that tells of the first file.
            for (let turn = 0; turn < turns; turn++) await undefined;
            files.writeUntold(`/project/${name}`, planText(`untold-${turns}`));
            void services.index.rescan();
            resolve();
          });
        });
        await services.index.rescan();
        await asked;
        await services.index.whenScanned();
        assert.ok(planIds(services).includes(`untold-${turns}`), `asked after ${turns} turns`);
      }
    });
  });

  test('knows nothing any more of a plan that went while its surroundings were looked at', async () => {
    const path = '/project/PLAN-around.md';
    const plan = planText('around').replace('plan: around', 'plan: around\nprogress: progress.md');
    const uri = vscode.Uri.joinPath(root, 'PLAN-around.md');
    const codes = () =>
      vscode.languages.getDiagnostics(uri).map(({ code }) => (typeof code === 'object' ? code.value : code));
    files.write('/project/progress.md', '# Nothing yet\n');
    files.write(path, plan);
    const content = files.hold('/project/progress.md');
    await inWorkspace(async () => {
      await planWithId(services, 'around');
      await eventually(() => assert.ok(content.isAsked()));
      files.deleteUntold(path);
      await services.index.rescan();
      assert.deepEqual(planIds(services), []);
      files.writeUntold('/project/progress.md', '# B1 is done\n');
      content.answer();
      await pause(300);
      files.write(path, plan);
      await planWithId(services, 'around');
      await eventually(() => assert.ok(codes().length > 0));
      await pause(1_000);
      assert.ok(!codes().includes('missing-progress-entry'));
    });
  });
});
