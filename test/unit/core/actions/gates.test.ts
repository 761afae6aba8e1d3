import { describe, expect, test } from 'vitest';
import { type Deciding, decideGate } from '../../../../src/core/actions/gates';
import {
  actionSource,
  changedLines,
  editsOf,
  filesAfter,
  gateIn,
  MARIA,
  sampleWithLog,
  TOMAS,
} from '../../../support/actions';

const TABLE =
  '| Criterion | Pass | Adjust | Abort |\n| --- | --- | --- | --- |\n| p95 of a request | at most 50 ms | 51 to 120 ms | over 120 ms |\n';
const PLAN = `## Phase 1 — One\n\n- [x] A1 First | P0\n\n### Gate G1 — Fast?\n\n${TABLE}\n## Phase 2 — Two\n\n- [ ] B1 Next | P0\n`;

function decided(text: string, deciding: Partial<Deciding> = {}, id = 'G1'): string {
  const file = /^(?:plan|phases):/.test(text) ? 'plan.yaml' : 'PLAN.md';
  const source = actionSource({ [file]: text });
  const outcome = decideGate(source, gateIn(source, id), MARIA, { verdict: 'pass', measured: ['31 ms'], ...deciding });
  return filesAfter({ [file]: text }, editsOf(outcome))[file] ?? '';
}

const changes = (text: string, deciding?: Partial<Deciding>, id?: string) =>
  changedLines(text, decided(text, deciding, id));

function refused(text: string, deciding: Partial<Deciding> = {}) {
  const source = actionSource({ 'PLAN.md': text });
  const outcome = decideGate(source, gateIn(source, 'G1'), MARIA, {
    verdict: 'pass',
    measured: ['31 ms'],
    ...deciding,
  });
  if (!('refused' in outcome)) throw new Error('it was decided');
  return outcome.refused;
}

