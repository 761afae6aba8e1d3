import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { buildPlan } from '../support/planBuilder';
import { eventually, openPanel, type Panel } from './harness';
import { chartOf, smallPlan } from './plans';
import { themes } from './themes';

async function exported(panel: Panel, format: 'svg' | 'png'): Promise<string> {
  await panel.send({ type: 'export', format });
  const saved = () => panel.messages.find((message) => isSave(message) && message.format === format);
  await eventually(saved).toBeDefined();
  return (saved() as { data: string }).data;
}

function isSave(message: unknown): message is { type: 'save'; format: string; data: string } {
  return (message as { type?: string }).type === 'save';
}

interface Look {
  readonly width: number;
  readonly height: number;
  readonly corner: readonly number[];
  readonly colours: number;
  readonly hasBlack: boolean;
}

/** How a picture looks to a viewer that shows it as an image: its size, its corner, and how many colours it has. */
function look(page: Page, address: string): Promise<Look> {
  return page.evaluate(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(address)};
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let i = 0; i < data.length; i += 4) colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return {
      width: canvas.width,
      height: canvas.height,
      corner: [...data.slice(0, 4)],
      colours: colours.size,
      hasBlack: colours.has(0),
    };
  })()`);
}

test('the SVG stands alone: no foreign objects, no style sheet, no class; every label is text', async () => {
  const { dark } = themes();
  const panel = await openPanel(dark);
  await panel.send(chartOf(smallPlan()));
  const svg = await exported(panel, 'svg');
  for (const foreign of [
    'foreignObject',
    '<style',
    'class=',
    'data-',
    'tabindex',
    'var(',
    'color-mix',
    'context-stroke',
  ]) {
    expect(svg.includes(foreign), foreign).toBe(false);
  }
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]);
  expect(texts).toEqual(expect.arrayContaining(['Prepare', 'Collect', 'Sort', 'Walls', 'Worth it?', 'a-1', '1/3']));
});

test('the SVG shows as an image of its own, in the colours of the theme', async () => {
  const { dark } = themes();
  const panel = await openPanel(dark);
  await panel.send(chartOf(smallPlan()));
  const svg = await exported(panel, 'svg');
  const seen = await look(panel.page, `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  expect(svg.includes('fill="#1f1f1f"')).toBe(true);
  expect(seen.corner).toEqual([31, 31, 31, 255]);
  // What is see-through on the page must not be black here.
  expect(seen.hasBlack).toBe(false);
  expect(seen.colours).toBeGreaterThan(20);
});

