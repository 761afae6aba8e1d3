import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { git, temporaryRepository, writeFiles } from '../support/temporary';
import { openWorkbench, type Workbench } from './harness';

const patience = { timeout: 20_000 };
const settings = { 'files.autoSave': 'off', 'phasewise.user': '@ada', 'git.autofetch': false };
const size = { width: 1300, height: 900 };

const plan = `---
plan: parser
title: A parser for old exports
mode: executing
progress: progress.md
---

# A parser for old exports

## Phase 1 — Read

### P-1 — Read one file

Priority: P0
Done when: \`node -e "console.log('20 rows')"\`
If it fails: see Scenario F1.

## Gate G1 — Is it complete?

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| rows read | ≥ 20 | 15–19 | < 15 |

## Phase 2 — Ship

### P-2 — Publish

Priority: P1
Done when: version 1.0.0 can be installed.

## Failure scenarios

### Scenario F1: Rows are missing

Detection: fewer than 20 rows.

1. Read the file again
2. Ask for a new export
`;

async function open(text = plan): Promise<{ readonly folder: string; readonly workbench: Workbench }> {
  const folder = temporaryRepository();
  writeFiles(folder, { 'PLAN-parser.md': text });
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=The plan');
  const workbench = await openWorkbench(folder, { settings, size });
  await workbench.sidebar();
  await workbench.treeItem('A parser for old exports', 'Plans').waitFor();
  return { folder, workbench };
}

/** Answers the input box that is open, once it asks `prompt`. */
async function type(workbench: Workbench, prompt: RegExp, text: string): Promise<void> {
  const box = workbench.page.locator('.quick-input-widget:not([style*="display: none"])');
  await box.filter({ hasText: prompt }).waitFor();
  await box.locator('input.input').fill(text);
  await workbench.page.keyboard.press('Enter');
}

async function button(workbench: Workbench, message: RegExp, name: string): Promise<void> {
  const notification = async (): Promise<Locator> => (await workbench.notifications()).filter({ hasText: message });
  await expect.poll(async () => (await notification()).first().isVisible(), patience).toBe(true);
  await (await notification()).first().getByRole('button', { name }).click();
}

test('claim, verify, close, decide: the next phase opens', async () => {
  const { folder, workbench } = await open();
  const onDisk = () => readFileSync(join(folder, 'PLAN-parser.md'), 'utf8');
  const bead = workbench.treeItem(/^P-1 /, 'Plans');
  await bead.waitFor();

  await workbench.contextMenu(bead, 'Claim Bead');
  await expect.poll(onDisk, patience).toMatch(/@ada/);
  await workbench.statusBarItem(/P-1 Read one file/).waitFor();
  await expect.poll(() => bead.locator('.label-description').innerText(), patience).toContain('yours');
  await workbench.screenshot('actions claimed');

  await workbench.contextMenu(bead, 'Verify…');
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.filter({ hasText: "console.log('20 rows')" }).waitFor();
  await workbench.screenshot('actions verify asks');
  await dialog.getByRole('button', { name: 'Run' }).click();
  await button(workbench, /P-1 is verified/, 'Close Bead');
  await workbench.screenshot('actions close asks');
  await workbench.pick('From the Last Verification');
  await expect.poll(onDisk, patience).toMatch(/Status: closed|closed/);
  expect(onDisk()).toMatch(/exit code 0/);
  await expect.poll(() => readFileSync(join(folder, 'progress.md'), 'utf8'), patience).toMatch(/P-1.*exit code 0/);

  await button(workbench, /Gate G1 is due/, 'Decide Gate…');
  const box = workbench.page.locator('.quick-input-widget:not([style*="display: none"])');
  await box.locator('input.input').fill('20');
  await box.filter({ hasText: 'Pass:' }).waitFor();
  await workbench.screenshot('actions gate value');
  await workbench.page.keyboard.press('Enter');
  await box.filter({ hasText: 'proposed' }).waitFor();
  await workbench.screenshot('actions gate verdict');
  await workbench.pick('Pass');
  await type(workbench, /A note for the record/, '');
  await expect.poll(onDisk, patience).toMatch(/Decision: .*pass/i);

  const ready = workbench.treeItem(/^P-2 /, 'Ready');
  await ready.waitFor();
  await workbench.inlineAction(ready, 'Claim Bead');
  await expect.poll(onDisk, patience).toMatch(/P-2[\s\S]*@ada/);
  await workbench.screenshot('actions next phase');
});

test('a verification fails, the scenario is gone through, and the work recovers', async () => {
  const broken = plan.replace(
    `node -e "console.log('20 rows')"`,
    `node -e "process.exit(require('fs').existsSync('mended') ? 0 : 3)"`,
  );
  const { folder, workbench } = await open(broken);
  const bead = workbench.treeItem(/^P-1 /, 'Plans');
  await bead.waitFor();
  await workbench.contextMenu(bead, 'Claim Bead');
  await workbench.statusBarItem(/P-1 Read one file/).waitFor();
  await workbench.contextMenu(bead, 'Verify…');
  await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Run' }).click();
  await button(workbench, /P-1 is not verified: .* ended with code 3/, 'Run F1');
  const box = workbench.page.locator('.quick-input-widget:not([style*="display: none"])');
  await box.filter({ hasText: 'F1: step 1 of 2' }).waitFor();
  await workbench.screenshot('actions scenario step');
  await workbench.pick('It Did Not Help');
  await type(workbench, /What was seen/, 'still 19 rows');
  await box.filter({ hasText: 'F1: step 2 of 2' }).waitFor();
  writeFiles(folder, { mended: '' });
  await workbench.pick('It Worked');
  await type(workbench, /What was seen/, 'the new export has 20');
  const progress = () => readFileSync(join(folder, 'progress.md'), 'utf8');
  await expect.poll(progress, patience).toMatch(/step 1 failed[\s\S]*still 19 rows[\s\S]*step 2 worked/);
  await workbench.screenshot('actions scenario end');
  await button(workbench, /F1 has recovered/, 'Verify');
  await button(workbench, /P-1 is verified/, 'Close Bead');
  await workbench.pick('From the Last Verification');
  await expect.poll(progress, patience).toMatch(/P-1 · closed/);
});

test('an approval gets stale by an edit, holds up the phase, and shows what changed', async () => {
  const { folder, workbench } = await open();
  const phase = workbench.treeItem(/^Phase 1 — Read/, 'Plans');
  await phase.waitFor();
  await workbench.contextMenu(phase, 'Approve…');
  await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Approve' }).click();
  const onDisk = () => readFileSync(join(folder, 'PLAN-parser.md'), 'utf8');
  await expect.poll(onDisk, patience).toMatch(/Approved by: @ada on \d{4}-\d\d-\d\d \(sha256:[0-9a-f]{8}\)/);
  git(folder, 'commit', '--quiet', '--all', '--message=Approved');

  await workbench.openFile('PLAN-parser.md');
  const line =
    onDisk()
      .split('\n')
      .findIndex((text) => text.startsWith('Done when: `node')) + 1;
  await workbench.goToLine(line);
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.type(' prints 30 rows');
  await expect
    .poll(() => phase.locator('.label-description').innerText(), patience)
    .toContain('blocked by its approval');
  await workbench.contextMenu(phase, 'Show Changes Since Approval');
  const diff = workbench.page.locator('.monaco-diff-editor');
  await diff.waitFor();
  await expect.poll(() => diff.innerText(), patience).toMatch(/prints\s+30\s+rows/);
  await workbench.screenshot('actions stale approval');
});
