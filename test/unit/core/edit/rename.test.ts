import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../../src/core/edit/planEdits';
import { renameId, renameTargetAt } from '../../../../src/core/edit/rename';
import type { PlanSource } from '../../../../src/core/language/planSource';
import type { Plan, ThingKind } from '../../../../src/core/model';
import { atCursor, CURSOR, sourceOf, sourcesOf } from '../../../support/planSource';
import { planText } from '../../../support/planText';
import type { Files } from '../../../support/temporary';

/** The files after the rename, or the reason why there is none. */
function rename(files: Files, [kind, id]: readonly [ThingKind, string], newId: string): Files | string {
  return renameIn(sourceOf(files), kind, id, newId);
}

function renameIn(source: PlanSource, kind: ThingKind, id: string, newId: string): Files | string {
  const { plan } = source.snapshot;
  const thing = plan.find(id, kind);
  if (thing === undefined) throw new Error(`no ${kind} ${id}`);
  const outcome = renameId(source, thing, newId);
  if ('refused' in outcome) return outcome.refused;
  return Object.fromEntries(
    plan.files.map((file) => [file, applyEdits(source.part(file)?.text ?? '', outcome.edits.get(file) ?? [])]),
  );
}

function changedLines(before: string, after: Files | string): string[] {
  if (typeof after === 'string') throw new Error(after);
  const [text = ''] = Object.values(after);
  const old = before.split('\n');
  const lines = text.split('\n');
  expect(lines).toHaveLength(old.length);
  return lines.filter((line, index) => line !== old[index]);
}

test('in Markdown: the heading and every reference, and nothing else', () => {
  const text = `${planText('shop')}\nB2 is the heart of it; B2a and B21 are not B2.\n`;
  expect(changedLines(text, rename({ 'PLAN-shop.md': text }, ['bead', 'B2'], 'B7'))).toEqual([
    '### B7 — Write the parser',
    'Blocked by: B7',
    'B7 is the heart of it; B2a and B21 are not B7.',
  ]);
});

test('in Markdown: what is told of it elsewhere', () => {
  const text =
    '## Phase 1 — One\n\n### B1 — First\n\nBlocks: B2\n\n### B2 — Second\n\nPriority: P1\n\n### B3 — Third\n\nPriority: P1\n\n## Dependencies\n\n- B3 depends on B2\n';
  expect(changedLines(text, rename({ 'PLAN-x.md': text }, ['bead', 'B1'], 'B9'))).toEqual(['### B9 — First']);
  expect(changedLines(text, rename({ 'PLAN-x.md': text }, ['bead', 'B2'], 'B9'))).toEqual([
    'Blocks: B9',
    '### B9 — Second',
    '- B3 depends on B9',
  ]);
});

test('in YAML: what is told of it elsewhere', () => {
  const text = 'beads:\n  - id: B1\n    title: First\n    blocks: [B2]\n  - id: B2\n    title: Second\n';
  expect(changedLines(text, rename({ 'plan.yaml': text }, ['bead', 'B1'], 'B9'))).toEqual(['  - id: B9']);
  expect(changedLines(text, rename({ 'plan.yaml': text }, ['bead', 'B2'], 'B9'))).toEqual([
    '    blocks: [B9]',
    '  - id: B9',
  ]);
});

test('a phase, also in prose that calls it one', () => {
  const text = `## Phase A — One\n\n### A1 — First\n\nDone when: 1 line, before Phase B.\n\n## Phase B — Two\n\nDepends on: A\n\nRisks: a plan B for Phase A or B.\n\n### B1 — Second\n\nDone when: 2 lines.\n`;
  expect(changedLines(text, rename({ 'PLAN-x.md': text }, ['phase', 'B'], 'C'))).toEqual([
    'Done when: 1 line, before Phase C.',
    '## Phase C — Two',
    'Risks: a plan B for Phase A or C.',
  ]);
});

