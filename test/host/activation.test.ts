import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activateExtension, answerMessages, projectFolder } from './harness';

suite('The extension', () => {
  test('is there and activates', async () => {
    await activateExtension();
    assert.equal(vscode.extensions.getExtension('phasewise.phasewise')?.isActive, true);
  });

  test('registers every command that package.json declares', async () => {
    await activateExtension();
    const manifest = vscode.extensions.getExtension('phasewise.phasewise')?.packageJSON;
    const declared: readonly string[] = manifest.contributes.commands.map(
      ({ command }: { command: string }) => command,
    );
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
  });
});

suite('The harness', () => {
  test('opens a git repository', () => {
    assert.ok(existsSync(join(projectFolder(), '.git')));
  });

  test('answers messages in the place of a person', async () => {
    const messages = answerMessages(({ buttons }) => buttons[0]);
    try {
      assert.equal(await vscode.window.showWarningMessage('Really?', { modal: true }, 'Yes', 'No'), 'Yes');
      assert.deepEqual(messages.shown, [{ severity: 'warning', text: 'Really?', buttons: ['Yes', 'No'] }]);
    } finally {
      messages.restore();
    }
  });
});
