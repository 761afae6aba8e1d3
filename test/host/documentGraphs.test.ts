import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import type { Services } from '../../src/services';
import { editorKnowsPlans } from './editorSupport';
import { Person } from './person';
import { emptyProject, inProject, planText, planWithId, startedServices, write } from './support';

suite('Graphs in documents', () => {
  let services: Services;

  suiteSetup(async () => {
    services = await startedServices();
    await editorKnowsPlans(services);
  });

  teardown(async () => {
    await vscode.workspace.getConfiguration('phasewise').update('updateGraphsOnSave', undefined);
    await emptyProject(services);
  });

  const MARKERS = '<!-- phasewise:graph -->\n<!-- /phasewise:graph -->\n\n';
  const withMarkers = (name: string) => planText(name).replace('## Phase 1', `${MARKERS}## Phase 1`);

  async function opened(name: string, text = withMarkers(name)): Promise<vscode.TextEditor> {
    const uri = inProject(`PLAN-${name}.md`);
    await write(uri, text);
    await planWithId(services, name);
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  const TYPED = '\n## Phase 9 — Typed\n\n### B9 — Typed just now\n\nPriority: P1\n';

  async function read(uri: vscode.Uri): Promise<string> {
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  }

  async function type(editor: vscode.TextEditor, text: string): Promise<void> {
    const { document } = editor;
    await editor.edit((edit) => edit.insert(document.positionAt(document.getText().length), text));
  }

  test('saving brings a graph between markers up to date, with what was typed a moment ago', async () => {
    const editor = await opened('saved');
    await type(editor, TYPED);
    await editor.document.save();
    const text = await read(editor.document.uri);
    assert.match(
      text,
      /\n<!-- phasewise:graph -->\n```mermaid\nflowchart TB\n[\s\S]*Typed just now[\s\S]*```\n<!-- \/phasewise:graph -->\n\n## Phase 1/,
    );
    assert.equal(text.replace(/```mermaid\n[\s\S]*?```\n/, ''), `${withMarkers('saved')}${TYPED}`);
    assert.equal(editor.document.isDirty, false);
  });

  test('the setting turns that off', async () => {
    await vscode.workspace.getConfiguration('phasewise').update('updateGraphsOnSave', false);
    const editor = await opened('off');
    await type(editor, '\n');
    await editor.document.save();
    assert.equal(await read(editor.document.uri), `${withMarkers('off')}\n`);
  });

  test('the command does it at any time, as one edit that can be undone', async () => {
    const editor = await opened('command');
    await runCommand('phasewise.updateGraphInDocument');
    assert.match(editor.document.getText(), /```mermaid\nflowchart TB\n/);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), withMarkers('command'));
  });

  test('a graph is inserted before the line of the cursor, and kept up to date from then on', async () => {
    const editor = await opened('inserted', planText('inserted'));
    const { document } = editor;
    const line = document.positionAt(document.getText().indexOf('## Phase 1')).line;
    editor.selection = new vscode.Selection(line, 3, line, 3);
    const person = new Person();
    person.chooses('Overview of phases');
    try {
      await runCommand('phasewise.insertGraphInDocument');
    } finally {
      person.leaves();
    }
    assert.deepEqual(person.questions[0]?.items.slice(0, 2), ['As much as can be read', 'Overview of phases']);
    assert.match(
      document.getText(),
      /\n\n<!-- phasewise:graph level=overview -->\n```mermaid\n[\s\S]*```\n<!-- \/phasewise:graph -->\n\n## Phase 1/,
    );
    const before = document.getText();
    await document.save();
    assert.equal(document.getText(), before);
  });
});
