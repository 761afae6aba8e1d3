import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { planText } from '../support/planText';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench, type Workbench } from './harness';

const eventually = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 30_000 });
const file = 'PLAN-small.md';
const settings = { 'files.autoSave': 'off' };

/** A window with the plan open on the left and its graph beside it. */
async function openGraph(text = planText('small', 'A small plan')): Promise<Workbench> {
  const workbench = await openWorkbench(temporaryFolder({ [file]: text }), { settings });
  await workbench.sidebar();
  await workbench.treeItem('A small plan').waitFor();
  await workbench.openFile(file);
  await workbench.runCommand('Phasewise: Show Graph');
  await node(workbench, 'B1').waitFor();
  return workbench;
}

function node(workbench: Workbench, name: string): Locator {
  const frame = workbench.webviewFrame();
  return frame.locator('#stage [data-node]').filter({ has: frame.locator('b', { hasText: new RegExp(`^${name}$`) }) });
}

const stateOf = (workbench: Workbench, name: string) => node(workbench, name).getAttribute('data-state');

async function replaceInEditor(workbench: Workbench, line: number, text: string): Promise<void> {
  await workbench.editor(file).locator('.view-lines').click();
  await workbench.goToLine(line);
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.press('Shift+Home');
  await workbench.page.keyboard.type(text);
}

/** From 1; the first line of the plan with these words. */
function lineOf(words: string): number {
  const line = planText('small', 'A small plan')
    .split('\n')
    .findIndex((text) => text.includes(words));
  if (line < 0) throw new Error(`No line of the plan says ${words}`);
  return line + 1;
}

test('the graph opens beside the plan, and follows what is typed: states at once, titles too', async () => {
  const workbench = await openGraph();
  await workbench.page.getByRole('tab', { name: 'Graph: A small plan' }).waitFor();
  expect(await stateOf(workbench, 'B1')).toBe('closed');
  expect(await stateOf(workbench, 'B2a')).toBe('ready');
  expect(await stateOf(workbench, 'B3')).toBe('blocked');

  await replaceInEditor(workbench, lineOf('B2a — Read one file'), '#### B2a — Read exactly one file');
  await eventually(() => node(workbench, 'B2a').locator('.label').textContent()).toContain('Read exactly one file');
  const statusLine = lineOf('Status: closed');
  await replaceInEditor(workbench, statusLine, 'Status: open');
  await eventually(() => stateOf(workbench, 'B1')).toBe('ready');
  expect(await stateOf(workbench, 'B2a')).toBe('blocked');
});

test('a click selects in the tree; the tree and the cursor highlight in the graph; a double click opens the source', async () => {
  const workbench = await openGraph();
  await node(workbench, 'B2b').click();
  await eventually(() => workbench.treeItem(/^B2b /).getAttribute('aria-selected')).toBe('true');
  const details = workbench.webviewFrame().locator('#details');
  await details.getByText('20 of 20 files are read.').waitFor();
  await details.getByText('B2a', { exact: true }).waitFor();

  await workbench.treeItem(/^Gate G1 /).click();
  await eventually(() => node(workbench, 'G1').getAttribute('aria-current')).toBe('true');

  await workbench.editor(file).locator('.view-lines').click();
  await workbench.goToLine(lineOf('B3 — Publish'));
  await eventually(() => node(workbench, 'B3').getAttribute('aria-current')).toBe('true');

  await node(workbench, 'B1').dblclick();
  await eventually(() => workbench.editor(file).locator('.view-line', { hasText: 'B1 — Read the docs' }).count()).toBe(
    1,
  );
  await workbench.statusBarItem(`Ln ${lineOf('B1 — Read the docs')}, Col 1`).waitFor();
});