test('the PNG has twice the size of the SVG, and the same colours', async () => {
  const { light } = themes();
  const panel = await openPanel(light);
  await panel.send(chartOf(smallPlan()));
  const [png, svg] = [await exported(panel, 'png'), await exported(panel, 'svg')];
  expect(Buffer.from(png, 'base64').subarray(1, 4).toString('latin1')).toBe('PNG');
  const large = await look(panel.page, `data:image/png;base64,${png}`);
  const small = await look(panel.page, `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  expect(Math.abs(large.width - 2 * small.width)).toBeLessThanOrEqual(2);
  expect(Math.abs(large.height - 2 * small.height)).toBeLessThanOrEqual(2);
  expect(large.corner).toEqual([255, 255, 255, 255]);
  expect(large.colours).toBeGreaterThan(20);
  expect(panel.complaints).toEqual([]);
});

test('the export is asked for before the picture is there: it comes when it is', async () => {
  const panel = await openPanel();
  await panel.send({ type: 'export', format: 'svg' });
  await panel.send(chartOf(smallPlan()));
  await eventually(() => panel.messages.filter(isSave).length).toBe(1);
});

test('what is selected does not show in an export', async () => {
  const panel = await openPanel(themes().dark);
  await panel.send(chartOf(smallPlan()));
  const plain = await exported(panel, 'svg');
  const other = await openPanel(themes().dark);
  await other.send(chartOf(smallPlan()));
  await other.page.locator('#stage svg').waitFor();
  await other.send({ type: 'select', thing: { kind: 'bead', id: 'a-1' } });
  await other.page.locator('#stage [aria-current]').waitFor();
  expect((await exported(other, 'svg')) === plain).toBe(true);
});

test('markup, right-to-left text and emoji are text in the SVG, and it is well-formed', async () => {
  const titles = ['<b>&amp; "x"', 'שלום עולם', '👩‍👩‍👧‍👦 family', 'x'.repeat(200)];
  const panel = await openPanel();
  await panel.send(chartOf(buildPlan({ beads: titles.map((title, i) => ({ id: `b${i}`, title })) })));
  const svg = await exported(panel, 'svg');
  const texts = await panel.page.evaluate(`(() => {
    const parsed = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml');
    if (parsed.querySelector('parsererror') !== null) throw new Error('not well-formed');
    return [...parsed.querySelectorAll('text')].map((text) => text.textContent);
  })()`);
  expect(texts).toEqual(expect.arrayContaining(['<b>&amp; "x"', 'שלום עולם', '👩‍👩‍👧‍👦 family']));
});

async function savedFromMenu(panel: Panel, label: string): Promise<string> {
  const before = panel.messages.filter(isSave).length;
  // A click right after a menu has closed is taken for the one that closed it.
  await panel.page.waitForTimeout(300);
  await panel.page.locator('#export').click();
  await panel.page.getByRole('menuitem', { name: label }).click();
  await eventually(() => panel.messages.filter(isSave).length).toBe(before + 1);
  return panel.messages.filter(isSave).at(-1)?.data ?? '';
}

test.each(['dark', 'hc-black'] as const)('%s: on white the picture is in colours for white', async (name) => {
  const panel = await openPanel(themes()[name]);
  await panel.send(chartOf(smallPlan()));
  await panel.page.locator('#stage svg').waitFor();
  const before = await panel.page.evaluate(`document.body.className + document.documentElement.getAttribute('style')`);
  const svg = await savedFromMenu(panel, 'Save as SVG on White…');
  const seen = await look(panel.page, `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  expect(seen.corner).toEqual([255, 255, 255, 255]);
  expect(svg).toMatch(/<text [^>]*fill="#3b3b3b"/);
  expect(svg).not.toContain('#1f1f1f');
  // Nobody saw it: the page is as it was.
  expect(await panel.page.evaluate(`document.body.className + document.documentElement.getAttribute('style')`)).toBe(
    before,
  );
});

test('without a background nothing is behind the picture, in SVG and PNG', async () => {
  const panel = await openPanel(themes().dark);
  await panel.send(chartOf(smallPlan()));
  await panel.page.locator('#stage svg').waitFor();
  const svg = await savedFromMenu(panel, 'Save as SVG without Background…');
  const png = await savedFromMenu(panel, 'Save as PNG without Background…');
  for (const address of [
    `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`,
    `data:image/png;base64,${png}`,
  ]) {
    const seen = await look(panel.page, address);
    expect(seen.corner[3]).toBe(0);
    expect(seen.colours).toBeGreaterThan(10);
  }
});

test('on paper there is the whole picture and nothing else', async () => {
  const panel = await openPanel(themes().dark);
  await panel.send(chartOf(smallPlan()));
  await panel.page.locator('#stage svg').waitFor();
  await panel.page.evaluate(`window.dispatchEvent(new Event('beforeprint'))`);
  await panel.page.emulateMedia({ media: 'print' });
  expect(await panel.page.locator('#toolbar').isVisible()).toBe(false);
  const box = await panel.page.locator('#stage svg').boundingBox();
  expect(box?.x).toBe(0);
  expect(box?.width).toBeLessThanOrEqual(900);
  expect(box?.height).toBeLessThanOrEqual(700);
  expect(await panel.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  await panel.page.emulateMedia({ media: 'screen' });
  await panel.page.evaluate(`window.dispatchEvent(new Event('afterprint'))`);
  expect(await panel.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(31, 31, 31)');
});
