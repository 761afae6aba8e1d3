import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ThingKind } from '../../src/core/model';
import type { PlanSnapshot } from '../../src/core/snapshot';
import type { ThingRef } from '../../src/core/thingRef';
import type { Services } from '../../src/services';
import { answerMessages, replace } from './harness';
import { emptyProject, eventually, inProject, pause, planText, planWithId, startedServices, write } from './support';

suite('Prompts', () => {
  let services: Services;
  let snapshot: PlanSnapshot;
  let messages: ReturnType<typeof answerMessages>;
  let pressed: string | undefined;

  suiteSetup(async () => {
    services = await startedServices();
  });

  setup(async () => {
    pressed = undefined;
    messages = answerMessages(({ buttons }) => buttons.find((button) => button === pressed));
    await write(inProject('PLAN-prompts.md'), planText('prompts'));
    snapshot = await planWithId(services, 'prompts');
  });

  teardown(async () => {
    messages.restore();
    services.selection.set(undefined, 'tree');
    await emptyProject(services);
  });

  const ref = (kind: ThingKind, id: string): ThingRef => ({ plan: snapshot.plan.key, kind, id });

  const template = (name: string) => inProject(`.phasewise/templates/${name}.md`);

  async function copied(command: string, ...args: unknown[]): Promise<string> {
    await vscode.env.clipboard.writeText('before');
    await vscode.commands.executeCommand(command, ...args);
    return await vscode.env.clipboard.readText();
  }

  async function openPreview(of: ThingRef): Promise<vscode.TextDocument> {
    await vscode.commands.executeCommand('phasewise.previewPrompt', of);
    return eventually(() => {
      const editor = vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.scheme === 'phasewise-prompt',
      );
      assert.ok(editor, 'no preview is open');
      return editor.document;
    });
  }

  test('Copy Phase Prompt puts the prompt of the phase on the clipboard', async () => {
    const text = await copied('phasewise.copyPhasePrompt', ref('phase', '2'));
    assert.match(text, /^# Phase 2 — Ship\n/);
    assert.match(text, /`PLAN-prompts\.md`/);
    assert.match(text, /### B3 — Publish/);
    assert.match(text, /### F1 — The registry is down/);
    assert.doesNotMatch(text, /### B2/);
  });

  test('the notification tells the size, and offers to open a phase that leaves things out', async () => {
    pressed = 'Open Phase';
    const text = await copied('phasewise.copyPhasePrompt', ref('phase', '2'));
    const size = `${[...text].length.toLocaleString('en')} characters`;
    const [message] = messages.shown;
    assert.ok(message, 'no message');
    assert.ok(message.text.startsWith(`Copied the prompt of Phase 2 (${size}, about `), message.text);
    assert.match(message.text, /gives no objective, no constraints, no prerequisites,? and no verification/);
    assert.deepEqual(message.buttons, ['Open Phase']);
    await eventually(() => {
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), inProject('PLAN-prompts.md').toString());
      assert.equal(editor?.document.lineAt(editor.selection.active.line).text, '## Phase 2 — Ship');
    });
  });

  test('Copy Bead Prompt and Copy Gate Check copy theirs', async () => {
    assert.match(await copied('phasewise.copyBeadPrompt', ref('bead', 'B2b')), /^# B2b — Read all files\n/);
    const check = await copied('phasewise.copyGateCheck', ref('gate', 'G1'));
    assert.match(check, /^# Gate G1 — Does it hold\?\n/);
    assert.match(check, /\| Files read \| 20 \| 15 to 19 \| fewer than 15 \|/);
  });

  test('a node of a tree that carries a reference is taken as well', async () => {
    assert.match(await copied('phasewise.copyPhasePrompt', { ref: ref('phase', '1') }), /^# Phase 1 — Prepare/);
  });

  test('without an argument the selected thing is taken', async () => {
    services.selection.set(ref('phase', '1'), 'tree');
    assert.match(await copied('phasewise.copyPhasePrompt'), /^# Phase 1 — Prepare/);
  });

  test('with nothing of the kind selected the user picks', async () => {
    services.selection.set(ref('bead', 'B1'), 'tree');
    await eventually(async () => {
      const copying = copied('phasewise.copyPhasePrompt');
      await pause(300);
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.match(await copying, /^# Phase 1 — Prepare/);
    });
  });

  test('unsaved edits count', async () => {
    const document = await vscode.workspace.openTextDocument(inProject('PLAN-prompts.md'));
    const editor = await vscode.window.showTextDocument(document);
    const at = document.positionAt(document.getText().indexOf('Publish'));
    await editor.edit((builder) => builder.insert(at, 'Test and '));
    await eventually(async () =>
      assert.match(await copied('phasewise.copyPhasePrompt', ref('phase', '2')), /### B3 — Test and Publish/),
    );
  });

  test('a thing that is gone is said, and the clipboard stays', async () => {
    assert.equal(await copied('phasewise.copyPhasePrompt', ref('phase', '9')), 'before');
    assert.match(messages.shown[0]?.text ?? '', /no longer in the plan/);
  });

  test('the preview shows what would be copied, follows edits, and cannot be edited', async () => {
    const preview = await openPreview(ref('phase', '2'));
    assert.equal(preview.languageId, 'markdown');
    assert.equal(preview.getText(), await copied('phasewise.copyPhasePrompt', ref('phase', '2')));

    const editor = await vscode.window.showTextDocument(inProject('PLAN-prompts.md'), {
      viewColumn: vscode.ViewColumn.One,
    });
    const at = editor.document.positionAt(editor.document.getText().indexOf('Publish'));
    await editor.edit((builder) => builder.insert(at, 'Quickly '));
    await eventually(() => assert.match(preview.getText(), /### B3 — Quickly Publish/));
    assert.equal(vscode.workspace.fs.isWritableFileSystem('phasewise-prompt') === true, false);
  });

  test('a second preview of the same thing does not open a second editor', async () => {
    await openPreview(ref('phase', '2'));
    await vscode.commands.executeCommand('phasewise.previewPrompt', ref('phase', '2'));
    const previews = vscode.window.visibleTextEditors.filter(
      ({ document }) => document.uri.scheme === 'phasewise-prompt',
    );
    assert.equal(previews.length, 1);
  });

  test('the preview stands beside what is open, and where nothing is, in its place', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openPreview(ref('phase', '2'));
    assert.equal(vscode.window.tabGroups.all.length, 1);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(inProject('PLAN-prompts.md'));
    await openPreview(ref('phase', '2'));
    assert.equal(vscode.window.tabGroups.all.length, 2);
  });

  test('the size stands above the preview, not in it', async () => {
    const preview = await openPreview(ref('gate', 'G1'));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      preview.uri,
      10,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '');
    assert.match(titles[0] ?? '', /^[\d,]+ characters, about [\d,]+ tokens$/);
    assert.ok(titles.includes('Copy'));
    assert.ok(!preview.getText().includes(titles[0] ?? ''));
  });

  test('a preview of what is gone says so, and comes back with it', async () => {
    const preview = await openPreview(ref('phase', '2'));
    await write(inProject('PLAN-prompts.md'), planText('prompts').replace('## Phase 2 — Ship', '## Phase 3 — Ship'));
    await eventually(() => assert.match(preview.getText(), /Phase 2 is not in the plan any more/));
    await write(inProject('PLAN-prompts.md'), planText('prompts'));
    await eventually(() => assert.match(preview.getText(), /^# Phase 2/));
  });

  test('a template of the folder takes the place of the built-in one, in copies and previews', async () => {
    const preview = await openPreview(ref('phase', '2'));
    await write(template('phase'), 'Do {{phase.title}}.\n');
    assert.equal(await copied('phasewise.copyPhasePrompt', ref('phase', '2')), 'Do Ship.\n');
    await eventually(() => assert.equal(preview.getText(), 'Do Ship.\n'));
  });

  test('a broken template is a problem at its line, while the built-in one is used', async () => {
    await write(template('phase'), '# {{phase.title}}\n\n{{#if objectiv}}\n');
    await eventually(() => {
      const problems = vscode.languages.getDiagnostics(template('phase'));
      assert.deepEqual(
        problems.map(({ range, severity, source }) => [range.start.line, severity, source]),
        [
          [2, vscode.DiagnosticSeverity.Error, 'Phasewise'],
          [2, vscode.DiagnosticSeverity.Error, 'Phasewise'],
        ],
      );
      assert.match(problems[0]?.message ?? '', /Did you mean “objective”\?/);
    });
    assert.match(
      await copied('phasewise.copyPhasePrompt', ref('phase', '2')),
      /^# Phase 2 — Ship\n\nThis is phase 2 of 2/,
    );

    const document = await vscode.workspace.openTextDocument(template('phase'));
    const editor = await vscode.window.showTextDocument(document);
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    await editor.edit((builder) => builder.replace(all, '# {{phase.title}}, unsaved\n'));
    await eventually(() => assert.deepEqual(vscode.languages.getDiagnostics(template('phase')), []));
    assert.equal(await copied('phasewise.copyPhasePrompt', ref('phase', '2')), '# Ship, unsaved\n');
  });

  test('a template that is deleted takes its problems with it', async () => {
    await write(template('gate'), '{{nothing}}\n');
    await eventually(() => assert.equal(vscode.languages.getDiagnostics(template('gate')).length, 1));
    await vscode.workspace.fs.delete(template('gate'));
    await eventually(() => assert.deepEqual(vscode.languages.getDiagnostics(template('gate')), []));
  });

  test('Edit Prompt Template starts from the built-in text, and keeps what is there', async () => {
    const restore = replace('showQuickPick', async (items: Promise<readonly { name: string }[]>) =>
      (await items).find(({ name }) => name === 'bead'),
    );
    try {
      await vscode.commands.executeCommand('phasewise.editTemplate');
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), template('bead').toString());
      assert.match(editor?.document.getText() ?? '', /\{\{bead\.heading\}\}/);
      assert.match(await copied('phasewise.copyBeadPrompt', ref('bead', 'B3')), /^# B3 — Publish/);

      await write(template('bead'), 'Mine: {{bead.id}}\n');
      await vscode.commands.executeCommand('phasewise.editTemplate');
      assert.equal(await copied('phasewise.copyBeadPrompt', ref('bead', 'B3')), 'Mine: B3\n');
    } finally {
      restore();
    }
  });
});
