import { expect, test } from 'vitest';
import { readPlanFile } from '../../../src/core/notation/read';
import { joinPlan } from '../../../src/core/plan/joinPlan';
import { schedule } from '../../../src/core/schedule/schedule';
import type { PlanSnapshot } from '../../../src/core/snapshot';
import { countNext, upNext } from '../../../src/views/readyOrder';

function snapshot(id: string, text: string): PlanSnapshot {
  const plan = joinPlan(id, [readPlanFile(`${id}.md`, text)]);
  return { plan, schedule: schedule(plan) };
}

const first = snapshot(
  'first',
  `# First

## Phase 1 — One

### A1 — Urgent

Priority: P0

### A2 — Later

Priority: P2

### A3 — Waits

Priority: P2
Blocked by: A1
`,
);
const second = snapshot(
  'second',
  `# Second

## Phase 1 — One

### B1 — Urgent, and much waits for it

Priority: P0

### B2 — Waits

Priority: P1
Blocked by: B1

### B3 — Waits as well

Priority: P1
Blocked by: B2

### B4 — Soon

Priority: P1

### B5 — Without a priority
`,
);

const ids = (most: number) =>
  upNext([first, second], most).map(({ item }) => (item.kind === 'bead' ? item.bead.id : item.gate.id));

test('what is next in all plans comes by urgency, then by how much it unblocks', () => {
  expect(ids(100)).toEqual(['B1', 'A1', 'B4', 'A2', 'B5']);
});

test('no more is taken than asked for, and all of it is counted', () => {
  expect(ids(2)).toEqual(['B1', 'A1']);
  expect(countNext([first, second])).toBe(5);
  expect(upNext([], 5)).toEqual([]);
});

test('a plan keeps its own order, with its due gates in their places', () => {
  const gated = snapshot(
    'gated',
    `# Gated

## Phase 1 — One

### C1 — Done

Status: closed

### Gate G1 — Now?

Blocked by: C1

## Phase 2 — Two

### C2 — Behind the gate

Priority: P3

### C3 — Free

Priority: P4
`,
  );
  const own = gated.schedule.next.map((item) => item.kind);
  const merged = upNext([first, gated], 100).filter(({ snapshot }) => snapshot === gated);
  expect(merged.map(({ item }) => item.kind)).toEqual(own);
  expect(own).toContain('gate');
});
