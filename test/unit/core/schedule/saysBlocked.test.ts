import { expect, test } from 'vitest';
import { chainOf } from '../../../../src/core/actions/chain';
import { beadPrompt } from '../../../../src/core/prompt/bead';
import { readPlan } from '../../../support/readPlans';

const issue = (id: string, more: object = {}) => JSON.stringify({ id, title: id, status: 'open', ...more });
const on = (id: string, depends_on_id: string) => ({ issue_id: id, depends_on_id, type: 'blocks' });

test('an issue that is blocked by nothing that it names is blocked, in no wave, and says so', () => {
  const lines = [
    issue('bd-1', { status: 'blocked' }),
    issue('bd-2', { dependencies: [on('bd-2', 'bd-1')] }),
    issue('bd-3', { status: 'blocked', dependencies: [on('bd-3', 'bd-4')] }),
    issue('bd-4'),
    issue('bd-5', { status: 'closed' }),
    issue('bd-6', { status: 'blocked', dependencies: [on('bd-6', 'bd-5')] }),
  ];
  const snapshot = readPlan({ '.beads/issues.jsonl': lines.join('\n') });
  const { plan, schedule } = snapshot;
  expect(plan.beads.map(({ id }) => `${id} ${schedule.beadState(id)}`)).toEqual([
    'bd-1 blocked',
    'bd-2 blocked',
    'bd-3 blocked',
    'bd-4 ready',
    'bd-5 closed',
    'bd-6 blocked',
  ]);
  expect(schedule.waves).toEqual([['bd-4']]);
  const why = (id: string) => {
    const bead = plan.find(id, 'bead');
    if (bead?.kind !== 'bead') throw new Error(id);
    return chainOf(snapshot, bead);
  };
  expect(why('bd-1')).toBe('blocked by something that it does not name');
  expect(why('bd-2')).toBe('blocked by bd-1, which waits for something that it does not name');
  expect(why('bd-3')).toBe('blocked by bd-4, ready');
  expect(beadPrompt(snapshot, 'bd-1')?.text).toContain('blocked · blocked by something that it does not name');
  expect(why('bd-6')).toBe('blocked by something that it does not name');
});

test.each([
  [
    'PLAN.md',
    '### B1 — One\n\nStatus: Blocked (no access yet)\n\n### B2 — Two\n\nStatus: blocked\nBlocked by: B3\n\n### B3 — Three\n\nStatus: done\n',
  ],
  [
    'plan.yaml',
    'beads:\n  - { id: B1, status: blocked }\n  - { id: B2, status: blocked, blocked_by: [B3] }\n  - { id: B3, status: done }\n',
  ],
])('a bead of %s that says so is blocked where it names nothing; else what it names counts', (file, text) => {
  const { plan, schedule } = readPlan({ [file]: text });
  expect(plan.beads.map(({ id }) => schedule.beadState(id))).toEqual(['blocked', 'ready', 'closed']);
});
