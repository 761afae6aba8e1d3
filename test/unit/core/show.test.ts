import { expect, test } from 'vitest';
import { PlanStore } from '../../../src/core/plan/planStore';
import { checkPlan } from '../../../src/core/rules/check';
import { showJson } from '../../../src/core/show';
import { LineStarts } from '../../../src/core/text';

const YAML = `plan: shop
title: The shop
phases:
  - id: A
    title: Foundations
    beads:
      - {id: s-1, title: Count, status: closed, priority: P0, evidence: [41 things, 2 lists]}
    gates:
      - id: G1
        title: Enough?
        criteria: [{criterion: Things, pass: "> 40", adjust: 30 to 40, abort: less}]
        decision: {verdict: pass, date: 2026-05-03, by: "@maria"}
  - id: B
    title: Build
    depends_on: [a]
    beads:
      - id: s-2
        title: Build it
        blocked_by: [S-1, Gate G1, infra/net-1, nowhere]
        done_when: [It stands, It holds]
        if_it_fails: see Scenario F1
        owner: "@sam"
        steps: ["[x] Begin", End]
        beads: [{id: s-2a, title: Half of it}]
scenarios:
  - {id: F1, title: It falls, detection: A noise, recovery: [Run, Sue]}
insights: {tier_1: [Things fall], does_not_apply: [Ships]}
`;

test('what `show` prints', () => {
  const store = new PlanStore();
  store.set('/w/shop.plan.yaml', YAML, '/w');
  const [snapshot] = store.plans();
  if (snapshot === undefined) throw new Error('no plan');
  const lines = new LineStarts(YAML);
  const { plans, diagnostics } = showJson(
    [snapshot],
    // What a plan so small leaves out is not the point here.
    checkPlan(snapshot).filter(({ severity }) => severity === 'error' || severity === 'warning'),
    (_, offset) => lines.positionAt(offset),
    { fileName: (file) => file.replace('/w/', '') },
  );
  expect(plans).toEqual([
    {
      id: 'shop',
      title: 'The shop',
      mode: 'planning',
      files: ['shop.plan.yaml'],
      phases: [
        {
          id: 'A',
          title: 'Foundations',
          state: 'satisfied',
          dependsOn: [],
          beads: ['s-1'],
          gates: ['G1'],
          source: { file: 'shop.plan.yaml', line: 4, column: 5 },
        },
        {
          id: 'B',
          title: 'Build',
          state: 'open',
          dependsOn: ['A'],
          beads: ['s-2', 's-2a'],
          gates: [],
          source: { file: 'shop.plan.yaml', line: 13, column: 5 },
        },
      ],
      beads: [
        {
          id: 's-1',
          title: 'Count',
          phase: 'A',
          parent: null,
          priority: 'P0',
          status: 'closed',
          state: 'closed',
          blockedBy: [],
          doneWhen: [],
          ifItFails: [],
          steps: [],
          owner: null,
          evidence: '41 things\n2 lists',
          source: { file: 'shop.plan.yaml', line: 7, column: 9 },
        },
        {
          id: 's-2',
          title: 'Build it',
          phase: 'B',
          parent: null,
          priority: null,
          status: 'open',
          state: 'blocked',
          blockedBy: ['s-1', 'G1', 'infra/net-1', 'nowhere'],
          doneWhen: ['It stands', 'It holds'],
          ifItFails: ['see Scenario F1'],
          steps: [
            { text: 'Begin', done: true },
            { text: 'End', done: false },
          ],
          owner: '@sam',
          evidence: null,
          source: { file: 'shop.plan.yaml', line: 17, column: 9 },
        },
        {
          id: 's-2a',
          title: 'Half of it',
          phase: 'B',
          parent: 's-2',
          priority: null,
          status: 'open',
          state: 'blocked',
          blockedBy: [],
          doneWhen: [],
          ifItFails: [],
          steps: [],
          owner: null,
          evidence: null,
          source: { file: 'shop.plan.yaml', line: 24, column: 17 },
        },
      ],
      gates: [
        {
          id: 'G1',
          title: 'Enough?',
          type: 'decision',
          phase: 'A',
          state: 'passed',
          blockedBy: ['s-1'],
          blocks: ['B'],
          criteria: [{ criterion: 'Things', pass: '> 40', adjust: '30 to 40', abort: 'less' }],
          decision: 'pass',
          decided: { verdict: 'pass', date: '2026-05-03', by: '@maria', measured: null, note: null },
          source: { file: 'shop.plan.yaml', line: 9, column: 9 },
        },
      ],
      scenarios: [
        {
          id: 'F1',
          title: 'It falls',
          detection: 'A noise',
          recovery: ['Run', 'Sue'],
          source: { file: 'shop.plan.yaml', line: 26, column: 5 },
        },
      ],
      insights: [
        { tier: 1, text: 'Things fall' },
        { tier: 'does-not-apply', text: 'Ships' },
      ],
      prompts: [],
      critiques: [],
      approvals: [],
      readinessPasses: [],
      progress: [],
      ready: [],
      due: [],
      waves: [],
      criticalPath: ['s-2a'],
    },
  ]);
  expect(diagnostics.map(({ message: _, ...rest }) => rest)).toEqual([
    {
      file: 'shop.plan.yaml',
      line: 19,
      column: 42,
      endLine: 19,
      endColumn: 47,
      code: 'unknown-reference',
      severity: 'warning',
    },
    {
      file: 'shop.plan.yaml',
      line: 19,
      column: 49,
      endLine: 19,
      endColumn: 56,
      code: 'unknown-reference',
      severity: 'warning',
    },
  ]);
});

