import { describe, expect, test } from 'vitest';
import { schedule } from '../../../src/core/schedule/schedule';
import type { PlanSnapshot } from '../../../src/core/snapshot';
import type { Box } from '../../../webview-ui/layout/geometry';
import { type NestedLayout, nestedLayout } from '../../../webview-ui/nestedLayout';
import { layeredPlan } from '../../support/layeredPlan';
import { type BeadSketch, buildPlan, type PlanSketch } from '../../support/planBuilder';
import { readSample } from '../../support/readPlans';
import { besideDagre, passes } from './besideDagre';
import { type LaidOutChart, layoutInput, WHOLE } from './charts';

function snapshotOf(sketch: PlanSketch): PlanSnapshot {
  const plan = buildPlan(sketch);
  return { plan, schedule: schedule(plan) };
}

const plans: Readonly<Record<string, () => PlanSnapshot>> = {
  finetune: () => readSample('finetune'),
  'golf-round-finder': () => readSample('golf-round-finder'),
  '30 beads': () => snapshotOf(layeredPlan({ beads: 30 })),
  '90 beads': () => snapshotOf(layeredPlan({ beads: 90, seed: 2 })),
  '300 beads': () => snapshotOf(layeredPlan({ beads: 300, seed: 3 })),
};

const left = (box: Box) => box.x - box.width / 2;
const right = (box: Box) => box.x + box.width / 2;
const top = (box: Box) => box.y - box.height / 2;
const bottom = (box: Box) => box.y + box.height / 2;

function laidOut({ nodes, edges }: LaidOutChart, direction: 'TB' | 'LR' = 'TB'): NestedLayout {
  return nestedLayout(nodes, edges, direction);
}

function boxOf(layout: NestedLayout, id: string): Box {
  const box = layout.boxes.get(id);
  if (box === undefined) throw new Error(`${id} was not placed`);
  return box;
}

