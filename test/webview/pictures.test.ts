import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { PlanSnapshot } from '../../src/core/snapshot';
import type { GraphView } from '../../src/protocol';
import { layeredPlan } from '../support/layeredPlan';
import { buildPlan, type PlanSketch } from '../support/planBuilder';
import { openLivePanel } from './graphHost';
import { differenceFromKept, differenceOf } from './keptPictures';
import { overview, snapshotOf, wholePlan } from './plans';
import { portableFont } from './portableFont';
import { type Theme, type ThemeName, themes, turnTo } from './themes';

/** One of each state and kind of gate: by number, what is told of the beads of the layered plan. */
function lively(sketch: PlanSketch): PlanSketch {
  const beads = sketch.beads ?? [];
  const firstOpen = beads.findIndex(({ status }) => status === 'open');
  const told = new Map<number, Partial<(typeof beads)[number]>>([
    [firstOpen, { status: 'in_progress' }],
    [firstOpen + 4, { status: 'deferred' }],
    [firstOpen + 7, { blockedBy: ['not-in-this-plan'] }],
  ]);
  return {
    ...sketch,
    beads: beads.map((bead, index) => ({ ...bead, ...told.get(index) })),
    gates: (sketch.gates ?? []).map((gate, index) => ({
      ...gate,
      type: (['decision', 'human', 'external'] as const)[index % 3] ?? 'decision',
      ...(index === 1 && { verdict: 'pass' as const }),
    })),
  };
}

interface Chosen {
  readonly phase: string;
  readonly around: string;
  readonly waiting: string;
  readonly first: string;
}

/** By how many beads the plan has: what is looked at on the levels that are about something. */
const plans: Readonly<Record<number, Chosen>> = {
  30: { phase: '2', around: 'b-21', waiting: 'b-25', first: 'b-11' },
  1000: { phase: '12', around: 'b-345', waiting: 'b-384', first: 'b-336' },
};

function viewsOf({ phase, around, waiting, first }: Chosen): Readonly<Record<string, GraphView>> {
  const bead = (id: string) => ({ kind: 'bead', id }) as const;
  return {
    overview,
    phase: { ...overview, level: 'phase', phase },
    neighbourhood: { ...overview, level: 'neighbourhood', thing: bead(around), depth: 2 },
    blockers: { ...overview, level: 'blockers', thing: bead(waiting) },
    unblocks: { ...overview, level: 'unblocks', thing: bead(first) },
    waves: { ...overview, level: 'waves' },
    whole: wholePlan,
  };
}

function plan(beads: number): PlanSnapshot {
  return snapshotOf(buildPlan(lively(layeredPlan({ beads }))));
}

/** Opens a level as it looks on any machine: the toolbar, which browsers lay out as they like, is left out. */
async function openLevel(snapshot: PlanSnapshot, view: GraphView): Promise<Page> {
  const size = { width: 960, height: 600 };
  const { before } = portableFont;
  const { page } = await openLivePanel(snapshot, view, { size, reducedMotion: true, before, ...inTheme('dark') });
  return page;
}

async function pictureOf(page: Page): Promise<Buffer> {
  // The map is measured and drawn a little after the picture.
  await page.evaluate(`(async () => {
    for (let turn = 0; turn < 3; turn++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  })()`);
  return page.locator('#graph').screenshot({ animations: 'disabled' });
}

function inTheme(name: ThemeName): Theme {
  const { bodyClass, colours } = themes()[name];
  return { bodyClass, colours: { ...colours, ...portableFont.colours } };
}

// Elsewhere it is the system that draws letters, and in its own way.
const isComparable = process.platform === 'linux';

describe.skipIf(!isComparable).each(Object.entries(plans))('%s beads', (beads, chosen) => {
  const snapshot = plan(Number(beads));

  test.each(Object.entries(viewsOf(chosen)))('%s', { timeout: 180_000 }, async (level, view) => {
    const page = await openLevel(snapshot, view);
    const differences: (string | undefined)[] = [];
    for (const name of Object.keys(themes()) as ThemeName[]) {
      await turnTo(page, inTheme(name));
      differences.push(differenceFromKept(`${beads}-${level}-${name}`, await pictureOf(page)));
    }
    expect(differences.filter((difference) => difference !== undefined)).toEqual([]);
  });
});

const changes: Readonly<Record<string, string>> = {
  'a node that has moved by six pixels': `{
    const [, x, y] = /translate\\(([-\\d.]+), ([-\\d.]+)\\)/.exec(node.getAttribute('transform'));
    node.setAttribute('transform', 'translate(' + (Number(x) + 6) + ', ' + y + ')');
  }`,
  'the outline of a node in the colour of another state': `
    node.querySelector('.label-container').style.setProperty('stroke', 'var(--green)', 'important')`,
  'a node without its sign': `for (const mark of node.querySelectorAll('.mark-solid, .mark-line')) mark.remove()`,
  'an edge that is not drawn': `document.querySelector('#stage path.flowchart-link.critical').remove()`,
};

test.each(Object.entries(changes))('the comparison is not blind: %s is seen', async (_, change) => {
  const { phase } = plans[30] as Chosen;
  const page = await openLevel(plan(30), { ...overview, level: 'phase', phase });
  const before = await pictureOf(page);
  expect(differenceOf(before, await pictureOf(page))).toBeUndefined();
  await page.evaluate(`{ const node = document.querySelector('#stage g.node[data-state="in_progress"]'); ${change} }`);
  expect(differenceOf(before, await pictureOf(page))).toBeDefined();
});
