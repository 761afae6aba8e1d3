import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan } from '../../src/core/model';
import type { GraphView, ShowChart } from '../../src/protocol';
import { buildPlan, type PlanSketch } from '../support/planBuilder';
import { eventually, openPanel, type Panel, type PanelOptions } from './harness';
import { chartOf, overview, smallPlan, smallSketch, wholePlan } from './plans';

async function show(plan: Plan, view: GraphView = wholePlan, options: PanelOptions = {}): Promise<Panel> {
  const panel = await openPanel(options);
  await panel.send(chartOf(plan, view));
  await panel.page.locator('#stage svg').waitFor();
  return panel;
}

function withStatus(id: string, status: 'open' | 'closed' | 'in_progress'): PlanSketch {
  return {
    ...smallSketch,
    beads: (smallSketch.beads ?? []).map((bead) => (bead.id === id ? { ...bead, status } : bead)),
  };
}

function node(panel: Panel, name: string) {
  return panel.page
    .locator('#stage [data-node]')
    .filter({ has: panel.page.locator('b', { hasText: new RegExp(`^${name}$`) }) });
}

const stateOf = (panel: Panel, name: string) => node(panel, name).getAttribute('data-state');

/** Where a node is on the page, to the pixel. */
async function placeOf(panel: Panel, name: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await node(panel, name).boundingBox();
  return { x: Math.round(box?.x ?? Number.NaN), y: Math.round(box?.y ?? Number.NaN) };
}

test('it asks for a chart, and draws what it gets', async () => {
  const panel = await show(smallPlan());
  await eventually(() => panel.messages).toContainEqual({ type: 'ready' });
  expect(await stateOf(panel, 'a-1')).toBe('closed');
  expect(await stateOf(panel, 'a-2')).toBe('in_progress');
  expect(await stateOf(panel, 'a-3')).toBe('ready');
  expect(await stateOf(panel, 'b-1a')).toBe('blocked');
  expect(await stateOf(panel, 'b-2')).toBe('deferred');
  expect(await stateOf(panel, 'G1')).toBe('waiting');
  expect(await stateOf(panel, 'Phase 2')).toBe('guarded');
  expect(await node(panel, 'Phase 1').locator('.cluster-label').textContent()).toContain('1/3');
  expect(panel.complaints).toEqual([]);
});

test('every edge of the chart that is drawn is a path, and says its kind', async () => {
  const chart = chartOf(smallPlan());
  const panel = await show(smallPlan());
  const kinds = await panel.page
    .locator('#stage path.flowchart-link')
    .evaluateAll((paths) => paths.map((path) => path.getAttribute('data-kind')));
  expect(kinds.toSorted()).toEqual(chart.edges.flatMap(({ kind, undrawn }) => (undrawn ? [] : [kind])).toSorted());
});

test('a change of states is shown in the standing picture; nothing moves', async () => {
  const panel = await show(smallPlan());
  await panel.page.evaluate(`document.querySelector('#stage svg').id = 'the-same'`);
  const before = await placeOf(panel, 'b-1');
  const { nodes, edges } = chartOf(buildPlan(withStatus('a-2', 'closed')));
  await panel.send({ type: 'states', nodes, edges });
  await eventually(() => stateOf(panel, 'a-2')).toBe('closed');
  expect(await node(panel, 'Phase 1').locator('.cluster-label').textContent()).toContain('2/3');
  expect(await panel.page.locator('#the-same').count()).toBe(1);
  expect(await placeOf(panel, 'b-1')).toEqual(before);
  expect(await panel.page.locator('#announcer').textContent()).toBe('a-2: Closed');
});

test('a change of the plan keeps zoom, the selected node in its place, and the selection', async () => {
  const panel = await show(smallPlan());
  await node(panel, 'a-2').click();
  await panel.page.mouse.move(450, 400);
  await panel.page.mouse.wheel(0, 120);
  const zoom = await panel.page.locator('#zoom').textContent();
  const before = await placeOf(panel, 'a-2');
  const beads = [{ id: 'a-0', title: 'Before all', phase: '1' }, ...(smallSketch.beads ?? [])];
  await panel.send(chartOf(buildPlan({ ...smallSketch, beads })));
  await node(panel, 'a-0').waitFor();
  expect(await panel.page.locator('#zoom').textContent()).toBe(zoom);
  expect(await placeOf(panel, 'a-2')).toEqual(before);
  await eventually(() => node(panel, 'a-2').getAttribute('aria-current')).toBe('true');
});

