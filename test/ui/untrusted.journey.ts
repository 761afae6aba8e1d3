import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { startServer } from '../../scripts/vscode/server.mjs';
import { temporaryFolder, temporaryRepository, writeFiles } from '../support/temporary';
import { openWorkbench } from './harness';

const plan = readFileSync(join(root, 'samples/golf-round-finder/golf-round-finder.plan.yaml'), 'utf8');
const phaseJ = /^Phase J — Provision production resources/;

/** A git that writes down each run of it. */
function watchedGit(): { readonly path: string; readonly runs: () => string } {
  const folder = temporaryFolder();
  const [path, runs] = [join(folder, 'git'), join(folder, 'runs')];
  writeFileSync(path, `#!/bin/sh\necho "$*" >> '${runs}'\nexec git "$@"\n`);
  chmodSync(path, 0o755);
  return { path, runs: () => (existsSync(runs) ? readFileSync(runs, 'utf8') : '') };
}

test('in a workspace that is not trusted plans show and prompts are copied; nothing runs git', async () => {
  const edition = process.env.PHASEWISE_VSCODE === 'oldest' ? 'oldest' : 'current';
  const server = await startServer({ edition, trustEverything: false });
  onTestFinished(() => server.stop());
  const folder = temporaryRepository();
  writeFiles(folder, { 'golf-round-finder.plan.yaml': plan });
  const git = watchedGit();
  const workbench = await openWorkbench(folder, {
    server,
    size: { width: 1400, height: 1500 },
    settings: {
      'git.path': git.path,
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
    },
  });
  await workbench.statusBarItem('Restricted Mode').waitFor();
  await workbench.sidebar();
  const phase = workbench.treeItem(phaseJ, 'Plans');
  await phase.waitFor();
  await workbench.treeItem(/^grf-/, 'Ready').first().waitFor();

  await workbench.contextMenu(phase, 'Copy Phase Prompt');
  await expect.poll(() => workbench.readClipboard()).toMatch(/^# Phase J — Provision production resources/);

  // Off, and it says why, wherever it is asked for.
  const reason = /Phase workspaces run git, so they are off until you trust this workspace/;
  await workbench.contextMenu(phase, 'Open Phase Workspace');
  const manage = async () =>
    (await workbench.notifications())
      .filter({ hasText: reason })
      .getByRole('button', { name: 'Manage Workspace Trust' });
  await expect.poll(async () => (await manage()).isVisible()).toBe(true);
  await workbench.runCommand('Notifications: Clear All Notifications');
  await workbench.runCommand('Remove Phase Workspace…');
  await expect.poll(async () => (await manage()).isVisible()).toBe(true);

  await workbench.contextMenu(phase, 'Show Graph');
  await workbench.webviewFrame().locator('#stage [data-node]', { hasText: 'grf-j1' }).first().waitFor();

  // What others do is followed too.
  writeFiles(folder, { 'more/PLAN-more.md': '# More\n\n## Phase 1 — Only\n\n### M-1 — Work\n' });
  await workbench.treeItem('More', 'Plans').waitFor();
  expect(git.runs()).toBe('');

  // With trust the same window looks for phase workspaces.
  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await expect.poll(() => git.runs()).toContain('worktree list');
});