test('in tables and check lists', () => {
  const text = `## Phase 1 — All

| ID | Task | Blocked by | Phase |
| --- | --- | --- | --- |
| T1 | One | — | 1 |
| T2 | Two | T1 | 1 |

## Phase 2 — More

- [ ] **T3** Three (blocked by: T1, T2)
- [x] **T4** Four
`;
  expect(changedLines(text, rename({ 'PLAN-x.md': text }, ['bead', 'T1'], 'T9'))).toEqual([
    '| T9 | One | — | 1 |',
    '| T2 | Two | T9 | 1 |',
    '- [ ] **T3** Three (blocked by: T9, T2)',
  ]);
});

test('a phase that a column of a table names', () => {
  const text = `## Phases\n\n### Phase 1 — One\n\nObjective: begin with 1.\n\n### Phase 2 — Two\n\n## Beads\n\n| ID | Task | Phase | Priority |\n| --- | --- | --- | --- |\n| T1 | One of 1 | 1 | P1 |\n| T2 | Two | Phase 1 | P1 |\n| T3 | Three | 2 | P1 |\n`;
  expect(changedLines(text, rename({ 'PLAN-x.md': text }, ['phase', '1'], '7'))).toEqual([
    '### Phase 7 — One',
    '| T1 | One of 1 | 7 | P1 |',
    '| T2 | Two | Phase 7 | P1 |',
  ]);
});

test('in YAML, whatever the quotes', () => {
  const text = `plan: x
phases:
  - id: A
    beads:
      - id: "s-1"
        title: One
      - id: s-2
        blocked_by: ['s-1']
        done_when: as s-1 says # and s-1 knows
      - id: s-3
        blocked_by:
          - s-1
          - bead: s-2
        beads:
          - { id: s-3a, blocked_by: s-1 }
`;
  expect(changedLines(text, rename({ 'x.plan.yaml': text }, ['bead', 's-1'], 's-10'))).toEqual([
    '      - id: "s-10"',
    "        blocked_by: ['s-10']",
    '        done_when: as s-10 says # and s-10 knows',
    '          - s-10',
    '          - { id: s-3a, blocked_by: s-10 }',
  ]);
});

test('keys that are ids', () => {
  const text = 'plan: x\nphases:\n  A:\n    beads:\n      s-1: One\n      s-2:\n        blocked_by: s-1\n';
  expect(changedLines(text, rename({ 'x.plan.yaml': text }, ['bead', 's-1'], 's-3'))).toEqual([
    '      s-3: One',
    '        blocked_by: s-3',
  ]);
});

describe('ranges', () => {
  const text = (range: string) =>
    `## Phase 1 — All\n\n- [ ] B1 One\n- [ ] B2 Two\n- [ ] B3 Three\n- [ ] B4 Four\n- [ ] C1 Last (blocked by: ${range})\n`;
  const renamed = (range: string, id: string, newId: string) =>
    changedLines(text(range), rename({ 'PLAN-x.md': text(range) }, ['bead', id], newId))
      .find((line) => line.includes('C1'))
      ?.replace(/.*blocked by: (.*)\).*/, '$1');

  test.each([
    ['B1–B4', 'B4', 'B5', 'B1–B5'],
    ['B1–B4', 'B1', 'B0', 'B0–B4'],
    ['B1–B4', 'B1', 'X1', 'X1, B2–B4'],
    ['B1–B4', 'B2', 'X1', 'B1, X1, B3, B4'],
    ['B1–B4', 'B4', 'X1', 'B1–B3, X1'],
    ['B1-B4', 'B3', 'X1', 'B1, B2, X1, B4'],
    ['B1 to B4', 'B1', 'X1', 'X1, B2 to B4'],
    ['B1–B2, B4', 'B4', 'X1', 'B1–B2, X1'],
  ])('%s with %s as %s', (range, id, newId, expected) => {
    expect(renamed(range, id, newId)).toBe(expected);
  });
});

