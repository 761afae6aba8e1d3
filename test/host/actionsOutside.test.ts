import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { Person } from './person';
import { emptyProject, eventually, inProject, pause, planText, planWithId, startedServices, write } from './support';

suite('Plan files that others change while there is unsaved text', () => {
  let services: Services;
  let person: Person;
  const uri = inProject('PLAN-outside.md');
  const text = planText('outside');

  suiteSetup(async () => {
    services = await startedServices();
  });

  setup(async () => {
    person = new Person();
    await write(uri, text);
    await planWithId(services, 'outside');
  });

  teardown(async () => {
    person.leaves();
    await emptyProject(services);
  });

  const onDisk = () => readFileSync(uri.fsPath, 'utf8');
  /** As another program does it. */
  const outside = (from: string, to: string) => {
    assert.ok(onDisk().includes(from));
    writeFileSync(uri.fsPath, onDisk().replace(from, to));
  };

  async function opened(): Promise<vscode.TextEditor> {
    const editor = await vscode.window.showTextDocument(uri);
    // The extension has seen what is on disk.
    await pause(300);
    return editor;
  }

  async function typed(editor: vscode.TextEditor, behind: string, words: string): Promise<void> {
    const { document } = editor;
    const offset = document.getText().indexOf(behind) + behind.length;
    const position = document.positionAt(offset);
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('type', { text: words });
  }

  test('both are in the editor, the cursor stays where it was, and the next save keeps both', async () => {
    const editor = await opened();
    await typed(editor, '### B3 — ', 'Most carefully ');
    assert.ok(editor.document.isDirty);
    outside('### B1 —', '### B1 (claimed) —');
    await eventually(() => {
      const shown = editor.document.getText();
      assert.match(shown, /B3 — Most carefully /);
      assert.match(shown, /### B1 \(claimed\) —/);
    });
    assert.ok(editor.document.isDirty, 'what was typed is not saved by itself');
    const { document, selection } = editor;
    const before = document.lineAt(selection.active.line).text.slice(0, selection.active.character);
    assert.equal(before, '### B3 — Most carefully ');
    assert.ok(await document.save(), 'the editor saves');
    assert.match(onDisk(), /B3 — Most carefully /);
    assert.match(onDisk(), /### B1 \(claimed\) —/);
    assert.deepEqual(person.messages, []);
  });

  test('changes of one line go together', async () => {
    const editor = await opened();
    await typed(editor, '### B1 — ', 'First of all, ');
    outside('### B1 —', '### B1 (claimed) —');
    await eventually(() => assert.match(editor.document.getText(), /### B1 \(claimed\) — First of all, /));
    assert.ok(await editor.document.save());
    assert.match(onDisk(), /### B1 \(claimed\) — First of all, /);
  });

  test('one after the other, several changes from outside come in', async () => {
    const editor = await opened();
    await typed(editor, '### B3 — ', 'Once ');
    outside('### B1 —', '### B1 (one) —');
    await eventually(() => assert.match(editor.document.getText(), /B1 \(one\)[\s\S]*B3 — Once /));
    await typed(editor, '### B3 — Once ', 'more ');
    outside('### B1 (one) —', '### B1 (two) —');
    await eventually(() => assert.match(editor.document.getText(), /B1 \(two\)[\s\S]*B3 — Once more /));
    assert.ok(await editor.document.save());
    assert.match(onDisk(), /B1 \(two\)/);
    assert.match(onDisk(), /B3 — Once more /);
  });

  test('where both change the same words, the user is asked; mine can be kept with the rest of theirs', async () => {
    person.presses('Keep Mine There');
    const editor = await opened();
    const title = /### B3 — (.*)/.exec(text)?.[1] ?? '';
    assert.notEqual(title, '');
    await vscode.commands.executeCommand('phasewise.refresh');
    const at = editor.document.getText().indexOf(`### B3 — ${title}`) + '### B3 — '.length;
    await editor.edit((edit) =>
      edit.replace(
        new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + title.length)),
        'MINE',
      ),
    );
    writeFileSync(
      uri.fsPath,
      text.replace(`### B3 — ${title}`, '### B3 — THEIRS').replace('### B1 —', '### B1 (claimed) —'),
    );
    await eventually(() => assert.equal(person.messages.length, 1));
    assert.match(person.messages[0]?.text ?? '', /PLAN-outside\.md/);
    await eventually(() => assert.match(editor.document.getText(), /B1 \(claimed\)[\s\S]*### B3 — MINE/));
    assert.ok(await editor.document.save());
    assert.match(onDisk(), /### B3 — MINE/);
  });

  test('what is typed the moment the file is shown is taken for what it is', async () => {
    const editor = await vscode.window.showTextDocument(uri);
    await eventually(() => assert.equal(editor.document.getText(), text));
    await typed(editor, '### B3 — ', 'Quickly ');
    outside('### B1 —', '### B1 (claimed) —');
    await eventually(() => assert.match(editor.document.getText(), /B1 \(claimed\)[\s\S]*B3 — Quickly /));
    assert.ok(await editor.document.save());
    assert.match(onDisk(), /B1 \(claimed\)[\s\S]*B3 — Quickly /);
  });

  test('one undo takes the two apart again: the text is what is on disk, and a redo brings what was typed back', async () => {
    const editor = await opened();
    await typed(editor, '### B3 — ', 'Typed ');
    outside('### B1 —', '### B1 (claimed) —');
    await eventually(() => assert.match(editor.document.getText(), /B1 \(claimed\)[\s\S]*B3 — Typed /));
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), onDisk());
    await vscode.commands.executeCommand('redo');
    assert.match(editor.document.getText(), /B3 — Typed /);
  });

  test('behind another tab both are in the text at once; in front, the next save keeps both', async () => {
    const editor = await opened();
    const { document } = editor;
    await typed(editor, '### B3 — ', 'Most carefully ');
    await vscode.window.showTextDocument(inProject('README.md'), { preview: false });
    outside('### B1 —', '### B1 (claimed) —');
    await eventually(() => {
      assert.match(document.getText(), /B3 — Most carefully /);
      assert.match(document.getText(), /### B1 \(claimed\) —/);
    });
    assert.ok(document.isDirty, 'what was typed is not saved by itself');
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /README\.md$/);
    outside('### B1 (claimed) —', '### B1 (closed) —');
    await eventually(() => assert.match(document.getText(), /B1 \(closed\)[\s\S]*B3 — Most carefully /));
    const before = document.version;
    await vscode.window.showTextDocument(uri);
    await eventually(() => assert.ok(document.version > before, 'the editor has loaded what is on disk'));
    await eventually(() => assert.match(document.getText(), /B1 \(closed\)[\s\S]*B3 — Most carefully /));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), onDisk());
    await vscode.commands.executeCommand('redo');
    assert.ok(await document.save(), 'the editor saves');
    assert.match(onDisk(), /B1 \(closed\)[\s\S]*B3 — Most carefully /);
    assert.deepEqual(person.messages, []);
  });

  test('behind another tab nothing is touched where both change the same words, until it is in front', async () => {
    person.presses('Keep Mine There');
    const editor = await opened();
    const { document } = editor;
    const title = /### B3 — (.*)/.exec(text)?.[1] ?? '';
    const at = text.indexOf(title, text.indexOf('### B3 — '));
    await editor.edit((edit) =>
      edit.replace(new vscode.Range(document.positionAt(at), document.positionAt(at + title.length)), 'MINE'),
    );
    await vscode.window.showTextDocument(inProject('README.md'), { preview: false });
    const mine = document.getText();
    writeFileSync(
      uri.fsPath,
      text.replace(`### B3 — ${title}`, '### B3 — THEIRS').replace('### B1 —', '### B1 (claimed) —'),
    );
    await pause(600);
    assert.equal(document.getText(), mine);
    assert.deepEqual(person.messages, []);
    await vscode.window.showTextDocument(uri);
    await eventually(() => assert.equal(person.messages.length, 1));
    await eventually(() => assert.match(document.getText(), /B1 \(claimed\)[\s\S]*### B3 — MINE/));
    assert.ok(await document.save());
  });

  test('a file without unsaved text simply shows what is on disk', async () => {
    const editor = await opened();
    outside('### B1 —', '### B1 (claimed) —');
    await eventually(() => assert.match(editor.document.getText(), /B1 \(claimed\)/));
    assert.ok(!editor.document.isDirty);
  });
});
