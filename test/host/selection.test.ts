import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { noteOfWindow, phaseOfNote } from '../../src/views/phaseWindow';
import { emptyProject, eventually, inProject, planText, planWithId, startedServices, write } from './support';

suite('The selected thing', () => {
  let services: Services;
  let key: string;
  const file = () => inProject('PLAN-select.md');

  suiteSetup(async () => {
    services = await startedServices();
  });

  setup(async () => {
    await write(file(), planText('select'));
    key = (await planWithId(services, 'select')).plan.key;
  });

  teardown(() => emptyProject(services));

  const selected = () => {
    const { current } = services.selection;
    return current && `${current.kind} ${current.id}`;
  };
  const ref = (kind: ThingRef['kind'], id: string): ThingRef => ({ plan: key, kind, id });

  async function moveCursorTo(words: string): Promise<void> {
    const editor = await vscode.window.showTextDocument(file());
    const position = editor.document.positionAt(editor.document.getText().indexOf(words));
    editor.selection = new vscode.Selection(position, position);
  }

  test('follows the cursor', async () => {
    await moveCursorTo('version 1.0.0');
    await eventually(() => assert.equal(selected(), 'bead B3'));
    await moveCursorTo('Does it hold');
    await eventually(() => assert.equal(selected(), 'gate G1'));
    await moveCursorTo('Phase 2');
    await eventually(() => assert.equal(selected(), 'phase 2'));
  });

  test('is told to everybody, with who set it, and only when it is another', async () => {
    await moveCursorTo('Phase 2');
    await eventually(() => assert.equal(selected(), 'phase 2'));
    const told: string[] = [];
    const listening = services.selection.onDidChange((change) => told.push(`${change.source} ${change.ref?.id}`));
    services.selection.set(ref('bead', 'B1'), 'graph');
    services.selection.set(ref('bead', 'B1'), 'tree');
    listening.dispose();
    assert.deepEqual(told, ['graph B1']);
  });

  test('Go to Source puts the cursor where the thing is named', async () => {
    await runCommand('phasewise.revealSource', { ref: ref('gate', 'G1') });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.lineAt(editor.selection.active.line).text, '## Gate G1 — Does it hold?');
  });

  test('Copy ID copies the id', async () => {
    await runCommand('phasewise.copyId', ref('bead', 'B2a'));
    assert.equal(await vscode.env.clipboard.readText(), 'B2a');
  });

  test('of a window that was opened for a phase is that phase', async () => {
    const phase = async () => {
      const note = await noteOfWindow(services);
      return note && phaseOfNote(services.index, note);
    };
    assert.equal(await noteOfWindow(services), undefined);
    await write(inProject('.phasewise/phase/phase.json'), JSON.stringify({ plan: 'select', phase: '2' }));
    assert.deepEqual(await phase(), ref('phase', '2'));
    await write(inProject('.phasewise/phase/phase.json'), JSON.stringify({ plan: 'select', phase: '99' }));
    assert.equal(await phase(), undefined);
    await write(inProject('.phasewise/phase/phase.json'), '{ broken');
    assert.equal(await noteOfWindow(services), undefined);
  });
});
