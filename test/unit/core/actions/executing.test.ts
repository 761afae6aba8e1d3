import { describe, expect, test } from 'vitest';
import { approve } from '../../../../src/core/actions/approve';
import { obstaclesToExecuting, startExecuting } from '../../../../src/core/actions/executing';
import { actionSource, changedLines, editsOf, filesAfter, MARIA } from '../../../support/actions';

const PLAN = '# The plan\n\n## Phase 1 — One\n\n### A1 — First\n\nPriority: P0\nDone when: 3 pages stand in docs.\n';
const fileOf = (text: string) => (/^(?:plan|title|mode):/.test(text) ? 'plan.yaml' : 'PLAN.md');

function approved(text: string): string {
  const source = actionSource({ [fileOf(text)]: text });
  return filesAfter({ [fileOf(text)]: text }, editsOf(approve(source, undefined, MARIA)))[fileOf(text)] ?? '';
}

function started(text: string): string {
  const before = approved(text);
  const source = actionSource({ [fileOf(text)]: before });
  const after = filesAfter({ [fileOf(text)]: before }, editsOf(startExecuting(source, MARIA)));
  return after[fileOf(text)] ?? '';
}

describe('the mode is changed', () => {
  test.each([
    ['in front matter', `---\nplan: x\nmode: planning\n---\n\n${PLAN}`, ['-mode: planning', '+mode: executing']],
    ['into front matter', `---\nplan: x\n---\n\n${PLAN}`, ['+mode: executing']],
    ['above a plan without', PLAN, ['+---', '+mode: executing', '+---', '+']],
    ['in a line', PLAN.replace('plan\n', 'plan\n\nMode: planning\n'), ['-Mode: planning', '+Mode: executing']],
    [
      'in YAML',
      'plan: x\nmode: "planning" # yet\nphases:\n  - id: A\n    title: One\n',
      ['-mode: "planning" # yet', '+mode: "executing" # yet'],
    ],
    ['into YAML', 'plan: x\nphases:\n  - id: A\n    title: One\n', ['+mode: executing']],
  ])('%s', (_, text, lines) => {
    expect(changedLines(approved(text), started(text))).toEqual(lines);
  });

  test('and what was approved stays approved', () => {
    const text = `---\nplan: x\nmode: planning\n---\n\n${PLAN}`;
    const source = actionSource({ 'PLAN.md': started(text) });
    expect(source.snapshot.plan.mode).toBe('executing');
    expect(obstaclesToExecuting(source, {})).toEqual([]);
    expect(startExecuting(source, MARIA)).toMatchObject({ refused: { code: 'state' } });
  });
});

test('it is not, while something stands against it', () => {
  const messages = (text: string, uncommitted: readonly string[] = []) =>
    obstaclesToExecuting(actionSource({ 'PLAN.md': text }), { uncommitted }).map(({ message }) => message);
  expect(messages(PLAN)).toEqual(['Nobody has approved the plan.']);
  expect(messages(approved(PLAN), ['PLAN.md'])).toEqual(['1 file of the plan holds changes that are not committed.']);
  expect(messages(approved(PLAN).replace('3 pages', '4 pages'))).toEqual([
    'The plan was changed since @maria approved it.',
  ]);
  const wrong = approved(PLAN.replace('Priority: P0', 'Priority: P0\nBlocked by: A1'));
  expect(messages(wrong)[0]).toMatch(/^The plan has 1 error\. The first: /);
  const source = actionSource({ 'PLAN.md': PLAN });
  expect(startExecuting(source, MARIA)).toMatchObject({
    refused: { code: 'blocked', message: 'Nobody has approved the plan.' },
  });
});
