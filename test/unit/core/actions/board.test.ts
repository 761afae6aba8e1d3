import { expect, test } from 'vitest';
import { claimBead, closeBead, deferBead, releaseBead } from '../../../../src/core/actions/beads';
import { actionSource, beadIn, editsOf, filesAfter, MARIA } from '../../../support/actions';

const BOARD =
  '# Board\n\n## To-do\n\n- [ ] **A1** Paint\n\n## In progress\n\n- [ ] **A2** Sand\n\n## Done\n\n- [x] **A3** Measure\n';
type Act = typeof claimBead;

const after = (id: string, act: Act) => {
  const source = actionSource({ 'PLAN.md': BOARD });
  return filesAfter({ 'PLAN.md': BOARD }, editsOf(act(source, beadIn(source, id), MARIA)))['PLAN.md'] ?? '';
};

test('on a board a field says what the heading above does not', () => {
  const released = after('A2', releaseBead);
  expect(released).toBe(BOARD.replace('Sand\n', 'Sand\n  - Status: open\n'));
  expect(after('A1', claimBead)).toContain(
    '- [ ] **A1** Paint\n  - Status: in progress\n  - Owner: @maria (2026-05-02)\n',
  );
  const closed = after('A2', (source, bead, actor) => closeBead(source, bead, actor, { evidence: ['smooth'] }));
  expect(closed).toContain('- [x] **A2** Sand\n  - Evidence: smooth\n');
});

test('a bead below Blocked cannot be claimed, and is closed or put off in a field of its own', () => {
  const files = { 'PLAN.md': '# Board\n\n## Doing\n\n- [ ] **A1** Paint\n\n## Blocked\n\n- [ ] **A2** Sand\n' };
  const source = actionSource(files);
  const bead = beadIn(source, 'A2');
  expect(claimBead(source, bead, MARIA)).toMatchObject({ refused: { code: 'blocked' } });
  expect(closeBead(source, bead, MARIA, { evidence: ['smooth'] })).toMatchObject({ refused: { code: 'blocked' } });
  const closed = closeBead(source, bead, MARIA, { evidence: ['smooth'], override: 'no sand needed' });
  expect(filesAfter(files, editsOf(closed))['PLAN.md']).toContain('- [x] **A2** Sand\n  - Evidence: smooth; closed');
  const deferred = deferBead(source, bead, MARIA);
  expect(filesAfter(files, editsOf(deferred))['PLAN.md']).toBe(
    files['PLAN.md'].replace('Sand\n', 'Sand\n  - Status: deferred\n'),
  );
});
