import { expect, test } from 'vitest';
import { readPlan, readPlans } from '../../../support/readPlans';

const files = {
  'PLAN.md': '---\nplan: shop\n---\n# Shop\n\n## Phase 1: Base\n\nObjective: pages\n',
  'tickets/T1.md':
    '---\nplan: shop\nid: T1\ntitle: Read\nphase: 1\nstatus: done\n---\n\n# Read the list\n\nWhat is to be done.\n\n## Acceptance criteria\n\n- 3 pages are read\n',
  'tickets/T2.md':
    '---\nplan: shop\nid: T2\nphase: 1\npriority: high\nassignee: "@jo"\ndepends_on:\n  - T1\n---\n\n# Write the pages\n\n## Steps\n\n- [x] One\n- [ ] Two\n',
  'tickets/T3.yaml': 'plan: shop\nid: T3\ntitle: Ship\nphase: 1\nblocked_by: [T2]\ndone_when: 5 pages can be read\n',
};

test('a file with an id beside the id of a plan is one bead of that plan', () => {
  const { plan, schedule } = readPlan(files);
  expect(plan.title).toBe('Shop');
  expect(plan.beadsOfPhase('1').map(({ id, title }) => `${id} ${title.value}`)).toEqual([
    'T1 Read',
    'T2 Write the pages',
    'T3 Ship',
  ]);
  const [read, write, ship] = plan.beads;
  expect([read?.what, read?.doneWhen].map((texts) => texts?.map(({ value }) => value))).toEqual([
    ['What is to be done.'],
    ['3 pages are read'],
  ]);
  expect([write?.priority?.value, write?.owner?.value, write?.steps.map(({ done }) => done)]).toEqual([
    1,
    '@jo',
    [true, false],
  ]);
  expect(ship?.doneWhen.map(({ value }) => value)).toEqual(['5 pages can be read']);
  expect(plan.beads.map(({ id }) => schedule.beadState(id))).toEqual(['closed', 'ready', 'blocked']);
  expect(plan.diagnostics).toEqual([]);
});

test('all steps done is done, where the front matter says nothing of it', () => {
  const done = files['tickets/T2.md'].replace('- [ ] Two', '- [x] Two');
  expect(readPlan({ ...files, 'tickets/T2.md': done }).schedule.beadState('T2')).toBe('closed');
});

test('everything of it stands in its file', () => {
  const { plan } = readPlan(files);
  for (const bead of plan.beads) {
    const text = plan.textOf(bead.location.file) ?? '';
    expect(text.slice(bead.idAt?.start, bead.idAt?.end)).toBe(bead.id);
    expect(text.slice(bead.location.start, bead.location.end)).toContain('id: ');
    expect(text.slice(bead.title.start, bead.title.end)).toBe(bead.title.value);
  }
});

test('without a plan it is none', () => {
  expect(readPlans({ 'tickets/T1.md': '---\nid: T1\nstatus: done\n---\n\n# Read\n' })).toEqual([]);
});