describe('a decision is written', () => {
  test('below the table of a gate with a heading', () => {
    expect(changes(PLAN)).toEqual(['+Decision: Pass · 2026-05-02 · @maria · p95 of a request = 31 ms', '+']);
    const source = actionSource({ 'PLAN.md': decided(PLAN) });
    expect(source.snapshot.schedule.gateState('G1')).toBe('passed');
    expect(source.snapshot.schedule.beadState('B1')).toBe('ready');
  });

  test('where a line waits for it', () => {
    const waiting = PLAN.replace(TABLE, `${TABLE}\n**Decision:** pending\n`);
    expect(changes(waiting)).toEqual([
      '-**Decision:** pending',
      '+**Decision:** Pass · 2026-05-02 · @maria · p95 of a request = 31 ms',
    ]);
  });

  test('in place of the one that asked for an adjustment', () => {
    const adjusted = decided(PLAN, { verdict: 'adjust', measured: ['80 ms'], note: 'add an index; then again' });
    expect(changedLines(PLAN, adjusted)[0]).toBe(
      '+Decision: Adjust · 2026-05-02 · @maria · p95 of a request = 80 ms · note: add an index, then again',
    );
    const source = actionSource({ 'PLAN.md': adjusted });
    expect([source.snapshot.schedule.gateState('G1'), source.snapshot.schedule.beadState('B1')]).toEqual([
      'adjusted',
      'blocked',
    ]);
    expect(decided(adjusted)).toBe(decided(PLAN));
  });

  test('in a table of gates, in a column that is added or there', () => {
    const text =
      '# X\n\n- [x] A1 First | P0\n\n## Gates\n\n| Gate | After | Pass | Adjust | Abort |\n| --- | --- | --- | --- | --- |\n| G1 Fast | A1 | at most 50 ms | 51 to 120 ms | more |\n| G2 Safe | G1 | 0 | 1 | more |\n';
    expect(changes(text).slice(4)).toEqual([
      '+| Gate | After | Pass | Adjust | Abort | Decision |',
      '+| --- | --- | --- | --- | --- | --- |',
      '+| G1 Fast | A1 | at most 50 ms | 51 to 120 ms | more | Pass · 2026-05-02 · @maria · Fast = 31 ms |',
      '+| G2 Safe | G1 | 0 | 1 | more |   |',
    ]);
  });

  test('in an item', () => {
    const text =
      '## Phase 1 — One\n\n- [x] **A1** First | P0\n\n## Gates\n\n- **Gate G1: Fast?**\n  - After: A1\n  - Pass: at most 50 ms\n';
    expect(changes(text, { measured: ['31 ms'] })).toEqual([
      '+  - Decision: Pass · 2026-05-02 · @maria · Fast = 31 ms',
    ]);
  });

  test('as keys in YAML, and as a text where decisions are texts', () => {
    const text = `plan: x
phases:
  - id: "1"
    title: One
    beads:
      - { id: A1, title: First, status: closed }
    gates:
      - id: G1
        title: Fast?
        criteria:
          - criterion: p95
            pass: at most 50 ms

  - id: "2"
    title: Two
`;
    expect(changes(text, { measured: ['31 ms: ok'] })).toEqual([
      '+        decision:',
      '+          verdict: pass',
      '+          date: 2026-05-02',
      '+          by: "@maria"',
      '+          measured: "p95 = 31 ms: ok"',
    ]);
    const told = text.replace(
      '  - id: "2"',
      '  - id: "0"\n    title: Zero\n    gates:\n      - id: G0\n        decision: "Pass · 2026-05-01 · @dana"\n  - id: "2"',
    );
    expect(changes(told)).toEqual(['+        decision: Pass · 2026-05-02 · @maria · p95 = 31 ms']);
    const pending = text.replace('        criteria:', '        decision: pending\n        criteria:');
    expect(changes(pending).slice(0, 3)).toEqual([
      '-        decision: pending',
      '+        decision:',
      '+          verdict: pass',
    ]);
    const line =
      'plan: x\nbeads: [{ id: A1, title: A, status: closed }]\ngates:\n  - { id: G1, title: Fast, blocked_by: [A1] }\n';
    expect(changes(line, { measured: [], verdict: 'abort', note: 'no, stop' })).toEqual([
      '-  - { id: G1, title: Fast, blocked_by: [A1] }',
      '+  - { id: G1, title: Fast, blocked_by: [A1], decision: { verdict: abort, date: 2026-05-02, by: "@maria", note: "no, stop" } }',
    ]);
    const again = decided(text, { verdict: 'adjust', note: 'index' });
    expect(decided(again)).toBe(decided(text));
  });

  test('of a gate of people, by who says it', () => {
    const human = PLAN.replace('### Gate G1 — Fast?\n', '### Gate G1 — Fast?\n\nKind: human\n');
    expect(changes(human, { measured: [] })).toEqual(['+Decision: Pass · 2026-05-02 · @maria', '+']);
    expect(changes(human, { measured: [], note: 'read all 200 outputs' })[0]).toBe(
      '+Decision: Pass · 2026-05-02 · @maria · note: read all 200 outputs',
    );
  });

  test('in the progress file too', () => {
    const source = sampleWithLog();
    const before = source.snapshot.plan;
    const open = before.beads.filter(({ phase, status }) => phase === '1' && status !== 'closed');
    expect(open.length).toBeGreaterThan(0);
    const done = actionSource(
      {
        'PLAN.md': PLAN.replace('## Phase 1', '---\nprogress: progress.md\n---\n\n## Phase 1').replace(
          /^(## .*?)?---/s,
          '---',
        ),
        'progress.md': '- 2026-05-01 · A1 · closed · @maria · 3 pages\n',
      },
      { progress: 'progress.md' },
    );
    const edits = editsOf(decideGate(done, gateIn(done, 'G1'), TOMAS, { verdict: 'pass', measured: ['31 ms'] }));
    expect(edits.get('progress.md')?.[0]?.newText).toBe(
      '\n- 2026-05-03 · G1 · pass · @tomas · p95 of a request = 31 ms',
    );
  });
});

describe('refused', () => {
  test('before its turn, and twice', () => {
    const source = sampleWithLog();
    const outcome = decideGate(source, gateIn(source, 'G3'), MARIA, { verdict: 'pass', measured: [] });
    expect(outcome).toMatchObject({
      refused: {
        code: 'not-due',
        message: expect.stringMatching(/^Gate G3 is not due yet: it is blocked by ft-0001\.\d/),
      },
    });
    expect(refused(decided(PLAN))).toMatchObject({
      code: 'state',
      message: 'Gate G1 is decided already: pass by @maria.',
    });
  });

  test('without what a verdict needs', () => {
    expect(refused(PLAN, { measured: [] })).toMatchObject({
      code: 'no-evidence',
      message: /no measured value for “p95 of a request”/,
    });
    expect(refused(PLAN, { measured: ['80 ms'] }).message).toBe('The values give the verdict adjust, not pass.');
    expect(refused(PLAN, { verdict: 'adjust', measured: ['80 ms'] }).message).toBe('The verdict adjust needs a note.');
    expect(changes(PLAN, { measured: ['80 ms'], note: 'agreed with the owner' })[0]).toMatch(
      /Pass .* 80 ms · note: agreed/,
    );
    expect(refused(`---\nmode: planning\n---\n${PLAN}`).code).toBe('planning');
  });
});

test.each(['a | b', 'x · y · 2026-01-01', 'Pass; @other', '<!-- gone', '`code`: {1}', 'Decision: Abort'])(
  'a note may be %j',
  (note) => {
    for (const text of [
      PLAN,
      'plan: x\nbeads: [{ id: A1, title: A, status: closed }]\ngates:\n  - id: G1\n    title: Fast\n    criteria: [{ criterion: p95, pass: at most 50 ms }]\n',
    ]) {
      const file = text.startsWith('plan:') ? 'plan.yaml' : 'PLAN.md';
      const { decision } = gateIn(actionSource({ [file]: decided(text, { note }) }), 'G1');
      expect([decision?.verdict, decision?.by, decision?.date]).toEqual(['pass', '@maria', '2026-05-02']);
    }
  },
);
