import { describe, expect, test } from 'vitest';
import { addThing } from '../../../../src/core/edit/add';
import type { Phase, ThingKind } from '../../../../src/core/model';
import { sampleSource, sourceOf } from '../../../support/planSource';
import { planText } from '../../../support/planText';
import { readPlan } from '../../../support/readPlans';

/** The text after a thing was added and its tab stops were left as they are. */
function added(file: string, text: string, kind: ThingKind, phase?: string): string {
  const source = sourceOf({ [file]: text });
  const home = phase === undefined ? undefined : (source.snapshot.plan.find(phase, 'phase') as Phase);
  const addition = addThing(source, kind, home);
  if ('refused' in addition) return addition.refused;
  const plain = addition.snippet
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, '$1')
    .replace(/\$\{\d+\}/g, '')
    .replace(/\\(.)/g, '$1');
  return text.slice(0, addition.at) + plain + text.slice(addition.at + addition.replaces);
}

const ids = (file: string, text: string) => {
  const { plan } = readPlan({ [file]: text });
  return {
    phases: plan.phases.map(({ id }) => id),
    beads: plan.beads.map(({ id, phase }) => `${phase}:${id}`),
    gates: plan.gates.map(({ id, phase }) => `${phase}:${id}`),
    scenarios: plan.scenarios.map(({ id }) => id),
  };
};

describe('Markdown', () => {
  const text = planText('x');
  const before = ids('PLAN-x.md', text);

  test.each([
    ['bead', '1', { ...before, beads: ['1:B1', '1:B2', '1:B2a', '1:B2b', '1:B4', '2:B3'] }],
    ['bead', '2', { ...before, beads: [...before.beads, '2:B4'] }],
    ['gate', '2', { ...before, gates: [...before.gates, '2:G2'] }],
    ['phase', undefined, { ...before, phases: ['1', '2', '3'] }],
    ['scenario', undefined, { ...before, scenarios: ['F1', 'F2'] }],
  ] as const)('a %s in phase %s stands where it belongs, and all else stays', (kind, phase, expected) => {
    const after = added('PLAN-x.md', text, kind, phase);
    expect(ids('PLAN-x.md', after)).toEqual(expected);
    expect(after.endsWith('\n')).toBe(true);
    expect(after).not.toMatch(/\n\n\n/);
  });

  test('the first of its kind', () => {
    const plan = '# Title\n\n## Phase 1 — One\n\nObjective: begin.\n';
    const bead = added('PLAN-x.md', plan, 'bead', '1');
    expect(bead).toContain('Objective: begin.\n\n### B1 — Title\n\nPriority: P1\n');
    const scenario = added('PLAN-x.md', plan, 'scenario');
    expect(scenario).toContain('\n\n## Failure scenarios\n\n### Scenario F1: Title\n');
    expect(ids('PLAN-x.md', scenario).scenarios).toEqual(['F1']);
  });

  test('items, and rows with their table', () => {
    const list = '## Phase 1 — One\n\n- [ ] T001 First\n- [x] T002 Second\n  - [ ] Step\n\n## Phase 2 — Two\n';
    expect(added('PLAN-x.md', list, 'bead', '1')).toContain('  - [ ] Step\n- [ ] T003 Title\n');
    const table =
      '## Phase 1 — One\n\n| ID | Task | Done when |\n| --- | --- | --- |\n| T1 | First | 1 line |\n\n## Phase 2 — Two\n\nObjective: go on.\n';
    expect(added('PLAN-x.md', table, 'bead', '1')).toContain(
      '| T1 | First | 1 line |\n| T2 | Title | … |\n\n## Phase 2',
    );
    expect(added('PLAN-x.md', table, 'bead', '2')).toContain(
      'go on.\n\n| ID | Task | Done when |\n| --- | --- | --- |\n| T2 | Title | … |\n',
    );
  });

  test('other line breaks stay', () => {
    const after = added('PLAN-x.md', text.replaceAll('\n', '\r\n'), 'bead', '1');
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });
});

test('an entry of a YAML list has a blank line in front where its neighbour has one', () => {
  const spaced = 'phases:\n  - id: A\n    title: One\n\n  - id: B\n    title: Two\n';
  expect(added('x.plan.yaml', spaced, 'phase')).toContain('    title: Two\n\n  - id: C\n');
  expect(added('x.plan.yaml', spaced.replace('\n\n', '\n'), 'phase')).toContain('    title: Two\n  - id: C\n');
});

describe('YAML', () => {
  const text =
    'plan: x\nphases:\n  - id: A\n    title: One\n    beads:\n      - id: a-1\n        title: First\n  - id: B\n    title: Two\n    beads: []\n  - id: C\n    title: Three\n';
  const before = ids('x.plan.yaml', text);

  test.each([
    ['bead', 'A', { ...before, beads: ['A:a-1', 'A:a-2'] }],
    ['bead', 'B', { ...before, beads: ['A:a-1', 'B:a-2'] }],
    ['bead', 'C', { ...before, beads: ['A:a-1', 'C:a-2'] }],
    ['gate', 'A', { ...before, gates: ['A:G1'] }],
    ['phase', undefined, { ...before, phases: ['A', 'B', 'C', 'D'] }],
    ['scenario', undefined, { ...before, scenarios: ['F1'] }],
  ] as const)('a %s in phase %s stands where it belongs, and all else stays', (kind, phase, expected) => {
    const after = added('x.plan.yaml', text, kind, phase);
    expect(ids('x.plan.yaml', after)).toEqual(expected);
    expect(readPlan({ 'x.plan.yaml': after }).plan.diagnostics).toEqual([]);
  });

  test('not into a list on one line', () => {
    const flow = 'plan: x\nphases:\n  - id: A\n    beads: [{ id: a-1 }]\n';
    expect(added('x.plan.yaml', flow, 'bead', 'A')).toMatch(/by hand/);
  });
});

test.each(['finetune', 'golf-round-finder'] as const)(
  'everything can be added to every phase of the sample %s',
  (name) => {
    const source = sampleSource(name);
    const refused = source.snapshot.plan.phases.flatMap((phase) =>
      (['bead', 'gate', 'phase', 'scenario'] as const).flatMap((kind) => {
        const addition = addThing(source, kind, phase);
        return 'refused' in addition ? [`${kind} in ${phase.id}: ${addition.refused}`] : [];
      }),
    );
    expect(refused).toEqual([]);
  },
);
