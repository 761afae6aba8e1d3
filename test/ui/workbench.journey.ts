import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench } from './harness';

test('Phasewise has its place in the activity bar, with the views Plans and Ready', async () => {
  const workbench = await openWorkbench(temporaryFolder({ 'a name with spaces/notes.txt': 'nothing to plan\n' }));
  await workbench.sidebar();
  await workbench.view('Plans').waitFor();
  await workbench.view('Ready').waitFor();
});

test('commands run from the palette, files open, and the clipboard can be read', async () => {
  const workbench = await openWorkbench(temporaryFolder({ 'notes.txt': 'first\nsecond\n' }));
  const editor = await workbench.openFile('notes.txt');
  await workbench.goToLine(2);
  await workbench.runCommand('Select All');
  await workbench.page.keyboard.press('ControlOrMeta+C');
  await expect.poll(() => workbench.readClipboard()).toBe('first\nsecond\n');
  expect(await editor.locator('.view-line').allInnerTexts()).toContain('second');
});