test('every file of the plan, but not what was said word for word', () => {
  const files = {
    'PLAN-x.md': '---\nplan: x\n---\n\n## Phase 1 — All\n\n### B1 — One\n\nDone when: 1 line.\n',
    'PLAN-x-prompts.md':
      '# Prompts\n\n### Prompt 1 — First\n\n> do B1 first\n\n**Key decisions:**\n\n- One first → B1\n',
  };
  expect(rename(files, ['bead', 'B1'], 'B2')).toEqual({
    'PLAN-x.md': files['PLAN-x.md'].replace('B1', 'B2'),
    'PLAN-x-prompts.md': files['PLAN-x-prompts.md'].replace('→ B1', '→ B2'),
  });
});

test('in other plans that refer to it', () => {
  const [a, b] = sourcesOf({
    'a.plan.yaml': 'plan: a\nphases:\n  - id: P\n    beads:\n      - id: a-1\n        blocked_by: [b/b-1]\n',
    'b.plan.yaml': 'plan: b\nphases:\n  - id: Q\n    beads:\n      - id: b-1\n        title: First\n',
  });
  const thing = b?.snapshot.plan.find('b-1');
  if (a === undefined || b === undefined || thing === undefined) throw new Error('no plans');
  const outcome = renameId(b, thing, 'b-2', [a]);
  const edits = 'edits' in outcome ? outcome.edits : undefined;
  expect(edits && applyEdits(a.part('a.plan.yaml')?.text ?? '', edits.get('a.plan.yaml') ?? [])).toContain('[b/b-2]');
});

test('of two things with one id, the one at the cursor', () => {
  const text = `## Phase 1 — All\n\n### B1 — One\n\nDone when: 1 line.\n\n### ${CURSOR}B1 — Another\n\nDone when: 2 lines.\n\n### B2 — Last\n\nBlocked by: B1\n`;
  const { source, file, offset } = atCursor('PLAN-x.md', text);
  const target = renameTargetAt(source, file, offset);
  const outcome = target && renameId(source, target.thing, 'B3');
  const edits = outcome !== undefined && 'edits' in outcome ? (outcome.edits.get(file) ?? []) : [];
  expect(applyEdits(source.part(file)?.text ?? '', edits)).toBe(text.replace(`${CURSOR}B1`, 'B3'));
});

test.each([
  ['B2', /has this id already/],
  ['b2', /has this id already/],
  ['G1', /gate G1 .*has this id already/],
  ['two words', /is no id/],
  ['', /is no id/],
  ['B1:', /is no id/],
  ['x'.repeat(61), /is no id/],
  ['none', /would no longer say the same/],
])('not to %j', (newId, reason) => {
  expect(rename({ 'PLAN-x.md': planText('x') }, ['bead', 'B1'], newId)).toMatch(reason);
});

test('not in a tracker’s export', () => {
  const line = '{"id":"bd-1","title":"One","issue_type":"task","status":"open","priority":1}\n';
  expect(rename({ '.beads/issues.jsonl': line }, ['bead', 'bd-1'], 'bd-2')).toMatch(/export of the Beads tracker/);
});

test('not in a file that cannot be read', () => {
  const text = 'plan: x\nphases:\n  - id: A\n    title: One\n    beads: [{ id: s-1\n';
  const source = sourceOf({ 'x.plan.yaml': text });
  expect(source.part('x.plan.yaml')?.diagnostics.map(({ code }) => code)).toContain('malformed-file');
  expect(renameIn(source, 'phase', 'A', 'B')).toMatch(/cannot be read/);
});

test.each([
  ['on a name', `### ${CURSOR}B1 — Read`, 'B1'],
  ['behind a reference', `Blocked by: B1${CURSOR}`, 'B1'],
  ['on a field', `Done w${CURSOR}hen: 20 of 20 files are read.`, undefined],
])('what is renamed %s', (_, line, expected) => {
  const { source, file, offset } = atCursor('PLAN-x.md', planText('x').replace(line.replace(CURSOR, ''), line));
  const target = renameTargetAt(source, file, offset);
  expect(target && source.part(file)?.text.slice(target.at.start, target.at.end)).toBe(expected);
});

