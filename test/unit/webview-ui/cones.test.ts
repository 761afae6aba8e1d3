import { expect, test } from 'vitest';
import { flowchart } from '../../../src/core/flowchart/makeFlowchart';
import { schedule } from '../../../src/core/schedule/schedule';
import { conesOf } from '../../../webview-ui/cones';
import { buildPlan, type PlanSketch } from '../../support/planBuilder';
import { WHOLE } from './charts';

/** What is lit at a thing, by the ids of the plan. */
function litAt(sketch: PlanSketch, thing: string): readonly string[] {
  const plan = buildPlan(sketch);
  const { nodes, edges } = flowchart({ plan, schedule: schedule(plan) }, WHOLE);
  const id = nodes.find((node) => node.thing === thing)?.id ?? '';
  const { nodes: lit } = conesOf(nodes, edges, id);
  return nodes.flatMap((node) => (lit.has(node.id) ? [node.thing] : [])).sort();
}

const chain: PlanSketch = {
  beads: [{ id: 'a' }, { id: 'b', blockedBy: ['a'] }, { id: 'c', blockedBy: ['b'] }, { id: 'd', blockedBy: ['a'] }],
};

test('a node with all that it waits for, and all that waits for it', () => {
  expect(litAt(chain, 'b')).toEqual(['a', 'b', 'c']);
  expect(litAt(chain, 'a')).toEqual(['a', 'b', 'c', 'd']);
  expect(litAt(chain, 'd')).toEqual(['a', 'd']);
});

test('a bead waits with its phase, for all of what its phase waits for', () => {
  const sketch: PlanSketch = {
    phases: [{ id: '1' }, { id: '2' }],
    beads: [
      { id: 'a', phase: '1' },
      { id: 'b', phase: '2' },
      { id: 'c', phase: '2' },
    ],
    gates: [{ id: 'G', phase: '1' }],
  };
  expect(litAt(sketch, 'b')).toEqual(['1', 'G', 'a', 'b']);
  expect(litAt(sketch, 'a')).toEqual(['2', 'G', 'a', 'b', 'c']);
});

test('ends in rings', () => {
  const ring: PlanSketch = {
    beads: [
      { id: 'a', blockedBy: ['b'] },
      { id: 'b', blockedBy: ['a'] },
      { id: 'c', parent: 'a' },
    ],
  };
  expect(litAt(ring, 'a')).toEqual(['a', 'b', 'c']);
});

test('edges that are not drawn count', () => {
  const { nodes, edges } = (() => {
    const plan = buildPlan({ beads: [{ id: 'a' }, { id: 'b', blockedBy: ['a'] }, { id: 'c', blockedBy: ['a', 'b'] }] });
    return flowchart({ plan, schedule: schedule(plan) }, WHOLE);
  })();
  expect(edges.some(({ undrawn }) => undrawn)).toBe(true);
  expect(conesOf(nodes, edges, 'b2').nodes.size).toBe(3);
});
