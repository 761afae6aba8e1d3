import assert from 'node:assert/strict';
import { extensions } from 'vscode';

suite('The extension', () => {
  test('is there and activates', async () => {
    const extension = extensions.getExtension('phasewise.phasewise');
    assert.ok(extension, 'not found');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
