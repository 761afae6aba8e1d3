import { join } from 'node:path';
import { describe, test } from 'vitest';
import { prepareSampleWorkspace } from '../../samples/prepare.mjs';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench, Workbench } from '../ui/harness';

/** The pictures of the README, from the real workbench: `npm run pictures` takes them again. */
const calm = {
  'chat.commandCenter.enabled': false,
  'editor.minimap.enabled': false,
  'window.commandCenter': false,
  'workbench.editor.empty.hint': 'hidden',
  'workbench.layoutControl.enabled': false,
  'workbench.startupEditor': 'none',
  'phasewise.user': '@maria',
};
const finetune = 'Fine-tune Qwen to write history exam questions';
const golf = 'Golf Round Finder, from prototype to production';
const phaseJ = /^Phase J — /;
/** Animations end, late rows come. */
const settled = 1_500;

interface Room {
  readonly width: number;
  readonly height: number;
  readonly sidebar: number;
}

async function open(
  folder: string,
  plan: string,
  theme: string,
  { width, height, sidebar }: Room = { width: 1280, height: 760, sidebar: 460 },
): Promise<Workbench> {
  const settings = { ...calm, 'workbench.colorTheme': theme, 'phasewise.workspaces.openIn': 'newWindow' };
  const window = await openWorkbench(folder, { size: { width, height }, settings });
  await window.sidebar();
  await window.treeItem(plan, 'Plans').waitFor();
  await widenSidebar(window, sidebar);
  return window;
}

async function widenSidebar({ page }: Workbench, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('no side bar');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width + 1, y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, y, { steps: 5 });
  await page.mouse.up();
}

/** Without the hover of whatever was clicked last. */
async function picture(window: Workbench, name: string): Promise<void> {
  await window.page.mouse.move(640, 3);
  await window.page.waitForTimeout(settled);
  await window.screenshot(name);
}

describe('pictures', async () => {
  const { workspaceFile, folders } = await prepareSampleWorkspace(join(temporaryFolder(), 'samples'));

  test('tree and context menu', async () => {
    const window = await open(workspaceFile, finetune, 'Default Dark Modern');
    await window.openFile('PLAN-finetune-qwen.md');
    await window.goToLine(236);
    await window.expand(window.treeItem(finetune, 'Plans'));
    await window.expand(window.treeItem(/^Phase 1 — /, 'Plans'));
    await picture(window, 'plans');
    await window.openContextMenu(window.treeItem(/^Phase 2 — /, 'Plans'));
    await picture(window, 'context-menu');
  });

  for (const [name, theme] of [
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
    ['high-contrast', 'Default High Contrast'],
  ] as const) {
    test(`graph, ${name}`, async () => {
      const window = await open(workspaceFile, finetune, theme, { width: 1440, height: 900, sidebar: 340 });
      await window.contextMenu(window.treeItem(/^Phase 1 — /, 'Plans'), 'Show Graph');
      await window.webviewFrame().locator('#stage [data-node]').first().waitFor();
      await picture(window, `graph-${name}`);
    });
  }

  test('a bead in hand', async () => {
    const window = await open(workspaceFile, finetune, 'Default Dark Modern');
    await window.openFile('PLAN-finetune-qwen.md');
    await window.expand(window.treeItem(finetune, 'Plans'));
    await window.expand(window.treeItem(/^Phase 1 — /, 'Plans'));
    await window.expand(window.treeItem(/^ft-0001\.8 /, 'Plans'));
    await window.contextMenu(window.treeItem(/^ft-0001\.8d /, 'Plans'), 'Claim Bead');
    await window.statusBarItem('ft-0001.8d').first().waitFor();
    await window.treeItem(/^ft-0001\.8d /, 'Plans').click();
    await picture(window, 'running');
  });

  test('a phase in a window of its own', { timeout: 240_000 }, async () => {
    const window = await open(
      folders.find((each) => each.endsWith('golf-round-finder')) ?? '',
      golf,
      'Default Dark Modern',
      { width: 1280, height: 900, sidebar: 460 },
    );
    await window.contextMenu(window.treeItem(phaseJ, 'Plans'), 'Open Phase Workspace');
    const [page] = await Promise.all([window.context.waitForEvent('page'), window.pick('main')]);
    const phase = new Workbench(window.context, page);
    await phase.treeItem(phaseJ, 'Plans').waitFor();
    await phase.openFile('.phasewise/phase/PROMPT.md');
    await picture(phase, 'phase-window');
  });
});