test('a click selects and asks for details; a double click opens the source', async () => {
  const panel = await show(smallPlan());
  await node(panel, 'a-2').click();
  const thing = { kind: 'bead', id: 'a-2' };
  await eventually(() => panel.messages).toContainEqual({ type: 'select', thing });
  await eventually(() => panel.messages).toContainEqual({ type: 'peek', thing });
  const details = { sections: [{ label: 'Done when', texts: ['<b>not</b> markup', 'second'] }] };
  await panel.send({ type: 'details', thing, details });
  const card = panel.page.locator('#details');
  await card.getByText('<b>not</b> markup').waitFor();
  expect(await card.locator('h2').textContent()).toBe('a-2 Sort');
  await card.getByRole('button', { name: 'Close' }).click();
  expect(await card.isVisible()).toBe(false);
  await node(panel, 'a-3').dblclick();
  await eventually(() => panel.messages).toContainEqual({ type: 'open', thing: { kind: 'bead', id: 'a-3' } });
});

test('what the user is at elsewhere is highlighted', async () => {
  const panel = await show(smallPlan());
  await panel.send({ type: 'select', thing: { kind: 'gate', id: 'G1' } });
  await eventually(() => node(panel, 'G1').getAttribute('aria-current')).toBe('true');
  await panel.send({ type: 'select' });
  await eventually(() => panel.page.locator('#stage [aria-current]').count()).toBe(0);
  expect(panel.messages).not.toContainEqual(expect.objectContaining({ type: 'select' }));
});

test('something out of sight is brought into sight when it is selected elsewhere', async () => {
  const beads = Array.from({ length: 40 }, (_, i) => ({ id: `n-${i}`, blockedBy: i === 0 ? [] : [`n-${i - 1}`] }));
  const panel = await show(buildPlan({ beads }));
  await panel.send({ type: 'select', thing: { kind: 'bead', id: 'n-39' } });
  await eventually(async () => (await placeOf(panel, 'n-39')).y).toBeLessThan(700);
  expect((await placeOf(panel, 'n-39')).y).toBeGreaterThan(0);
});

test('arrow keys follow edges, then go to neighbours; space selects, enter opens, escape leaves', async () => {
  const panel = await show(smallPlan());
  const focused = () => panel.page.evaluate(`document.activeElement.querySelector('b')?.textContent`);
  await node(panel, 'a-1').focus();
  await panel.page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('a-2');
  await panel.page.keyboard.press('ArrowUp');
  expect(await focused()).toBe('a-1');
  await node(panel, 'a-3').focus();
  await panel.page.keyboard.press('ArrowUp');
  expect(await focused()).not.toBe('a-3');
  await node(panel, 'a-3').focus();
  await panel.page.keyboard.press('Space');
  await eventually(() => panel.messages).toContainEqual({ type: 'select', thing: { kind: 'bead', id: 'a-3' } });
  expect(await panel.page.locator('#details').isVisible()).toBe(true);
  await panel.page.keyboard.press('Escape');
  expect(await panel.page.locator('#details').isVisible()).toBe(false);
  await panel.page.keyboard.press('Enter');
  await eventually(() => panel.messages).toContainEqual({ type: 'open', thing: { kind: 'bead', id: 'a-3' } });
  await panel.page.keyboard.press('Escape');
  await eventually(() => panel.messages.at(-1)).toEqual({ type: 'select' });
  await panel.page.keyboard.press('/');
  await panel.page.getByRole('combobox', { name: 'Find (F)' }).waitFor();
});

test('every node can be reached with arrow keys', async () => {
  const panel = await show(smallPlan());
  const all = (await panel.page.locator('#stage [data-node]').count()) as number;
  await panel.page.locator('#stage [data-node][tabindex="0"]').focus();
  const reached = (await panel.page.evaluate(`(() => {
    const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    const seen = new Set([document.activeElement]);
    for (const from of seen) for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
      from.focus();
      press(key);
      seen.add(document.activeElement);
    }
    return seen.size;
  })()`)) as number;
  expect(reached).toBe(all);
});

