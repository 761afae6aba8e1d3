import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../scripts/vscode/server.mjs';
import { pathWith, standInBd, trackedFolder, trackerOf } from '../support/standInBd';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench } from './harness';

// The stand-in is a script, which Windows does not start without a shell.
test.skipIf(process.platform === 'win32')(
  'rows of a tracker’s export offer what its command can do, once that is there',
  async () => {
    const programs = temporaryFolder();
    const edition = process.env.PHASEWISE_VSCODE === 'oldest' ? 'oldest' : 'current';
    // As if started from a terminal: otherwise a login shell is asked for the PATH.
    const server = await startServer({ edition, env: { PATH: pathWith(programs), VSCODE_CLI: '1' } });
    onTestFinished(() => server.stop());
    const folder = trackedFolder([
      { id: 'bd-e1', title: 'Oven', issue_type: 'epic' },
      { id: 'bd-e1.1', title: 'Buy the oven', priority: 0, acceptance_criteria: 'It stands in the room' },
      {
        id: 'bd-e1.2',
        title: 'Heat the oven',
        priority: 1,
        dependencies: [{ issue_id: 'bd-e1.2', depends_on_id: 'bd-e1.1', type: 'blocks' }],
      },
    ]);
    const workbench = await openWorkbench(folder, { server, settings: { 'phasewise.user': 'ada' } });
    await workbench.sidebar();
    const bead = workbench.treeItem(/^bd-e1\.1 /, 'Ready');
    await bead.waitFor();
    const offered = async () => {
      const menu = await workbench.openContextMenu(bead);
      const labels = await menu.getByRole('menuitem').allInnerTexts();
      await workbench.page.keyboard.press('Escape');
      return labels;
    };
    expect((await offered()).filter((label) => /Bead$|^Verify/.test(label.trim()))).toEqual([]);
    await bead.click();
    await workbench.runCommand('Claim Bead');
    const why = async () => (await workbench.notifications()).filter({ hasText: 'there is no “bd” on the PATH' });
    await expect.poll(async () => (await why()).isVisible()).toBe(true);
    await workbench.screenshot('tracker without bd');

    const standIn = standInBd();
    copyFileSync(join(standIn, 'bd'), join(programs, 'bd'));
    await workbench.runCommand('Notifications: Clear All Notifications');
    await bead.click();
    await workbench.runCommand('Claim Bead');
    await expect.poll(() => trackerOf(folder)[1]).toMatchObject({ status: 'in_progress', assignee: 'ada' });
    const inPlans = workbench.treeItem(/^bd-e1\.1 /, 'Plans');
    await workbench.inlineAction(inPlans, 'Close Bead');
    await workbench.pick('Type It');
    await workbench.quickInput().input.fill('photo oven.jpg');
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => trackerOf(folder)[1]).toMatchObject({ status: 'closed', close_reason: 'photo oven.jpg' });
    await workbench.contextMenu(workbench.treeItem(/^bd-e1\.2 /, 'Ready'), 'Claim Bead');
    await expect.poll(() => trackerOf(folder)[2]).toMatchObject({ assignee: 'ada' });
    await workbench.screenshot('tracker with bd');
  },
);
