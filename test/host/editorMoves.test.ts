import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { PhaseDecorations } from '../../src/phaseDecorations';
import type { Services } from '../../src/services';
import { BeadMoves } from '../../src/views/plans/beadMoves';
import type { PlanElement } from '../../src/views/plans/element';
import type { Grouping } from '../../src/views/plans/nodes';
import { PlansProvider } from '../../src/views/plans/provider';
import { answerMessages } from './harness';
import { emptyProject, eventually, inProject, pause, planText, planWithId, startedServices, write } from './support';

suite('Beads dragged in the tree', () => {
  let services: Services;
  let provider: PlansProvider;
  let moves: BeadMoves;
  let grouping: Grouping;
  let key: string;
  let messages: ReturnType<typeof answerMessages>;
  const file = () => inProject('PLAN-drag.md');

  suiteSetup(async () => {
    services = await startedServices();
  });

  setup(async () => {
    await write(file(), planText('drag'));
    key = (await planWithId(services, 'drag')).plan.key;
    grouping = 'phase';
    provider = new PlansProvider(
      { ...services, phaseDecorations: new PhaseDecorations() },
      { grouping, filter: undefined },
    );
    moves = new BeadMoves(services.index, () => ({ grouping, filter: undefined }));
    messages = answerMessages();
  });

  teardown(async () => {
    messages.restore();
    provider.dispose();
    await emptyProject(services);
  });

  function row(kind: 'phase' | 'bead' | 'gate', id: string): PlanElement {
    const element = provider.find({ plan: key, kind, id });
    assert.ok(element);
    return element;
  }

  async function drag(from: PlanElement, to: PlanElement): Promise<void> {
    const transfer = new vscode.DataTransfer();
    moves.handleDrag([from], transfer);
    await moves.handleDrop(to, transfer);
  }

  const order = async () => {
    const { plan } = await planWithId(services, 'drag');
    return plan.beads.map(({ id, phase }) => `${phase}:${id}`).join(' ');
  };

  test('change places in their file, by an edit that can be undone', async () => {
    await drag(row('bead', 'B1'), row('bead', 'B2'));
    await eventually(async () => assert.equal(await order(), '1:B2 1:B2a 1:B2b 1:B1 2:B3'));
    const document = await vscode.workspace.openTextDocument(file());
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), planText('drag'));
    assert.deepEqual(messages.shown, []);
  });

  test('go to another phase', async () => {
    await drag(row('bead', 'B1'), row('phase', '2'));
    await eventually(async () => assert.equal(await order(), '1:B2 1:B2a 1:B2b 2:B3 2:B1'));
  });

  test('go by what was typed this moment', async () => {
    const document = await vscode.workspace.openTextDocument(file());
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(3, 0), '\nA new paragraph above everything.\n'));
    await drag(row('bead', 'B3'), row('bead', 'B1'));
    await eventually(async () => assert.equal(await order(), '1:B3 1:B1 1:B2 1:B2a 1:B2b'));
    assert.match(document.getText(), /A new paragraph above everything\.\n/);
  });

  test('go by what another program wrote this moment into a file that is not open', async () => {
    const other = inProject('PLAN-other.md');
    await write(other, planText('other'));
    key = (await planWithId(services, 'other')).plan.key;
    await pause(1_000); // that it came was told
    provider.dispose();
    provider = new PlansProvider(
      { ...services, phaseDecorations: new PhaseDecorations() },
      { grouping, filter: undefined },
    );
    const above = '\nA new paragraph above everything.\n';
    const written = planText('other').replace('\n# ', `${above}\n# `);
    writeFileSync(other.fsPath, written);
    await drag(row('bead', 'B3'), row('bead', 'B1'));
    const order = () =>
      services.index
        .planByKey(key)
        ?.plan.beads.map(({ id, phase }) => `${phase}:${id}`)
        .join(' ');
    await eventually(() => assert.equal(order(), '1:B3 1:B1 1:B2 1:B2a 1:B2b'));
    // Nothing but the order of lines is new.
    const lines = (words: string) => words.split('\n').filter(Boolean).sort();
    assert.deepEqual(lines(readFileSync(other.fsPath, 'utf8')), lines(written));
  });

  test('stay where they are when that makes no sense, and it is said', async () => {
    await drag(row('bead', 'B1'), row('gate', 'G1'));
    assert.match(messages.shown[0]?.text ?? '', /on a phase, or on another bead/);
    await drag(row('bead', 'B2'), row('bead', 'B2a'));
    assert.match(messages.shown[1]?.text ?? '', /into itself/);
    grouping = 'wave';
    await drag(row('bead', 'B1'), row('bead', 'B2'));
    assert.match(messages.shown[2]?.text ?? '', /by phase/);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file()));
    assert.equal(text, planText('drag'));
  });
});
