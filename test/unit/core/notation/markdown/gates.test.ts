import { describe, expect, test } from 'vitest';
import type { Gate } from '../../../../../src/core/model';
import { ids, read, values, written } from './text';

/** `G1 Title <- before -> after` */
function line({ id, idAt, title, blockedBy, blocks }: Gate): string {
  const parts = [idAt ? id : `~${id}`, title.value, blockedBy.length > 0 ? `<- ${ids(blockedBy)}` : ''];
  return [...parts, blocks.length > 0 ? `-> ${ids(blocks)}` : ''].filter((part) => part !== '').join(' ');
}

const TABLE =
  '| Check | Pass | Adjust | Abort/escalate |\n|---|---|---|---|\n| p95 | < 300 ms | < 500 ms | — |\n| errors | 0 | 1 | more |\n';

describe('gates', () => {
  test.each([
    ['### Gate G1 — Feasibility', 'G1 Feasibility'],
    ['### Decision gate GA: Is it good?', 'GA Is it good?'],
    ['### Gate 1: First', '1 First'],
    ['### Decision Gate: Go live', '~gate-go-live Go live'],
    ['### Gate G1: Ready (after A1+A5)', 'G1 Ready <- A1 A5'],
    ['### Gate G1: Phase 1 → Phase 2', 'G1 Phase 1 → Phase 2 <- 1 -> 2'],
    ['**Gate G1: Ready**', 'G1 Ready'],
    ['### Gate G1 ✅', 'G1'],
  ])('%s', (text, wanted) => {
    const part = read(`# P\n\n## Phase 1: One\n\n${text}\n\n${TABLE}`);
    expect(part.gates.map(line)).toEqual([wanted]);
    expect(part.gates[0]?.criteria).toMatchObject([
      { criterion: 'p95', pass: '< 300 ms', adjust: '< 500 ms', abort: '' },
      { criterion: 'errors', pass: '0', adjust: '1', abort: 'more' },
    ]);
    expect(written(part, part.gates[0]?.criteria[1])).toBe('| errors | 0 | 1 | more |');
    expect(part.gates[0]?.phase).toBe('1');
  });

  test.each([
    '## Gates',
    '### Gate review notes',
    '**Gate:** CI is green',
    '- **Gate**: CI is green',
    '## Phase 1 gates',
  ])('%s is none', (text) => expect(read(`# P\n\n## Phase 1: One\n\n${text}\n`).gates).toEqual([]));

  test('a bold line under a heading about gates, with what it waits for', () => {
    const part = read(`
      ## Gates (Pass / Adjust / Abort)

      **G0 Feasibility** (after A1+A5)
      | Check | Pass | Adjust | Abort |
      |---|---|---|---|
      | spike | works | slow | no |

      G0 closes on PASS.

      **G1 Engine** (after B7)
      | Check | Pass | Adjust | Abort |
      |---|---|---|---|
      | coverage | > 95 % | — | < 85 % |
      | errors | 0 | — | > 0 |
    `);
    expect(part.gates.map(line)).toEqual(['G0 Feasibility <- A1 A5', 'G1 Engine <- B7']);
    expect(part.gates.map(({ criteria }) => criteria.length)).toEqual([1, 2]);
  });

  test('a table of gates', () => {
    const part = read(`
      - **A-ONE** a | P0
      - **A-TWO** b | P0

      ## Decision gates

      | Gate | After | Before | Pass | Adjust | Abort |
      |---|---|---|---|---|---|
      | G0 Idea | A-ONE | A-TWO | yes | maybe | no |
      | **G1** | A-ONE+TWO | Phase 2 | all | most | few |
    `);
    expect(part.gates.map(line)).toEqual(['G0 Idea <- A-ONE -> A-TWO', 'G1 <- A-ONE A-TWO -> 2']);
    expect(part.gates[1]?.criteria).toMatchObject([{ criterion: '', pass: 'all', adjust: 'most', abort: 'few' }]);
  });

  test('list items, and verdicts on lines', () => {
    const part = read(`
      ## Gates

      - **G1** — Ready | after: T1
        - Pass: all green
        - Adjust: one red
        - Abort: more
      - **G2 Launch** (after T2–T4)
        - [ ] signed
        - [ ] announced
    `);
    expect(part.gates.map(line)).toEqual(['G1 Ready <- T1', 'G2 Launch <- T2–T4']);
    expect(part.gates[0]?.criteria).toMatchObject([{ pass: 'all green', adjust: 'one red', abort: 'more' }]);
    expect(part.gates[1]?.criteria.map(({ criterion }) => criterion)).toEqual(['signed', 'announced']);
  });

  test('fields: kind, blockers, decision, approval', () => {
    const part = read(`
      ## Gate G1 — Legal

      **Kind:** human
      **Blocked by:** T1, Phase 1 | **Blocks:** Phase 2
      Decision: Pass · 2026-05-02 · @maria · p95 = 3210
      Approved by: @jo on 2026-05-03
    `);
    const [gate] = part.gates;
    expect(gate).toMatchObject({
      type: 'human',
      decision: { verdict: 'pass', date: '2026-05-02', by: '@maria', measured: 'p95 = 3210' },
      approvals: [{ by: '@jo', date: '2026-05-03' }],
    });
    expect(gate && line(gate)).toBe('G1 Legal <- T1 1 -> 2');
    expect(written(part, gate?.decision)).toBe('Pass · 2026-05-02 · @maria · p95 = 3210');
  });

  test('between two phases it belongs to the one before', () => {
    const part = read(
      '## Phase 1: A\n\n- [ ] T1 x\n\n## Gate G1: Go\n\n## Phase 2: B\n\n## Notes\n\n## Gate G2: Stop\n',
    );
    expect(part.gates.map(({ phase }) => phase)).toEqual(['1', undefined]);
  });
});

