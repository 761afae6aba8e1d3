import { describe, expect, test } from 'vitest';
import { findThings } from '../../../../src/core/flowchart/find';
import type { Flowchart, FlowchartOptions } from '../../../../src/core/flowchart/flowchart';
import type { FlowFilter, FlowLevel } from '../../../../src/core/flowchart/levels';
import { flowchart } from '../../../../src/core/flowchart/makeFlowchart';
import { schedule } from '../../../../src/core/schedule/schedule';
import { buildPlan, type PlanSketch } from '../../../support/planBuilder';

function chartOf(sketch: PlanSketch, level: FlowLevel, more: Partial<FlowchartOptions> = {}): Flowchart {
  const plan = buildPlan(sketch);
  return flowchart({ plan, schedule: schedule(plan) }, { direction: 'TB', hideClosed: false, ...more, ...level });
}

const things = ({ nodes }: Flowchart) => nodes.map(({ thing }) => thing).sort();

/** Drawn edges as `from → to`, by the ids of the plan. */
function edgesOf({ nodes, edges }: Flowchart): readonly string[] {
  const names = new Map(nodes.map(({ id, thing, name }) => [id, thing || name]));
  return edges.flatMap(({ from, to, undrawn }) => (undrawn ? [] : [`${names.get(from)} → ${names.get(to)}`])).sort();
}

const bead = (id: string) => ({ kind: 'bead', id }) as const;

/** 1: a → b → c, G, 2: d → e, 3: f after 2. */
const sketch: PlanSketch = {
  phases: [{ id: '1' }, { id: '2' }, { id: '3', dependsOn: ['2'] }],
  beads: [
    { id: 'a', phase: '1', priority: 0 },
    { id: 'b', phase: '1', blockedBy: ['a'] },
    { id: 'c', phase: '1', blockedBy: ['b'] },
    { id: 'd', phase: '2' },
    { id: 'e', phase: '2', blockedBy: ['d'] },
    { id: 'f', phase: '3' },
  ],
  gates: [{ id: 'G', phase: '1' }],
};

describe('a neighbourhood', () => {
  const around = (id: string, depth: number) => chartOf(sketch, { level: 'neighbourhood', thing: bead(id), depth });

  test('is a bead and what is so many edges away from it, both ways, in its phase', () => {
    expect(things(around('b', 1))).toEqual(['1', 'G', 'a', 'b', 'c']);
    expect(edgesOf(around('b', 1))).toEqual(['1 → G', 'a → b', 'b → c']);
    expect(things(around('a', 1))).toEqual(['1', 'G', 'a', 'b']);
  });

  test('goes through gates and phases when it may go far enough', () => {
    expect(things(around('a', 2))).toEqual(['1', '2', 'G', 'a', 'b', 'c']);
    expect(edgesOf(around('a', 2))).toContain('G → 2');
    expect(things(around('a', 3))).toContain('3');
  });

  test('of something that is not there is empty', () => {
    expect(around('nowhere', 2).nodes).toEqual([]);
  });
});

describe('why something is blocked', () => {
  test('is the chain down to what can be worked on', () => {
    const chart = chartOf(sketch, { level: 'blockers', thing: bead('e') });
    expect(things(chart)).toEqual(['1', '2', 'G', 'a', 'd', 'e']);
    expect(edgesOf(chart)).toEqual(['1 → G', 'G → 2', 'd → e']);
  });

  test('shows only the thing itself when nothing keeps it', () => {
    expect(things(chartOf(sketch, { level: 'blockers', thing: bead('a') }))).toEqual(['1', 'a']);
  });

  test('names what the plan does not hold', () => {
    const chart = chartOf({ beads: [{ id: 'a', blockedBy: ['nowhere'] }] }, { level: 'blockers', thing: bead('a') });
    expect(edgesOf(chart)).toEqual(['nowhere → a']);
    expect(chart.nodes.find(({ kind }) => kind === 'absent')).toMatchObject({ name: 'nowhere', form: 'box' });
  });

  test('draws a ring as a ring', () => {
    const ring = {
      beads: [
        { id: 'a', blockedBy: ['b'] },
        { id: 'b', blockedBy: ['a'] },
      ],
    };
    expect(edgesOf(chartOf(ring, { level: 'blockers', thing: bead('a') }))).toEqual(['a → b', 'b → a']);
  });
});