test('the context menu of a node copies its prompt and its id', async () => {
  const workbench = await openGraph();
  await workbench.contextMenu(node(workbench, 'B2a'), 'Copy Bead Prompt');
  await eventually(() => workbench.readClipboard()).toContain('Read one file');
  await workbench.contextMenu(node(workbench, 'B2a'), 'Copy ID');
  await eventually(() => workbench.readClipboard()).toBe('B2a');
  await workbench.contextMenu(node(workbench, 'Phase 1').locator('.cluster-label'), 'Copy Phase Prompt');
  await eventually(() => workbench.readClipboard()).toMatch(/^# Phase 1/);
  const menu = await workbench.openContextMenu(node(workbench, 'G1'));
  await eventually(() => menu.getByRole('menuitem').allInnerTexts()).toContain('Copy Gate Check');
});

test('the context menu of a node offers what its state allows, now and after an edit', async () => {
  const workbench = await openGraph();
  const itemsAt = async (name: string) => {
    const menu = await workbench.openContextMenu(node(workbench, name));
    await eventually(() => menu.getByRole('menuitem').count()).toBeGreaterThan(5);
    const items = await menu.getByRole('menuitem').allInnerTexts();
    await workbench.page.keyboard.press('Escape');
    return items.map((item) => item.trim());
  };
  expect(await itemsAt('B2a')).toEqual(expect.arrayContaining(['Claim Bead', 'Close Bead…', 'Verify…']));
  expect(await itemsAt('B2a')).not.toContain('Why Is This Blocked?');
  const unfit = ['Claim Bead', 'Close Bead…', 'Verify…'];
  expect((await itemsAt('B1')).filter((item) => unfit.includes(item))).toEqual([]);
  expect((await itemsAt('B3')).filter((item) => unfit.includes(item))).toEqual([]);
  expect(await itemsAt('B3')).toContain('Why Is This Blocked?');
  expect(await itemsAt('G1')).not.toContain('Decide Gate…');
  await replaceInEditor(workbench, lineOf('Status: closed'), 'Status: open');
  await eventually(() => stateOf(workbench, 'B1')).toBe('ready');
  expect(await itemsAt('B1')).toContain('Claim Bead');
});

test('with keys alone: from the tree to the graph, from node to node, and a prompt is copied', async () => {
  const workbench = await openWorkbench(temporaryFolder({ [file]: planText('small', 'A small plan') }), { settings });
  const { keyboard } = workbench.page;
  const choose = async (label: string) => {
    const entry = workbench.page.locator('.monaco-menu').getByRole('menuitem', { name: label });
    await entry.waitFor();
    const isAt = async () => (await entry.locator('..').getAttribute('class'))?.includes('focused') === true;
    for (let step = 0; step < 20 && !(await isAt()); step++) await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
  };
  await workbench.statusBarItem('A small plan').waitFor();
  await workbench.runCommand('Focus on Plans View');
  await workbench.treeItem(/^Phase 1 /, 'Plans').waitFor();
  await keyboard.press('Home');
  await keyboard.press('ArrowDown');
  await keyboard.press('ContextMenu');
  await choose('Show Graph');
  await node(workbench, 'B1').waitFor();
  await node(workbench, 'B1').focus();
  await keyboard.press('ArrowDown');
  const focused = workbench.webviewFrame().locator('#stage [data-node]:focus b').first();
  await eventually(() => focused.innerText()).toMatch(/^B2/);
  const name = await focused.innerText();
  await keyboard.press('ContextMenu');
  await choose('Copy Bead Prompt');
  await eventually(() => workbench.readClipboard()).toContain(`# ${name} — `);
});

test('the context menu of a phase in the tree opens the graph of this phase only', async () => {
  const workbench = await openWorkbench(temporaryFolder({ [file]: planText('small', 'A small plan') }), { settings });
  await workbench.sidebar();
  await workbench.treeItem(/^Phase 2 /).waitFor();
  await workbench.contextMenu(workbench.treeItem(/^Phase 2 /), 'Show Graph');
  await node(workbench, 'B3').waitFor();
  expect(await node(workbench, 'B1').count()).toBe(0);
  expect(await node(workbench, 'G1').count()).toBe(1);
});

test('the mermaid source can be copied', async () => {
  const workbench = await openGraph();
  await workbench.runCommand('Phasewise: Copy Graph as Mermaid');
  await eventually(() => workbench.readClipboard()).toMatch(/^flowchart TB\n[\s\S]*classDef closed/);
});

/** A level, a filter, a zoom and a place that are not those at the beginning, and something selected. */
async function lookAround(workbench: Workbench): Promise<void> {
  const frame = workbench.webviewFrame();
  await node(workbench, 'B3').focus();
  await workbench.page.keyboard.press('n');
  await eventually(() => frame.locator('#crumbs li').last().textContent()).toBe('B3');
  await frame.getByRole('button', { name: 'Filter' }).click();
  await frame.getByRole('checkbox', { name: 'Blocked' }).click();
  await workbench.page.keyboard.press('Escape');
  await frame.locator('#stage [data-faint]').first().waitFor();
  await frame.getByRole('button', { name: 'Zoom in (+)' }).click();
  await node(workbench, 'B3').click();
  await workbench.page.keyboard.press('Escape');
  await workbench.page.keyboard.press('Shift+ArrowDown');
  // The page keeps its state a moment after it changed.
  await workbench.page.waitForTimeout(1_000);
}

/** What of the graph is shown, and how. */
async function lookOf(workbench: Workbench) {
  const frame = workbench.webviewFrame();
  const names = (part: string) => frame.locator(`#stage ${part} b`).allTextContents();
  return {
    level: await frame.locator('#crumbs li').allTextContents(),
    nodes: await names('g.node'),
    faint: await names('g.node[data-faint]'),
    selected: await names('[aria-current]'),
    zoom: await frame.locator('#zoom').textContent(),
    place: await frame.locator('#stage').evaluate((stage) => stage.style.transform),
  };
}

test('after the window is reloaded the graph is there again, as it was left', { timeout: 240_000 }, async () => {
  const workbench = await openGraph();
  await lookAround(workbench);
  const before = await lookOf(workbench);
  expect(before.selected).toEqual(['B3']);
  expect(before.faint.length).toBeGreaterThan(0);
  const gone = workbench.page.waitForEvent('framenavigated', (moved) => moved === workbench.page.mainFrame());
  await workbench.runCommand('Developer: Reload Window');
  await gone;
  await node(workbench, 'B3').waitFor({ timeout: 120_000 });
  await eventually(() => lookOf(workbench)).toEqual(before);
});

test('moved to another editor group, the graph is as it was left', async () => {
  const workbench = await openGraph();
  await lookAround(workbench);
  const before = await lookOf(workbench);
  const groupOfGraph = () =>
    workbench.page
      .locator('.editor-group-container')
      .evaluateAll((groups) => groups.findIndex((group) => group.querySelector('[aria-label^="Graph: "]') !== null));
  const group = await groupOfGraph();
  await workbench.runCommand('View: Move Editor into Previous Group');
  await eventually(groupOfGraph).not.toBe(group);
  await eventually(() => lookOf(workbench)).toEqual(before);
});

test('a change of theme shows without a new drawing, and leaves everything as it was', async () => {
  const workbench = await openGraph();
  await lookAround(workbench);
  const before = await lookOf(workbench);
  await workbench.webviewFrame().locator('body').evaluate(`document.querySelector('#stage svg').id = 'the-same'`);
  const ground = () =>
    workbench.webviewFrame().locator('body').evaluate(`getComputedStyle(document.body).backgroundColor`);
  const groundBefore = await ground();
  await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
  await eventually(ground).not.toBe(groundBefore);
  expect(await workbench.webviewFrame().locator('#the-same').count()).toBe(1);
  expect(await lookOf(workbench)).toEqual(before);
});

test('a large plan opens on its phases, and a click opens one', async () => {
  const phases = Array.from({ length: 12 }, (_, phase) => {
    const beads = Array.from(
      { length: 12 },
      (_, bead) => `- [ ] T${phase}${String(bead).padStart(2, '0')} Do thing ${bead}`,
    );
    return `## Phase ${phase + 1} — Part ${phase + 1}\n\n${beads.join('\n')}\n`;
  });
  const workbench = await openWorkbench(temporaryFolder({ [file]: `# A small plan\n\n${phases.join('\n')}` }), {
    settings,
  });
  await workbench.sidebar();
  await workbench.treeItem('A small plan').waitFor();
  await workbench.runCommand('Phasewise: Show Graph');
  const frame = workbench.webviewFrame();
  await eventually(() => frame.locator('#stage [data-node]').count()).toBe(12);
  await node(workbench, 'Phase 3').click();
  await eventually(() => frame.locator('#stage [data-kind="bead"][data-node]').count()).toBe(12);
  await frame.locator('#crumbs').getByRole('button', { name: 'A small plan' }).click();
  await eventually(() => frame.locator('#stage [data-node]').count()).toBe(12);
  await frame.locator('#back').click();
  await eventually(() => frame.locator('#stage [data-kind="bead"][data-node]').count()).toBe(12);
  await node(workbench, 'T200').focus();
  await workbench.page.keyboard.press('Alt+ArrowLeft');
  await eventually(() => frame.locator('#stage [data-node]').count()).toBe(12);
  expect(await frame.locator('#crumbs li').count()).toBe(1);
  await workbench.page.keyboard.press('f');
  await workbench.page.keyboard.type('T505');
  await workbench.page.keyboard.press('Enter');
  await eventually(() => node(workbench, 'T505').getAttribute('aria-current')).toBe('true');
});

test('why something waits is asked at its row; the graph answers, and its outline says the same', async () => {
  const workbench = await openGraph();
  await workbench.expand(workbench.treeItem(/^Phase 2 — /));
  await workbench.contextMenu(workbench.treeItem(/^B3 /), 'Why Is This Blocked?');
  const frame = workbench.webviewFrame();
  await eventually(() => frame.locator('#crumbs li').last().textContent()).toBe('Why B3 waits');
  const drawn = () => frame.locator('#stage g.node b').allTextContents();
  await eventually(drawn).toContain('B3');
  const names = await drawn();
  await node(workbench, 'B3').focus();
  await workbench.page.keyboard.press('o');
  await frame.getByRole('treeitem').first().waitFor();
  const rows = await frame.getByRole('treeitem').allTextContents();
  for (const name of names) expect(rows.join('\n')).toContain(name);
});

test('the sample with parallel phases is drawn as a whole', async () => {
  const name = 'golf-round-finder.plan.yaml';
  const text = readFileSync(join(root, 'samples/golf-round-finder', name), 'utf8');
  const workbench = await openWorkbench(temporaryFolder({ [name]: text }), { settings });
  await workbench.sidebar();
  await workbench.treeItem(/^Golf Round Finder/).waitFor();
  await workbench.runCommand('Phasewise: Show Graph');
  await node(workbench, 'Phase J').waitFor();
  await node(workbench, 'grf-j1').waitFor();
  expect(await workbench.webviewFrame().locator('#notice').isVisible()).toBe(false);
});
