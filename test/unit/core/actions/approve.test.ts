import { describe, expect, test } from 'vitest';
import { approve } from '../../../../src/core/actions/approve';
import { claimBead } from '../../../../src/core/actions/beads';
import { approvalHash } from '../../../../src/core/approval/approvedText';
import { progressEntriesIn } from '../../../../src/core/notation/log/progress';
import { checkPlan } from '../../../../src/core/rules/check';
import {
  actionSource,
  beadIn,
  changedLines,
  editsOf,
  filesAfter,
  gateIn,
  MARIA,
  phaseIn,
  sampleWithLog,
  TOMAS,
} from '../../../support/actions';

const PLAN =
  '---\nplan: x\nmode: executing\n---\n\n# The plan\n\n## Phase 1 — One\n\n**Objective:** begin.\n\n### A1 — First\n\n**Priority:** P0\n\n## Phase 2 — Two\n\n**Objective:** go on.\n\n### B1 — Next\n\n**Priority:** P0\n';

type Of = 'plan' | `${'phase' | 'gate'} ${string}`;

function approved(
  text: string,
  of: Of,
  actor = MARIA,
  file = /^(?:plan|phases):/.test(text) ? 'plan.yaml' : 'PLAN.md',
): string {
  return filesAfter({ [file]: text }, editsOf(tried(text, of, actor, file)))[file] ?? '';
}

function tried(text: string, of: Of, actor = MARIA, file = /^(?:plan|phases):/.test(text) ? 'plan.yaml' : 'PLAN.md') {
  const source = actionSource({ [file]: text });
  const [kind, id = ''] = of.split(' ');
  return approve(
    source,
    kind === 'plan' ? undefined : kind === 'phase' ? phaseIn(source, id) : gateIn(source, id),
    actor,
  );
}

const changes = (text: string, of: Of, actor = MARIA) =>
  changedLines(text, approved(text, of, actor)).map((line) => line.replace(/\b[0-9a-f]{8}\b/g, 'HASH'));

describe('an approval is written', () => {
  test('in a phase, as fields are, and below those that are there', () => {
    expect(changes(PLAN, 'phase 1')).toEqual(['+**Approved by:** @maria on 2026-05-02 (sha256:HASH)', '+']);
    const once = approved(PLAN, 'phase 1');
    expect(changes(once, 'phase 1', TOMAS)).toEqual(['+**Approved by:** @tomas on 2026-05-03 (sha256:HASH)', '+']);
  });

  test('of the plan: in the front matter, below the title, in a table', () => {
    expect(changes(PLAN, 'plan')).toEqual([
      '+approvals:',
      '+  - { of: plan, by: "@maria", date: 2026-05-02, hash: HASH }',
    ]);
    const bare = PLAN.replace(/^---.*?---\n\n/s, '');
    expect(changes(bare, 'plan')).toEqual(['+**Approved by:** @maria on 2026-05-02 (sha256:HASH)', '+']);
    const table = `${bare}\n## Approvals\n\n| What | By | Date | Hash |\n| --- | --- | --- | --- |\n| Plan | @dana | 2026-05-01 | |\n`;
    expect(changes(table, 'plan')).toEqual(['+| Plan | @maria | 2026-05-02 | sha256:HASH |']);
  });

  test('in YAML', () => {
    const text = 'plan: x\ntitle: X\n\nphases:\n  - id: A\n    title: One\n    beads: []\n  - { id: B, title: Two }\n';
    expect(changes(text, 'plan')).toEqual([
      '+approvals:',
      '+  - { of: plan, by: "@maria", date: 2026-05-02, hash: HASH }',
      '+',
    ]);
    expect(changes(text, 'phase A')).toEqual([
      '+    approvals:',
      '+      - { by: "@maria", date: 2026-05-02, hash: HASH }',
    ]);
    expect(changes(text, 'phase B')[1]).toMatch(
      /Two, approvals: \[\{ by: "@maria", date: 2026-05-02, hash: "?HASH"? \}\] \}$/,
    );
    expect(changes(approved(text, 'phase A'), 'phase A', TOMAS)).toEqual([
      '+      - { by: "@tomas", date: 2026-05-03, hash: HASH }',
    ]);
    expect(changes(approved(text, 'phase B'), 'phase B', TOMAS)[1]).toMatch(/\}, \{ by: "@tomas"/);
  });

  test('of a gate', () => {
    const text = PLAN.replace('## Phase 2', '### Gate G1 — Go?\n\nKind: human\n\n## Phase 2');
    expect(changes(text, 'gate G1')[0]).toMatch(/Approved by:\S* @maria on 2026-05-02 \(sha256:HASH\)/);
  });

  test('in place of an older one of the same person, once the text was changed', () => {
    const once = approved(PLAN, 'phase 1');
    expect(tried(once, 'phase 1')).toMatchObject({ refused: { code: 'state' } });
    const changed = once.replace('begin.', 'begin now.');
    const again = approved(changed, 'phase 1', { name: 'maria', at: '2026-06-01' });
    expect(changedLines(changed, again)).toEqual([
      expect.stringMatching(/^-\*\*Approved by:\*\* @maria on 2026-05-02/),
      expect.stringMatching(/^\+\*\*Approved by:\*\* @maria on 2026-06-01/),
    ]);
  });

  test('with a hash that stays what it is when it is written', () => {
    for (const of of ['plan', 'phase 1'] as const) {
      const after = actionSource({ 'PLAN.md': approved(PLAN, of) });
      expect(checkPlan(after.snapshot).map(({ code }) => code)).not.toContain('stale-approval');
    }
  });
});

