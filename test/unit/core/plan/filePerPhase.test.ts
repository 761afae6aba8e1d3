import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../support/readPlans';
import type { Files } from '../../../support/temporary';

describe('a plan with a file for each phase', () => {
  const base = '---\nplan: shop\n---\n# Phase 1: Base\n\n- [x] T1 Index\n';
  const search = (front: string, title: string) => `---\nplan: shop\n${front}---\n# ${title}\n\n- [ ] T2 Index\n`;
  const told = (files: Files) =>
    readPlan(files).plan.phases.map(({ id, title, dependsOn, status, doneMeans, workspace }) => ({
      phase: `${id} ${title.value}`,
      dependsOn: dependsOn.map(({ value }) => value),
      status: status?.value,
      doneMeans: doneMeans.map(({ value }) => value),
      paths: workspace?.paths.map(({ value }) => value),
    }));
  const fields =
    'wave: 2\ndepends_on: [1]\nstatus: in progress\nfiles_modified: [src]\nmust_haves:\n  truths: [Answers in 300 ms]\n';
  const wanted = {
    phase: '2 Search',
    dependsOn: ['1'],
    status: 'in_progress',
    doneMeans: ['Answers in 300 ms'],
    paths: ['src'],
  };

  test('front matter tells the fields of the phase that is the title of the file', () => {
    expect(told({ '1.md': base, '2.md': search(fields, 'Phase 2: Search') }).at(1)).toEqual(wanted);
  });

  test('front matter tells of the phase that it names', () => {
    expect(told({ '1.md': base, '2.md': search(`phase: 2\n${fields}`, 'Phase 2: Search') }).at(1)).toEqual(wanted);
    expect(told({ '1.md': base, '2.md': search(`phase: 2\n${fields}`, 'Search') }).at(1)).toEqual(wanted);
  });

  test('names made for files are numbers of phases', () => {
    const files = {
      '01-base.md': base.replace('---\n#', 'phase: 01-base\n---\n#'),
      '02-search.md': search('phase: 02-search\ndepends_on: [01-base]\n', 'Phase 2: Search'),
    };
    const { plan } = readPlan(files);
    expect(plan.phases.map(({ title }) => title.value)).toEqual(['Base', 'Search']);
    expect(plan.phases[1]?.dependsOn.map(({ value }) => plan.find(value, 'phase'))).toEqual([plan.phases[0]]);
    expect(plan.beadsOfPhase('2').map(({ id }) => id)).toEqual(['T2']);
    expect(plan.diagnostics).toEqual([]);
  });

  test('the title of such a file is not the title of the plan', () => {
    const files = { '1.md': base, '2.md': search('phase: 2\n', 'Search') };
    expect(readPlan(files).plan.title).toBe('shop');
    expect(
      readPlan({ ...files, '0.md': '---\nplan: shop\n---\n# The shop\n\n## Prompt 1\n\n> Go.\n' }).plan.title,
    ).toBe('The shop');
  });
});
