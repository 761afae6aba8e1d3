import { describe, expect, test } from 'vitest';
import { newPlan, type PlanShape, slugOf } from '../../../../src/core/edit/newPlan';
import { checkPlan } from '../../../../src/core/rules/check';
import { readPlan } from '../../../support/readPlans';

const titles = [
  'Move search to the new index',
  'Ümlaut & "quotes": #1 — \\ done',
  'a ${1:stop} and } more',
  'plan',
  '日本語の計画',
  '# heading',
  '- item',
];

const shapes: readonly PlanShape[] = ['beads', 'meta', 'small'];

describe.each(titles.flatMap((title) => shapes.map((shape) => [shape, title] as const)))(
  'a new %s plan %j',
  (shape, title) => {
    const slug = slugOf(title);
    const { text, cursor, besides } = newPlan(shape, slug, title);
    const files = Object.fromEntries([[`PLAN-${slug}.md`, text], ...besides.map((file) => [file.name, file.text])]);
    const snapshot = readPlan(files);
    const { plan, schedule } = snapshot;

    test('has its title, and can begin with its first bead', () => {
      expect([plan.id, plan.title, plan.mode]).toEqual([slug, title, 'planning']);
      expect(schedule.ready.map(({ id }) => id)).toEqual(['B1']);
      expect(plan.scenarios.map(({ id, recovery }) => [id, recovery.length])).toEqual([['F1', 3]]);
      expect(plan.gates.length).toBe(shape === 'small' ? 0 : 1);
    });

    test('has nothing that is reported', () => {
      expect(checkPlan(snapshot).map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    });

    test('opens at the text to replace', () => {
      expect(text.slice(cursor.start, cursor.end)).toMatch(/^What .*\.$/);
    });

    test('has a prompt log and a progress file, unless it is small', () => {
      expect(besides.length).toBe(shape === 'small' ? 0 : 2);
      expect(plan.head.progress?.value).toBe(besides[1]?.name);
    });
  },
);

test.each([
  ['Move search to the new index', 'move-search-to-the-new-index'],
  ['  Größe: Ärger! ', 'gro-e-arger'],
  ['!!!', 'plan'],
  ['x'.repeat(60), 'x'.repeat(40)],
])('the name made of %j', (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});
