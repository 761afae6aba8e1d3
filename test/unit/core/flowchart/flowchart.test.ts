import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flowchart, FlowchartOptions } from '../../../../src/core/flowchart/flowchart';
import type { FlowLevel, FlowThing } from '../../../../src/core/flowchart/levels';
import { flowchart, flowchartSize, flowchartSource } from '../../../../src/core/flowchart/makeFlowchart';
import type { Plan } from '../../../../src/core/model';
import { schedule } from '../../../../src/core/schedule/schedule';
import { buildPlan, type PlanSketch } from '../../../support/planBuilder';

const all: FlowchartOptions = { direction: 'TB', hideClosed: false, level: 'whole' };
const overview: FlowchartOptions = { ...all, level: 'overview' };
const onePhase = (phase: string): FlowchartOptions => ({ ...all, level: 'phase', phase });

function chartOf(sketch: PlanSketch, options: FlowchartOptions = all): Flowchart {
  const plan = buildPlan(sketch);
  return flowchart({ plan, schedule: schedule(plan) }, options);
}

function sourceOf(plan: Plan, options: FlowchartOptions = all): string {
  return flowchartSource({ plan, schedule: schedule(plan) }, options);
}

/** Edges as `from → to`, by the ids of the plan. */
function edgesOf({ nodes, edges }: Flowchart): readonly string[] {
  const names = new Map(nodes.map(({ id, thing }) => [id, thing]));
  return edges.map(({ from, to }) => `${names.get(from)} → ${names.get(to)}`).sort();
}

function nodeOf({ nodes }: Flowchart, thing: string) {
  const found = nodes.find((node) => node.thing === thing);
  if (found === undefined) throw new Error(`${thing} is not drawn`);
  return found;
}

function boxOf(chart: Flowchart, thing: string): string | undefined {
  const { parent } = nodeOf(chart, thing);
  return chart.nodes.find(({ id }) => id === parent)?.thing;
}

const things = ({ nodes }: Flowchart) => nodes.map(({ thing }) => thing).sort();