const LOGS = `plan: shop
approvals: [{ what: the plan, by: "@li", date: 2026-05-02 }, { what: Phase A, by: "@jo", hash: "sha256:00000000" }]
phases: [{ id: A, beads: [{ id: s-1, title: Count }] }]
prompts:
  - number: 1
    title: More
    date: 2026-05-01
    words: |
      Count all.
    key_decisions: [All is counted → S-1, Nothing is lost]
critiques:
  - { id: C1, text: Too slow, source: a review, verdict: adopted, reason: it is, landed_in: s-1 }
  - { id: C2, text: Too loud }
readiness_passes:
  - { number: 1, reviewer: "@noor", rating: not ready, new_gaps: [order, money] }
`;
const PROGRESS = '# Progress\n\n- 2026-05-03 · S-1 · closed · @sam · 41 things\n';

test('what `show` prints of logs, with the progress file', () => {
  const store = new PlanStore();
  store.set('/w/shop.plan.yaml', LOGS, '/w');
  const [snapshot] = store.plans();
  if (snapshot === undefined) throw new Error('no plan');
  const lines = new LineStarts(LOGS);
  const around = new Map([[snapshot.plan.key, { progress: { file: '/w/progress.md', text: PROGRESS } }]]);
  const fileName = (file: string) => file.replace('/w/', '');
  const [plan] = showJson([snapshot], [], (_, offset) => lines.positionAt(offset), { fileName, around }).plans;
  const source = (line: number, column: number) => ({ file: 'shop.plan.yaml', line, column });
  expect(plan).toMatchObject({
    prompts: [
      {
        number: '1',
        title: 'More',
        date: '2026-05-01',
        words: 'Count all.',
        decisions: [
          { text: 'All is counted', coveredBy: ['s-1'] },
          { text: 'Nothing is lost', coveredBy: [] },
        ],
        source: source(5, 5),
      },
    ],
    critiques: [
      {
        id: 'C1',
        text: 'Too slow',
        from: 'a review',
        verdict: 'adopted',
        reason: 'it is',
        landed: 's-1',
        source: source(12, 5),
      },
      { id: 'C2', text: 'Too loud', from: null, verdict: null, reason: null, landed: null, source: source(13, 5) },
    ],
    approvals: [
      { of: { kind: 'plan', id: 'shop' }, by: '@li', date: '2026-05-02', hash: null, isStale: null },
      { of: { kind: 'phase', id: 'A' }, by: '@jo', date: null, hash: '00000000', isStale: true },
    ],
    readinessPasses: [
      {
        number: '1',
        date: null,
        reviewer: '@noor',
        rating: 'not ready',
        newGaps: ['order', 'money'],
        gapCount: 2,
        changed: null,
        source: source(15, 5),
      },
    ],
    progress: [
      {
        date: '2026-05-03',
        about: 's-1',
        what: 'closed',
        who: '@sam',
        evidence: '41 things',
        source: { file: 'progress.md', line: 3, column: 1 },
      },
    ],
  });
});
