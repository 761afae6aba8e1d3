import { expect, test } from 'vitest';
import { layeredPlan } from '../support/layeredPlan';
import { buildPlan } from '../support/planBuilder';
import { openLivePanel } from './graphHost';
import { eventually, type Panel } from './harness';
import { overview, smallPlan, snapshotOf, wholePlan } from './plans';
import { portableFont } from './portableFont';
import { themes, turnTo } from './themes';

const node = (panel: Panel, name: string) =>
  panel.page
    .locator('#stage [data-node]')
    .filter({ has: panel.page.locator('b', { hasText: new RegExp(`^${name}$`) }) });

test('there is a map while the picture is larger than the panel; a click on it goes there', async () => {
  const beads = Array.from({ length: 60 }, (_, i) => ({ id: `n-${i}`, blockedBy: i === 0 ? [] : [`n-${i - 1}`] }));
  const panel = await openLivePanel(snapshotOf(buildPlan({ beads })), wholePlan);
  const map = panel.page.locator('#minimap');
  await map.waitFor();
  const drawn = await map.evaluate((each) => {
    const canvas = each as unknown as {
      width: number;
      height: number;
      getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: readonly number[] } };
    };
    return canvas
      .getContext('2d')
      .getImageData(0, 0, canvas.width, canvas.height)
      .data.some((value) => value !== 0);
  });
  expect(drawn).toBe(true);
  const box = await map.boundingBox();
  await panel.page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) - 8);
  await eventually(async () => (await node(panel, 'n-59').boundingBox())?.y ?? 9999).toBeLessThan(700);
  await panel.page.locator('#fit').click();
  await eventually(() => map.isVisible()).toBe(false);
});

test('the map is in the colours of the theme, also when that changes', async () => {
  const beads = Array.from({ length: 60 }, (_, i) => ({ id: `n-${i}`, blockedBy: i === 0 ? [] : [`n-${i - 1}`] }));
  const { page } = await openLivePanel(snapshotOf(buildPlan({ beads })), wholePlan, themes().dark);
  await page.locator('#minimap').waitFor();
  const picture = () => page.evaluate(`document.querySelector('#minimap').toDataURL()`);
  const dark = await picture();
  await turnTo(page, themes().light);
  await eventually(picture).not.toBe(dark);
  const light = await picture();
  await turnTo(page, themes().dark);
  await eventually(picture).toBe(dark);
  expect(light).not.toBe(dark);
});

test.each([
  ['End', 'bottom right'],
  ['Home', 'top left'],
])('a node that the keyboard comes to with %s does not stay under a map at the %s', async (key, corner) => {
  const beads = Array.from({ length: 60 }, (_, i) => ({ id: `n-${i}`, blockedBy: i < 6 ? [] : [`n-${i - 6}`] }));
  const { page } = await openLivePanel(snapshotOf(buildPlan({ beads })), wholePlan);
  const placeOf = async (part: string) => {
    const box = await page.locator(part).boundingBox();
    if (box === null) throw new Error(`${part} has no place.`);
    return { ...box, right: box.x + box.width, bottom: box.y + box.height };
  };
  for (const zoom of ['0', '+', '+']) await page.keyboard.press(zoom);
  await page.locator('#minimap').waitFor();
  await page.locator('#minimap').evaluate((map, place) => map.setAttribute('data-corner', place), corner);
  const [map, canvas] = [await placeOf('#minimap'), await placeOf('#canvas')];
  await page.keyboard.press(key);
  const id = await page.locator(':focus').getAttribute('data-node');
  const found = await placeOf(':focus');
  const isCovered = async () => {
    const { x, y, right, bottom } = await placeOf(`#stage [data-node="${id}"]`);
    return right > map.x && x < map.right && bottom > map.y && y < map.bottom;
  };
  await page.evaluate('document.activeElement.blur()');
  // From where no node is, so far that the node comes to lie in the map's corner.
  const isAtEnd = corner === 'bottom right';
  const start = isAtEnd ? { x: canvas.x + 10, y: canvas.y + 10 } : { x: canvas.right - 10, y: canvas.bottom - 10 };
  const way = isAtEnd
    ? { x: canvas.right - 30 - found.right, y: canvas.bottom - 30 - found.bottom }
    : { x: canvas.x + 30 - found.x, y: canvas.y + 30 - found.y };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + way.x, start.y + way.y);
  await page.mouse.up();
  expect(await isCovered()).toBe(true);
  await page.keyboard.press(key);
  await eventually(isCovered).toBe(false);
  const seen = await placeOf(`#stage [data-node="${id}"]:focus`);
  expect(seen.x > canvas.x && seen.y > canvas.y && seen.right < canvas.right && seen.bottom < canvas.bottom).toBe(true);
});

test('a small picture needs no map', async () => {
  const panel = await openLivePanel(snapshotOf(smallPlan()), overview);
  await node(panel, 'Phase 1').waitFor();
  expect(await panel.page.locator('#minimap').isVisible()).toBe(false);
});

test('where a level opens, the map goes to a corner in which it covers nothing', async () => {
  const { page } = await openLivePanel(
    snapshotOf(buildPlan(layeredPlan({ beads: 30 }))),
    { ...overview, level: 'phase', phase: '2' },
    { size: { width: 800, height: 560 }, ...portableFont },
  );
  const map = page.locator('#minimap');
  await map.waitFor();
  const covered = () =>
    page.evaluate(`(() => {
      const map = document.querySelector('#minimap').getBoundingClientRect();
      const touches = ({ x, y, right, bottom }) =>
        right > map.x && x < map.right && bottom > map.y && y < map.bottom;
      const nodes = [...document.querySelectorAll('#stage g.node')];
      return nodes.filter((node) => touches(node.getBoundingClientRect())).length;
    })()`);
  expect(await covered()).toBe(0);
  await map.evaluate((each) => each.setAttribute('data-corner', 'bottom right'));
  expect(await covered()).toBeGreaterThan(0);
});

test('nodes show through the map where it covers them', async () => {
  const beads = Array.from({ length: 60 }, (_, i) => ({ id: `n-${i}`, blockedBy: i < 6 ? [] : [`n-${i - 6}`] }));
  const { page } = await openLivePanel(snapshotOf(buildPlan({ beads })), wholePlan);
  for (const key of ['0', '+', '+', '+', 'Home']) await page.keyboard.press(key);
  const map = page.locator('#minimap');
  await map.waitFor();
  const opacity = async () =>
    Number(await page.evaluate(`getComputedStyle(document.querySelector('#minimap')).opacity`));
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const drag = async (x: number, y: number) => {
    await page.mouse.move(20, height - 20);
    await page.mouse.down();
    await page.mouse.move(20 + x, height - 20 + y);
    await page.mouse.up();
    await page.mouse.move(width / 2, 5);
  };
  await drag(0, -height);
  await eventually(opacity).toBeLessThan(1);
  await map.hover();
  await eventually(opacity).toBe(1);
});
