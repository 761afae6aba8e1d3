import { describe, expect, test } from 'vitest';
import type { PlanPart } from '../../../../src/core/model';
import { readPlanFile } from '../../../../src/core/notation/read';
import { joinPlan, nameOfFile } from '../../../../src/core/plan/joinPlan';
import { type PlanWords, partOf, planOf } from '../../../support/planModel';

const join = (...parts: readonly PlanPart[]) => joinPlan('key', parts);
const asItems = (words: PlanWords, file = 'plan.md') => partOf({ ...words, mark: '-' }, file);
const asHeadings = (words: PlanWords, file = 'plan.md') => partOf({ ...words, mark: '###' }, file);
const asRows = (words: PlanWords, file = 'plan.md') => partOf({ ...words, mark: '|' }, file);
const values = (things: readonly { readonly value: unknown }[] | undefined) => things?.map((thing) => thing.value);

test('an export of the Beads tracker, which has no title, is named after the folder that it is about', () => {
  const titleOf = (file: string) => join(readPlanFile(file, '{"id":"bd-1","title":"Read"}')).title;
  expect(titleOf('/home/maria/golf/.beads/issues.jsonl')).toBe('golf');
  expect(titleOf('vscode-vfs://github/golf%20club/.beads/issues.jsonl')).toBe('golf club');
  expect(titleOf('.beads/issues.jsonl')).toBe('issues');
});

describe('a thing told twice', () => {
  test('is one: the telling with more fields is its place, the other fills in what it leaves out', () => {
    const list = asItems({ beads: [{ id: 'b-1', title: 'Count', status: 'closed', priority: 1 }] }, 'list.md');
    const details = asHeadings(
      { beads: [{ id: 'b-1', title: 'Count the things', blockedBy: ['b-0'], doneWhen: ['41 of 41'], estimate: 2 }] },
      'details.md',
    );
    const { beads, diagnostics } = join(list, details);
    expect(beads).toHaveLength(1);
    expect(beads[0]).toMatchObject({ id: 'b-1', title: { value: 'Count the things' }, status: 'closed' });
    expect(beads[0]?.location.file).toBe('details.md');
    expect([beads[0]?.priority?.value, beads[0]?.statusAt?.file]).toEqual([1, 'list.md']);
    expect(diagnostics).toEqual([]);
  });

  test('stays where it was told first, and phases keep the order of their first telling', () => {
    const overview = asItems({ phases: [{ id: 'A' }, { id: 'B' }, { id: 'C' }] });
    const details = asHeadings({ phases: [{ id: 'C', dependsOn: ['A'] }, { id: 'D' }, { id: 'A' }] }, 'x.md');
    expect(join(overview, details).phases.map((phase) => [phase.id, values(phase.dependsOn)])).toEqual([
      ['A', []],
      ['B', []],
      ['C', ['A']],
      ['D', []],
    ]);
  });

  test('says so where its tellings contradict each other', () => {
    const rows = asRows({ beads: [{ id: 'b-1', status: 'closed', priority: 0, blockedBy: ['a'] }] }, 'a.md');
    const headings = asHeadings(
      { beads: [{ id: 'b-1', status: 'open', priority: 2, blockedBy: ['b'], estimate: 1, doneWhen: ['x'] }] },
      'b.md',
    );
    const { beads, diagnostics } = join(rows, headings);
    expect(beads).toMatchObject([{ status: 'open', priority: { value: 2 } }]);
    expect(diagnostics.map(({ code, message }) => [code, /another (.+)\. Keep/.exec(message)?.[1]])).toEqual([
      ['contradicting-tellings', 'status'],
      ['contradicting-tellings', 'priority'],
      ['contradicting-tellings', 'list of what it is blocked by'],
    ]);
    expect(diagnostics[0]?.location.file).toBe('a.md');
    expect(diagnostics[0]?.related?.[0]?.location.file).toBe('b.md');
  });

  test('a gate in several rows has a criterion in each', () => {
    const { gates } = join(
      asRows({ gates: ['p95', 'errors', 'p95'].map((text) => ({ id: 'G1', blockedBy: ['b-1'], criteria: [text] })) }),
    );
    expect(gates.map((gate) => gate.criteria.map(({ criterion }) => criterion))).toEqual([['p95', 'errors']]);
  });

  test('merging again gives the same object again, and what is told once stays as it is', () => {
    const list = asItems({ beads: [{ id: 'b-1', title: 'Count' }, { id: 'b-2' }] });
    const details = asHeadings({ beads: [{ id: 'b-1', title: 'Count', priority: 1, estimate: 1 }] }, 'x.md');
    const first = join(list, details);
    const second = join(list, details);
    expect(second.beads[0]).toBe(first.beads[0]);
    expect(second.beads[1]).toBe(list.beads[1]);
  });
});

