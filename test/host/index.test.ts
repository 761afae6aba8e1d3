import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { PlansChange } from '../../src/planIndex';
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

suite('The index', () => {
  let services: Services;

  suiteSetup(async () => {
    services = await startedServices();
  });

  teardown(() => emptyProject(services));

  /** Changes that the index tells of while `act` runs, and until `check` holds. */
  async function changesDuring(
    act: () => unknown,
    check: (changes: readonly PlansChange[]) => unknown,
  ): Promise<readonly PlansChange[]> {
    const changes: PlansChange[] = [];
    const listening = services.index.onDidChange((change) => changes.push(change));
    try {
      await act();
      await eventually(() => check(changes));
      return changes;
    } finally {
      listening.dispose();
    }
  }

  test('finds a plan that is written, follows its changes and forgets it when it goes', async () => {
    const file = inProject('PLAN-search.md');
    await write(file, planText('search', 'Search'));
    const { plan } = await planWithId(services, 'search');
    assert.equal(plan.title, 'Search');
    assert.deepEqual(
      plan.phases.map(({ id }) => id),
      ['1', '2'],
    );

    writeFileSync(file.fsPath, planText('search', 'Better search'));
    await eventually(() => assert.equal(services.index.planOf(file)?.plan.title, 'Better search'));

    rmSync(file.fsPath);
    await eventually(() => assert.deepEqual(planIds(services), []));
    assert.equal(services.index.planByKey(plan.key), undefined);
  });

  test('tells which plan changed, and no other', async () => {
    await write(inProject('PLAN-one.md'), planText('one'));
    await write(inProject('PLAN-two.md'), planText('two'));
    await planWithId(services, 'one');
    await planWithId(services, 'two');
    const changes = await changesDuring(
      () => write(inProject('PLAN-two.md'), planText('two', 'Second')),
      (told) => assert.ok(told.some(({ changed }) => changed.some(({ plan }) => plan.title === 'Second'))),
    );
    const told = changes.flatMap(({ changed, removed }) => [...changed.map(({ plan }) => plan.id), ...removed]);
    assert.deepEqual([...new Set(told)], ['two']);
  });

  test('leaves a file alone that matches the globs and holds no plan', async () => {
    await write(inProject('plans/notes.md'), '# Notes\n\nNothing to do here.\n');
    await write(inProject('plans/a.md'), planText('a'));
    await planWithId(services, 'a');
    assert.deepEqual(planIds(services), ['a']);
    assert.equal(services.index.planOf(inProject('plans/notes.md')), undefined);
  });

  test('shows what stands in an editor before it is saved, and the file again when that is given up', async () => {
    const file = inProject('PLAN-edit.md');
    await write(file, planText('edit', 'On disk'));
    await planWithId(services, 'edit');
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    const line = document.positionAt(document.getText().indexOf('On disk'));
    await editor.edit((builder) => builder.insert(line, 'Not yet '));
    await eventually(() => assert.equal(services.index.planOf(file)?.plan.title, 'Not yet On disk'));
    assert.equal(document.isDirty, true);

    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await eventually(() => assert.equal(services.index.planOf(file)?.plan.title, 'On disk'));
  });

  test('keeps what stands in an editor when the file changes on disk meanwhile', async () => {
    const file = inProject('PLAN-both.md');
    await write(file, planText('both', 'On disk'));
    await planWithId(services, 'both');
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    const line = document.positionAt(document.getText().indexOf('On disk'));
    await editor.edit((builder) => builder.insert(line, 'Mine, not '));
    await eventually(() => assert.equal(services.index.planOf(file)?.plan.title, 'Mine, not On disk'));
    writeFileSync(file.fsPath, planText('both', 'Theirs'));
    await pause(1_000); // long enough for the watcher
    // What was typed stays; what came from outside may have been brought in beside it.
    const title = services.index.planOf(file)?.plan.title ?? '';
    assert.match(title, /^Mine, not /);
    assert.ok(document.getText().includes(title));
  });

  test('says which thing is at a place', async () => {
    const file = inProject('PLAN-at.md');
    const text = planText('at');
    await write(file, text);
    const { plan } = await planWithId(services, 'at');
    const at = (words: string) => {
      const ref = services.index.thingAt(file, text.indexOf(words));
      return ref && `${ref.kind} ${ref.id}`;
    };
    assert.equal(at('Read the docs'), 'bead B1');
    assert.equal(at('Phase 2'), 'phase 2');
    assert.equal(at('Does it hold?'), 'gate G1');
    assert.equal(at('Publish from another'), 'scenario F1');
    assert.equal(at('# The at plan'), 'plan at');
    assert.equal(services.index.thingAt(inProject('README.md'), 0), undefined);
    assert.equal(services.index.thingAt(file, 0)?.plan, plan.key);
  });

  test('forgets the files of a folder that goes, and finds those of one that comes', async () => {
    const folder = inProject('docs/plans');
    await write(vscode.Uri.joinPath(folder, 'one.md'), planText('one'));
    await write(vscode.Uri.joinPath(folder, 'deep/two.md'), planText('two'));
    await planWithId(services, 'one');
    await planWithId(services, 'two');

    renameSync(folder.fsPath, inProject('docs/archive').fsPath);
    await eventually(() => assert.deepEqual(planIds(services), []));
    renameSync(inProject('docs/archive').fsPath, folder.fsPath);
    await eventually(() => assert.deepEqual(planIds(services), ['one', 'two']));
    rmSync(inProject('docs').fsPath, { recursive: true });
    await eventually(() => assert.deepEqual(planIds(services), []));
  });

  test('follows a rename', async () => {
    await write(inProject('PLAN-old.md'), planText('moving'));
    await planWithId(services, 'moving');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(inProject('PLAN-old.md'), inProject('PLAN-new.md'));
    await vscode.workspace.applyEdit(edit);
    await eventually(() => {
      assert.equal(services.index.planOf(inProject('PLAN-new.md'))?.plan.id, 'moving');
      assert.equal(services.index.planOf(inProject('PLAN-old.md')), undefined);
    });
  });

  test('honours .gitignore, the nearest one first, as it changes', async () => {
    await write(inProject('.gitignore'), 'plans/*\n!plans/kept.md\nprivate/\n');
    await write(inProject('plans/kept.md'), planText('kept'));
    await write(inProject('plans/dropped.md'), planText('dropped'));
    await write(inProject('private/plans/secret.md'), planText('secret'));
    await write(inProject('private/.gitignore'), '!plans/secret.md\n');
    await write(inProject('team/.gitignore'), 'PLAN-*.md\n');
    await write(inProject('team/PLAN-team.md'), planText('team'));
    await services.index.rescan();
    assert.deepEqual(planIds(services), ['kept']);

    await write(inProject('team/.gitignore'), '# nothing any more\n');
    await eventually(() => assert.deepEqual(planIds(services), ['kept', 'team']));
  });

  test('honours the excludes of the settings, and its own globs, as they change', async () => {
    await write(inProject('PLAN-a.md'), planText('a'));
    await write(inProject('archive/PLAN-b.md'), planText('b'));
    await write(inProject('other/work.md'), planText('c'));
    await write(inProject('node_modules/pkg/PLAN-d.md'), planText('d'));
    await eventually(() => assert.deepEqual(planIds(services), ['a', 'b']));
    const set = (section: string, value: unknown) =>
      vscode.workspace.getConfiguration().update(section, value, vscode.ConfigurationTarget.Workspace);
    try {
      await set('phasewise.exclude', ['archive']);
      await eventually(() => assert.deepEqual(planIds(services), ['a', 'd']));
      await set('phasewise.exclude', undefined);
      await set('files.exclude', { '**/archive': true });
      await eventually(() => assert.deepEqual(planIds(services), ['a']));
      await set('files.exclude', undefined);
      await set('phasewise.files', ['other/*.md']);
      await eventually(() => assert.deepEqual(planIds(services), ['c']));
      await write(inProject('other/PLAN-e.md'), planText('e'));
      await eventually(() => assert.deepEqual(planIds(services), ['c', 'e']));
    } finally {
      for (const section of ['phasewise.exclude', 'files.exclude', 'phasewise.files']) await set(section, undefined);
    }
  });

  test('survives loops of links, and takes a file once however many links lead to it', async () => {
    await write(inProject('real/PLAN-real.md'), planText('real'));
    symlinkSync('..', inProject('real/loop').fsPath);
    symlinkSync('real', inProject('alias').fsPath);
    symlinkSync('nowhere', inProject('PLAN-broken.md').fsPath);
    await services.index.rescan();
    const { plan } = await planWithId(services, 'real');
    assert.deepEqual(plan.files, [inProject('real/PLAN-real.md').toString()]);
    rmSync(inProject('alias').fsPath);
    rmSync(inProject('real/loop').fsPath);
  });

  test('finds the rest where it may not read a folder, and that folder once it may', async function () {
    // The superuser may read everything; the suite on a virtual workspace has the case too.
    if (process.getuid?.() === 0 || process.platform === 'win32') this.skip();
    await write(inProject('locked/deep/PLAN-locked.md'), planText('locked'));
    await write(inProject('open/PLAN-open.md'), planText('open'));
    await planWithId(services, 'locked');
    chmodSync(inProject('locked').fsPath, 0o000);
    try {
      await services.index.rescan();
      assert.deepEqual(planIds(services), ['open']);
    } finally {
      chmodSync(inProject('locked').fsPath, 0o755);
    }
    await services.index.rescan();
    assert.deepEqual(planIds(services), ['locked', 'open']);
  });

  test('leaves out binary files and folders that look like plans, and reads a file of 10 MB', async () => {
    const zeros = new Uint8Array(5_000);
    await write(inProject('PLAN-binary.md'), Buffer.concat([Buffer.from(planText('binary')), zeros]));
    mkdirSync(inProject('PLAN-folder.md').fsPath);
    const filler = `${'A paragraph that says nothing about any bead. '.repeat(20)}\n\n`;
    await write(inProject('PLAN-long.md'), planText('long') + filler.repeat(Math.ceil(10_000_000 / filler.length)));
    await services.index.rescan();
    await planWithId(services, 'long');
    assert.deepEqual(planIds(services), ['long']);
  });

  test('reads other encodings as the editor does', async () => {
    await write(
      inProject('PLAN-mark.md'),
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(planText('mark'))]),
    );
    await write(inProject('PLAN-wide.md'), Buffer.from(`\ufeff${planText('wide', 'Müller’s plan')}`, 'utf16le'));
    const { plan } = await planWithId(services, 'wide');
    assert.equal(plan.title, 'Müller’s plan');
    await planWithId(services, 'mark');
    const file = inProject('PLAN-mark.md').toString();
    const document = await vscode.workspace.openTextDocument(inProject('PLAN-mark.md'));
    assert.equal(services.index.part(file)?.text, document.getText());
  });

  test('covers folders that are added and lets go of those that are removed', async () => {
    const second = vscode.Uri.joinPath(inProject('.'), '../second');
    await write(vscode.Uri.joinPath(second, 'PLAN-second.md'), planText('second'));
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    const changed = () => new Promise((resolve) => vscode.workspace.onDidChangeWorkspaceFolders(resolve));
    let waiting = changed();
    assert.ok(vscode.workspace.updateWorkspaceFolders(count, 0, { uri: second }));
    await waiting;
    await planWithId(services, 'second');

    await write(inProject('PLAN-second.md'), planText('second', 'Same id in another folder'));
    await eventually(() => assert.deepEqual(planIds(services), ['second', 'second']));

    waiting = changed();
    assert.ok(vscode.workspace.updateWorkspaceFolders(count, 1));
    await waiting;
    await eventually(() => assert.deepEqual(planIds(services), ['second']));
    rmSync(second.fsPath, { recursive: true });
  });

  test('gives the files of a folder that becomes a workspace folder over to it, and back', async () => {
    const file = inProject('inner/PLAN-inner.md');
    await write(file, planText('inner'));
    const outer = (await planWithId(services, 'inner')).plan.key;
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    assert.ok(vscode.workspace.updateWorkspaceFolders(count, 0, { uri: inProject('inner') }));
    await eventually(() => assert.equal(services.index.planOf(file)?.plan.key, `${inProject('inner')}#inner`));
    assert.ok(vscode.workspace.updateWorkspaceFolders(count, 1));
    await eventually(() => assert.equal(services.index.planOf(file)?.plan.key, outer));
  });

  test('does not read a file again that did not change', async () => {
    await write(inProject('PLAN-still.md'), planText('still'));
    const before = await planWithId(services, 'still');
    const changes = await changesDuring(
      async () => {
        await services.index.rescan();
        await write(inProject('PLAN-still.md'), planText('still'));
        await write(inProject('PLAN-news.md'), planText('news'));
      },
      () => assert.deepEqual(planIds(services), ['news', 'still']),
    );
    assert.equal(services.index.planByKey(before.plan.key), before);
    assert.deepEqual(
      changes.flatMap(({ changed }) => changed.map(({ plan }) => plan.id)),
      ['news'],
    );
  });
});