describe('phases that are named in other ways than by their ids', () => {
  const text = `# Tasks

## Phase 1: Setup

- [ ] T001 Create it

## Phase 2: User Story 1 - Albums

- [ ] T002 [US1] Draw it

## Phase 3: User Story 2 - Tiles

- [ ] T003 [US2] Lay them

## Dependencies

- **Setup (Phase 1)**: No dependencies
- **US1**: depends on Setup
- **US2**: depends on US1
`;

  test('keep their titles and labels', () => {
    expect(changedLines(text, rename({ 'tasks.md': text }, ['phase', '1'], '9'))).toEqual([
      '## Phase 9: Setup',
      '- **Setup (Phase 9)**: No dependencies',
    ]);
    expect(changedLines(text, rename({ 'tasks.md': text }, ['phase', '2'], '9'))).toEqual([
      '## Phase 9: User Story 1 - Albums',
    ]);
  });

  test('are not renamed where a title or label stands', () => {
    const source = sourceOf({ 'tasks.md': text });
    expect(renameTargetAt(source, 'tasks.md', text.indexOf('Setup\n- **US2') + 1)).toBeUndefined();
    expect(renameTargetAt(source, 'tasks.md', text.lastIndexOf('US1') + 1)).toBeUndefined();
    expect(renameTargetAt(source, 'tasks.md', text.lastIndexOf('Phase 1') + 6)?.thing.id).toBe('1');
  });

  test('by their titles in headings, fields and brackets', () => {
    const named = '## Phase A: Model\n\n- [ ] M1 a\n\n## Phase B: View\n\nDepends on: Model\n\n- [ ] V1 b\n';
    expect(changedLines(named, rename({ 'PLAN.md': named }, ['phase', 'A'], 'M'))).toEqual(['## Phase M: Model']);
    expect(rename({ 'PLAN.md': named }, ['phase', 'B'], 'Model')).toMatch(/would no longer say the same/);
  });

  test('by words in YAML, where case does not matter', () => {
    const yaml = 'phases:\n  - id: setup\n    title: Setup\n  - id: b\n    depends_on: [Setup]\n';
    expect(changedLines(yaml, rename({ 'plan.yaml': yaml }, ['phase', 'setup'], 'base'))).toEqual([
      '  - id: base',
      '    depends_on: [base]',
    ]);
  });

  test('by names made for files, and by numbers without zeros', () => {
    const files = {
      '1.md': '---\nplan: shop\nphase: 01-base\n---\n# Phase 1: Base\n\n- [ ] T1 x\n',
      '2.md':
        '---\nplan: shop\nphase: 02-search\ndepends_on: [01-base]\n---\n# Phase 2: Search\n\n- [ ] T2 x (after Phase 1)\n',
    };
    const renamed = rename(files, ['phase', '01'], '7');
    expect(renamed).toEqual({
      '1.md': files['1.md'].replace('01-base', '7-base').replace('Phase 1', 'Phase 7'),
      '2.md': files['2.md'].replace('01-base', '7-base').replace('Phase 1', 'Phase 7'),
    });
  });
});

describe('every thing of the samples can be renamed', () => {
  const samples = join(import.meta.dirname, '../../../../samples');
  test.each([
    ['finetune', 'finetune'],
    ['golf-round-finder', 'golf-round-finder'],
  ])(
    '%s',
    (name) => {
      const folder = join(samples, name);
      const files = readdirSync(folder).filter((file) => /^PLAN.*\.md$|\.plan\.ya?ml$/.test(file));
      const source = sourceOf(
        Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')])),
      );
      const refused = thingsOf(source.snapshot.plan).flatMap(({ kind, id }) => {
        const outcome = renameIn(source, kind, id, newIdFor(kind, id));
        return typeof outcome === 'string' ? [`${kind} ${id}: ${outcome}`] : [];
      });
      expect(refused).toEqual([]);
    },
    120_000,
  );
});

const thingsOf = (plan: Plan) => [
  ...plan.phases,
  ...plan.beads.slice(0, 12),
  ...plan.gates.slice(0, 4),
  ...plan.scenarios,
];

function newIdFor(kind: ThingKind, id: string): string {
  if (kind === 'phase') return /\d/.test(id) ? '77' : 'Z';
  return id.replace(/\d+/, '77');
}
