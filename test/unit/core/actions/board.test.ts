import { expect, test } from 'vitest';
import { claimBead, closeBead, releaseBead } from '../../../../src/core/actions/beads';
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
