import { expect, test } from 'vitest';
import { closeBead } from '../../../../src/core/actions/beads';
import { actionSource, beadIn, editsOf, filesAfter, MARIA } from '../../../support/actions';

const closed = (file: string, text: string) => {
  const source = actionSource({ [file]: text });
  const outcome = closeBead(source, beadIn(source, 'a-1'), MARIA, { evidence: ['ok'] });
  return filesAfter({ [file]: text }, editsOf(outcome))[file] ?? '';
};

test.each([
  ['Complete %', '40%', '100%'],
  ['Done', 'no', 'yes'],
  ['Done', '[ ]', '[x]'],
  ['Done', '⬜', '✅'],
])('in a column %s, %s becomes %s', (column, before, after) => {
  const row = (status: string) => `| a-1 | Dig | ${status} |`;
  const plan = `## Phase 1: A\n\n| ID | Task | ${column} |\n| --- | --- | --- |\n${row(before)}\n| a-2 | Fill | |\n`;
  expect(closed('p.md', plan)).toContain(row(after).slice(0, -1));
});

test('a flag somewhere is no word for others', () => {
  const plan =
    'plan: p\nphases:\n  - id: A\n    beads:\n      - {id: a-2, title: y, done: true}\n      - id: a-1\n        title: x\n        state: in-progress\n';
  expect(closed('p.yaml', plan)).toContain('state: closed\n');
});