test('one node takes part in the tab order; each says what it is, how it stands and what it waits for', async () => {
  const panel = await show(smallPlan());
  expect(await panel.page.locator('#stage [tabindex="0"]').count()).toBe(1);
  expect(await node(panel, 'b-1b').getAttribute('aria-label')).toMatch(
    /^b-1b Roof · Bead · Blocked · waits for .*b-1a/,
  );
  expect(await node(panel, 'Phase 1').getAttribute('aria-label')).toMatch(
    /^Phase 1 Prepare · Phase · In progress · 1 of 3 closed/,
  );
  expect(await panel.page.getByRole('application', { name: 'Graph of A small plan' }).count()).toBe(1);
});

test('dragging moves the picture and is no click', async () => {
  const panel = await show(smallPlan());
  const before = await placeOf(panel, 'a-1');
  await panel.page.mouse.move(before.x + 20, before.y + 20);
  await panel.page.mouse.down();
  await panel.page.mouse.move(before.x + 80, before.y + 50, { steps: 4 });
  await panel.page.mouse.up();
  expect(await placeOf(panel, 'a-1')).toEqual({ x: before.x + 60, y: before.y + 30 });
  expect(panel.messages).not.toContainEqual(expect.objectContaining({ type: 'select' }));
});

test('the wheel zooms around the pointer, a pinch too; keys zoom, 0 is actual size', async () => {
  const panel = await show(smallPlan());
  const zoom = async () => Number((await panel.page.locator('#zoom').textContent())?.replace('%', ''));
  const start = await zoom();
  const point = await placeOf(panel, 'a-1');
  await panel.page.mouse.move(point.x, point.y);
  await panel.page.mouse.wheel(0, -200);
  expect(await zoom()).toBeGreaterThan(start);
  const now = await placeOf(panel, 'a-1');
  expect(Math.hypot(now.x - point.x, now.y - point.y)).toBeLessThan(2);
  const wheeled = await zoom();
  await panel.page.keyboard.down('Control');
  await panel.page.mouse.wheel(0, 20);
  await panel.page.keyboard.up('Control');
  expect(await zoom()).toBeLessThan(wheeled);
  await node(panel, 'a-1').focus();
  await panel.page.keyboard.press('0');
  expect(await zoom()).toBe(100);
  await panel.page.keyboard.press('+');
  expect(await zoom()).toBe(125);
  await panel.page.keyboard.press('-');
  expect(await zoom()).toBe(100);
});

test('on the overview a click on a phase asks for that phase; from there a button leads back', async () => {
  const panel = await show(smallPlan(), overview);
  expect(await panel.page.locator('#stage [data-node]').count()).toBe(3);
  await node(panel, 'Phase 2').click();
  const phaseView = { ...wholePlan, level: 'phase', phase: '2' } as const;
  await eventually(() => panel.messages).toContainEqual({ type: 'view', view: phaseView });
  await panel.send(chartOf(smallPlan(), phaseView));
  await node(panel, 'b-1a').waitFor();
  await panel.page
    .getByRole('navigation', { name: 'Breadcrumbs' })
    .getByRole('button', { name: 'A small plan' })
    .click();
  await eventually(() => panel.messages.at(-1)).toEqual({ type: 'view', view: overview });
});

test('the toolbar asks for other views', async () => {
  const panel = await show(smallPlan());
  const asked = () => panel.messages.filter((message) => (message as { type: string }).type === 'view').at(-1);
  await panel.page.getByRole('button', { name: 'Filter' }).click();
  await panel.page.locator('#hide-closed').click();
  await eventually(asked).toEqual({ type: 'view', view: { ...wholePlan, hideClosed: true } });
  await panel.page.keyboard.press('Escape');
  await panel.page.getByRole('button', { name: 'Direction: Top down' }).click();
  await eventually(asked).toEqual({ type: 'view', view: { ...wholePlan, direction: 'LR' } });
  await panel.page.locator('#show').click();
  await panel.page.getByRole('option', { name: 'Phase 2 — Do' }).click();
  await eventually(asked).toEqual({ type: 'view', view: { ...wholePlan, level: 'phase', phase: '2' } });
});

