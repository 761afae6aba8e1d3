import { describe, expect, test } from 'vitest';
import { readPlanFile } from '../../../src/core/notation/read';
import { joinPlan } from '../../../src/core/plan/joinPlan';
import { checkPlan } from '../../../src/core/rules/check';
import { schedule } from '../../../src/core/schedule/schedule';
import { planTemplate, slugOf } from '../../../src/views/planTemplate';

const titles = [
  'Move search to the new index',
  'Ümlaut & "quotes": #1 — \\ done',
  'plan',
  '日本語の計画',
  '# heading',
  '- item',
];

describe.each(titles)('the plan that is written for the title %s', (title) => {
  const slug = slugOf(title);
  const { text, cursor } = planTemplate(slug, title);
  const plan = joinPlan('key', [readPlanFile('PLAN.md', text)]);

  test('has the title and one thing of each kind', () => {
    expect(plan.id).toBe(slug);
    expect(plan.title).toBe(title);
    expect(plan.mode).toBe('planning');
    expect(plan.phases.map(({ id }) => id)).toEqual(['1']);
    expect(plan.beads.map(({ id, phase }) => [id, phase])).toEqual([
      ['B1', '1'],
      ['B2', '1'],
    ]);
    expect(plan.gates.map(({ id, criteria }) => [id, criteria.length])).toEqual([['G1', 1]]);
    expect(plan.scenarios.map(({ id, recovery }) => [id, recovery.length])).toEqual([['F1', 3]]);
  });

  test('has nothing that is reported', () => {
    expect(checkPlan({ plan, schedule: schedule(plan) })).toEqual([]);
  });

  test('can begin with its first bead', () => {
    expect(schedule(plan).ready.map(({ id }) => id)).toEqual(['B1']);
  });

  test('opens at the text to replace', () => {
    expect(text.slice(cursor.start, cursor.end)).toMatch(/^What changes for whom/);
  });
});

test.each([
  ['Move search to the new index', 'move-search-to-the-new-index'],
  ['  Größe: Ärger! ', 'gro-e-arger'],
  ['日本語', 'plan'],
  ['..', 'plan'],
  ['a'.repeat(60), 'a'.repeat(40)],
  [`${'b'.repeat(39)} c`, 'b'.repeat(39)],
])('the slug of %s', (title, slug) => expect(slugOf(title)).toBe(slug));
