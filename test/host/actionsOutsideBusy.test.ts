import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import type { Services } from '../../src/services';
import { replaceInApi } from './editorApi';
import { Person } from './person';
import {
  actAs,
  emptyProject,
  eventually,
  inProject,
  pause,
  planText,
  planWithId,
  startedServices,
  write,
} from './support';

/** What happens at the same moment, made to happen there. */
suite('Plan files that others change at a bad moment', () => {
  let services: Services;
  let person: Person;
  const cleaning: (() => unknown)[] = [];
  const uri = inProject('PLAN-busy.md');
  const text = planText('busy');

  suiteSetup(async () => {
    services = await startedServices();
    await actAs('@ada');
  });

  suiteTeardown(() => actAs(undefined));

  setup(async () => {
    person = new Person();
    await write(uri, text);
    await planWithId(services, 'busy');
  });

  teardown(async () => {
    for (const clean of cleaning.splice(0).reverse()) clean();
    person.leaves();
    await emptyProject(services);
  });

  const onDisk = (file = uri) => readFileSync(file.fsPath, 'utf8');
  const outside = (from: string, to: string, file = uri) => writeFileSync(file.fsPath, onDisk(file).replace(from, to));
  const count = (words: RegExp, where: string) => [...where.matchAll(words)].length;

  async function opened(file = uri): Promise<vscode.TextEditor> {
    const editor = await vscode.window.showTextDocument(file, { preview: false });
    await eventually(() => assert.equal(editor.document.getText(), onDisk(file)));
    await pause(300); // the extension has seen it, too
    return editor;
  }

  async function typed(editor: vscode.TextEditor, behind: string, words: string): Promise<void> {
    const { document } = editor;
    const offset = document.getText().indexOf(behind) + behind.length;
    assert.ok(await editor.edit((builder) => builder.insert(document.positionAt(offset), words)));
  }

  /** What `around` does, instead of the command alone, when the extension lets the editor load a file; once. */
  function whenLoading(around: (load: () => Thenable<unknown>) => Promise<unknown>): void {
    const { executeCommand } = vscode.commands;
    let isDone = false;
    const restore = replaceInApi('commands', 'executeCommand', (command: string, ...args: unknown[]) => {
      const run = () => executeCommand.call(vscode.commands, command, ...args);
      if (command !== 'workbench.action.files.revert' || isDone) return run();
      isDone = true;
      return around(run);
    });
    cleaning.push(restore);
  }

  test('what the editor itself is in the middle of writing is no news', async () => {
    const editor = await opened();
    await typed(editor, '### B3 — ', 'Most carefully ');
    // A save empties the file before it writes it, which takes its time on a busy machine.
    const saving = vscode.workspace.onWillSaveTextDocument((event) => {
      writeFileSync(uri.fsPath, '');
      event.waitUntil(pause(600).then(() => writeFileSync(uri.fsPath, text)));
    });
    cleaning.push(() => saving.dispose());
    assert.ok(await editor.document.save());
    await pause(500);
    assert.deepEqual(person.messages, []);
    assert.match(onDisk(), /### B3 — Most carefully /);
  });

  test('what is typed on while the editor saves is no second writer', async () => {
    const editor = await opened();
    for (let round = 0; round < 5; round++) {
      await typed(editor, '### B3 — ', `${round}`);
      const saving = editor.document.save();
      for (let key = 0; key < 10; key++) await typed(editor, '### B3 — ', 'x');
      await saving;
      await pause(400);
    }
    assert.deepEqual(person.messages, []);
    assert.match(editor.document.getText(), /### B3 — x{10}4/);
  });

  test('what is typed right behind the loading is kept, together with what was there before', async () => {
    const editor = await opened();
    await typed(editor, '### B3 — ', 'Most carefully ');
    whenLoading(async (load) => {
      await load();
      await typed(editor, '### B2 — ', 'Late ');
    });
    outside('### B1 —', '### B1 (claimed) —');
    await eventually(() =>
      assert.match(editor.document.getText(), /B1 \(claimed\)[\s\S]*B2 — Late [\s\S]*B3 — Most carefully /),
    );
    await pause(500);
    assert.ok(await editor.document.save());
    assert.match(onDisk(), /B1 \(claimed\)[\s\S]*B2 — Late [\s\S]*B3 — Most carefully /);
  });

  test('what is typed between two loadings is kept, too', async () => {
    const editor = await opened();
    await typed(editor, '### B3 — ', 'Most carefully ');
    whenLoading(async (load) => {
      await load();
      await typed(editor, '### B2 — ', 'Late ');
      outside('### B1 (claimed) —', '### B1 (closed) —');
    });
    outside('### B1 —', '### B1 (claimed) —');
    const all = /B1 \(closed\)[\s\S]*B2 — Late [\s\S]*B3 — Most carefully /;
    await eventually(() => assert.match(editor.document.getText(), all));
    await pause(500);
    assert.ok(await editor.document.save());
    assert.match(onDisk(), all);
  });

  test('another file that comes to the front at that moment keeps its unsaved text', async () => {
    const other = await opened(inProject('README.md'));
    await typed(other, '# ', 'Unsaved ');
    const editor = await opened();
    await typed(editor, '### B3 — ', 'Most carefully ');
    whenLoading(async (load) => {
      await vscode.window.showTextDocument(other.document, { preview: false });
      await load();
    });
    outside('### B1 —', '### B1 (claimed) —');
    await pause(1_000);
    assert.match(other.document.getText(), /^# Unsaved /);
    assert.match(editor.document.getText(), /B3 — Most carefully /);
    const before = editor.document.version;
    await vscode.window.showTextDocument(uri, { preview: false });
    await eventually(() => assert.ok(editor.document.version > before, 'the editor has loaded what is on disk'));
    await eventually(() => assert.match(editor.document.getText(), /B1 \(claimed\)[\s\S]*B3 — Most carefully /));
    assert.ok(await editor.document.save());
    assert.match(onDisk(), /B1 \(claimed\)[\s\S]*B3 — Most carefully /);
  });

  test('a file that is loaded while somebody is in the middle of writing it is loaded once more', async () => {
    const editor = await opened();
    await typed(editor, '### B3 — ', 'Most carefully ');
    whenLoading(async (load) => {
      const now = onDisk();
      writeFileSync(uri.fsPath, '');
      await load();
      writeFileSync(uri.fsPath, now);
    });
    outside('### B1 —', '### B1 (claimed) —');
    await eventually(() => assert.match(editor.document.getText(), /B1 \(claimed\)[\s\S]*B3 — Most carefully /));
    await pause(1_000);
    assert.equal(count(/### B1/g, editor.document.getText()), 1);
    assert.equal(count(/### B3/g, editor.document.getText()), 1);
    assert.ok(await editor.document.save());
    assert.match(onDisk(), /B1 \(claimed\)[\s\S]*B3 — Most carefully /);
  });

  test('an action is written where the editor knows the text and not the file that it is in by now', async () => {
    const { key } = (await planWithId(services, 'busy')).plan;
    const editor = await opened();
    const { applyEdit } = vscode.workspace;
    const applying = replaceInApi('workspace', 'applyEdit', (...args: Parameters<typeof applyEdit>) => {
      applying();
      // The same text in another file: the editor has not been told of it when it is to save.
      writeFileSync(uri.fsPath, `\ufeff${text}`);
      return applyEdit(...args);
    });
    cleaning.push(applying);
    await runCommand('phasewise.claimBead', { plan: key, kind: 'bead', id: 'B2a' });
    assert.deepEqual(person.messages, []);
    assert.match(onDisk(), /@ada/);
    assert.ok(!editor.document.isDirty);
  });

  test('an action is written so into a progress file, too', async () => {
    const log = inProject('log/progress.md');
    await write(log, '# Progress\n');
    await write(uri, text.replace('plan: busy\n', 'plan: busy\nmode: executing\nprogress: log/progress.md\n'));
    const { key } = (await planWithId(services, 'busy')).plan;
    await eventually(() => assert.ok(services.index.planByKey(key)?.plan.head.progress));
    await opened(log);
    const { applyEdit } = vscode.workspace;
    const applying = replaceInApi('workspace', 'applyEdit', (...args: Parameters<typeof applyEdit>) => {
      applying();
      writeFileSync(log.fsPath, '\ufeff# Progress\n');
      return applyEdit(...args);
    });
    cleaning.push(applying);
    await runCommand('phasewise.claimBead', { plan: key, kind: 'bead', id: 'B2a' });
    assert.deepEqual(person.messages, []);
    assert.match(onDisk(log), /# Progress\n[\s\S]*B2a/);
    assert.match(onDisk(), /@ada/);
  });

  test('an action goes by what is typed while it is being written', async () => {
    await write(inProject('log/progress.md'), '# Progress\n');
    await write(uri, text.replace('plan: busy\n', 'plan: busy\nmode: executing\nprogress: log/progress.md\n'));
    const { key } = (await planWithId(services, 'busy')).plan;
    await eventually(() => assert.ok(services.index.planByKey(key)?.plan.head.progress));
    const editor = await opened();
    const { openTextDocument } = vscode.workspace;
    const opening = replaceInApi('workspace', 'openTextDocument', async (target: vscode.Uri) => {
      if (target.path.endsWith('progress.md')) {
        opening();
        await typed(editor, '# The busy plan\n', '\nTyped at that moment.\n');
      }
      return openTextDocument(target);
    });
    cleaning.push(opening);
    await runCommand('phasewise.claimBead', { plan: key, kind: 'bead', id: 'B2a' });
    assert.deepEqual(person.messages, []);
    const shown = editor.document.getText();
    assert.match(shown, /\nTyped at that moment\.\n/);
    assert.match(
      shown,
      /#### B2a — Read one file\n\nPriority: P1\nDone when: 1 of 1 files is read\.\n(Status: .*\n)?Owner: @ada/,
    );
    assert.match(readFileSync(inProject('log/progress.md').fsPath, 'utf8'), /B2a/);
  });

  test('a question about one file keeps no action on another waiting', async () => {
    const second = inProject('PLAN-second.md');
    await write(second, planText('second'));
    const { key } = (await planWithId(services, 'second')).plan;
    const asked: string[] = [];
    const never = (message: string) => {
      asked.push(message);
      return new Promise(() => undefined);
    };
    cleaning.push(replaceInApi('window', 'showWarningMessage', never));
    const other = await opened(second);
    await typed(other, '### B3 — ', 'Unsaved ');
    const editor = await opened();
    await typed(editor, '### B3 — ', 'MINE');
    outside('### B3 — ', '### B3 — THEIRS');
    await eventually(() => assert.equal(asked.length, 1));
    await runCommand('phasewise.claimBead', { plan: key, kind: 'bead', id: 'B2a' });
    assert.match(other.document.getText(), /@ada/);
    assert.match(other.document.getText(), /### B3 — Unsaved /);
  });

  test('a file in a folder that the editor does not watch is shown and merged all the same', async () => {
    mkdirSync(inProject('docs/plans/deep').fsPath, { recursive: true });
    const deep = inProject('docs/plans/deep/deep.md');
    writeFileSync(deep.fsPath, planText('deep'));
    await planWithId(services, 'deep');
    const editor = await opened(deep);
    outside('### B1 —', '### B1 (claimed) —', deep);
    await eventually(() => assert.match(editor.document.getText(), /B1 \(claimed\)/));
    await typed(editor, '### B3 — ', 'Most carefully ');
    outside('### B1 (claimed) —', '### B1 (closed) —', deep);
    await eventually(() => assert.match(editor.document.getText(), /B1 \(closed\)[\s\S]*B3 — Most carefully /));
    assert.ok(await editor.document.save());
    assert.match(onDisk(deep), /B1 \(closed\)[\s\S]*B3 — Most carefully /);
  });

  test('an action in such a folder is taken where the editor knows the file from before', async () => {
    mkdirSync(inProject('docs/plans/deep').fsPath, { recursive: true });
    const deep = inProject('docs/plans/deep/deep.md');
    writeFileSync(deep.fsPath, planText('deep'));
    const { key } = (await planWithId(services, 'deep')).plan;
    const document = await vscode.workspace.openTextDocument(deep);
    await pause(1_000);
    outside('### B1 —', '### B1 (checked) —', deep);
    await runCommand('phasewise.claimBead', { plan: key, kind: 'bead', id: 'B2a' });
    assert.deepEqual(person.messages, []);
    assert.match(onDisk(deep), /B1 \(checked\)[\s\S]*@ada/);
    assert.equal(document.getText(), onDisk(deep));
  });
});
