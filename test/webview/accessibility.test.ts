import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/root.mjs';
import type { GraphView } from '../../src/protocol';
import { buildPlan, type PlanSketch } from '../support/planBuilder';
import { openLivePanel } from './graphHost';
import { eventually, openPanel, type Panel } from './harness';
import { chartOf, overview, smallPlan, snapshotOf, wholePlan } from './plans';
import { type ThemeName, themes } from './themes';

const axe = readFileSync(createRequire(join(root, 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');

/** Shows a level; its picture stands still when this resolves. The breadcrumbs change before it is drawn. */
async function showLevel(panel: Panel, view: GraphView): Promise<void> {
  const { page } = panel;
  const drawn = () => page.evaluate<number>(`performance.getEntriesByName('phasewise-drawn').length`);
  const before = await drawn();
  await panel.send(chartOf(smallPlan(), view));
  await eventually(drawn).toBeGreaterThan(before);
}

/** What axe-core has against the page as it stands, one line for each element. */
async function complaintsOf({ page }: Panel): Promise<readonly string[]> {
  // What fades in has other colours on its way.
  await eventually(() => page.evaluate('document.getAnimations().length')).toBe(0);
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  // A node's name says in words what its label says in short: `2 of 7 closed` for `2/7`.
  const isShortForm = (id: string, html: string) => id === 'label-content-name-mismatch' && html.startsWith('<g ');
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes
      .filter(({ html }) => !isShortForm(id, html))
      .map(({ html, failureSummary }) => `${id} (${impact}): ${html.slice(0, 200)}\n${failureSummary}`),
  );
}

/** The contrast of two colours as CSS writes them, worked out by the browser; 1 to 21. */
const contrast = `(a, b) => {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const luminance = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}`;

interface Seen {
  readonly node: string;
  readonly what: string;
  readonly contrast: number;
}

/** axe does not look at what is drawn in SVG: labels, signs and outlines of nodes on what is behind them. */
function contrastsOf(page: Page): Promise<readonly Seen[]> {
  return page.evaluate(`(() => {
    const contrast = ${contrast};
    const ground = getComputedStyle(document.body).backgroundColor;
    return [...document.querySelectorAll('#stage g.node')].flatMap((node) => {
      const fill = getComputedStyle(node.querySelector('.label-container')).fill;
      const seen = (what, colour, behind) => ({ node: node.dataset.state, what, contrast: contrast(colour, behind) });
      return [
        ...[...node.querySelectorAll('.nodeLabel, .nodeLabel b, .nodeLabel small')].map((text) =>
          seen(text.localName, getComputedStyle(text).color, fill)),
        ...[...node.querySelectorAll('.mark-solid')].map((sign) => seen('sign', getComputedStyle(sign).fill, fill)),
        ...[...node.querySelectorAll('.mark-line')].map((sign) => seen('sign', getComputedStyle(sign).stroke, fill)),
        seen('outline', getComputedStyle(node.querySelector('.label-container')).stroke, ground),
      ];
    });
  })()`);
}

/** By what the last of their breadcrumbs says. */
const levels: Readonly<Record<string, GraphView>> = {
  Do: { ...overview, level: 'phase', phase: '2' },
  'b-1b': { ...overview, level: 'neighbourhood', thing: { kind: 'bead', id: 'b-1b' }, depth: 2 },
  Why: { ...overview, level: 'blockers', thing: { kind: 'bead', id: 'b-1b' } },
  What: { ...overview, level: 'unblocks', thing: { kind: 'bead', id: 'a-2' } },
  Waves: { ...overview, level: 'waves' },
};

const STATES = [
  ...['ready', 'in_progress', 'blocked', 'closed', 'deferred'],
  ...['open', 'guarded', 'satisfied'],
  ...['waiting', 'due', 'passed', 'adjusted', 'aborted'],
];

/** Something in each of them. */
const allStates: PlanSketch = {
  phases: [
    { id: '1' },
    { id: '2', dependsOn: ['1'] },
    { id: '3', dependsOn: ['2'] },
    { id: '4', dependsOn: ['3'] },
    { id: '5' },
  ],
  beads: [
    { id: 'a', phase: '1', status: 'closed' },
    { id: 'b', phase: '2', status: 'in_progress' },
    { id: 'c', phase: '2', blockedBy: ['b'] },
    { id: 'd', phase: '2', status: 'deferred' },
    { id: 'e', phase: '3' },
    { id: 'f', phase: '5' },
  ],
  gates: [
    { id: 'passed', phase: '1', verdict: 'pass' },
    { id: 'adjusted', blockedBy: ['a'], verdict: 'adjust' },
    { id: 'aborted', blockedBy: ['a'], verdict: 'abort' },
    { id: 'due', blockedBy: ['a'] },
    { id: 'waiting', phase: '3' },
  ],
};

const leastOf = (what: string): number => (what === 'sign' || what === 'outline' ? 3 : 4.5);

describe.each(Object.keys(themes()) as ThemeName[])('the page in %s', (name) => {
  test('has nothing that axe-core complains of, whatever is open', async () => {
    const panel = await openPanel({ ...themes()[name], size: { width: 900, height: 700 } });
    const { page } = panel;
    const found: Record<string, readonly string[]> = {};
    await page.getByRole('main').waitFor({ state: 'attached' });
    found.empty = await complaintsOf(panel);
    await panel.send(chartOf(smallPlan()));
    await page.locator('#stage svg').waitFor();
    found.chart = await complaintsOf(panel);

    await page.locator('#stage [data-node]', { hasText: 'Sort' }).last().click();
    const sections = [{ label: 'Done when', texts: ['All is sorted', 'and stays so'] }];
    await eventually(() => panel.messages).toContainEqual(expect.objectContaining({ type: 'peek' }));
    await panel.send({ type: 'details', thing: { kind: 'bead', id: 'a-2' }, details: { sections } });
    await page.getByText('All is sorted').waitFor();
    found.details = await complaintsOf(panel);

    await page.getByRole('button', { name: 'Mermaid source' }).click();
    await panel.send({ type: 'source', text: 'flowchart TB\n  a --> b\n' });
    await page.locator('#source').waitFor();
    found.source = await complaintsOf(panel);
    await page.getByRole('button', { name: 'Mermaid source' }).click();

    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menu').waitFor();
    found.menu = await complaintsOf(panel);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Legend' }).click();
    await page.getByRole('dialog', { name: 'Legend' }).waitFor();
    found.legend = await complaintsOf(panel);
    await page.keyboard.press('Escape');

    await page.locator('#show').click();
    found.choice = await complaintsOf(panel);
    await page.keyboard.press('Escape');
    await showLevel(panel, overview);
    expect(await page.locator('#stage [data-node]').count()).toBeLessThan(5);
    found.overview = await complaintsOf(panel);

    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('checkbox', { name: 'Hide closed' }).waitFor();
    found.filter = await complaintsOf(panel);
    await page.keyboard.press('Escape');
    await page.locator('#find-button').click();
    await page.keyboard.type('a');
    const phase = { level: 'phase', phase: '1' } as const;
    const thing = { kind: 'bead', id: 'a-1', name: 'a-1', title: 'Collect', state: 'closed', where: '1', level: phase };
    await panel.send({
      type: 'found',
      query: 'a',
      things: [thing, { ...thing, id: 'a-2', name: 'a-2', state: 'ready' }],
    });
    await page.getByRole('option').first().waitFor();
    found.find = await complaintsOf(panel);
    await page.keyboard.press('Escape');
    for (const [level, view] of Object.entries(levels)) {
      await showLevel(panel, view);
      expect(await page.locator('#crumbs [aria-current]').textContent()).toContain(level);
      found[level] = await complaintsOf(panel);
    }
    await page.locator('#toggle-outline').click();
    await page.getByRole('treeitem').first().waitFor();
    found.outline = await complaintsOf(panel);
    expect(Object.entries(found).filter(([, complaints]) => complaints.length > 0)).toEqual([]);
  });

  test('labels, signs and outlines of nodes stand out from what is behind them', async () => {
    const panel = await openPanel(themes()[name]);
    await panel.send(chartOf(smallPlan()));
    await panel.page.locator('#stage svg').waitFor();
    const seen = await contrastsOf(panel.page);
    expect(seen.filter(({ what, contrast }) => contrast < leastOf(what))).toEqual([]);
    for (const view of Object.values(levels)) {
      await showLevel(panel, view);
      expect(await panel.page.locator('#crumbs li').count()).toBeGreaterThan(1);
      const there = await contrastsOf(panel.page);
      expect(there.filter(({ what, contrast }) => contrast < leastOf(what))).toEqual([]);
    }
  });

  test('so they do in each state', async () => {
    const panel = await openLivePanel(snapshotOf(buildPlan(allStates)), wholePlan, themes()[name]);
    const whole = await contrastsOf(panel.page);
    await panel.send(chartOf(buildPlan(allStates), overview));
    await eventually(() => panel.page.locator('#stage g.node[data-kind="bead"]').count()).toBe(0);
    const seen = [...whole, ...(await contrastsOf(panel.page))];
    expect(new Set(seen.map(({ node }) => node))).toEqual(new Set(STATES));
    expect(seen.filter(({ what, contrast }) => contrast < leastOf(what))).toEqual([]);
  });
});