describe('gates around a thing', () => {
  const sketch: PlanSketch = {
    phases: [{ id: '1' }, { id: '2', dependsOn: ['1'] }],
    beads: [
      { id: 'a', phase: '1' },
      { id: 'b', phase: '1', blockedBy: ['M'] },
      { id: 'c', phase: '2' },
    ],
    gates: [
      { id: 'M', phase: '1', blockedBy: ['a'], blocks: ['b'] },
      { id: 'G', phase: '1' },
    ],
  };
  const parentOf = ({ nodes }: Flowchart, id: string) => nodes.find(({ thing }) => thing === id)?.parent;

  test.each<FlowLevel>([
    { level: 'neighbourhood', thing: bead('b'), depth: 2 },
    { level: 'blockers', thing: bead('b') },
    { level: 'unblocks', thing: bead('a') },
  ])('$level: in the middle of their phase they stand in it: they come before and after beads of it', (level) => {
    expect(parentOf(chartOf(sketch, level), 'M')).toBe('p0');
  });

  test('the gate at the end of a phase is behind it, also where it is why something waits', () => {
    const closed = (sketch.beads ?? []).map((each) =>
      each.phase === '1' ? { ...each, status: 'closed' as const } : each,
    );
    const edges = edgesOf(chartOf({ ...sketch, beads: closed }, { level: 'blockers', thing: bead('c') }));
    expect(edges).toContain('1 → G');
    expect(edges).not.toContain('G → 1');
  });
});

describe('what something unblocks', () => {
  test('is all that waits for it in the end', () => {
    expect(things(chartOf(sketch, { level: 'unblocks', thing: bead('c') }))).toEqual(['1', '2', '3', 'G', 'c']);
  });

  test('leaves out what is done', () => {
    const done = { ...sketch, beads: sketch.beads?.map((each) => ({ ...each, status: 'closed' as const })) };
    expect(things(chartOf(done, { level: 'unblocks', thing: bead('a') }))).toEqual(['1', 'G', 'a']);
    expect(things(chartOf({ beads: done.beads ?? [] }, { level: 'unblocks', thing: bead('a') }))).toEqual(['a']);
  });

  test('of a bead that hundreds wait for is drawn by phases', () => {
    const beads = Array.from({ length: 300 }, (_, i) => ({
      id: `b${i}`,
      phase: String(i % 10),
      blockedBy: i === 0 ? [] : ['b0'],
    }));
    const phases = Array.from({ length: 10 }, (_, i) => ({ id: String(i) }));
    const chart = chartOf({ phases, beads }, { level: 'unblocks', thing: bead('b0') });
    expect(chart.nodes.filter(({ kind }) => kind === 'phase')).toHaveLength(10);
    expect(chart.nodes.length).toBe(40);
    expect(edgesOf(chart)).toContain('b0 → 9');
  });
});

describe('waves', () => {
  test('are boxes from left to right, each with what can be worked on at the same time', () => {
    const chart = chartOf(sketch, { level: 'waves' });
    expect(chart.text).toMatch(/^flowchart LR\n/);
    const waves = chart.nodes.filter(({ kind }) => kind === 'wave');
    expect(waves.map(({ title }) => title)).toEqual([
      'Wave 1: 1 bead',
      'Wave 2: 1 bead',
      'Wave 3: 1 bead',
      'Wave 4: 1 bead',
      'Wave 5: 1 bead',
      'Wave 6: 1 bead',
    ]);
    const parent = (id: string) => chart.nodes.find(({ thing }) => thing === id)?.parent;
    expect(['a', 'b', 'd', 'f'].map(parent)).toEqual(['w0', 'w1', 'w3', 'w5']);
    expect(chart.text).toContain('w0 ~~~ w1');
  });

  test('hold no bead that is closed, deferred or a sum of its parts', () => {
    const chart = chartOf(
      {
        beads: [{ id: 'p' }, { id: 'p1', parent: 'p' }, { id: 'x', status: 'closed' }, { id: 'y', status: 'deferred' }],
      },
      { level: 'waves' },
    );
    expect(chart.nodes.filter(({ kind }) => kind === 'bead').map(({ thing }) => thing)).toEqual(['p1']);
  });

  test('say how many beads are in none of them, and why; one wave alone does not', () => {
    const stuck = [
      { id: 'r1', blockedBy: ['r2'] },
      { id: 'r2', blockedBy: ['r1'] },
      { id: 'behind', blockedBy: ['r1'] },
    ];
    const beads = [
      { id: 'a' },
      { id: 'x', status: 'closed' as const },
      { id: 'y', status: 'deferred' as const },
      ...stuck,
    ];
    const waveless = (level: FlowLevel, of = beads) =>
      chartOf({ beads: of }, level).nodes.find(({ kind }) => kind === 'waveless');
    expect(waveless({ level: 'waves' })).toMatchObject({
      title: 'In no wave: 1 closed, 1 deferred, 3 that cannot begin',
      state: 'blocked',
    });
    expect(waveless({ level: 'waves' }, beads.slice(0, 2))).toMatchObject({
      title: 'In no wave: 1 closed',
      state: 'closed',
    });
    expect(waveless({ level: 'waves' }, beads.slice(0, 1))).toBeUndefined();
    expect(waveless({ level: 'waves', wave: 0 })).toBeUndefined();
  });

  test('of a large plan show what tells most; one of them can be looked at alone', () => {
    const beads = Array.from({ length: 400 }, (_, i) => ({
      id: `b${i}`,
      blockedBy: i < 100 ? [] : [`b${i - 100}`],
      ...(i === 99 && { priority: 0 as const }),
    }));
    const chart = chartOf({ beads }, { level: 'waves' });
    expect(chart.nodes.length).toBeLessThan(120);
    const more = chart.nodes.filter(({ kind }) => kind === 'more');
    expect(more).toHaveLength(4);
    expect(more[0]).toMatchObject({ title: 'and 76 more', thing: '0', parent: 'w0' });
    expect(things(chart)).toContain('b99');
    const alone = chartOf({ beads }, { level: 'waves', wave: 0 });
    expect(alone.nodes.filter(({ kind }) => kind === 'bead')).toHaveLength(100);
  });
});

