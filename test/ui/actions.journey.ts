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
  expect(readFileSync(join(folder, 'progress.md'), 'utf8')).toMatch(/P-1.*exit code 0/);

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