test('the toolbar shows the view that the extension has chosen', async () => {
  const panel = await show(smallPlan(), { level: 'phase', phase: '2', direction: 'LR', hideClosed: true });
  await panel.page.getByRole('button', { name: 'Direction: Left to right' }).waitFor();
  await eventually(() =>
    panel.page.locator('#show').evaluate((control) => control.shadowRoot?.textContent ?? ''),
  ).toContain('Phase 2 — Do');
  await panel.page.getByRole('button', { name: 'Filter' }).click();
  expect(await panel.page.getByRole('checkbox', { name: 'Hide closed' }).isChecked()).toBe(true);
  expect(panel.messages).toEqual([{ type: 'ready' }]);
});

test('edges run downwards, or to the right', async () => {
  for (const direction of ['TB', 'LR'] as const) {
    const panel = await show(smallPlan(), { ...wholePlan, direction });
    const [from, to] = [await placeOf(panel, 'a-1'), await placeOf(panel, 'a-2')];
    expect(direction === 'TB' ? to.y - from.y : to.x - from.x).toBeGreaterThan(20);
  }
});

test('the context of a node is a reference that commands understand', async () => {
  const panel = await show(smallPlan());
  const context = JSON.parse((await node(panel, 'b-1a').getAttribute('data-vscode-context')) ?? '');
  expect(context).toMatchObject({ webviewSection: 'bead.blocked', plan: smallPlan().key, kind: 'bead', id: 'b-1a' });
});

test('what stood there is shown at once in the next life, with its place and selection', async () => {
  const panel = await show(smallPlan());
  await node(panel, 'a-2').click();
  await panel.page.mouse.wheel(0, -100);
  const place = await placeOf(panel, 'a-2');
  await eventually(async () => ((await panel.state()) as { selected?: unknown })?.selected).toEqual({
    kind: 'bead',
    id: 'a-2',
  });
  await eventually(async () => ((await panel.state()) as { viewport?: { zoom: number } }).viewport?.zoom).not.toBe(1);
  const again = await openPanel({ state: await panel.state() });
  await node(again, 'a-2').waitFor();
  expect(await placeOf(again, 'a-2')).toEqual(place);
  expect(await node(again, 'a-2').getAttribute('aria-current')).toBe('true');
  await again.page.evaluate(`document.querySelector('#stage svg').id = 'the-same'`);
  await again.send(chartOf(buildPlan(withStatus('a-3', 'closed'))));
  await eventually(() => stateOf(again, 'a-3')).toBe('closed');
  expect(await again.page.locator('#the-same').count()).toBe(1);
});

test('messages that it does not know are ignored and told to the log', async () => {
  const panel = await show(smallPlan());
  for (const message of [
    null,
    'x',
    {},
    { type: 'chart' },
    { type: 'chart', nodes: [{}] },
    { type: 'select', thing: 1 },
  ]) {
    await panel.send(message);
  }
  await eventually(() => panel.messages.filter((each) => (each as { type: string }).type === 'problem').length).toBe(6);
  expect(await stateOf(panel, 'a-1')).toBe('closed');
  expect(panel.complaints).toEqual([]);
});

test('what mermaid cannot read is said in words; the next chart is drawn', async () => {
  const panel = await openPanel();
  const chart = chartOf(smallPlan());
  await panel.send({ ...chart, text: 'flowchart TB\n  a[' } satisfies ShowChart);
  await panel.page.getByText('The graph could not be drawn').waitFor();
  await panel.send(chart);
  await node(panel, 'a-1').waitFor();
  expect(await panel.page.locator('#notice').isVisible()).toBe(false);
});

test('of many charts in a row the last one stands', async () => {
  const panel = await openPanel();
  for (let i = 0; i < 8; i++) {
    await panel.send(
      chartOf(smallPlan((sketch) => ({ ...sketch, beads: [...(sketch.beads ?? []), { id: `new-${i}` }] }))),
    );
  }
  await node(panel, 'new-7').waitFor();
  expect(await node(panel, 'new-6').count()).toBe(0);
});

