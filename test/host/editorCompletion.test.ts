import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../src/services';
import { editorKnowsPlans } from './editorSupport';
import { emptyProject, eventually, inProject, planText, planWithId, startedServices, write } from './support';

suite('Completion in the editor', () => {
  let services: Services;

  suiteSetup(async () => {
    services = await startedServices();
    await editorKnowsPlans(services);
  });

  teardown(() => emptyProject(services));

  async function open(name: string, text: string): Promise<vscode.TextEditor> {
    await write(inProject(name), text);
    await planWithId(services, 'done');
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(inProject(name)));
  }

  /** Types over the first place of `text`, and asks at its end. */
  async function completed(editor: vscode.TextEditor, text: string, instead: string): Promise<vscode.CompletionList> {
    const { document } = editor;
    const start = document.getText().indexOf(text);
    assert.ok(start >= 0);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
    await editor.edit((edit) => edit.replace(range, instead));
    const position = document.positionAt(start + instead.length);
    editor.selection = new vscode.Selection(position, position);
    return vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, position);
  }

  const own = ({ items }: vscode.CompletionList) =>
    items
      .filter(({ kind }) => kind === vscode.CompletionItemKind.Reference || kind === vscode.CompletionItemKind.Field)
      .map(({ label }) => (typeof label === 'string' ? { label } : label));

  test('ids with title and state, right after the line was typed', async () => {
    const editor = await open('PLAN-done.md', planText('done'));
    const labels = own(await completed(editor, 'Blocked by: G1', 'Blocked by: B1, '));
    const b2b = labels.find(({ label }) => label === 'B2b');
    assert.deepEqual([b2b?.detail?.trim(), b2b?.description], ['Read all files', 'Blocked']);
    assert.ok(!labels.some(({ label }) => label === 'B1'));
  });

  test('fields of a YAML bead', async () => {
    const text = 'plan: done\nphases:\n  - id: A\n    beads:\n      - id: s-1\n        title: One\n';
    const editor = await open('done.plan.yaml', text);
    const labels = own(await completed(editor, 'title: One\n', 'title: One\n        pri'));
    assert.equal(labels[0]?.label, 'priority');
  });

  test('nothing in Markdown that is no plan', async () => {
    await open('PLAN-done.md', planText('done'));
    await write(inProject('completion-notes.md'), 'Blocked by: ');
    const editor = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument(inProject('completion-notes.md')),
    );
    assert.deepEqual(own(await completed(editor, 'Blocked by: ', 'Blocked by: ')), []);
  });

  test('what is chosen from the list stands in the file', async () => {
    const editor = await open('PLAN-done.md', planText('done'));
    await completed(editor, 'If it fails: see Scenario F1.', 'If it fails: ');
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await eventually(async () => {
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      assert.match(editor.document.getText(), /If it fails: see Scenario F1\n/);
    });
  });
});
