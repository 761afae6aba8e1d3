import { expect, test } from 'vitest';
import type { GraphView } from '../../src/protocol';
import { buildPlan } from '../support/planBuilder';
import { type LivePanel, openLivePanel } from './graphHost';
import { eventually, type Panel, type PanelOptions } from './harness';
import { overview, smallPlan, smallSketch, snapshotOf, wholePlan } from './plans';

const open = (view: GraphView = wholePlan, options: PanelOptions = {}): Promise<LivePanel> =>
  openLivePanel(snapshotOf(smallPlan()), view, options);

const node = (panel: Panel, name: string) =>
  panel.page
    .locator('#stage [data-node]')
    .filter({ has: panel.page.locator('b', { hasText: new RegExp(`^${name}$`) }) });

const lit = async (panel: Panel) => (await panel.page.locator('#stage g.node.lit b').allTextContents()).toSorted();

test('the pointer lights what a node waits for and what waits for it', async () => {
  const panel = await open();
  await node(panel, 'a-2').hover();
  await eventually(() => lit(panel)).toEqual(['G1', 'a-1', 'a-2', 'b-1a', 'b-1b', 'b-2']);
  await panel.page.mouse.move(5, 690);
  await eventually(() => lit(panel)).toEqual([]);
  expect(await panel.page.locator('#stage svg.lighting').count()).toBe(0);
});

test('the keyboard lights, too', async () => {
  const panel = await open();
  await panel.page.locator('#stage [data-node][tabindex="0"]').focus();
  await panel.page.keyboard.press('End');
  await panel.page.keyboard.press('Home');
  await eventually(async () => (await lit(panel)).length).toBeGreaterThan(0);
});

test('f finds by id or title while one types; Enter goes there', async () => {
  const panel = await open();
  const { page } = panel;
  await node(panel, 'a-1').focus();
  await page.keyboard.press('f');
  await page.keyboard.type('roof');
  await page.getByRole('option', { name: 'b-1b Roof' }).waitFor();
  await eventually(() => lit(panel)).toContain('b-1b');
  await page.keyboard.press('Enter');
  await eventually(() => node(panel, 'b-1b').getAttribute('aria-current')).toBe('true');
  expect(await page.evaluate(`document.activeElement.querySelector('b').textContent`)).toBe('b-1b');
  expect(await page.locator('#find').isVisible()).toBe(false);
  expect(panel.messages).toContainEqual({ type: 'select', thing: { kind: 'bead', id: 'b-1b' } });
});

test('what the level does not show is found, too, and opens its phase', async () => {
  const panel = await open(overview);
  await panel.page.locator('#find-button').click();
  await panel.page.keyboard.type('b-1');
  await eventually(() => panel.page.getByRole('option').count()).toBe(3);
  await panel.page.keyboard.press('ArrowDown');
  await eventually(() => panel.page.locator('#find input').getAttribute('aria-activedescendant')).toBe('found-1');
  await panel.page.keyboard.press('Enter');
  await node(panel, 'b-1a').waitFor();
  expect(panel.view).toMatchObject({ level: 'phase', phase: '2' });
  await eventually(() => node(panel, 'b-1a').getAttribute('aria-current')).toBe('true');
});

test('Enter that comes before the answer chooses the best of what was typed', async () => {
  const panel = await open(overview);
  await panel.page.locator('#find-button').click();
  await panel.page.evaluate(`(() => {
    const input = document.querySelector('#find input');
    for (const typed of ['b', 'b-1b']) {
      input.value = typed;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  })()`);
  await eventually(() => node(panel, 'b-1b').getAttribute('aria-current')).toBe('true');
  expect(await panel.page.locator('#find').isVisible()).toBe(false);
});

test('keys work before anything on the page has been chosen', async () => {
  const panel = await open();
  await panel.page.keyboard.press('f');
  await panel.page.locator('#find').waitFor();
});

test('what cannot be found is said; Escape closes', async () => {
  const panel = await open();
  await panel.page.locator('#find-button').click();
  await panel.page.keyboard.type('zebra');
  await panel.page.getByText('Nothing found').waitFor();
  await panel.page.keyboard.press('Escape');
  expect(await panel.page.locator('#find').isVisible()).toBe(false);
});