test('an empty view and a plan that is gone say so', async () => {
  const panel = await openPanel();
  await panel.send(chartOf(buildPlan({})));
  await panel.page.getByText('Nothing to show here').waitFor();
  await panel.send(chartOf(smallPlan()));
  await node(panel, 'a-1').waitFor();
  await panel.send({ type: 'gone' });
  await panel.page.getByText('no longer in the workspace').waitFor();
  expect(await node(panel, 'a-1').isVisible()).toBe(true);
});

test('the source can be looked at and copied', async () => {
  const panel = await show(smallPlan());
  await panel.page.getByRole('button', { name: 'Mermaid source' }).click();
  await eventually(() => panel.messages).toContainEqual({ type: 'source' });
  await panel.send({ type: 'source', text: 'flowchart TB\n  <b>' });
  await eventually(() => panel.page.locator('#source pre').textContent()).toBe('flowchart TB\n  <b>');
  await panel.page.locator('#source').getByRole('button', { name: 'Copy' }).click();
  await eventually(() => panel.messages.at(-1)).toEqual({ type: 'copy' });
});

test('plans of any shape are drawn: rings, boxes in boxes, gates anywhere', async () => {
  const panel = await openPanel();
  const id = (letter: string, most: number) => fc.integer({ min: 0, max: most }).map((n) => `${letter}${n}`);
  const anything = fc.oneof(id('b', 9), id('p', 3), id('g', 2));
  const sketches = fc.record({
    phases: fc.uniqueArray(fc.record({ id: id('p', 3), dependsOn: fc.array(id('p', 3), { maxLength: 2 }) }), {
      selector: (phase) => phase.id,
    }),
    beads: fc.uniqueArray(
      fc.record(
        { id: id('b', 9), phase: id('p', 3), parent: id('b', 9), blockedBy: fc.array(anything, { maxLength: 4 }) },
        { requiredKeys: ['id'] },
      ),
      { selector: (bead) => bead.id, minLength: 1 },
    ),
    gates: fc.uniqueArray(
      fc.record(
        { id: id('g', 2), phase: id('p', 3), blockedBy: fc.array(anything), blocks: fc.array(anything) },
        { requiredKeys: ['id'] },
      ),
      { selector: (gate) => gate.id },
    ),
  });
  for (const [index, sketch] of fc.sample(sketches, { numRuns: 40, seed: 7 }).entries()) {
    const chart = chartOf(buildPlan({ ...sketch, title: `Plan ${index}` }), index % 3 === 0 ? overview : wholePlan);
    await panel.send(chart);
    const drawn = panel.page.locator(`#canvas[aria-label="Graph of Plan ${index}"]`);
    await drawn.waitFor();
    const ids = chart.nodes.map((each) => each.id).sort();
    const shown = () =>
      panel.page
        .locator('#stage [data-node]')
        .evaluateAll((nodes) => nodes.map((each) => each.getAttribute('data-node')));
    await eventually(async () => (await shown()).toSorted(), JSON.stringify(sketch)).toEqual(ids);
    const drawnEdges = chart.edges.filter(({ undrawn }) => !undrawn).length;
    expect(await panel.page.locator('#stage path.flowchart-link').count(), JSON.stringify(sketch)).toBe(drawnEdges);
  }
  expect(panel.complaints).toEqual([]);
  expect(panel.messages).toEqual([{ type: 'ready' }]);
});

test('the legend explains every shape, state and arrow of a chart', async () => {
  const panel = await show(smallPlan());
  await panel.page.getByRole('button', { name: 'Legend' }).click();
  const legend = panel.page.getByRole('dialog', { name: 'Legend' });
  const explained = (attribute: string) =>
    legend.locator(`[${attribute}]`).evaluateAll((all, name) => all.map((each) => each.getAttribute(name)), attribute);
  expect(await explained('data-shape')).toEqual(['phase', 'bead', 'parts', 'gate', 'human', 'external']);
  const { nodes, edges } = chartOf(smallPlan());
  expect(await explained('data-state')).toEqual(expect.arrayContaining(nodes.map(({ state }) => state)));
  expect(await explained('data-kind')).toEqual(expect.arrayContaining(edges.map(({ kind }) => kind)));
  await panel.page.keyboard.press('Escape');
  expect(await legend.isVisible()).toBe(false);
  const focused = await panel.page.evaluate(`document.activeElement?.getAttribute('aria-label')`);
  expect(focused).toBe('Legend');
});

