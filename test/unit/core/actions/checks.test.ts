import { expect, test } from 'vitest';
import { checksOf } from '../../../../src/core/actions/checks';
import type { Bead, Phase } from '../../../../src/core/model';
import { readPlanFile } from '../../../../src/core/notation/read';
import { joinPlan } from '../../../../src/core/plan/joinPlan';

const text = `# Plan

## Phase 1 — Import

Verification:
- \`npm test\`
- \`$ npm test\`
- Open the page and look at the list

### IMP-1 — Read the export
Done when: \`npm run import\` reads 4,812 rows and exits 0.

### IMP-2 — Check it
Done when: \`python3 -m pytest tests/facts.py\`

### IMP-3 — Name it
Done when: the field is called \`origin\` in \`src/model.ts\`
`;

const plan = joinPlan('key', [readPlanFile('PLAN.md', text)]);
const checks = (id: string) =>
  checksOf(plan, plan.find(id) as Bead | Phase).map(({ kind, text: words }) => `${kind}: ${words}`);

test('a phase is verified by what it says, each once', () => {
  expect(checks('1')).toEqual(['command: npm test', 'manual: Open the page and look at the list']);
});

test('a command in a done-when is run, and what it has to show is looked at', () => {
  const [command, manual, ...more] = checks('IMP-1');
  expect(command).toBe('command: npm run import');
  expect(manual).toMatch(/^manual: .*reads 4,812 rows and exits 0/);
  expect(more).toEqual([]);
});

test('a command alone needs nobody to look', () => {
  expect(checks('IMP-2')).toEqual(['command: python3 -m pytest tests/facts.py']);
});

test('names in code marks are no commands', () => {
  expect(checks('IMP-3')).toHaveLength(1);
  expect(checks('IMP-3')[0]).toMatch(/^manual: /);
});
