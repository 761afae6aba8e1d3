import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/root.mjs';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';
import { flowchartSource } from '../../src/core/flowchart/makeFlowchart';
import type { Plan } from '../../src/core/model';
import { buildPlan } from '../support/planBuilder';
import { overview, smallPlan, snapshotOf, wholePlan } from './plans';

/** mermaid as it comes, as other people's renderers have it. */
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.setContent('<!DOCTYPE html><html><body></body></html>');
  await page.addScriptTag({ content: readFileSync(join(root, 'node_modules/mermaid/dist/mermaid.min.js'), 'utf8') });
  await page.evaluate(`mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: 'default' })`);
});

afterAll(() => browser.close());

/** The labels of the drawn nodes and boxes. */
async function draw(plan: Plan, view = wholePlan): Promise<readonly string[]> {
  const source = flowchartSource(snapshotOf(plan), view);
  return page.evaluate(`(async () => {
    const { svg } = await mermaid.render('x' + Math.random().toString(36).slice(2), ${JSON.stringify(source)});
    document.body.innerHTML = svg;
    return [...document.querySelectorAll('.nodeLabel')].map((label) => label.textContent);
  })()`);
}

test('the source is drawn by mermaid as it comes, with states, marks and progress', async () => {
  const labels = await draw(smallPlan());
  expect(labels).toEqual(expect.arrayContaining(['✓ a-1 P0Collect', '◐ a-2Sort', '⊘ b-1a' + 'Walls', '… G1Worth it?']));
  expect(labels.some((label) => label.startsWith('◐ Phase 1 Prepare 1/3'))).toBe(true);
  const colours = await page.evaluate(
    `[...document.querySelectorAll('g.node.closed > .label-container')].map((rect) => getComputedStyle(rect).fill)`,
  );
  expect(colours).toEqual(['rgb(218, 251, 225)']);
});

test('so is the overview', async () => {
  expect(await draw(smallPlan(), overview)).toEqual(
    expect.arrayContaining(['◐ Phase 1Prepare1/3', '⊘ Phase 2Do0/4', '… G1Worth it?']),
  );
});

test('text that mermaid could misread shows literally there, too', async () => {
  const titles = [
    '"quoted" [brackets] {braces}',
    'end',
    '<b>bold</b> & co',
    '1. first',
    '**strong** `code`',
    'direction TB',
    '# title; x',
  ];
  const labels = await draw(buildPlan({ beads: titles.map((title, i) => ({ id: `b${i}`, title })) }));
  expect(labels).toEqual(titles.map((title, i) => `○ b${i}${title}`));
});