test('a filter makes the rest faint, moves nothing, and can be cleared', async () => {
  const panel = await open();
  const { page } = panel;
  const before = await node(panel, 'b-2').boundingBox();
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('group', { name: 'State' }).getByRole('checkbox', { name: 'Ready' }).click();
  await eventually(() => node(panel, 'b-2').getAttribute('data-faint')).toBe('');
  expect(await node(panel, 'a-3').getAttribute('data-faint')).toBeNull();
  expect(await node(panel, 'Phase 1').getAttribute('data-faint')).toBeNull();
  expect(await node(panel, 'b-2').boundingBox()).toEqual(before);
  await page.getByText(/^2 of \d+ match the filter$/).waitFor();
  expect(panel.view.filter).toEqual({ states: ['ready'] });
  await page.getByRole('button', { name: 'Clear Filter' }).click();
  await eventually(() => page.locator('#stage [data-faint]').count()).toBe(0);
});

test('the outline says the same as the picture, in the same order, and follows states', async () => {
  const panel = await open();
  const { page } = panel;
  const inPicture = await page
    .locator('#stage [data-node]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-node')));
  await node(panel, 'a-1').focus();
  await page.keyboard.press('o');
  const rows = page.getByRole('treeitem');
  const ids = await rows.evaluateAll((all) => all.map((each) => each.getAttribute('data-outline')));
  expect(ids.toSorted()).toEqual(inPicture.toSorted());
  expect(ids.slice(0, 5)).toEqual(['p0', 'b0', 'b1', 'b2', 'p1']);
  const roof = rows.filter({ hasText: 'Roof' });
  expect(await rows.filter({ hasText: 'Roof' }).count()).toBe(1);
  await page.getByRole('treeitem', { name: /^b-1b Roof Bead · Blocked · waits for .*b-1a/ }).waitFor();
  expect(await roof.getAttribute('aria-level')).toBe('3');
  expect(await rows.filter({ hasText: 'Sort' }).getAttribute('data-state')).toBe('in_progress');
  const beads = (smallSketch.beads ?? []).map((bead) =>
    bead.id === 'a-2' ? { ...bead, status: 'closed' as const } : bead,
  );
  await panel.edit(snapshotOf(buildPlan({ ...smallSketch, beads })));
  await eventually(() => rows.filter({ hasText: 'Sort' }).getAttribute('data-state')).toBe('closed');
});

test('in the outline arrow keys move, open and close; Space tells, Enter opens the source, O leads back', async () => {
  const panel = await open();
  const { page } = panel;
  const at = () => page.evaluate(`document.activeElement.getAttribute('data-outline')`);
  await node(panel, 'a-1').focus();
  await page.keyboard.press('o');
  await page.keyboard.press('Home');
  expect(await at()).toBe('p0');
  await page.keyboard.press('ArrowLeft');
  await eventually(() => page.locator('[data-outline="b0"]').count()).toBe(0);
  expect(await page.locator('[data-outline="p0"]').getAttribute('aria-expanded')).toBe('false');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect(await at()).toBe('b1');
  await page.keyboard.press('Space');
  await page.locator('#details').waitFor();
  await page.keyboard.press('Enter');
  await eventually(() => panel.messages.at(-1)).toEqual({ type: 'open', thing: { kind: 'bead', id: 'a-2' } });
  await page.keyboard.press('o');
  expect(await page.locator('#outline').isVisible()).toBe(false);
  await eventually(() => node(panel, 'a-2').getAttribute('aria-current')).toBe('true');
});

test('a large graph says that it is being drawn, and can be cancelled', async () => {
  // So many that the pointer gets to the button before the picture is there.
  const phases = Array.from({ length: 30 }, (_, i) => ({ id: `p-${i}` }));
  const beads = Array.from({ length: 6000 }, (_, i) => ({
    id: `n-${i}`,
    phase: `p-${i % 30}`,
    blockedBy: i < 30 ? [] : [`n-${i - 30}`, `n-${(i * 7) % i}`],
  }));
  const panel = await openLivePanel(snapshotOf(buildPlan({ phases, beads })), overview);
  await eventually(() => panel.page.locator('#stage [data-kind="phase"][data-node]').count()).toBe(30);
  await panel.page.locator('#show').click();
  await panel.page.getByRole('option', { name: 'Whole plan' }).click();
  await panel.page.getByText('Drawing 6030 nodes…').waitFor();
  await panel.page.getByRole('button', { name: 'Cancel' }).click();
  await eventually(() => panel.view.level).toBe('overview');
  await eventually(() => panel.page.locator('#notice').isVisible()).toBe(false);
  expect(await panel.page.locator('#stage [data-kind="bead"]').count()).toBe(0);
  expect(panel.complaints).toEqual([]);
});
