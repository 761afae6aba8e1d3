import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../../../src/core/rules/check';
import { RULE_IDS, RULES, type RuleId } from '../../../../src/core/rules/table';
import { readPlan } from '../../../support/readPlans';

const found = (id: RuleId) => {
  const { example, notation, around } = RULES[id];
  return checkPlan(readPlan({ [notation === 'yaml' ? 'plan.yaml' : 'PLAN.md']: example }), undefined, around);
};

describe('the example of', () => {
  test.each(RULE_IDS)('%s shows what it is about, as severe as the table says', (id) => {
    const own = found(id).filter(({ code }) => code === id);
    expect(own.map(({ severity }) => severity)).toEqual(own.map(() => RULES[id].severity));
    expect(own.length, JSON.stringify(found(id))).toBeGreaterThan(0);
  });
});

test('each rule says in one sentence what it reports and why', () => {
  for (const id of RULE_IDS) {
    expect(RULES[id].reports, id).toMatch(/^[A-Z].*\.$/);
    expect(RULES[id].why, id).toMatch(/^["A-Z].*\.$/);
  }
});
