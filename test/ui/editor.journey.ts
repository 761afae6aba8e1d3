import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { planText } from '../support/planText';
import { temporaryFolder } from '../support/temporary';
import { openWorkbench, type Workbench } from './harness';

/** As patient as a locator. */
const eventually = <T>(look: () => Promise<T> | T) => expect.poll(look, { timeout: 15_000 });

const file = 'PLAN-words.md';
const text = planText('words', 'A plan in words');
let folder: string;
let workbench: Workbench;
let labels: readonly string[];

beforeAll(async () => {
  folder = temporaryFolder({ [file]: text });
  const settings = { 'files.autoSave': 'off', 'editor.hover.delay': 100 };
  workbench = await openWorkbench(folder, { keep: true, size: { width: 1280, height: 900 }, settings });
  await workbench.sidebar();
  await workbench.treeItem('A plan in words', 'Plans').waitFor();
  await workbench.openFile(file);
  await workbench.expand(workbench.treeItem(/^Phase 2 — /, 'Plans'));
  await workbench.treeItem('B3 Publish', 'Plans').waitFor();
  labels = await workbench.treeLabels('Plans');
});

afterAll(() => workbench.close());

const lineOf = (words: string) => text.slice(0, text.indexOf(words)).split('\n').length;
const press = (key: string) => workbench.page.keyboard.press(key);
const onDisk = () => readFileSync(join(folder, file), 'utf8');

/** An id as it stands in the editor, in a colour of its own. */
function idAt(line: string, id: string): Locator {
  return workbench.editor(file).locator('.view-line', { hasText: line }).getByText(id, { exact: true });
}

async function endOfLine(words: string): Promise<void> {
  await workbench
    .editor(file)
    .locator('.view-lines')
    .click({ position: { x: 200, y: 10 } });
  await workbench.goToLine(lineOf(words));
  await press('End');
}

/** The file as it was at the start. */
afterEach(async () => {
  await workbench.runCommand('File: Revert File');
  writeFileSync(join(folder, file), text);
  await workbench.treeItem(/^B2 Write/, 'Plans').waitFor();
  await eventually(() => workbench.treeLabels('Plans')).toEqual(labels);
});

test('ids come by themselves behind a comma, with title and state', async () => {
  await endOfLine('Blocked by: B2a');
  await workbench.page.keyboard.type(', ', { delay: 60 });
  const list = workbench.page.locator('.suggest-widget.visible .monaco-list-row');
  await list.filter({ hasText: 'Publish' }).first().waitFor();
  const offered = await list.filter({ hasText: /^B1/ }).first().innerText();
  expect(offered).toMatch(/Read the docs/);
  await workbench.page.keyboard.type('B1');
  await press('Enter');
  await press('ControlOrMeta+S');
  await eventually(onDisk).toContain('Blocked by: B2a, B1\n');
});

test('a hover says what an id is, and what it waits for', async () => {
  await workbench.goToLine(lineOf('Blocked by: G1'));
  await idAt('Blocked by: G1', 'G1').hover();
  const hover = workbench.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'Does it hold?' });
  await hover.waitFor();
  expect(await hover.innerText()).toMatch(/Waiting.*Blocked by.*Files read/s);
  await press('Escape');
});

test('F2 gives a thing another id everywhere', async () => {
  await workbench.goToLine(lineOf('### B2 '));
  await idAt('Write the parser', 'B2').click();
  await press('F2');
  const box = workbench.page.locator('.rename-box input.rename-input');
  await box.waitFor();
  expect(await box.inputValue()).toBe('B2');
  await box.fill('B7');
  await press('Enter');
  await workbench.treeItem('B7 Write the parser', 'Plans').waitFor();
  await press('ControlOrMeta+S');
  const expected = text.replace('### B2 ', '### B7 ').replace('Blocked by: B2\n', 'Blocked by: B7\n');
  await eventually(onDisk).toBe(expected);
  await press('ControlOrMeta+Z');
  await workbench.treeItem('B2 Write the parser', 'Plans').waitFor();
  await press('ControlOrMeta+S');
  await eventually(onDisk).toBe(text);
});

test('a bead is dragged to another phase', async () => {
  await workbench.treeItem(/^B1 /, 'Plans').dragTo(workbench.treeItem(/^Phase 2 — /, 'Plans'));
  const moved = text.slice(text.indexOf('### B1'), text.indexOf('### B2 '));
  const expected = text.replace(moved, '').replace('## Failure scenarios', `${moved}## Failure scenarios`);
  await eventually(() => workbench.treeLabels('Plans')).toEqual(
    expect.arrayContaining(['Phase 2 — Ship', 'B3 Publish', 'B1 Read the docs']),
  );
  await eventually(async () => {
    await workbench
      .editor(file)
      .locator('.view-lines')
      .click({ position: { x: 200, y: 10 } });
    await press('ControlOrMeta+S');
    return onDisk();
  }).toBe(expected);
});

test('a link of an audit leads to its file', async () => {
  await workbench.runCommand('Check Plan');
  const link = workbench.webviewFrame().getByRole('link', { name: `Line ${lineOf('### B1')}`, exact: true });
  await link.first().click();
  // The preview of Markdown opens Markdown as a preview, unless the user has set it otherwise.
  await workbench.page.getByRole('tab', { name: `Preview ${file}` }).waitFor();
  await workbench.runCommand('View: Close Editor');
});

test('an audit is shown as people read it, also where nobody has opened Markdown yet', async () => {
  const other = temporaryFolder({ 'shop.plan.yaml': 'plan: shop\nphases:\n  - id: A\n    beads:\n      - id: a-1\n' });
  const window = await openWorkbench(other);
  await window.sidebar();
  await window.treeItem(/shop/, 'Plans').waitFor();
  await window.runCommand('Check Plan');
  await window.webviewFrame().getByRole('heading', { name: 'Readiness: shop' }).waitFor();
});