test('a picture that is too large to be read in whole opens on the work at hand in the selected phase', async () => {
  const many = (phase: string, state: 'open' | 'closed') =>
    Array.from({ length: 12 }, (_, i) => ({
      id: `${phase}-${i}`,
      phase,
      status: i === 7 ? ('in_progress' as const) : state,
      blockedBy: i === 0 ? [] : [`${phase}-${i - 1}`],
    }));
  const phases = ['1', '2', '3'].map((id) => ({ id, title: `Phase number ${id}` }));
  const plan = buildPlan({ phases, beads: ['1', '2', '3'].flatMap((id) => many(id, 'open')) });
  const panel = await openPanel({ size: { width: 500, height: 600 } });
  await panel.send({ type: 'select', thing: { kind: 'phase', id: '2' } });
  await panel.send(chartOf(plan));
  await panel.page.locator('#stage svg').waitFor();
  const zoom = Number.parseInt((await panel.page.locator('#zoom').textContent()) ?? '', 10);
  expect(zoom).toBeGreaterThanOrEqual(50);
  const { y } = await placeOf(panel, '2-7');
  expect(y).toBeGreaterThan(100);
  expect(y).toBeLessThan(600);
});

test('the controls of a narrow panel stay inside of it, in two rows', async () => {
  const panel = await show(
    smallPlan(),
    { ...wholePlan, level: 'phase', phase: '1' },
    { size: { width: 480, height: 600 } },
  );
  const controls = panel.page.locator('#toolbar :is(vscode-button, vscode-dropdown, vscode-checkbox):visible');
  const boxes = (await controls.evaluateAll((all) =>
    all.map((each) => {
      const { left, right, top, bottom } = each.getBoundingClientRect();
      return { left, right, row: Math.round((top + bottom) / 20) };
    }),
  )) as { left: number; right: number; row: number }[];
  expect(boxes.length).toBe(14);
  expect(Math.min(...boxes.map(({ left }) => left))).toBeGreaterThanOrEqual(0);
  expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(480);
  expect(new Set(boxes.map(({ row }) => row)).size).toBe(2);
});

test('what is in the middle of a panel stays there when the panel becomes wider or narrower', async () => {
  const panel = await show(smallPlan(), overview, { size: { width: 900, height: 600 } });
  const { x, y } = await placeOf(panel, 'Phase 1');
  await panel.page.setViewportSize({ width: 320, height: 600 });
  await eventually(async () => (await placeOf(panel, 'Phase 1')).x).toBe(x - 290);
  await panel.page.setViewportSize({ width: 900, height: 600 });
  await eventually(() => placeOf(panel, 'Phase 1')).toEqual({ x, y });
});

test('the list of levels is as wide as the names of phases', async () => {
  const title = 'Provision production resources in all regions';
  const panel = await show(buildPlan({ phases: [{ id: 'J', title }], beads: [{ id: 'a', phase: 'J' }] }));
  await panel.page.locator('#show').click();
  const option = panel.page.getByRole('option', { name: `Phase J — ${title}` });
  await option.waitFor();
  const label = option.locator('.content');
  expect(await label.evaluate((each) => [each.scrollWidth <= each.clientWidth, each.clientWidth > 170])).toEqual([
    true,
    true,
  ]);
});

test('where one can go from long details stays in sight', async () => {
  const panel = await show(smallPlan());
  await node(panel, 'a-2').click();
  const texts = Array.from({ length: 40 }, (_, i) => `Part ${i + 1} of a long story`);
  await panel.send({
    type: 'details',
    thing: { kind: 'bead', id: 'a-2' },
    details: { sections: [{ label: 'Done when', texts }] },
  });
  const details = panel.page.locator('#details');
  await details.getByText('Part 40').waitFor();
  const card = await details.boundingBox();
  const link = await details.getByRole('button', { name: 'Neighbourhood' }).boundingBox();
  if (card === null || link === null) throw new Error('Nothing shows.');
  expect(await details.evaluate((each) => each.scrollHeight > each.clientHeight)).toBe(true);
  expect(link.y + link.height).toBeLessThanOrEqual(card.y + card.height);
});
