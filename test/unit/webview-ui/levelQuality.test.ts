import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { FlowchartOptions } from '../../../src/core/flowchart/flowchart';
import type { FlowThing } from '../../../src/core/flowchart/levels';
import { schedule } from '../../../src/core/schedule/schedule';
import type { PlanSnapshot } from '../../../src/core/snapshot';
import type { Box } from '../../../webview-ui/layout/geometry';
import { type NestedLayout, nestedLayout } from '../../../webview-ui/nestedLayout';
import { layeredPlan } from '../../support/layeredPlan';
import { buildPlan } from '../../support/planBuilder';
import { readPlans, readSample } from '../../support/readPlans';
import { besideDagre, passes } from './besideDagre';
import { type LaidOutChart, layoutInput } from './charts';

const layeredSnapshot = (beads: number): PlanSnapshot => {
  const plan = buildPlan(layeredPlan({ beads }));
  return { plan, schedule: schedule(plan) };
};

/** Plans that strangers wrote are not ours to hold: `PHASEWISE_PLANS` names a folder of them. */
function strangersPlans(): Readonly<Record<string, PlanSnapshot>> {
  const folder = process.env.PHASEWISE_PLANS;
  if (folder === undefined) return {};
  const named = readdirSync(folder)
    .filter((file) => /\.(md|ya?ml|jsonl)$/.test(file))
    .flatMap((file) => {
      // Where it stood in its repository says how it is read.
      const path = file.replaceAll('__', '/');
      return readPlans({ [path]: readFileSync(join(folder, file), 'utf8') }).map((plan) => [path, plan] as const);
    });
  return Object.fromEntries(named);
}

const plans: Readonly<Record<string, PlanSnapshot>> = {
  finetune: readSample('finetune'),
  'golf-round-finder': readSample('golf-round-finder'),
  '30 beads': layeredSnapshot(30),
  '300 beads': layeredSnapshot(300),
  ...strangersPlans(),
};

/** Each level; where it is about something, about what has most to show. */
function levelsOf(snapshot: PlanSnapshot): Readonly<Record<string, FlowchartOptions>> {
  const { plan } = snapshot;
  const options = { direction: 'TB', hideClosed: false } as const;
  const size = (level: FlowchartOptions) => layoutInput(snapshot, level).nodes.length;
  const largest = (all: readonly FlowchartOptions[]) => {
    const sized = all.map((level) => ({ level, size: size(level) })).sort((a, b) => b.size - a.size);
    return sized[0]?.level;
  };
  const step = Math.ceil(plan.beads.length / 40);
  const things = plan.beads.filter((_, index) => index % step === 0).map(({ id }): FlowThing => ({ kind: 'bead', id }));
  const about: Readonly<Record<string, FlowchartOptions | undefined>> = {
    phase: largest(plan.phases.map(({ id }) => ({ ...options, level: 'phase', phase: id }))),
    neighbourhood: largest(things.map((thing) => ({ ...options, level: 'neighbourhood', thing, depth: 2 }))),
    blockers: largest(things.map((thing) => ({ ...options, level: 'blockers', thing }))),
    unblocks: largest(things.map((thing) => ({ ...options, level: 'unblocks', thing }))),
  };
  return {
    overview: { ...options, level: 'overview' },
    ...Object.fromEntries(Object.entries(about).flatMap(([name, level]) => (level ? [[name, level]] : []))),
    waves: { ...options, level: 'waves' },
    whole: { ...options, level: 'whole' },
  };
}

const figures: { readonly plan: string; readonly level: string; readonly own: number; readonly dagre: number }[] = [];

afterAll(() => {
  if (process.env.PHASEWISE_FIGURES !== undefined) console.table(figures);
});

describe.each(Object.entries(plans))('%s', (name, snapshot) => {
  test.each(Object.entries(levelsOf(snapshot)))(
    '%s: nothing overlaps, all edges point one way, few cross',
    (level, options) => {
      const input = layoutInput(snapshot, options);
      const direction = level === 'waves' ? 'LR' : 'TB';
      const layout = nestedLayout(input.nodes, input.edges, direction);
      expect(overlaps(input, layout)).toEqual([]);
      expect(backwards(input, layout, direction)).toEqual([]);
      expect(hits(input, layout)).toEqual([]);
      const { own, dagre } = besideDagre(input);
      figures.push({ plan: name, level, own: own.crossings, dagre: dagre.crossings });
      expect(own.crossings).toBeLessThanOrEqual(dagre.crossings + 2);
    },
  );
});

test('over all levels there are fewer crossings than with dagre', () => {
  const sum = (of: 'own' | 'dagre') => figures.reduce((total, each) => total + each[of], 0);
  expect(figures.length).toBeGreaterThan(20);
  expect(sum('own')).toBeLessThan(sum('dagre'));
});

function boxOf({ boxes }: NestedLayout, id: string): Box {
  const box = boxes.get(id);
  if (box === undefined) throw new Error(`${id} was not placed`);
  return box;
}

function overlaps({ nodes }: LaidOutChart, layout: NestedLayout): readonly string[] {
  return nodes.flatMap((a, index) =>
    nodes.slice(index + 1).flatMap((b) => {
      if (a.parent !== b.parent) return [];
      const [one, other] = [boxOf(layout, a.id), boxOf(layout, b.id)];
      const isApart =
        Math.abs(one.x - other.x) * 2 >= one.width + other.width ||
        Math.abs(one.y - other.y) * 2 >= one.height + other.height;
      return isApart ? [] : [`${a.id} and ${b.id}`];
    }),
  );
}

function backwards({ chart }: LaidOutChart, layout: NestedLayout, direction: 'TB' | 'LR'): readonly string[] {
  return chart.edges.flatMap(({ from, to, undrawn }) => {
    const [a, b] = [boxOf(layout, from), boxOf(layout, to)];
    const isForwards =
      direction === 'TB' ? a.y + a.height / 2 < b.y - b.height / 2 : a.x + a.width / 2 < b.x - b.width / 2;
    // Between a box and what stands in it no line is drawn.
    const isDrawn = undrawn !== true && layout.routes.has(`${from}>${to}`);
    return !isDrawn || isForwards ? [] : [`${from} → ${to}`];
  });
}

/** Edges that run through a node that is not their own. */
function hits({ nodes, chart }: LaidOutChart, layout: NestedLayout): readonly string[] {
  const boxes = new Set(nodes.flatMap(({ parent }) => parent ?? []));
  const leaves = nodes.filter(({ id }) => !boxes.has(id));
  return chart.edges.flatMap(({ from, to }) => {
    const points = layout.routes.get(`${from}>${to}`) ?? [];
    const isHit = leaves.some(({ id }) => id !== from && id !== to && passes(points, boxOf(layout, id)));
    return isHit ? [`${from} → ${to}`] : [];
  });
}