describe('what is drawn', () => {
  test('phases are boxes around their beads, parents around their parts', () => {
    const chart = chartOf({
      phases: [{ id: '1' }],
      beads: [
        { id: 'a', phase: '1' },
        { id: 'b', phase: '1' },
        { id: 'b1', parent: 'b' },
        { id: 'b2', parent: 'b' },
        { id: 'loose' },
      ],
    });
    expect(boxOf(chart, 'a')).toBe('1');
    expect(boxOf(chart, 'b')).toBe('1');
    expect(boxOf(chart, 'b1')).toBe('b');
    expect(boxOf(chart, 'loose')).toBeUndefined();
    expect(nodeOf(chart, '1').form).toBe('group');
    expect(nodeOf(chart, 'b')).toMatchObject({ form: 'group', progress: { closed: 0, total: 2 } });
    expect(nodeOf(chart, 'a').form).toBe('box');
  });

  test('each text names its direction, in every box too', () => {
    const sketch = { phases: [{ id: '1' }], beads: [{ id: 'a', phase: '1' }] };
    expect(chartOf(sketch).text).toMatch(/^flowchart TB\n {2}subgraph p0\[.*\n {4}direction TB\n/);
    expect(chartOf(sketch, { ...all, direction: 'LR' }).text).toMatch(
      /^flowchart LR\n {2}subgraph p0\[.*\n {4}direction LR\n/,
    );
  });

  test('gates have a form for each kind', () => {
    const chart = chartOf({
      beads: [{ id: 'a' }],
      gates: [{ id: 'd' }, { id: 'h', type: 'human' }, { id: 'x', type: 'external' }],
    });
    expect(['d', 'h', 'x'].map((id) => nodeOf(chart, id).form)).toEqual(['decision', 'human', 'external']);
    expect(chart.text).toMatch(/g0\{\{"[^\n]*"\}\}\n/);
    expect(chart.text).toMatch(/g1\(\["[^\n]*"\]\)\n/);
    expect(chart.text).toMatch(/g2\[\/"[^\n]*"\/\]\n/);
  });

  test('a phase without anything in it is a plain node', () => {
    const chart = chartOf({ phases: [{ id: '1' }], beads: [] });
    expect(nodeOf(chart, '1').form).toBe('box');
    expect(chart.text).not.toContain('subgraph');
  });

  test('parts of parts stand in one another four deep, and then side by side', () => {
    const beads = Array.from({ length: 12 }, (_, i) => ({ id: `b${i}`, ...(i > 0 && { parent: `b${i - 1}` }) }));
    const chart = chartOf({ beads });
    expect(things(chart)).toHaveLength(12);
    const depth = (id: string | undefined): number =>
      id === undefined ? 0 : 1 + depth(chart.nodes.find((node) => node.id === id)?.parent);
    expect(Math.max(...chart.nodes.map(({ id }) => depth(id)))).toBe(4);
  });

  test('beads that are their own parents in the end are drawn once each', () => {
    const chart = chartOf({
      beads: [
        { id: 'a', parent: 'b' },
        { id: 'b', parent: 'a' },
        { id: 'c', parent: 'c' },
      ],
    });
    expect(things(chart)).toEqual(['a', 'b', 'c']);
  });

  test('two things with one id are both drawn', () => {
    expect(
      things(
        chartOf({
          beads: [
            { id: 'a', title: 'One' },
            { id: 'a', title: 'Other' },
          ],
        }),
      ),
    ).toEqual(['a', 'a']);
  });
});

describe('edges', () => {
  test('lead from the blocker to what it blocks', () => {
    expect(edgesOf(chartOf({ beads: [{ id: 'a' }, { id: 'b', blockedBy: ['a'] }] }))).toEqual(['a → b']);
  });

  test('unknown blockers, oneself, a repeated blocker and the box around are left out', () => {
    const beads = [{ id: 'p' }, { id: 'a', parent: 'p', blockedBy: ['nowhere', 'a', 'p', 'b', 'b'] }, { id: 'b' }];
    expect(edgesOf(chartOf({ beads }))).toEqual(['b → a']);
  });

  test('a gate without links of its own stands between its phase and the next', () => {
    const chart = chartOf({
      phases: [{ id: '1' }, { id: '2' }],
      beads: [
        { id: 'a', phase: '1' },
        { id: 'b', phase: '1' },
        { id: 'c', phase: '2' },
      ],
      gates: [{ id: 'G', phase: '1' }],
    });
    expect(edgesOf(chart)).toEqual(['1 → G', 'G → 2']);
    expect(boxOf(chart, 'G')).toBeUndefined();
  });

  test('a gate that holds up beads of its own phase stands among them', () => {
    const chart = chartOf({
      phases: [{ id: '1' }, { id: '2' }],
      beads: [
        { id: 'a', phase: '1' },
        { id: 'b', phase: '1', blockedBy: ['G'] },
        { id: 'c', phase: '2' },
      ],
      gates: [{ id: 'G', phase: '1', blockedBy: ['a'], blocks: ['b'] }],
    });
    expect(edgesOf(chart)).toEqual(['G → b', 'a → G']);
    expect(boxOf(chart, 'G')).toBe('1');
  });

  test('of what a gate waits for only the last ones are drawn, and a whole phase as the phase', () => {
    const phases = [{ id: '1' }, { id: '2' }];
    const beads = [
      { id: 'a', phase: '1' },
      { id: 'b', phase: '1', blockedBy: ['a'] },
      { id: 'c', phase: '1' },
      { id: 'd', phase: '2' },
    ];
    const edgesTo = (blockedBy: readonly string[]) =>
      edgesOf(chartOf({ phases, beads, gates: [{ id: 'G', blockedBy, blocks: ['d'] }] })).filter((each) =>
        each.endsWith('→ G'),
      );
    expect(edgesTo(['a', 'b'])).toEqual(['b → G']);
    expect(edgesTo(['a', 'b', 'c'])).toEqual(['1 → G']);
  });

  test('what is linked with a box is not linked with the things in it as well', () => {
    const phases = [{ id: '1' }, { id: '2' }];
    const beads = [
      { id: 'a', phase: '1' },
      { id: 'b', phase: '2', blockedBy: ['G'] },
      { id: 'c', phase: '2' },
    ];
    expect(edgesOf(chartOf({ phases, beads, gates: [{ id: 'G', phase: '1' }] }))).toEqual(['1 → G', 'G → 2']);
  });

  test('phases that depend on each other are linked, but not twice over', () => {
    const phases = [{ id: '1' }, { id: '2', dependsOn: ['1'] }, { id: '3', dependsOn: ['1', '2'] }];
    const beads = phases.map(({ id }) => ({ id: `b${id}`, phase: id }));
    expect(edgesOf(chartOf({ phases, beads }))).toEqual(['1 → 2', '2 → 3']);
    const gated = chartOf({ phases, beads, gates: [{ id: 'G', phase: '1' }] });
    expect(edgesOf(gated)).toEqual(['1 → G', '2 → 3', 'G → 2']);
  });

  test('phases in a ring keep enough edges to show it', () => {
    const phases = [
      { id: '1', dependsOn: ['2'] },
      { id: '2', dependsOn: ['1'] },
    ];
    expect(
      edgesOf(
        chartOf({
          phases,
          beads: [
            { id: 'a', phase: '1' },
            { id: 'b', phase: '2' },
          ],
        }),
      ),
    ).toEqual(['1 → 2', '2 → 1']);
  });
});

describe('the critical path', () => {
  test('marks its beads, and the edges and gates between them', () => {
    const chart = chartOf({
      phases: [{ id: '1' }, { id: '2' }],
      beads: [
        { id: 'a', phase: '1' },
        { id: 'b', phase: '1', blockedBy: ['a'] },
        { id: 'aside', phase: '1' },
        { id: 'c', phase: '2' },
      ],
      gates: [{ id: 'G', phase: '1' }],
    });
    const marked = chart.nodes.filter(({ critical }) => critical).map(({ thing }) => thing);
    expect(marked.sort()).toEqual(['G', 'a', 'b', 'c']);
    expect(edgesOf({ ...chart, edges: chart.edges.filter(({ critical }) => critical) })).toEqual([
      '1 → G',
      'G → 2',
      'a → b',
    ]);
  });
});

describe('states', () => {
  const sketch: PlanSketch = {
    phases: [{ id: '1' }, { id: '2' }],
    beads: [
      { id: 'a', phase: '1' },
      { id: 'b', phase: '1', blockedBy: ['a'] },
      { id: 'c', phase: '2', estimate: 5 },
    ],
    gates: [{ id: 'G', phase: '1' }],
  };
  const closed: PlanSketch = {
    ...sketch,
    beads: sketch.beads?.map((bead) => ({ ...bead, status: 'closed' as const })),
  };

  test('are in the nodes, not in the text', () => {
    const [before, after] = [chartOf(sketch), chartOf(closed)];
    expect(after.text).toBe(before.text);
    expect(nodeOf(before, 'b')).toMatchObject({ state: 'blocked', waitsFor: ['a'] });
    expect(nodeOf(after, 'b')).toMatchObject({ state: 'closed', waitsFor: [] });
    expect(nodeOf(after, '1').progress).toEqual({ closed: 2, total: 2 });
    expect(nodeOf(after, 'G').state).toBe('due');
  });

  test('are in the source for others, with a class, a style and a mark each', () => {
    const text = sourceOf(buildPlan(sketch));
    expect(text).toMatch(/b0\["○ <b>a<\/b>/);
    expect(text).toMatch(/b1\["⊘ <b>b<\/b>/);
    expect(text).toMatch(/class b0 ready\n/);
    expect(text).toMatch(/classDef ready fill:#/);
    expect(text).toContain('<small>0/2</small>');
    expect(text).toMatch(/linkStyle \d/);
    expect(text).not.toContain('classDef aborted');
    expect(sourceOf(buildPlan(closed))).toMatch(/b0\["✓ <b>a<\/b>/);
  });
});

test('in the source for others, boxes that follow each other are put in order by invisible links', () => {
  const plan = buildPlan({
    phases: [{ id: '1' }, { id: '2', dependsOn: ['1'] }],
    beads: [
      { id: 'a', phase: '1' },
      { id: 'b', phase: '1', blockedBy: ['a'] },
      { id: 'c', phase: '2' },
      { id: 'd', phase: '2', blockedBy: ['c'] },
    ],
  });
  expect(sourceOf(plan)).toContain('\n  b1 ~~~ b2\n');
  expect(chartOf({}).text).not.toContain('~~~');
});

describe('views', () => {
  const sketch: PlanSketch = {
    phases: [{ id: '1' }, { id: '2' }, { id: '3' }],
    beads: [
      { id: 'a', phase: '1', status: 'closed' },
      { id: 'b', phase: '2', blockedBy: ['a'] },
      { id: 'b1', parent: 'b', status: 'closed' },
      { id: 'b2', parent: 'b' },
      { id: 'c', phase: '3', blockedBy: ['b'] },
      { id: 'loose' },
    ],
    gates: [
      { id: 'G1', phase: '1', verdict: 'pass' },
      { id: 'G2', phase: '2' },
    ],
  };

  test('a phase is drawn with the gates before and after it, and aside what it touches in others', () => {
    const chart = chartOf(sketch, onePhase('2'));
    expect(things(chart)).toEqual(['1', '2', '3', 'G1', 'G2', 'a', 'b', 'b1', 'b2', 'c']);
    const asides = chart.nodes.filter(({ aside }) => aside).map(({ thing }) => thing);
    expect(asides).toEqual(['1', 'a', '3', 'c']);
    expect(boxOf(chart, 'a')).toBe('1');
  });

  test('what stands in no phase can be looked at alone', () => {
    expect(things(chartOf(sketch, onePhase('')))).toEqual(['loose']);
  });

  test('a phase that is not there shows nothing', () => {
    expect(things(chartOf(sketch, onePhase('nowhere')))).toEqual([]);
  });

  test('closed work is left out, but not what is open inside it', () => {
    expect(things(chartOf(sketch, { ...all, hideClosed: true }))).toEqual(['2', '3', 'G2', 'b', 'b2', 'c', 'loose']);
    const parent = {
      beads: [
        { id: 'p', status: 'closed' as const },
        { id: 'q', parent: 'p' },
      ],
    };
    expect(things(chartOf(parent, { ...all, hideClosed: true }))).toContain('q');
  });

  test('the overview has a node for each phase, with progress, and gates between them', () => {
    const chart = chartOf(sketch, overview);
    expect(things(chart)).toEqual(['', '1', '2', '3', 'G1', 'G2']);
    expect(nodeOf(chart, '2').progress).toEqual({ closed: 1, total: 3 });
    expect(nodeOf(chart, '')).toMatchObject({ kind: 'rest', progress: { closed: 0, total: 1 } });
    expect(edgesOf(chart)).toEqual(['1 → G1', '2 → G2', 'G1 → 2', 'G2 → 3']);
    expect(chart.text).not.toContain('subgraph');
  });

  test('without phases the overview is the whole plan', () => {
    expect(things(chartOf({ beads: [{ id: 'a' }, { id: 'b' }] }, overview))).toEqual(['a', 'b']);
  });

  test('the size counts what the whole plan draws', () => {
    const plan = buildPlan(sketch);
    expect(flowchartSize(plan)).toBe(chartOf(sketch).nodes.length);
  });
});

test('what hangs together with nothing is put into rows, not into one line', () => {
  const beads = Array.from({ length: 9 }, (_, i) => ({ id: `b${i}`, phase: '1' }));
  const links = chartOf({ phases: [{ id: '1' }], beads })
    .text.split('\n')
    .filter((line) => line.includes('~~~'));
  expect(links.map((line) => line.trim())).toEqual([
    'b0 ~~~ b3',
    'b1 ~~~ b4',
    'b2 ~~~ b5',
    'b3 ~~~ b6',
    'b4 ~~~ b7',
    'b5 ~~~ b8',
  ]);
});

test('what waits for the same things is put into rows when it is a lot', () => {
  const fan = (count: number) => ({
    beads: [{ id: 'a' }, ...Array.from({ length: count }, (_, i) => ({ id: `b${i}`, blockedBy: ['a'] }))],
  });
  expect(chartOf(fan(5)).text).not.toContain('~~~');
  expect(chartOf(fan(9)).text.match(/~~~/g)).toHaveLength(6);
});

test('a phase without beads has no progress to show', () => {
  expect(nodeOf(chartOf({ phases: [{ id: '1' }] }, overview), '1').progress).toBeUndefined();
});

test('ids that are names of object members are ids like others', () => {
  const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
  const chart = chartOf({ beads: names.map((id, i) => ({ id, blockedBy: i === 0 ? [] : [names[i - 1] ?? ''] })) });
  expect(things(chart)).toEqual([...names].sort());
  expect(chart.edges).toHaveLength(3);
});

test('a plan of 3,000 beads in one chain is drawn', () => {
  const beads = Array.from({ length: 3000 }, (_, i) => ({ id: `b${i}`, blockedBy: i === 0 ? [] : [`b${i - 1}`] }));
  expect(chartOf({ beads }).edges).toHaveLength(2999);
});

test('whatever the plan: ids hold no plan text, each line is a statement, edges join nodes that are there', () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  const sketches = fc.record({
    phases: fc.array(fc.record({ id: name, title: name, dependsOn: fc.array(name, { maxLength: 2 }) }), {
      maxLength: 4,
    }),
    beads: fc.array(
      fc.record(
        { id: name, title: name, phase: name, parent: name, blockedBy: fc.array(name, { maxLength: 3 }) },
        { requiredKeys: ['id'] },
      ),
      { maxLength: 12 },
    ),
    gates: fc.array(fc.record({ id: name, title: name, phase: name }, { requiredKeys: ['id'] }), { maxLength: 3 }),
  });
  const first = ({ beads, phases }: PlanSketch): FlowThing =>
    beads?.[0] === undefined
      ? { kind: 'phase', id: phases?.[0]?.id ?? '' }
      : { kind: 'bead', id: beads.at(-1)?.id ?? '' };
  const levels = fc.constantFrom<(sketch: PlanSketch) => FlowLevel>(
    () => ({ level: 'overview' }),
    ({ phases }) => ({ level: 'phase', phase: phases?.[0]?.id ?? '' }),
    (sketch) => ({ level: 'neighbourhood', thing: first(sketch), depth: 2 }),
    (sketch) => ({ level: 'blockers', thing: first(sketch) }),
    (sketch) => ({ level: 'unblocks', thing: first(sketch) }),
    () => ({ level: 'waves' }),
    () => ({ level: 'waves', wave: 0 }),
    () => ({ level: 'whole' }),
  );
  const statement =
    /^(flowchart (TB|LR)|\s+(subgraph \w+\["[^"\n]*"\]|direction (TB|LR)|end|\w+(\["[^"\n]*"\]|\(\["[^"\n]*"\]\)|\{\{"[^"\n]*"\}\}|\[\/"[^"\n]*"\/\])|\w+ (-->|-\.->|==>|~~~) \w+|class [\w,]+ \w+))$/;
  fc.assert(
    fc.property(sketches, levels, (sketch, level) => {
      const chart = chartOf(sketch, { ...all, ...level(sketch) });
      for (const line of chart.text.trimEnd().split('\n')) expect(line).toMatch(statement);
      const ids = new Set(chart.nodes.map(({ id }) => id));
      expect(ids.size).toBe(chart.nodes.length);
      for (const id of ids) expect(id).toMatch(/^([pbgwmx]\d+|rest|later|waveless)$/);
      for (const { from, to } of chart.edges) expect(ids.has(from) && ids.has(to)).toBe(true);
    }),
    { numRuns: 400 },
  );
});