describe('failure scenarios', () => {
  test.each([
    [
      '### Scenario F4: Token overflow (long questions)\n\nDetection: p95 > 4096\nRecovery cascade:\n\n1. More context\n2. Less text',
    ],
    [
      '### Failure F4 — Token overflow (long questions)\n\n**Detect:** p95 > 4096\n\n**Recovery:**\n1) More context\n2) Less text',
    ],
    ['- **F4 Token overflow** (long questions) — detect: p95 > 4096\n  1) More context; 2) Less text'],
    ['- **F4 Token overflow** — detect: p95 > 4096. Recovery: 1) More context · 2) Less text'],
    ['### F4 — Token overflow\n\n- **Detection:** p95 > 4096\n- **Recovery:**\n  1. More context\n  2. Less text'],
    [
      '| ID | Failure | Detect | Recovery cascade |\n|-|-|-|-|\n| F4 | Token overflow | p95 > 4096 | 1) More context · 2) Less text |',
    ],
    ['| Scenario | Signal | Response |\n|-|-|-|\n| F4 Token overflow | p95 > 4096 | 1. More context 2. Less text |'],
    ['**Scenario F4: Token overflow**\nSymptom: p95 > 4096\nRecovery: 1) More context 2) Less text'],
  ])('%s', (text) => {
    const part = read(`# P\n\n## Failure scenarios\n\n${text}\n`);
    const [scenario] = part.scenarios;
    expect(part.scenarios).toHaveLength(1);
    expect(scenario?.id).toBe('F4');
    expect(scenario?.title.value).toMatch(/^Token overflow/);
    expect(values(scenario?.detection ?? []).map((value) => value.replace(/\.$/, ''))).toEqual(['p95 > 4096']);
    expect(values(scenario?.recovery ?? [])).toEqual(['More context', 'Less text']);
    for (const step of scenario?.recovery ?? []) expect(written(part, step)).toBe(step.value);
    expect(part.beads).toEqual([]);
  });

  test('an id of capitals, a cascade that begins with 0, and one without numbers', () => {
    const part = read(`
      ## Failure modes

      - **F-SECRET Leaked key** — detect: the scan finds one.
        1) unstage; 2) rotate
      - **F7 Crash** — detect: no heartbeat. Recovery: 0) take the lease · 1) reconcile · 2) resume
      - **F8 Closed** — detect: holiday. Recovery: wait
    `);
    expect(part.scenarios.map(({ id, recovery }) => `${id}: ${values(recovery).join(' / ')}`)).toEqual([
      'F-SECRET: unstage / rotate',
      'F7: take the lease / reconcile / resume',
      'F8: wait',
    ]);
  });

  test('what a test plan calls a scenario is none', () => {
    expect(
      read('# Spec\n\n## Scenario: a user signs in\n\n## Tests\n\n### Scenario 1: happy path\n').scenarios,
    ).toEqual([]);
  });
});