describe.each(Object.keys(plans))('%s', (name) => {
  const input = layoutInput((plans[name] as () => PlanSnapshot)());

  test.each(['TB', 'LR'] as const)('%s: nothing overlaps, and every box holds what is in it', (direction) => {
    const layout = laidOut(input, direction);
    for (const [index, a] of input.nodes.entries()) {
      const box = boxOf(layout, a.id);
      const outer = a.parent === undefined ? undefined : boxOf(layout, a.parent);
      if (outer !== undefined) {
        const inside = left(box) >= left(outer) && right(box) <= right(outer) && bottom(box) <= bottom(outer);
        expect(inside && top(box) > top(outer), `${a.id} in ${a.parent}`).toBe(true);
      }
      for (const b of input.nodes.slice(index + 1)) {
        if (a.parent !== b.parent) continue;
        const other = boxOf(layout, b.id);
        const apart =
          left(box) >= right(other) ||
          left(other) >= right(box) ||
          top(box) >= bottom(other) ||
          top(other) >= bottom(box);
        expect(apart, `${a.id} and ${b.id}`).toBe(true);
      }
    }
  });

  test.each(['TB', 'LR'] as const)('%s: every edge points one way', (direction) => {
    const layout = laidOut(input, direction);
    for (const { from, to } of input.chart.edges) {
      const [a, b] = [boxOf(layout, from), boxOf(layout, to)];
      const isForwards = direction === 'TB' ? bottom(a) < top(b) : right(a) < left(b);
      expect(isForwards, `${from} before ${to}`).toBe(true);
    }
  });

  test('no edge runs through a node that is not its own', () => {
    const layout = laidOut(input);
    const leaves = input.nodes.filter(({ id }) => !input.nodes.some(({ parent }) => parent === id));
    const hits = input.chart.edges.filter(({ from, to }) => {
      const points = layout.routes.get(`${from}>${to}`) ?? [];
      return leaves.some(({ id }) => id !== from && id !== to && passes(points, boxOf(layout, id)));
    });
    expect(hits.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('in its boxes there are no more crossings than in those of dagre, and edges are no longer', () => {
    const { own, dagre } = besideDagre(input);
    expect(own.crossings).toBeLessThanOrEqual(dagre.crossings);
    expect(own.length).toBeLessThanOrEqual(1.02 * dagre.length);
  });
});

test('a new bead moves nothing inside of other phases, and nothing at all in those before its own', () => {
  const sketch = layeredPlan({ beads: 90, seed: 5 });
  const beads = sketch.beads ?? [];
  const at = beads.findIndex(({ phase }) => phase === '3') + 4;
  const bead: BeadSketch = { id: 'b-new', title: 'A new one', phase: '3', blockedBy: [beads[at - 1]?.id ?? ''] };
  const places = (of: PlanSketch) => {
    const input = layoutInput(snapshotOf(of));
    const layout = laidOut(input);
    return new Map(
      input.chart.nodes.map(({ id, thing, parent }) => {
        const [box, outer] = [boxOf(layout, id), parent === undefined ? undefined : boxOf(layout, parent)];
        return [thing, { inPhase: outer && { x: box.x - left(outer), y: box.y - top(outer) }, y: box.y }];
      }),
    );
  };
  const before = places(sketch);
  const after = places({ ...sketch, beads: [...beads.slice(0, at), bead, ...beads.slice(at)] });
  expect(after.has('b-new')).toBe(true);
  for (const { id, phase } of beads) {
    if (phase === '3') continue;
    expect(after.get(id)?.inPhase, id).toEqual(before.get(id)?.inPhase);
    expect(after.get(id)?.y, id).toBe(before.get(id)?.y);
  }
});

test('a status changes nothing that is laid out', () => {
  const sketch = layeredPlan({ beads: 30 });
  const closed = { ...sketch, beads: (sketch.beads ?? []).map((bead) => ({ ...bead, status: 'closed' as const })) };
  expect(layoutInput(snapshotOf(closed)).chart.text).toBe(layoutInput(snapshotOf(sketch)).chart.text);
});

test('beads without edges stand in a grid somewhat wider than high', () => {
  const beads = Array.from(
    { length: 40 },
    (_, index): BeadSketch => ({ id: `b-${index}`, title: `Bead ${index}`, phase: '1' }),
  );
  const layout = laidOut(layoutInput(snapshotOf({ phases: [{ id: '1', title: 'All' }], beads })));
  const { width, height } = boxOf(layout, 'p0');
  expect(width / height).toBeGreaterThan(1);
  expect(width / height).toBeLessThan(2.5);
  const columns = new Set(beads.map((_, index) => Math.round(boxOf(layout, `b${index}`).x)));
  const rows = new Set(beads.map((_, index) => Math.round(boxOf(layout, `b${index}`).y)));
  expect(columns.size * rows.size).toBeLessThan(beads.length + columns.size);
});

test('one wide thing among many alone widens one column, not all', () => {
  const beads = Array.from({ length: 24 }, (_, index): BeadSketch => ({ id: `b-${index}`, title: 'Dig' }));
  const parts = Array.from(
    { length: 9 },
    (_, index): BeadSketch => ({ id: `part-${index}`, title: 'A part with quite a long title', parent: 'b-7' }),
  );
  const layout = laidOut(layoutInput(snapshotOf({ beads: [...beads, ...parts] })));
  const x = [...new Set(beads.map((_, index) => Math.round(boxOf(layout, `b${index}`).x)))].sort((a, b) => a - b);
  const narrow = x.slice(1).map((at, index) => at - (x[index] ?? 0));
  expect(Math.min(...narrow)).toBeLessThan(260);
});

test('many that wait for the same one do not make one endless row', () => {
  const beads: BeadSketch[] = [{ id: 'first', phase: '1' }];
  for (let index = 0; index < 30; index++) beads.push({ id: `b-${index}`, phase: '1', blockedBy: ['first'] });
  const layout = laidOut(layoutInput(snapshotOf({ phases: [{ id: '1', title: 'All' }], beads })));
  const { width, height } = boxOf(layout, 'p0');
  expect(width / height).toBeLessThan(3);
});

test('phases that have nothing to do with each other stand side by side and below each other', () => {
  const phases = Array.from({ length: 12 }, (_, index) => ({ id: `${index}`, title: `Phase ${index}` }));
  const beads = phases.flatMap(({ id }): BeadSketch[] => [
    { id: `a-${id}`, phase: id },
    { id: `b-${id}`, phase: id, blockedBy: [`a-${id}`] },
  ]);
  for (const direction of ['TB', 'LR'] as const) {
    const { size } = laidOut(layoutInput(snapshotOf({ phases, beads }), { ...WHOLE, direction }), direction);
    expect(size.width / size.height).toBeGreaterThan(0.6);
    expect(size.width / size.height).toBeLessThan(3);
  }
});
