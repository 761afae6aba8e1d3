import type { Plan } from '../../src/core/model';
import { schedule } from '../../src/core/schedule/schedule';
import type { PlanSnapshot } from '../../src/core/snapshot';
import { chartOf as chartOfSnapshot } from '../../src/graph/chart';
import type { GraphView, ShowChart } from '../../src/protocol';
import { buildPlan, type PlanSketch } from '../support/planBuilder';

export const wholePlan: GraphView = { level: 'whole', direction: 'TB', hideClosed: false };
export const overview: GraphView = { level: 'overview', direction: 'TB', hideClosed: false };

export function snapshotOf(plan: Plan): PlanSnapshot {
  return { plan, schedule: schedule(plan) };
}

/** What the extension sends for a plan. */
export function chartOf(plan: Plan, view: GraphView = wholePlan): ShowChart {
  return chartOfSnapshot(snapshotOf(plan), view);
}

/** Two phases, a gate between them, a bead in parts; one bead of each state. */
export const smallSketch: PlanSketch = {
  id: 'small',
  title: 'A small plan',
  phases: [
    { id: '1', title: 'Prepare' },
    { id: '2', title: 'Do' },
  ],
  beads: [
    { id: 'a-1', title: 'Collect', phase: '1', status: 'closed', priority: 0 },
    { id: 'a-2', title: 'Sort', phase: '1', status: 'in_progress', blockedBy: ['a-1'] },
    { id: 'a-3', title: 'Look ahead', phase: '1' },
    { id: 'b-1', title: 'Build', phase: '2' },
    { id: 'b-1a', title: 'Walls', phase: '2', parent: 'b-1' },
    { id: 'b-1b', title: 'Roof', phase: '2', parent: 'b-1', blockedBy: ['b-1a'] },
    { id: 'b-2', title: 'Paint', phase: '2', blockedBy: ['b-1'], status: 'deferred' },
  ],
  gates: [{ id: 'G1', title: 'Worth it?', phase: '1' }],
};

export function smallPlan(change: (sketch: PlanSketch) => PlanSketch = (sketch) => sketch): Plan {
  return buildPlan(change(smallSketch));
}
