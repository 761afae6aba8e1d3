import { expect, test } from 'vitest';
import { fixAll } from '../../../../src/core/edit/fixAll';
import { applyEdits } from '../../../../src/core/edit/planEdits';
import { checkPlan } from '../../../../src/core/rules/check';
import { sourceOf } from '../../../support/planSource';

test.each([
  [
    'PLAN-x.md',
    '## Phase 1 — All\n\n- [ ] task-001 One\n- [ ] task-002 Two (blocked by: task-01, task-003)\n- [ ] task-003 Three (blocked by: task-02)\n',
  ],
  [
    'x.plan.yaml',
    'plan: x\nphases:\n  - id: A\n    beads:\n      - id: task-001\n      - id: task-002\n        blocked_by: [task-01, task-003]\n      - id: task-003\n        blocked_by: task-02\n',
  ],
])('all slips of %s at once, and nothing else', (file, text) => {
  const source = sourceOf({ [file]: text });
  const slips = checkPlan(source.snapshot).filter(
    ({ code }) => code === 'unknown-reference' || code === 'self-dependency',
  );
  const after = applyEdits(text, fixAll(source, file, slips));
  expect(after).toBe(text.replace('task-01,', 'task-001,').replace(/task-02\b/, 'task-002'));
});