describe('a plan that is executed', () => {
  test('waits for approval where it records approvals, and again when what was approved was changed', () => {
    const one = approved(PLAN, 'phase 1');
    const state = (text: string) => {
      const { schedule } = actionSource({ 'PLAN.md': text }).snapshot;
      return [schedule.phaseState('1'), schedule.beadState('A1'), schedule.phaseState('2'), schedule.beadState('B1')];
    };
    expect(state(PLAN)).toEqual(['open', 'ready', 'open', 'ready']);
    expect(state(one)).toEqual(['open', 'ready', 'guarded', 'blocked']);
    expect(state(approved(one, 'phase 2'))).toEqual(['open', 'ready', 'open', 'ready']);
    const stale = one.replace('begin.', 'begin now.');
    expect(state(stale)).toEqual(['guarded', 'blocked', 'guarded', 'blocked']);
    expect(state(stale.replace('executing', 'planning'))).toEqual(['open', 'ready', 'open', 'ready']);
    const source = actionSource({ 'PLAN.md': stale });
    expect(claimBead(source, beadIn(source, 'A1'), MARIA)).toMatchObject({
      refused: {
        message: 'Bead A1 is blocked: blocked by the approval of Phase 1, which was changed since @maria approved it.',
      },
    });
    const other = actionSource({ 'PLAN.md': one });
    expect(claimBead(other, beadIn(other, 'B1'), MARIA)).toMatchObject({
      refused: { message: 'Bead B1 is blocked: blocked by the approval of Phase 2.' },
    });
  });

  test('stays approved while it is worked on', () => {
    const once = approved(approved(PLAN, 'phase 1'), 'plan');
    const source = actionSource({ 'PLAN.md': once });
    const claimed = filesAfter({ 'PLAN.md': once }, editsOf(claimBead(source, beadIn(source, 'A1'), MARIA)));
    const { plan } = actionSource(claimed).snapshot;
    expect(approvalHash(plan)).toBe(approvalHash(source.snapshot.plan));
    expect(approvalHash(plan, plan.phases[0])).toBe(approvalHash(source.snapshot.plan, source.snapshot.plan.phases[0]));
  });
});

test('the progress file names the phase that was approved', () => {
  const source = sampleWithLog();
  const [edit] = editsOf(approve(source, phaseIn(source, '2'), MARIA)).get('data/progress.md') ?? [];
  const entries = progressEntriesIn('progress.md', `- ${edit?.newText.trim().slice(2)}\n`);
  expect(entries[0]).toMatchObject({ about: { value: '2', kind: 'phase' }, what: { value: 'approved' } });
});
