import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { runCommand } from '../../src/commands';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { emptyProject, eventually, inProject, planText, planWithId, startedServices, write } from './support';

suite('Things added to a plan', () => {
  let services: Services;
  let key: string;

  suiteSetup(async () => {
    services = await startedServices();
  });

  setup(async () => {
    await write(inProject('PLAN-add.md'), planText('add'));
    key = (await planWithId(services, 'add')).plan.key;
    services.selection.set(undefined, 'tree');
  });

  teardown(() => emptyProject(services));

  const ref = (kind: ThingRef['kind'], id: string): ThingRef => ({ plan: key, kind, id });

  /** The line of the cursor with what is selected in brackets. */
  function cursor(): string {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const { document, selection } = editor;
    const { text } = document.lineAt(selection.start);
    const [from, to] = [selection.start.character, selection.end.character];
    return `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;
  }

  test('a bead to a phase, with the cursor in its title, and gone by one undo', async () => {
    await runCommand('phasewise.addBead', ref('phase', '1'));
    assert.equal(cursor(), '### B4 — [Title]');
    await eventually(async () => {
      const bead = (await planWithId(services, 'add')).plan.find('B4', 'bead');
      assert.equal(bead?.kind === 'bead' && bead.phase, '1');
    });
    await vscode.commands.executeCommand('undo');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), planText('add'));
  });

  test('a gate to the phase of the bead that is selected', async () => {
    services.selection.set(ref('bead', 'B3'), 'tree');
    await runCommand('phasewise.addGate');
    assert.equal(cursor(), '## Gate G2 — [Title]');
  });

  test('a phase and a failure scenario to the only plan', async () => {
    await runCommand('phasewise.addPhase');
    assert.equal(cursor(), '## Phase 3 — [Title]');
    await runCommand('phasewise.addScenario', ref('plan', 'add'));
    assert.equal(cursor(), '### Scenario F2: [Title]');
    await eventually(async () => {
      const { plan } = await planWithId(services, 'add');
      assert.deepEqual([plan.phases.length, plan.scenarios.length], [3, 2]);
    });
  });
});
