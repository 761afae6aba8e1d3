/**
 * The graph panel in a real Chromium, from what the extension sends to what is on screen, at four sizes; beside it
 * mermaid as it comes, on the same text. Part of one run, so that the ratios hold on any machine.
 * `PHASEWISE_BENCH_SIZES=30,300` limits the sizes, `PHASEWISE_BENCH_PLAIN=no` leaves plain mermaid out.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Plan } from '../../src/core/model';
import { schedule } from '../../src/core/schedule/schedule';
import { chartOf as chartOfSnapshot, openingView } from '../../src/graph/chart';
import type { GraphView, ShowChart } from '../../src/protocol';
import { layeredPlan } from '../support/layeredPlan';
import { type BeadSketch, buildPlan, type PlanSketch } from '../support/planBuilder';
import { changeState, openPanel, type PlainLayout, plainMermaid, send } from './inBrowser/measure';
import { openSite, type Site } from './inBrowser/site';
import { median, milliseconds, printTable, verdict } from './report';

interface Goals {
  readonly beads: number;
  readonly turns: number;
  /** Milliseconds. */
  readonly open: number;
  readonly block: number;
  /** Of plain mermaid's time with dagre. */
  readonly whole?: number;
}

const SIZES: readonly Goals[] = [
  { beads: 30, turns: 7, open: 350, block: 50, whole: 0.5 },
  { beads: 300, turns: 5, open: 400, block: 100, whole: 0.25 },
  { beads: 1000, turns: 3, open: 500, block: 100, whole: 0.12 },
  { beads: 2000, turns: 3, open: 700, block: 100 },
];
const NEW_BEAD = 150;
const FRAMES = 2;
/** Milliseconds after which plain mermaid has given up. */
const PATIENCE = 60_000;

const WHOLE: GraphView = { level: 'whole', direction: 'TB', hideClosed: false };
/** Phase 2 has thirty beads wherever there are ninety. */
const PHASE = '2';

void run();

async function run(): Promise<void> {
  const { launchBrowser } = (await import(pathToFileURL(join(process.cwd(), 'scripts/vscode/browser.mjs')).href)) as {
    launchBrowser: () => Promise<Browser>;
  };
  const wanted = process.env.PHASEWISE_BENCH_SIZES?.split(',').map(Number);
  const sizes = SIZES.filter(({ beads }) => wanted === undefined || wanted.includes(beads));
  const site = await openSite();
  const browser = await launchBrowser();
  try {
    const rows: string[][] = [];
    for (const goals of sizes) rows.push(...(await measure(browser, site, goals)));
    printTable(
      ['files that a graph loads, minified', 'size'],
      site.sizes.map(({ name, bytes }) => [name, `${(bytes / 1024).toFixed(0)} KB`]),
    );
    printTable(['beads', 'what', 'median', 'goal', 'reached'], rows);
  } finally {
    await browser.close();
    site.close();
  }
}