test('more waves than can be read stand together, and can be gone on with', () => {
  const beads = Array.from({ length: 500 }, (_, i) => ({ id: `b${i}`, blockedBy: i === 0 ? [] : [`b${i - 1}`] }));
  const chart = chartOf({ beads }, { level: 'waves' });
  expect(chart.nodes.filter(({ kind }) => kind === 'wave')).toHaveLength(30);
  expect(chart.nodes.at(-1)).toMatchObject({ kind: 'later', thing: '30', title: 'Later waves: 470 beads' });
  expect(chart.text).toContain('w29 ~~~ later');
  const on = chartOf({ beads }, { level: 'waves', from: 30 });
  expect(things(on)).toContain('b30');
  expect(things(on)).not.toContain('b29');
});

describe('a filter', () => {
  const plan: PlanSketch = {
    phases: [{ id: '1' }, { id: '2' }],
    beads: [
      { id: 'a', phase: '1', status: 'closed', priority: 0, owner: 'ada' },
      { id: 'b', phase: '1', priority: 1 },
      { id: 'c', phase: '2', priority: 0, owner: 'bob' },
      { id: 'd', phase: '2' },
    ],
    gates: [{ id: 'G', phase: '1' }],
  };
  const faint = (filter: FlowFilter, level: FlowLevel = { level: 'whole' }) =>
    chartOf(plan, level, { filter })
      .nodes.filter((node) => node.faint)
      .map(({ thing }) => thing)
      .sort();

  test('makes faint what does not match, and moves nothing', () => {
    expect(faint({})).toEqual([]);
    expect(faint({ states: ['closed'] })).toEqual(['2', 'G', 'b', 'c', 'd']);
    expect(faint({ priorities: [0] })).toEqual(['G', 'b', 'd']);
    expect(faint({ priorities: [-1] })).toEqual(['1', 'G', 'a', 'b', 'c']);
    expect(faint({ owners: ['bob'] })).toEqual(['1', 'G', 'a', 'b', 'd']);
    expect(faint({ owners: [''], phases: ['2'] })).toEqual(['1', 'G', 'a', 'b', 'c']);
    expect(chartOf(plan, { level: 'whole' }, { filter: { phases: ['2'] } }).text).toBe(
      chartOf(plan, { level: 'whole' }).text,
    );
  });

  test('leaves a phase of the overview as it is while one of its beads matches', () => {
    expect(faint({ owners: ['ada'] }, { level: 'overview' })).toEqual(['2', 'G']);
  });
});

describe('edges that others say already', () => {
  const triangle: PlanSketch = {
    beads: [{ id: 'a' }, { id: 'b', blockedBy: ['a'] }, { id: 'c', blockedBy: ['a', 'b'] }],
  };

  test('hold, but are not drawn', () => {
    const chart = chartOf(triangle, { level: 'whole' });
    expect(edgesOf(chart)).toEqual(['a → b', 'b → c']);
    expect(chart.edges).toHaveLength(3);
    expect(chart.text.match(/-->/g)).toHaveLength(2);
  });

  test('are drawn in and behind a ring', () => {
    const ring: PlanSketch = {
      beads: [
        { id: 'a', blockedBy: ['c'] },
        { id: 'b', blockedBy: ['a'] },
        { id: 'c', blockedBy: ['a', 'b'] },
      ],
    };
    expect(edgesOf(chartOf(ring, { level: 'whole' }))).toHaveLength(4);
  });
});

describe('finding', () => {
  const plan = buildPlan({
    phases: [{ id: '1', title: 'Import' }],
    beads: [
      { id: 'imp-1', title: 'Read the export', phase: '1' },
      { id: 'imp-10', title: 'Écrire le rapport', phase: '1' },
      { id: 'x', title: 'The import is read' },
    ],
  });
  const found = (query: string) => findThings(plan, query).map(({ id }) => id);

  test('gives the exact id first, then what begins so, then what holds every word', () => {
    expect(found('imp-1')).toEqual(['imp-1', 'imp-10']);
    expect(found('import')).toEqual(['1', 'x']);
    expect(found('READ  the')).toEqual(['imp-1', 'x']);
    expect(found('ecrire')).toEqual(['imp-10']);
    expect(found('  ')).toEqual([]);
    expect(found('nothing like it')).toEqual([]);
  });
});
