import { expect, test } from 'vitest';
import type { GraphView } from '../../src/protocol';
import { layeredPlan } from '../support/layeredPlan';
import { buildPlan } from '../support/planBuilder';
import { type LivePanel, openLivePanel } from './graphHost';
import { eventually, openPanel, type Panel, type PanelOptions } from './harness';
import { chartOf, overview, smallPlan, smallSketch, snapshotOf, wholePlan } from './plans';

const open = (view: GraphView = overview, options: PanelOptions = {}): Promise<LivePanel> =>
  openLivePanel(snapshotOf(smallPlan()), view, options);

const node = (panel: Panel, name: string) =>
  panel.page
    .locator('#stage [data-node]')
    .filter({ has: panel.page.locator('b', { hasText: new RegExp(`^${name}$`) }) });

const crumbs = (panel: Panel) => panel.page.locator('#crumbs li').allTextContents();

test('from the overview into a phase, on to a neighbourhood, and back and forward as in a browser', async () => {
  const panel = await open();
  const { page } = panel;
  expect(await page.locator('#back').getAttribute('disabled')).not.toBeNull();
  await node(panel, 'Phase 2').click();
  await node(panel, 'b-1a').waitFor();
  expect(await crumbs(panel)).toEqual(['A small plan', 'Phase 2 — Do']);
  await node(panel, 'b-1b').click();
  await page.locator('#details').getByRole('button', { name: 'Neighbourhood' }).click();
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Phase 2 — Do', 'b-1b']);
  await eventually(() => node(panel, 'b-2').count()).toBe(1);
  expect(panel.view).toMatchObject({ level: 'neighbourhood', depth: 2 });

  await page.keyboard.press('Alt+ArrowLeft');
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Phase 2 — Do']);
  await page.keyboard.press('Alt+ArrowLeft');
  await eventually(() => crumbs(panel)).toEqual(['A small plan']);
  await page.keyboard.press('Alt+ArrowRight');
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Phase 2 — Do']);
  await page.locator('#forward').click();
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Phase 2 — Do', 'b-1b']);
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('button', { name: 'Phase 2 — Do' }).click();
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Phase 2 — Do']);
  expect(panel.complaints).toEqual([]);
});

test('keys in the closed list of levels go where it says, also back to what it was opened on', async () => {
  const panel = await open();
  const { page } = panel;
  const list = page.locator('#show');
  await list.click();
  await list.locator('vscode-option', { hasText: 'Waves' }).click();
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Waves']);
  await list.focus();
  await page.keyboard.press('ArrowUp');
  await eventually(() => crumbs(panel)).toEqual(['A small plan']);
  await page.keyboard.press('ArrowDown');
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Waves']);
  expect(panel.complaints).toEqual([]);
});

test('the buttons at the side of a mouse go back and forward', async () => {
  const panel = await open();
  await node(panel, 'Phase 2').click();
  await node(panel, 'b-1a').waitFor();
  const press = (button: number) =>
    panel.page.evaluate(`document.querySelector('#canvas').dispatchEvent(
      new MouseEvent('mouseup', { button: ${button}, bubbles: true, cancelable: true }))`);
  await press(3);
  await eventually(() => crumbs(panel)).toEqual(['A small plan']);
  await press(4);
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Phase 2 — Do']);
});

test('going back comes back to the place that was looked at', async () => {
  const panel = await open(wholePlan, { reducedMotion: true });
  await panel.page.mouse.move(450, 400);
  await panel.page.mouse.wheel(0, 200);
  const zoom = await panel.page.locator('#zoom').textContent();
  const before = await node(panel, 'a-3').boundingBox();
  await node(panel, 'b-1b').focus();
  await panel.page.keyboard.press('w');
  await eventually(() => crumbs(panel)).toContain('Why b-1b waits');
  await eventually(() => node(panel, 'a-3').count()).toBe(1);
  await panel.page.keyboard.press('Alt+ArrowLeft');
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Whole plan']);
  await eventually(() => panel.page.locator('#zoom').textContent()).toBe(zoom);
  expect(await node(panel, 'a-3').boundingBox()).toEqual(before);
});

test('a phase shows what it touches in others aside; a click there opens the other phase', async () => {
  const panel = await open({ ...overview, level: 'phase', phase: '2' });
  expect(await node(panel, 'Phase 1').getAttribute('data-aside')).toBe('');
  expect(await node(panel, 'Phase 1').getAttribute('aria-label')).toContain('in another phase');
  expect(await node(panel, 'Phase 2').getAttribute('data-aside')).toBeNull();
  await node(panel, 'Phase 1').click();
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Phase 1 — Prepare']);
});