describe('two things with one id', () => {
  const two = (a: PlanWords, b: PlanWords) => join(partOf(a, 'a.md'), partOf(b, 'b.md')).beads.length;

  test('are two when they are written alike and called something else', () => {
    const one = { beads: [{ id: 'T1', title: 'Set up the project' }] };
    const other = { beads: [{ id: 'T1', title: 'Deploy to staging' }] };
    expect(two({ ...one, mark: '-' }, { ...other, mark: '-' })).toBe(2);
    expect(join(asItems({ beads: [...one.beads, ...other.beads] })).beads).toHaveLength(2);
  });

  test('are two when both are told in full, or stand in different phases', () => {
    const full = { id: 'T1', title: 'Count', priority: 1 as const, blockedBy: ['x'] };
    expect(join(asHeadings({ beads: [full, full] })).beads).toHaveLength(2);
    const beads = [
      { id: '1', title: 'Write tests', phase: 'A' },
      { id: '1', title: 'Write tests', phase: 'B' },
    ];
    expect(join(asItems({ beads })).beads).toHaveLength(2);
  });

  test('thousands of them do not take the square of their number', () => {
    const beads = Array.from({ length: 6000 }, (_, index) => ({ id: 'x', title: `${index} of them` }));
    expect(join(asItems({ beads })).beads).toHaveLength(6000);
  });

  test('keep ids apart that were only made up', () => {
    const nameless = (title: string) => {
      const part = asItems({ beads: [{ id: 'A.1', title }] }, `${title}.md`);
      return { ...part, beads: part.beads.map(({ idAt: _, ...bead }) => bead) };
    };
    expect(join(nameless('one'), nameless('two')).beads.map((bead) => bead.id)).toEqual(['A.1', 'A.1~2']);
  });
});

describe('ranges of ids', () => {
  const expanded = (range: string, existing: readonly string[], phases: readonly string[] = []) => {
    const plan = planOf({
      phases: phases.map((id) => ({ id })),
      beads: [...existing.map((id) => ({ id })), { id: 'last', blockedBy: [range] }],
    });
    return values(plan.beads.at(-1)?.blockedBy);
  };

  test('stand for the ids in them that exist, and for their ends', () => {
    expect(expanded('C1–C5', ['C1', 'C2', 'C4', 'C5', 'C6'])).toEqual(['C1', 'C2', 'C4', 'C5']);
    expect(expanded('C1–C3', ['C2'])).toEqual(['C1', 'C2', 'C3']);
    expect(expanded('T008–T011', ['T008', 'T009', 'T010', 'T011'])).toEqual(['T008', 'T009', 'T010', 'T011']);
    expect(expanded('ft-8a–ft-8c', ['ft-8a', 'ft-8b', 'ft-8c', 'ft-8d'])).toEqual(['ft-8a', 'ft-8b', 'ft-8c']);
    expect(expanded('C1–3', ['C1', 'C2', 'C3'])).toEqual(['C1', 'C2', 'C3']);
    expect(expanded('B2–C1', ['B2', 'B3', 'C1'])).toEqual(['B2', 'C1']);
  });

  test('of phases take in those that were put in between', () => {
    expect(expanded('phase:3–5', ['4'], ['3', '4', '4.1', '4.2', '5', '5.1'])).toEqual(['3', '4', '4.1', '4.2', '5']);
  });

  test('that go on for millions do not', () => {
    expect(expanded('C1–C999999999', ['C1'])?.length).toBeLessThan(5);
    const beads = Array.from({ length: 2000 }, (_, index) => ({ id: `C${index}`, blockedBy: ['C0–C1999'] }));
    const count = planOf({ beads }).beads.reduce((sum, bead) => sum + bead.blockedBy.length, 0);
    expect(count).toBeLessThan(200_000);
  });
});

describe('a plan of several files', () => {
  test('has the file that tells most as its main file, and its title', () => {
    const titled = (part: PlanPart, title: string): PlanPart => ({
      ...part,
      head: { ...part.head, title: { value: title, file: part.file, start: 0, end: 0 } },
    });
    const plan = join(
      titled(partOf({ id: 'x', beads: [{ id: 'b' }] }, 'a-log.md'), 'Log'),
      titled(partOf({ id: 'x', phases: [{ id: 'A' }, { id: 'B' }] }, 'plan.md'), 'The plan'),
      titled(partOf({ id: 'x', phases: [{ id: 'A', dependsOn: ['B'] }] }, 'phase-a.md'), 'Phase A'),
    );
    expect([plan.id, plan.title, plan.files]).toEqual(['x', 'The plan', ['plan.md', 'a-log.md', 'phase-a.md']]);
    expect(plan.phases.map((phase) => values(phase.dependsOn))).toEqual([['B'], []]);
  });

  test('without an id is called after its file', () => {
    expect(join(partOf({ beads: [{ id: 'b' }] }, 'docs/import.plan.md'))).toMatchObject({
      id: 'import',
      title: 'import',
    });
    expect(nameOfFile('file:///c%3A/my%20docs/PLAN%20a.md')).toBe('PLAN a');
    expect(nameOfFile('C:\\docs\\tasks.yaml')).toBe('tasks');
    expect(nameOfFile('100%.md')).toBe('100%');
    expect(nameOfFile('.beads/issues.jsonl')).toBe('issues');
  });
});

describe('finding things', () => {
  const plan = planOf({
    phases: [{ id: '1' }],
    beads: [{ id: '1' }, { id: 'FT-1' }, { id: 'ft-1' }],
    gates: [{ id: 'G1' }],
    scenarios: ['F1'],
  });

  test('exact ids first, then without regard to case; beads before gates, phases and scenarios', () => {
    expect(plan.find('ft-1')?.id).toBe('ft-1');
    expect(plan.find('Ft-1')?.id).toBe('FT-1');
    expect(plan.find('1')?.kind).toBe('bead');
    expect(plan.find('1', 'phase')?.kind).toBe('phase');
    expect([plan.find('g1')?.kind, plan.find('f1')?.kind, plan.find('f1', 'bead')]).toEqual([
      'gate',
      'scenario',
      undefined,
    ]);
  });

  test('names of object properties are nothing special', () => {
    for (const id of ['__proto__', 'constructor', 'toString']) expect(plan.find(id)).toBeUndefined();
    expect(plan.beadsOfPhase('__proto__')).toEqual([]);
    expect(plan.childrenOf('constructor')).toEqual([]);
  });
});
