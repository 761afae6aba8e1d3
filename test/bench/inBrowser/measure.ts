import type { Browser, Page } from 'playwright-core';
import type { ShowChart } from '../../../src/protocol';
import type { Site } from './site';

export interface Opened {
  readonly page: Page;
  /** From the start of the navigation to the first paint of the picture, in milliseconds. */
  readonly painted: number;
  /** The longest time in which the page's thread did nothing else, in milliseconds; 0 where none was over 50. */
  readonly longestBlock: number;
}

/** Opens the panel on a chart, which the stand-in for the extension sends as soon as the page asks. */
export async function openPanel(browser: Browser, site: Site, chart: ShowChart): Promise<Opened> {
  const page = await newPage(browser);
  await page.addInitScript(`${OBSERVE}
    window.acquireVsCodeApi = () => ({
      postMessage: ({ type }) => { if (type === 'ready') window.postMessage(${JSON.stringify(chart)}, '*'); },
      getState: () => undefined,
      setState: () => undefined,
    });
    window.firstPainted = window.painted();`);
  await page.goto(site.panel);
  const painted = await page.evaluate<number>('window.firstPainted');
  // A long task is told after it has ended.
  await page.waitForTimeout(300);
  const longestBlock = await page.evaluate<number>('Math.max(0, ...window.longTasks)');
  return { page, painted, longestBlock };
}

/** From the message of the extension to the paint of its picture. */
export async function send(page: Page, chart: ShowChart): Promise<{ painted: number; longestBlock: number }> {
  await page.evaluate(`window.next = ${JSON.stringify(chart)}`);
  return await page.evaluate(`(async () => {
    window.longTasks.length = 0;
    const start = performance.now();
    const painted = window.painted();
    window.postMessage(window.next, '*');
    const end = await painted;
    await new Promise((done) => setTimeout(done, 300));
    return { painted: end - start, longestBlock: Math.max(0, ...window.longTasks) };
  })()`);
}

/** From the message of a new state to its paint: milliseconds, and frames counted from the next one. */
export async function changeState(
  page: Page,
  chart: ShowChart,
  node: string,
): Promise<{ time: number; frames: number }> {
  const states = { type: 'states', nodes: chart.nodes, edges: chart.edges };
  await page.evaluate(`window.next = ${JSON.stringify(states)}`);
  return await page.evaluate(`new Promise((done) => {
    const element = document.querySelector('#stage [data-node="${node}"]');
    const before = element.dataset.state;
    requestAnimationFrame(() => {
      const start = performance.now();
      let frames = 0;
      window.postMessage(window.next, '*');
      const look = () => {
        frames++;
        if (element.dataset.state === before) requestAnimationFrame(look);
        else setTimeout(() => done({ time: performance.now() - start, frames }));
      };
      requestAnimationFrame(look);
    });
  })`);
}

export type PlainLayout = 'dagre' | 'elk';

/** mermaid as it comes, loaded and warm; only its limits are raised. \`undefined\` when it is not done in time. */
export async function plainMermaid(
  browser: Browser,
  site: Site,
  text: string,
  layout: PlainLayout,
  patience: number,
): Promise<number | undefined> {
  const page = await newPage(browser);
  try {
    await page.goto(site.plain);
    await page.waitForFunction('window.mermaid !== undefined');
    await page.evaluate(`(async () => {
      const layout = '${layout}';
      mermaid.initialize({ startOnLoad: false, look: 'classic', layout, maxEdges: 1e6, maxTextSize: 1e9 });
      await mermaid.render('warm', 'flowchart TB\\n  a["A"] --> b["B"]');
      window.text = ${JSON.stringify(text)};
    })()`);
    const drawing = page.evaluate<number>(`(async () => {
      const start = performance.now();
      document.querySelector('#stage').innerHTML = (await mermaid.render('graph', window.text)).svg;
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - start;
    })()`);
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<undefined>((done) => {
      timer = setTimeout(() => done(undefined), patience);
    });
    drawing.catch(() => undefined);
    const time = await Promise.race([drawing, givenUp]);
    clearTimeout(timer);
    return time;
  } finally {
    await page.context().close();
  }
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 } });
  return context.newPage();
}

/** A picture is painted when the frame after its mark is done. */
const OBSERVE = `
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  window.painted = () => new Promise((done) => {
    const since = performance.now();
    new PerformanceObserver((list, observer) => {
      if (!list.getEntries().some(({ name, startTime }) => name === 'phasewise-drawn' && startTime >= since)) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    }).observe({ type: 'mark' });
  });`;
