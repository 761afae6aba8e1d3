import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareSampleWorkspace } from '../../samples/prepare.mjs';
import { planText } from '../support/planText';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench, type Workbench } from './harness';

/** As patient as a locator. */
const eventually = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 15_000 });

const finetune = 'Fine-tune Qwen to write history exam questions';
const golf = 'Golf Round Finder, from prototype to production';

describe('with the samples open', () => {
  let workbench: Workbench;
  let planFile: string;

  beforeAll(async () => {
    const { workspaceFile, folders } = await prepareSampleWorkspace(join(temporaryFolder(), 'samples'));
    planFile = join(folders[0] ?? '', 'PLAN-finetune-qwen.md');
    const settings = { 'files.autoSave': 'off' };
    workbench = await openWorkbench(workspaceFile, { keep: true, size: { width: 1280, height: 900 }, settings });
    await workbench.sidebar();
    await row(golf).waitFor();
  });

  afterAll(() => workbench.close());

  const row = (label: string | RegExp, view = 'Plans'): Locator => workbench.treeItem(label, view);

  async function collapseAll(): Promise<void> {
    await workbench.runCommand('Phasewise: Collapse All Plans');
    await eventually(() => workbench.treeLabels('Plans')).toEqual([finetune, golf]);
  }

  async function describedAs(item: Locator): Promise<string> {
    return item.locator('.label-description').innerText();
  }

  test('the side bar shows every plan with its phases, gates, beads and their parts', async () => {
    await collapseAll();
    await workbench.expand(row(finetune));
    const labels = await workbench.treeLabels('Plans');
    expect(labels).toEqual([
      finetune,
      'Phase 0 — Research and inventory',
      'Phase 0.5 — Feasibility spike',
      'Phase 1 — Data set and yardstick',
      'Phase 2 — Train and evaluate',
      expect.stringMatching(/^Phase 3 — /),
      'Failure scenarios',
      'Insights',
      golf,
    ]);

    await workbench.expand(row(/^Phase 1 — /));
    await workbench.expand(row(/^ft-0001\.8 /));
    await row(/^ft-0001\.8f /).waitFor();
    expect(await describedAs(row(/^ft-0001\.8 /))).toContain('2/6');
    expect(await describedAs(row(/^ft-0001\.12 /))).toMatch(/blocked by .*Gate G2/);
    await row(/^Gate G2 — /).waitFor();

    await workbench.expand(row('Insights'));
    await row('Tier 1').waitFor();
    await row('Does not apply').waitFor();
  });

  test('the state of a row has a shape and words of its own', async () => {
    await collapseAll();
    await workbench.expand(row(finetune));
    await workbench.expand(row(/^Phase 1 — /));
    const icon = (label: RegExp) => row(label).locator('.custom-view-tree-node-item-icon');
    await eventually(() => icon(/^Phase 0 — /).getAttribute('class')).toContain('codicon-pass-filled');
    expect(await icon(/^ft-0001\.9 /).getAttribute('class')).toContain('codicon-pass-filled');
    expect(await icon(/^ft-0001\.12 /).getAttribute('class')).toContain('codicon-circle-slash');
    expect(await row(/^ft-0001\.9 /).getAttribute('aria-label')).toMatch(/, bead, Closed/);
    expect(await row(/^ft-0001\.12 /).getAttribute('aria-label')).toMatch(/, bead, Blocked, priority P\d, blocked by /);
  });

  test('a click shows the source and leaves the focus in the tree; keys browse, and Enter opens', async () => {
    await collapseAll();
    await workbench.expand(row(finetune));
    await row(/^Phase 0\.5 — /).click();
    const editor = workbench.editor('PLAN-finetune-qwen.md');
    await editor.locator('.view-line', { hasText: 'Phase 0.5 — Feasibility spike' }).first().waitFor();
    await workbench.page
      .locator('.tab', { hasText: 'PLAN-finetune-qwen.md' })
      .locator('.label-name.italic, .italic')
      .first()
      .waitFor();

    await workbench.page.keyboard.press('ArrowRight');
    await row(/^ft-0001\.5 /).waitFor();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    await editor.locator('.view-line', { hasText: 'ft-0001.5 — Draw a stratified pilot' }).first().waitFor();
    await workbench.statusBarItem(/^Ln \d+/).waitFor();
    const line = readFileSync(planFile, 'utf8')
      .split('\n')
      .findIndex((text) => text.startsWith('### ft-0001.5 '));
    await workbench.statusBarItem(`Ln ${line + 1}, Col 1`).waitFor();
  });

  test('the context menu of a phase offers what can be done with it', async () => {
    await collapseAll();
    await workbench.expand(row(golf));
    const offered = async (label: RegExp) => {
      const menu = await workbench.openContextMenu(row(label));
      const entries = await menu.getByRole('menuitem').allInnerTexts();
      await workbench.page.keyboard.press('Escape');
      await menu.waitFor({ state: 'detached' });
      return entries.map((text) => text.trim());
    };
    expect(await offered(/^Phase J — /)).toEqual(
      expect.arrayContaining([
        'Go to Source',
        'Show Graph',
        'Why Is This Blocked?',
        'Copy Phase Prompt',
        'Preview Prompt',
        'Open Phase Workspace',
        'Copy ID',
      ]),
    );
    const done = await offered(/^Phase A — /);
    expect(done).toContain('What Does This Unblock?');
    expect(done).not.toContain('Why Is This Blocked?');
    await workbench.contextMenu(row(/^Phase J — /), 'Copy ID');
    await eventually(() => workbench.readClipboard()).toBe('J');
  });

  test('the context menu opens from the keyboard too', async () => {
    await collapseAll();
    await workbench.expand(row(golf));
    await row(/^Phase A — /).click();
    await workbench.page.keyboard.press('Shift+F10');
    await workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: 'Copy Phase Prompt' }).waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  test('a command from the palette asks which thing it is about', async () => {
    await workbench.runCommand('Phasewise: Go to Source');
    const { input } = workbench.quickInput();
    await input.fill('Provision production');
    await workbench.pick(/Phase J/);
    await workbench
      .editor('golf-round-finder.plan.yaml')
      .locator('.view-line', { hasText: 'Provision production resources' })
      .first()
      .waitFor();
  });

  test('a filter by words shows while it is typed, says so above the tree, and can be cleared', async () => {
    await workbench.runCommand('Phasewise: Filter Plans…');
    const { input, options } = workbench.quickInput();
    await input.fill('stratified pilot');
    await row(/^ft-0001\.5 /).waitFor();
    await row(golf).waitFor({ state: 'detached' });
    expect(await options.count()).toBe(6);
    await workbench.page.keyboard.press('Enter');
    await workbench.view('Plans').getByText('Filtered: “stratified pilot”').waitFor();
    expect(await workbench.treeLabels('Plans')).toEqual([
      finetune,
      'Phase 0.5 — Feasibility spike',
      expect.stringMatching(/^ft-0001\.5 /),
    ]);
    await workbench.runCommand('Phasewise: Clear Filter');
    await row(golf).waitFor();
    await workbench.view('Plans').getByText('Filtered:').waitFor({ state: 'detached' });
  });

  test('a filter by state leaves what is in that state', async () => {
    await workbench.runCommand('Phasewise: Filter Plans…');
    await workbench.pick(/^In progress$/);
    await workbench.page.keyboard.press('Enter');
    await workbench.view('Plans').getByText('Filtered: in progress').waitFor();
    await row(/^ft-0001\.8c /).waitFor();
    expect(await row(/^ft-0001\.5 /).count()).toBe(0);
    await workbench.runCommand('Phasewise: Clear Filter');
  });

  test('a filter that nothing matches says so and offers to clear it', async () => {
    await workbench.runCommand('Phasewise: Filter Plans…');
    await workbench.quickInput().input.fill('no such bead');
    await workbench.page.keyboard.press('Enter');
    await workbench.view('Plans').getByText('Nothing in the plans matches the filter.').waitFor();
    await workbench.view('Plans').getByRole('button', { name: 'Clear Filter' }).last().click();
    await row(golf).waitFor();
  });

  test('beads can be grouped by wave and by state', async () => {
    await workbench.runCommand('Phasewise: Group by State');
    await workbench.expand(row(finetune));
    await row(/^Blocked$/)
      .first()
      .waitFor();
    await workbench.runCommand('Phasewise: Group by Wave');
    await workbench.expand(row(finetune));
    await row(/^Wave 1$/)
      .first()
      .waitFor();
    await workbench.runCommand('Phasewise: Group by Phase');
    await row(/^Phase 0 — /).waitFor();
  });

  test('the menu of the view shows which grouping holds', async () => {
    const header = workbench.view('Plans').locator('.pane-header');
    await header.hover();
    await header.getByRole('button', { name: /Group By/ }).click();
    const menu = workbench.page.locator('.monaco-menu');
    await menu.getByRole('menuitem', { name: '✓ Group by Phase' }).waitFor();
    await menu.getByRole('menuitem', { name: 'Group by Wave' }).waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  test('Ready shows what can begin in both plans, with the reason, most useful first', async () => {
    const first = workbench.view('Ready').getByRole('treeitem').first();
    await first.waitFor();
    const descriptions = await workbench.view('Ready').locator('.label-description').allInnerTexts();
    const priorities = descriptions.flatMap((text) => /^P(\d)/.exec(text)?.[1] ?? []);
    expect(priorities.length).toBeGreaterThan(2);
    expect(priorities).toEqual(priorities.toSorted());
    expect(descriptions.some((text) => /unblocks \d+/.test(text))).toBe(true);
    expect(descriptions.every((text) => / · (finetune-qwen|golf-round-finder)$/.test(text))).toBe(true);
  });

  test('the status bar shows the plan of the editor, and a click opens Ready', async () => {
    await row(finetune).click();
    const item = workbench.statusBarItem(/Fine-tune Qwen.*\d+\/28 · \d+ ready/);
    await item.waitFor();
    expect(await item.getByRole('button').getAttribute('aria-label')).toMatch(
      /^Plan .*: \d+ of 28 beads closed, \d+ ready/,
    );
    await row(golf).click();
    await workbench.statusBarItem(/Golf Round Finder/).waitFor();
    await workbench
      .statusBarItem(/Golf Round Finder/)
      .getByRole('button')
      .click();
    await eventually(() => workbench.view('Ready').locator('.monaco-list').getAttribute('class')).toMatch(
      /focused|element-focused/,
    );
  });

  test('a keystroke shows in the tree before it is saved', async () => {
    await collapseAll();
    await workbench.expand(row(finetune));
    await row(/^Phase 0\.5 — /).dblclick(); // a double click moves the focus to the editor
    await eventually(() => workbench.editor('PLAN-finetune-qwen.md').getAttribute('class')).toContain('focused');
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type(' and more');
    await row('Phase 0.5 — Feasibility spike and more').waitFor();
    await workbench.runCommand('File: Revert File');
    await row('Phase 0.5 — Feasibility spike').waitFor();
    expect(readFileSync(planFile, 'utf8')).not.toContain('and more');
  });
});

test('the tree follows the cursor when the user wants it', async () => {
  const folder = temporaryFolder({ 'PLAN-follow.md': planText('follow', 'Follow me') });
  const workbench = await openWorkbench(folder);
  await workbench.sidebar();
  await workbench.treeItem('Follow me', 'Plans').waitFor();
  await workbench.openFile('PLAN-follow.md');
  const line = planText('follow', 'Follow me')
    .split('\n')
    .findIndex((text) => text.startsWith('#### B2b'));
  await workbench.goToLine(line + 1);
  await workbench.page.waitForTimeout(1_000); // nothing must happen
  expect(await workbench.view('Plans').locator('.monaco-list-row.selected').count()).toBe(0);

  await workbench.runCommand('Phasewise: Follow the Cursor in the Editor');
  await workbench.goToLine(line + 3);
  const selected = workbench.view('Plans').locator('.monaco-list-row.selected .label-name');
  await eventually(() => selected.allInnerTexts()).toEqual(['B2b Read all files']);
  expect(
    await workbench
      .editor('PLAN-follow.md')
      .locator('textarea, .native-edit-context')
      .first()
      .evaluate((e) => e === e.ownerDocument.activeElement),
  ).toBe(true);
});

test('a window for a phase starts on that phase', async () => {
  const folder = temporaryFolder({
    'PLAN-window.md': planText('window', 'A plan'),
    '.phasewise/phase/phase.json': JSON.stringify({ plan: 'window', phase: '2' }),
  });
  const workbench = await openWorkbench(folder);
  await workbench.sidebar();
  await workbench.treeItem(/^B3 Publish$/, 'Plans').waitFor();
  const selected = workbench.view('Plans').locator('.monaco-list-row.selected .label-name');
  await eventually(() => selected.allInnerTexts()).toEqual(['Phase 2 — Ship']);
});

test('a workspace without a plan is welcomed, and a plan can be written', async () => {
  const folder = temporaryFolder({ 'notes.txt': 'nothing to plan\n' });
  const workbench = await openWorkbench(folder);
  await workbench.sidebar();
  await workbench.view('Plans').getByText('There is no plan in this workspace yet.').waitFor();
  await workbench.view('Plans').getByRole('button', { name: 'Open the Sample Plans' }).waitFor();
  expect(await workbench.statusBarItem(/ready/).count()).toBe(0);

  await workbench.view('Plans').getByRole('button', { name: 'New Plan' }).first().click();
  const { input } = workbench.quickInput();
  await input.fill('Move search');
  await workbench.page.keyboard.press('Enter');
  await workbench.page.locator('.quick-input-list').getByText('Bead plan').waitFor();
  await workbench.page.keyboard.press('Enter');
  await eventually(() => input.inputValue()).toContain('PLAN-move-search.md');
  await workbench.page.keyboard.press('Enter');
  await workbench.treeItem('Move search', 'Plans').waitFor();
  await workbench.treeItem(/^B1 /, 'Ready').waitFor();
  await workbench.editor('PLAN-move-search.md').waitFor();
  expect(readFileSync(join(folder, 'PLAN-move-search.md'), 'utf8')).toContain('plan: move-search');
});