test('waves are columns from left to right; one of them opens', async () => {
  const panel = await open({ ...overview, level: 'waves' });
  const middle = async (name: string) => (await node(panel, name).boundingBox())?.x ?? Number.NaN;
  expect(await middle('b-1a')).toBeGreaterThan(await middle('a-2'));
  expect(await middle('b-1b')).toBeGreaterThan(await middle('b-1a'));
  expect(await middle('b-1a')).toBeGreaterThan(await middle('a-3'));
  expect(await panel.page.locator('#direction').isVisible()).toBe(false);
  await panel.page.locator('#stage .cluster-label', { hasText: 'Wave 1' }).click();
  await eventually(() => crumbs(panel)).toEqual(['A small plan', 'Waves', 'Wave 1']);
});

test('what a wave is made of stands in columns of up to eight, all as wide', async () => {
  const of = (wave: string, count: number, blockedBy: readonly string[] = []) =>
    Array.from({ length: count }, (_, i) => ({
      id: `${wave}-${i}`,
      title: i % 2 === 0 ? 'Dig' : 'Dig until nothing more can be dug',
      blockedBy,
    }));
  const beads = [...of('a', 8), ...of('b', 9, ['a-0']), ...of('c', 3, ['b-0'])];
  const panel = await openLivePanel(snapshotOf(buildPlan({ beads })), { ...overview, level: 'waves' });
  const places = async (wave: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const box = await node(panel, `${wave}-${i}`).locator('.label-container').boundingBox();
        return { x: Math.round(box?.x ?? 0), y: Math.round(box?.y ?? 0), width: Math.round(box?.width ?? 0) };
      }),
    );
  const columns = async (wave: string, count: number) => new Set((await places(wave, count)).map(({ x }) => x)).size;
  expect(await columns('a', 8)).toBe(1);
  expect(await columns('b', 9)).toBe(2);
  expect(await columns('c', 3)).toBe(1);
  const all = [...(await places('a', 8)), ...(await places('b', 9)), ...(await places('c', 3))];
  expect(new Set(all.map(({ width }) => width)).size).toBe(1);
  const inOrder = (await places('a', 8)).map(({ y }) => y);
  expect(inOrder).toEqual(inOrder.toSorted((one, other) => one - other));
});

test('the critical path is drawn over what runs the same way', async () => {
  const beads = [
    { id: 'a' },
    { id: 'b', blockedBy: ['a'] },
    { id: 'c', blockedBy: ['b'] },
    { id: 'd', blockedBy: ['a'] },
  ];
  const panel = await openLivePanel(snapshotOf(buildPlan({ beads })), wholePlan);
  const critical = await panel.page
    .locator('#stage path.flowchart-link')
    .evaluateAll((paths) => paths.map((path) => path.classList.contains('critical')));
  expect(critical).toContain(true);
  expect(critical).toContain(false);
  expect(critical.toSorted()).toEqual(critical);
});

test('a picture that is cut off at its sides in any case opens large enough to be read', async () => {
  const large = snapshotOf(buildPlan(layeredPlan({ beads: 300 })));
  const { page } = await openLivePanel(large, wholePlan, { size: { width: 500, height: 600 } });
  expect(Number.parseInt((await page.locator('#zoom').textContent()) ?? '', 10)).toBeGreaterThanOrEqual(75);
});

test('of the breadcrumbs, where one is is cut last', async () => {
  const large = snapshotOf(buildPlan({ ...layeredPlan({ beads: 300 }), title: 'A plan with quite a long title' }));
  const view = { ...overview, level: 'neighbourhood', thing: { kind: 'bead', id: 'b-112' }, depth: 2 } as const;
  const { page } = await openLivePanel(large, view, { size: { width: 820, height: 500 } });
  const isCut = (crumb: string) => page.locator(crumb).evaluate((each) => each.scrollWidth > each.clientWidth);
  expect(await isCut('#crumbs li:first-child > *')).toBe(true);
  expect(await isCut('#crumbs [aria-current]')).toBe(false);
});

test('how far a neighbourhood reaches can be chosen, and is no step of its own', async () => {
  const thing = { kind: 'bead', id: 'a-2' } as const;
  const panel = await open({ ...overview, level: 'neighbourhood', thing, depth: 1 });
  expect(await node(panel, 'Phase 2').count()).toBe(0);
  await panel.page.getByRole('button', { name: 'More steps around it (])' }).click();
  await eventually(() => node(panel, 'Phase 2').count()).toBe(1);
  await node(panel, 'a-2').focus();
  await panel.page.keyboard.press('[');
  await eventually(() => node(panel, 'Phase 2').count()).toBe(0);
  expect(await panel.page.locator('#back').getAttribute('disabled')).not.toBeNull();
});

test('where nothing keeps a bead, or it is done, the page says so', async () => {
  const panel = await open(wholePlan);
  await node(panel, 'a-3').focus();
  await panel.page.keyboard.press('w');
  await panel.page.getByText('Nothing keeps a-3 from being worked on.').waitFor();
  await panel.page.keyboard.press('Alt+ArrowLeft');
  await node(panel, 'a-1').focus();
  await panel.page.keyboard.press('w');
  await panel.page.getByText('a-1 is done.').waitFor();
});

