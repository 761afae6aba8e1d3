import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { prepareSampleWorkspace } from '../../samples/prepare.mjs';
import { git, temporaryFolder, writeFiles } from '../support/temporary';
import { openWorkbench, Workbench } from './harness';

/** High enough for all phases: rows out of sight do not exist. */
const size = { width: 1280, height: 1600 };
const phaseJ = /^Phase J — Provision production resources/;

async function golfSample(): Promise<string> {
  const { folders } = await prepareSampleWorkspace(temporaryFolder());
  const golf = folders.find((folder) => folder.endsWith('golf-round-finder'));
  if (golf === undefined) throw new Error('no golf sample');
  return golf;
}

/** The window that opens meanwhile. */
async function newWindow(workbench: Workbench, opening: () => Promise<unknown>): Promise<Workbench> {
  const [page] = await Promise.all([workbench.context.waitForEvent('page'), opening()]);
  await ready(page);
  return new Workbench(workbench.context, page);
}

async function ready(page: Page): Promise<void> {
  await page.locator('.part.activitybar').waitFor();
}

test('a phase opens in a window of its own, whose side bar starts on it', { timeout: 240_000 }, async () => {
  const golf = await golfSample();
  const workbench = await openWorkbench(golf, { size });
  await workbench.sidebar();
  await workbench.contextMenu(workbench.treeItem(phaseJ), 'Open Phase Workspace');
  const path = join(`${golf}.worktrees`, 'golf-round-finder-J');
  const { input, options } = workbench.quickInput();
  await expect.poll(() => input.getAttribute('placeholder')).toContain('plan/golf-round-finder/J-provision-production');
  await expect.poll(() => options.first().innerText()).toContain(`Worktree in ${path}`);
  await workbench.pick('main');
  const phase = await newWindow(workbench, () => workbench.pick('Open in a New Window'));
  expect(decodeURIComponent(phase.page.url())).toContain(`folder=${path}`);

  // Nobody opens the side bar's container: the window starts with it.
  const row = phase.treeItem(phaseJ, 'Plans');
  await row.waitFor();
  await expect.poll(() => row.getAttribute('aria-selected')).toBe('true');
  await expect.poll(() => row.innerText()).toContain('plan/golf-round-finder/J-provision-production');
  // Phase C is under way too, and would open by itself in any other window.
  const opened = phase.view('Plans').locator('[role=treeitem][aria-expanded=true] .label-name');
  await expect
    .poll(() => opened.allInnerTexts())
    .toEqual(['Golf Round Finder, from prototype to production', expect.stringMatching(phaseJ)]);

  for (const name of ['PROMPT.md', 'OPERATIONS.md', 'HANDOFF.md'])
    expect(existsSync(join(path, '.phasewise/phase', name))).toBe(true);
  expect(readFileSync(join(path, '.phasewise/phase/PROMPT.md'), 'utf8')).toContain('Provision production resources');
  expect(git(path, 'status', '--porcelain')).toBe('');
  expect(git(golf, 'status', '--porcelain')).toBe('');
  await phase.openFile('.phasewise/phase/PROMPT.md');

  // Back in the first window the phase shows its workspace, and removing it is refused while there is work in it.
  await workbench.page.bringToFront();
  await expect.poll(() => workbench.treeItem(phaseJ).innerText()).toContain('plan/golf-round-finder/J-provision');
  writeFiles(path, { 'notes.txt': 'not committed\n' });
  await workbench.contextMenu(workbench.treeItem(phaseJ), 'Remove Phase Workspace…');
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await expect.poll(() => dialog.innerText()).toContain('notes.txt (untracked)');
  await dialog.getByRole('button', { name: 'Show Changes' }).click();
  await workbench.page.locator('.part.sidebar').getByRole('treeitem').filter({ hasText: 'notes.txt' }).waitFor();
  expect(existsSync(join(path, 'notes.txt'))).toBe(true);
});

test('a phase without work in it is removed, with its branch when asked for', { timeout: 240_000 }, async () => {
  const golf = await golfSample();
  const workbench = await openWorkbench(golf, { size, settings: { 'phasewise.workspaces.openIn': 'newWindow' } });
  await workbench.sidebar();
  await workbench.inlineAction(workbench.treeItem(phaseJ), 'Open Phase Workspace');
  const phase = await newWindow(workbench, () => workbench.pick('main'));
  await phase.page.close();
  await workbench.contextMenu(workbench.treeItem(phaseJ), 'Remove Phase Workspace…');
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.getByRole('button', { name: 'Remove, and Delete the Branch' }).click();
  await expect.poll(() => existsSync(`${golf}.worktrees`)).toBe(false);
  await expect.poll(() => git(golf, 'branch', '--list', 'plan/*')).toBe('');
});
