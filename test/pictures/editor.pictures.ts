import { describe, test } from 'vitest';
import { planText } from '../support/planText';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench, type Workbench } from '../ui/harness';

/** The pictures of the README that show the text editor, from the real workbench: `npm run pictures` takes them again. */
const settings = {
  'chat.commandCenter.enabled': false,
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  'window.commandCenter': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.layoutControl.enabled': false,
  'workbench.startupEditor': 'none',
};
const file = 'PLAN-parser.md';
const text = planText('parser', 'A parser for old exports');
/** Animations end, late rows come. */
const settled = 1_500;

async function open(content = text): Promise<Workbench> {
  const folder = temporaryFolder({ [file]: content });
  const window = await openWorkbench(folder, { size: { width: 1000, height: 560 }, settings });
  await window.sidebar();
  await window.treeItem('A parser for old exports', 'Plans').waitFor();
  await window.openFile(file);
  await window.page.keyboard.press('ControlOrMeta+B');
  return window;
}

async function picture(window: Workbench, name: string): Promise<void> {
  await window.page.waitForTimeout(settled);
  await window.screenshot(name);
}

const lineOf = (words: string) => text.slice(0, text.indexOf(words)).split('\n').length;

async function cursorBehind(window: Workbench, words: string): Promise<void> {
  await window.goToLine(lineOf(words));
  await window.page.keyboard.press('End');
}

describe('pictures of the editor', () => {
  test('completion', async () => {
    const window = await open();
    await cursorBehind(window, 'Blocked by: B2a');
    await window.page.keyboard.type(', ', { delay: 60 });
    await window.page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
    await picture(window, 'completion');
  });

  test('hover', async () => {
    const window = await open();
    await cursorBehind(window, 'Blocked by: G1');
    await window
      .editor(file)
      .locator('.view-line', { hasText: 'Blocked by: G1' })
      .getByText('G1', { exact: true })
      .hover();
    await window.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'Does it hold?' }).waitFor();
    await picture(window, 'hover');
  });

  test('rename', async () => {
    const window = await open();
    await window.goToLine(lineOf('### B2 '));
    await window
      .editor(file)
      .locator('.view-line', { hasText: 'Write the parser' })
      .getByText('B2', { exact: true })
      .click();
    await window.page.keyboard.press('F2');
    const box = window.page.locator('.rename-box input.rename-input');
    await box.waitFor();
    await box.fill('PARSE-2');
    await picture(window, 'rename');
  });

  test('problems', async () => {
    const broken = text
      .replace('Blocked by: B2a', 'Blocked by: B2a, B44')
      .replace('20 of 20 files are read.', 'it works.');
    const window = await open(broken);
    await window.runCommand('Problems: Focus on Problems View');
    await window.page.locator('.markers-panel .monaco-list-row').nth(2).waitFor();
    await picture(window, 'problems');
  });
});