test('a level opens from where it was clicked, unless the user wants nothing to move', async () => {
  const animations = (panel: Panel) =>
    panel.page.evaluate(`new Promise((done) => {
      const scene = document.querySelector('#scene');
      const animate = scene.animate.bind(scene);
      let count = 0;
      scene.animate = (...all) => { count++; return animate(...all); };
      document.querySelector('#stage [data-node]').dispatchEvent(new MouseEvent('click', { bubbles: true }));
      const look = () => document.querySelectorAll('#crumbs li').length > 1 && document.querySelector('.cluster')
        ? done(count + ' ' + scene.style.transformOrigin) : setTimeout(look, 20);
      look();
    })`);
  const moving = await open();
  expect(await animations(moving)).toMatch(/^1 \d/);
  expect(await animations(await open(overview, { reducedMotion: true }))).toBe('0 ');
  const inVsCode = await open(overview, { bodyClass: 'vscode-dark vscode-reduce-motion' });
  expect(await animations(inVsCode)).toBe('0 ');
});

test('level, history, filter and selection survive a reload', async () => {
  const panel = await open();
  await node(panel, 'Phase 2').click();
  await node(panel, 'b-1a').click();
  await eventually(async () => ((await panel.state()) as { history?: { at: number } }).history?.at).toBe(1);
  await eventually(async () => ((await panel.state()) as { selected?: unknown }).selected).toMatchObject({
    id: 'b-1a',
  });
  const again = await openPanel({ state: await panel.state() });
  await node(again, 'b-1a').waitFor();
  await again.send(chartOf(smallPlan(), panel.view));
  await eventually(() => node(again, 'b-1a').getAttribute('aria-current')).toBe('true');
  expect(await again.page.locator('#back').getAttribute('disabled')).toBeNull();
});

test('a bead that comes moves nothing that need not move, though what was looked at goes', async () => {
  const panel = await open(wholePlan);
  await panel.page.mouse.move(450, 400);
  await panel.page.mouse.wheel(0, -150);
  await node(panel, 'b-2').click();
  const near = await node(panel, 'b-1b').boundingBox();
  const beads = (smallSketch.beads ?? []).filter(({ id }) => id !== 'b-2');
  await panel.edit(snapshotOf(buildPlan({ ...smallSketch, beads })));
  await eventually(() => node(panel, 'b-2').count()).toBe(0);
  const after = await node(panel, 'b-1b').boundingBox();
  expect(Math.abs((after?.x ?? 0) - (near?.x ?? 0))).toBeLessThan(1.5);
  expect(Math.abs((after?.y ?? 0) - (near?.y ?? 0))).toBeLessThan(1.5);
});

test('hostile titles stay text at every level, in crumbs, outline and search', async () => {
  const evil = '<img src=x onerror=alert(1)> `code` "quotes" $$x^2$$ %%{init}%% end \u202e';
  const plan = buildPlan({
    title: evil,
    phases: [
      { id: '1', title: evil },
      { id: '2', title: evil, dependsOn: ['1'] },
    ],
    beads: [
      { id: 'a', title: evil, phase: '1', owner: evil },
      { id: 'b', title: evil, phase: '2', blockedBy: ['a', '<b>x</b>'] },
    ],
    gates: [{ id: 'G', title: evil, phase: '1' }],
  });
  const thing = { kind: 'bead', id: 'b' } as const;
  const panel = await openLivePanel(snapshotOf(plan), wholePlan);
  const views: readonly GraphView[] = [
    overview,
    { ...overview, level: 'phase', phase: '2' },
    { ...overview, level: 'neighbourhood', thing, depth: 3 },
    { ...overview, level: 'blockers', thing },
    { ...overview, level: 'unblocks', thing: { kind: 'bead', id: 'a' } },
    { ...overview, level: 'waves' },
  ];
  for (const view of views) {
    await panel.send(chartOf(plan, view));
    await eventually(() => panel.page.locator('#stage .nodeLabel', { hasText: 'onerror' }).count()).toBeGreaterThan(0);
    expect(await panel.page.locator('#stage img, #crumbs img, #toolbar img').count()).toBe(0);
  }
  await panel.page.locator('#toggle-outline').click();
  await panel.page.getByRole('treeitem').first().waitFor();
  expect(await panel.page.locator('#outline img').count()).toBe(0);
  await panel.page.locator('#find-button').click();
  await panel.page.keyboard.type('<img');
  await panel.page.getByRole('option').first().waitFor();
  expect(await panel.page.locator('#find img').count()).toBe(0);
  expect(panel.complaints).toEqual([]);
});
