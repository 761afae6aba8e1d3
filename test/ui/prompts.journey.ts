import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench } from './harness';

const plan = readFileSync(join(root, 'samples/golf-round-finder/golf-round-finder.plan.yaml'), 'utf8');

/** So that every phase is in sight. */
const tall = { size: { width: 1400, height: 1500 }, settings: { 'files.autoSave': 'off' } };

test('a right click on a phase copies its prompt, and a notification tells the size', async () => {
  const workbench = await openWorkbench(temporaryFolder({ 'golf-round-finder.plan.yaml': plan }), tall);
  await workbench.sidebar();
  const phase = workbench.treeItem(/^Phase J — Provision production resources/, 'Plans');
  await phase.waitFor();
  await workbench.contextMenu(phase, 'Copy Phase Prompt');
  await expect.poll(() => workbench.readClipboard()).toMatch(/^# Phase J — Provision production resources/);
  const text = await workbench.readClipboard();
  expect(text).toContain('### grf-j1');
  expect(text).not.toContain('### grf-k1');
  const copied = (await workbench.notifications()).filter({
    hasText: /Copied the prompt of Phase J \([\d,]+ characters/,
  });
  await copied.first().waitFor();
});

test('the preview stands beside the plan, tells its size and follows what is typed', async () => {
  const workbench = await openWorkbench(temporaryFolder({ 'golf-round-finder.plan.yaml': plan }), tall);
  await workbench.openFile('golf-round-finder.plan.yaml');
  await workbench.sidebar();
  const phase = workbench.treeItem(/^Phase J — Provision production resources/, 'Plans');
  await phase.waitFor();
  await workbench.contextMenu(phase, 'Preview Prompt');
  const preview = workbench.page.locator('.monaco-editor[data-uri^="phasewise-prompt:"]');
  await preview.waitFor();
  await preview.locator('.codelens-decoration', { hasText: /characters, about .* tokens/ }).waitFor();
  await expect.poll(() => preview.locator('.view-lines').innerText()).toContain('Provision');

  await workbench.editor('golf-round-finder.plan.yaml').click();
  const line = plan.split('\n').findIndex((text) => text.includes('title: Provision production resources')) + 1;
  await workbench.goToLine(line);
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.type(' at last');
  await expect.poll(() => preview.locator('.view-lines').innerText()).toMatch(/at\s+last/);
});