async function measure(browser: Browser, site: Site, goals: Goals): Promise<string[][]> {
  const { beads, turns } = goals;
  const sketch = layeredPlan({ beads });
  const plan = buildPlan(sketch);
  const first = chartOf(plan, openingView(plan, WHOLE));
  const phase: GraphView = { ...WHOLE, level: 'phase', phase: PHASE };
  const more = buildPlan(withOneMore(sketch));
  const opens: number[] = [];
  const blocks: number[] = [];
  const wholes: number[] = [];
  const wholeBlocks: number[] = [];
  const changes: number[] = [];
  const frames: number[] = [];
  const inPhase: number[] = [];
  const inWhole: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const { page, painted, longestBlock } = await openPanel(browser, site, first);
    opens.push(painted);
    blocks.push(longestBlock);
    const { chart, node } = withNewState(first);
    const change = await changeState(page, chart, node);
    changes.push(change.time);
    frames.push(change.frames);
    await send(page, chartOf(plan, phase));
    inPhase.push((await send(page, chartOf(more, phase))).painted);
    // A whole graph has another title here, so that the page does not take it for the one that it shows.
    const whole = await send(page, chartOf(plan, { ...WHOLE, direction: 'TB' }));
    wholes.push(whole.painted);
    wholeBlocks.push(whole.longestBlock);
    inWhole.push((await send(page, chartOf(more, WHOLE))).painted);
    await page.context().close();
  }
  const { text } = chartOf(plan, WHOLE);
  const dagre = await plain(browser, site, text, 'dagre', turns);
  const elk = await plain(browser, site, text, 'elk', turns);
  const whole = median(wholes);
  const row = (what: string, value: string, goal = '', reached = '') => [String(beads), what, value, goal, reached];
  return [
    row('open → first paint', milliseconds(median(opens)), `≤ ${goals.open} ms`, verdict(median(opens), goals.open)),
    row(
      'longest block of the thread until then',
      block(median(blocks)),
      `≤ ${goals.block} ms`,
      verdict(median(blocks), goals.block),
    ),
    row(
      'a status → on screen',
      `${milliseconds(median(changes))}, ${median(frames)} frames`,
      `≤ ${FRAMES} frames`,
      verdict(median(frames), FRAMES),
    ),
    row(
      'a new bead → repainted, one phase',
      milliseconds(median(inPhase)),
      `≤ ${NEW_BEAD} ms`,
      verdict(median(inPhase), NEW_BEAD),
    ),
    row('a new bead → repainted, whole graph', milliseconds(median(inWhole))),
    row('whole graph', milliseconds(whole)),
    row('longest block of the thread meanwhile', block(median(wholeBlocks))),
    ...comparison(row, 'dagre', whole, dagre, goals.whole),
    ...comparison(row, 'ELK', whole, elk, undefined),
  ];
}

function comparison(
  row: (what: string, value: string, goal?: string, reached?: string) => string[],
  name: string,
  own: number,
  plain: number | 'gave up' | undefined,
  goal: number | undefined,
): string[][] {
  if (plain === undefined) return [];
  if (plain === 'gave up') return [row(`the same in plain mermaid, ${name}`, `over ${PATIENCE / 1000} s: given up`)];
  const ratio = own / plain;
  return [
    row(`the same in plain mermaid, ${name}`, milliseconds(plain)),
    row(
      `ours to plain mermaid, ${name}`,
      `${ratio.toFixed(2)} ×`,
      goal === undefined ? '' : `≤ ${goal} ×`,
      goal === undefined ? '' : verdict(ratio, goal),
    ),
  ];
}

async function plain(
  browser: Browser,
  site: Site,
  text: string,
  layout: PlainLayout,
  turns: number,
): Promise<number | 'gave up' | undefined> {
  if (process.env.PHASEWISE_BENCH_PLAIN === 'no') return undefined;
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const time = await plainMermaid(browser, site, text, layout, PATIENCE);
    if (time === undefined) return 'gave up';
    times.push(time);
    // Where one drawing takes so long, another tells nothing new.
    if (time > 10_000) break;
  }
  return median(times);
}

function withOneMore(sketch: PlanSketch): PlanSketch {
  const beads = sketch.beads ?? [];
  const inPhase = beads.filter(({ phase }) => phase === PHASE);
  const at = beads.indexOf(inPhase[Math.floor(inPhase.length / 2)] as BeadSketch);
  const blocker = beads[at - 1]?.id;
  const bead: BeadSketch = {
    id: 'b-new',
    title: 'What nobody had thought of before',
    phase: PHASE,
    ...(blocker !== undefined && { blockedBy: [blocker] }),
  };
  return { ...sketch, beads: [...beads.slice(0, at), bead, ...beads.slice(at)] };
}

/** The chart with another state of its last node. */
function withNewState(chart: ShowChart): { chart: ShowChart; node: string } {
  const node = chart.nodes.at(-1);
  if (node === undefined) throw new Error('an empty chart');
  const state = node.state === 'closed' ? 'open' : 'closed';
  return {
    chart: { ...chart, nodes: chart.nodes.map((each) => (each === node ? { ...each, state } : each)) },
    node: node.id,
  };
}

function block(value: number): string {
  return value === 0 ? '≤ 50 ms' : milliseconds(value);
}

function chartOf(plan: Plan, view: GraphView): ShowChart {
  return chartOfSnapshot({ plan, schedule: schedule(plan) }, view);
}