describe('insights', () => {
  const wanted = ['1 Facts come first', '1 Fewer is better', '2 Keep it on', 'does-not-apply Images'];
  const insights = (text: string) => read(text).insights.map(({ tier, text: said }) => `${tier} ${said}`);

  test.each([
    [
      'headings',
      '## Insights\n\n### Tier 1 — the plan fails without\n\n- Facts come first\n- Fewer is better\n\n### Tier 2\n\n1. Keep it on\n\n### Does not apply\n\n- Images\n',
    ],
    [
      'bold lines',
      '## Insights\n\n**Tier 1 — fails without:**\n1. Facts come first\n2. Fewer is better\n\n**Tier 2:**\n3. Keep it on\n\n**Does not apply / excluded:**\n- Images\n',
    ],
    [
      'list items',
      '## Insight tiers\n\n- **Tier 1 — fails without:** Facts come first · Fewer is better.\n- **Tier 2:** Keep it on\n- **Does not apply:**\n  - Images\n',
    ],
    [
      'a table',
      '## Insights\n\n| Tier | Insight |\n|-|-|\n| 1 | Facts come first |\n| 1 | Fewer is better |\n| Tier 2 | Keep it on |\n| Does not apply | Images |\n',
    ],
    [
      'headings alone',
      '# Tier 1\n\n- Facts come first\n- Fewer is better\n\n# Tier 2\n\n- Keep it on\n\n# Does not apply\n\n- Images\n',
    ],
  ])('as %s', (_, text) => expect(insights(text)).toEqual(wanted));

  test('with their source', () => {
    const part = read('## Insights\n\n### Tier 1\n\n- Facts win (source: `notes.md`, finding 1)\n');
    expect(part.insights[0]).toMatchObject({ text: 'Facts win', source: '`notes.md`, finding 1' });
  });

  test('price tiers inside a phase are none', () => {
    expect(insights('## Phase 1: Billing\n\n### Tier 1: Free\n\n- one user\n')).toEqual([]);
  });
});

describe('what is counted', () => {
  test('logged prompts', () => {
    const part = read(
      '# Log\n\n### Prompt 1 — Plan\n> do it\n\n**Key decisions:**\n- [ ] T001 first → T002\n\n### Prompt 2\n> again\n',
    );
    expect(part.promptCount).toBe(2);
    expect(part.beads).toEqual([]);
  });

  test('critiques, in tables and lists', () => {
    expect(
      read(
        '## Adversarial review\n\n| # | Critique | Verdict |\n|-|-|-|\n| 1 | slow | adopt |\n| 2 | vague | reject |\n',
      ).critiqueCount,
    ).toBe(2);
    expect(
      read('## Feedback\n\n- C1: too slow — adopted\n- C2: too vague — rejected\n- [ ] **C3** open\n').critiqueCount,
    ).toBe(3);
    expect(read('## Feedback\n\n- [ ] **C3** open\n').beads).toEqual([]);
  });

  test('approvals of the plan, a phase and a gate', () => {
    const part = read(
      '# P\n\nApproved by: @maria on 2026-05-01 (sha256:1a2b3c4d)\n\n## Phase J: X\n\n## Gate G1: Y\n\n## Approvals\n\n| What | By | Date | Hash |\n|-|-|-|-|\n| Phase J | @jo | 2026-05-02 | sha256:5e6f7a |\n| Gate G1 | @li | 2026-05-03 | |\n| the plan | @al | 2026-05-04 | |\n',
    );
    expect(part.head.approvals).toMatchObject([
      { by: '@al', date: '2026-05-04' },
      { by: '@maria', date: '2026-05-01', hash: '1a2b3c4d' },
    ]);
    expect(part.phases[0]?.approvals).toMatchObject([{ by: '@jo', date: '2026-05-02', hash: '5e6f7a' }]);
    expect(part.gates[0]?.approvals).toMatchObject([{ by: '@li', date: '2026-05-03' }]);
  });
});
