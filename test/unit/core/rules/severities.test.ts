import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../../../src/core/rules/check';
import { levelsOf } from '../../../../src/core/rules/severities';
import { readPlan } from '../../../support/readPlans';

const VAGUE = '### B1 — Write it\n\nPriority: P0\nDone when: it works well.\nIf it fails: ask @maria.\n';
const check = (text: string, setting: unknown = {}, file = 'PLAN.md') =>
  checkPlan(readPlan({ [file]: text }), levelsOf(setting)).map(({ code, severity }) => `${severity} ${code}`);

test('a rule is as severe as its table says', () => {
  expect(check(VAGUE)).toEqual(['info vague-done-when']);
});

describe('settings', () => {
  test('say how severe rules are, or turn them off', () => {
    expect(check(VAGUE, { 'vague-done-when': 'error' })).toEqual(['error vague-done-when']);
    expect(check(VAGUE, { 'vague-done-when': 'off' })).toEqual([]);
  });

  test('that say nothing that can be understood say nothing', () => {
    expect(check(VAGUE, { 'vague-done-when': 'loud', toString: 'off', '': 4 })).toEqual(['info vague-done-when']);
    expect(check(VAGUE, 'off')).toEqual(['info vague-done-when']);
    expect(check(VAGUE, null)).toEqual(['info vague-done-when']);
  });
});

describe('a plan', () => {
  test('says it for itself in its front matter, in spite of the settings', () => {
    const text = `---\nrules:\n  vague-done-when: hint\n---\n\n${VAGUE}`;
    expect(check(text, { 'vague-done-when': 'error' })).toEqual(['hint vague-done-when']);
    expect(check(text.replace('hint', 'off'), { 'vague-done-when': 'error' })).toEqual([]);
    expect(check(text.replace('hint', 'information'), { 'vague-done-when': 'error' })).toEqual([
      'info vague-done-when',
    ]);
  });

  test('says it at the top of its YAML', () => {
    const text =
      'rules: { vague-done-when: error }\nbeads:\n  - id: B1\n    title: Write it\n    done_when: it works well\n';
    expect(check(text, { 'missing-priority': 'off', 'missing-failure-pointer': 'off' }, 'plan.yaml')).toEqual([
      'error vague-done-when',
    ]);
  });

  test('of several files says it in any of them', () => {
    const found = checkPlan(
      readPlan({
        'PLAN-a.md': `---\nplan: a\n---\n\n${VAGUE}`,
        'PLAN-b.md': '---\nplan: a\nrules:\n  vague-done-when: off\n---\n\n## Phase 1 — Try\n\nObjective: Try.\n',
      }),
    );
    expect(found.map(({ code }) => code)).not.toContain('vague-done-when');
  });

  test('is told of rules that there are none of, and of levels', () => {
    const text = `---\nrules:\n  vague-done-wen: off\n  missing-id: loud\n  fat-bead: off\n---\n\n${VAGUE}`;
    const found = checkPlan(readPlan({ 'PLAN.md': text })).filter(({ code }) => code === 'invalid-value');
    expect(found.map(({ message }) => message)).toEqual([
      'There is no rule vague-done-wen. Did you mean vague-done-when?',
      'The rule missing-id cannot be loud. Write one of error, warning, information, hint, off.',
    ]);
    expect(found.map(({ location }) => text.slice(location.start, location.end))).toEqual(['off', 'loud']);
  });
});

describe('a comment', () => {
  const commented = (comment: string, text = VAGUE) => text.replace('Done when', `${comment}\nDone when`);

  test('takes a rule back for the next line', () => {
    expect(check(commented('<!-- phasewise-disable-next-line vague-done-when -->'))).toEqual([]);
    expect(check(commented('<!-- phasewise-disable-next-line fat-bead, vague-done-when -->'))).toEqual([]);
    expect(check(commented('<!-- phasewise-disable-next-line -->'))).toEqual([]);
    expect(check(commented('<!-- phasewise-disable-next-line fat-bead -->'))).toEqual(['info vague-done-when']);
  });

  test('takes it back on its own line', () => {
    const text = VAGUE.replace('works well.', 'works well. <!-- phasewise-disable-line vague-done-when -->');
    expect(check(text)).toEqual([]);
  });

  test('says nothing of other lines', () => {
    const text = VAGUE.replace('### B1', '<!-- phasewise-disable-next-line vague-done-when -->\n### B1');
    expect(check(text)).toEqual(['info vague-done-when']);
  });

  test('counts more than settings and the plan', () => {
    const text = `---\nrules:\n  vague-done-when: error\n---\n\n${commented('<!-- phasewise-disable-next-line -->')}`;
    expect(check(text, { 'vague-done-when': 'error' })).toEqual([]);
  });

  test('is a comment of YAML in YAML', () => {
    const text =
      'beads:\n  - id: B1\n    title: Write it\n    priority: P0\n    if_it_fails: ask\n    # phasewise-disable-next-line vague-done-when\n    done_when: it works well\n';
    expect(check(text, {}, 'plan.yaml')).toEqual([]);
    expect(check(text.replace(/ *#.*\n/, ''), {}, 'plan.yaml')).toEqual(['info vague-done-when']);
  });

  test('works with the line ends of Windows', () => {
    expect(check(commented('<!-- phasewise-disable-next-line vague-done-when -->').replaceAll('\n', '\r\n'))).toEqual(
      [],
    );
  });
});
