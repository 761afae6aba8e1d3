import { describe, expect, test } from 'vitest';
import { foldsOf } from '../../../../src/core/language/folding';
import { hintsBetween } from '../../../../src/core/language/hints';
import { pathsIn } from '../../../../src/core/language/paths';
import { findThings, type PlanSymbol, symbolsOf } from '../../../../src/core/language/symbols';
import { tokensBetween } from '../../../../src/core/language/tokens';
import { sourceOf, sourcesOf } from '../../../support/planSource';
import { planText } from '../../../support/planText';

const yaml = `plan: shop
progress: log.md
phases:
  - id: A
    title: Config
    beads:
      - id: s-1
        title: List values
        status: closed
        done_when: docs/values.md has 5 names.
      - id: s-2
        title: Load them
        blocked_by: [s-1]
        steps: [One, Two]
        beads:
          - id: s-2a
            title: Part
    gates:
      - id: G1
        blocked_by: [s-2]
scenarios:
  - id: F1
    title: Forgotten
`;

const source = (file: string, text: string) => sourceOf({ [file]: text });
const part = (file: string, text: string) => {
  const found = source(file, text).part(file);
  if (found === undefined) throw new Error('no file');
  return found;
};

describe('the outline', () => {
  const lines = (symbols: readonly PlanSymbol[], depth = 0): string[] =>
    symbols.flatMap(({ kind, thing, step, children }) => [
      `${'  '.repeat(depth)}${kind} ${thing?.id ?? step?.text.value}`,
      ...lines(children, depth + 1),
    ]);

  test('of Markdown', () => {
    expect(lines(symbolsOf(part('PLAN-x.md', planText('x'))))).toEqual([
      'phase 1',
      '  bead B1',
      '  bead B2',
      '    bead B2a',
      '      step Open it',
      '      step Close it',
      '    bead B2b',
      'gate G1',
      'phase 2',
      '  bead B3',
      'scenario F1',
    ]);
  });

  test('of YAML', () => {
    expect(lines(symbolsOf(part('x.plan.yaml', yaml)))).toEqual([
      'phase A',
      '  bead s-1',
      '  bead s-2',
      '    step One',
      '    step Two',
      '    bead s-2a',
      '  gate G1',
      'scenario F1',
    ]);
  });

  test.each([
    ['Markdown', 'PLAN-x.md', planText('x')],
    ['YAML', 'x.plan.yaml', yaml],
  ])('of %s lies inside itself', (_, file, text) => {
    const check = ({ range, selection, children }: PlanSymbol) => {
      for (const inner of [selection, ...children.map((child) => child.range)]) {
        expect(inner.start).toBeGreaterThanOrEqual(range.start);
        expect(inner.end).toBeLessThanOrEqual(range.end);
      }
      children.forEach(check);
    };
    symbolsOf(part(file, text)).forEach(check);
  });
});

test('things of all plans are found by letters of id and title', () => {
  const snapshots = sourcesOf({ 'PLAN-x.md': planText('x'), 'shop.plan.yaml': yaml }).map(({ snapshot }) => snapshot);
  const ids = (query: string) => findThings(snapshots, query).map(({ thing }) => thing.id);
  expect(ids('parser')).toEqual(['B2']);
  expect(ids('s-2')).toEqual(['s-2', 's-2a']);
  expect(ids('lstval')).toEqual(['s-1']);
  expect(ids('').length).toBe(10 - 2 + 6 + 1);
  expect(ids('nothing like it')).toEqual([]);
});

test('folds are offered where headings and indentation give none', () => {
  const text = `---\nplan: x\n---\n\n## Phase 1 — All\n\n**T001 — One**\n\nDone when: 1 line.\n\n**T002 — Two**\n\nDone when: 2 lines.\n`;
  expect(foldsOf(part('PLAN-x.md', text)).map(({ start, end }) => text.slice(start, end).trimEnd())).toEqual([
    '---\nplan: x\n---',
    '**T001 — One**\n\nDone when: 1 line.',
    '**T002 — Two**\n\nDone when: 2 lines.',
  ]);
  expect(foldsOf(part('x.plan.yaml', yaml))).toEqual([]);
});

test('paths', () => {
  const text = `${planText('x')}\nSee \`src/a/b.test.ts\`, (../other/PLAN-y.md) and docs/x.md.\nNot https://example.org/a/b.html, and/or, 1.5/2.5 or @scope/name.js.\n`;
  expect(pathsIn(part('PLAN-x.md', text)).map(({ path }) => path)).toEqual([
    'docs/notes.md',
    'src/a/b.test.ts',
    '../other/PLAN-y.md',
    'docs/x.md',
  ]);
  expect(pathsIn(part('x.plan.yaml', yaml)).map(({ path, start, end }) => [path, yaml.slice(start, end)])).toEqual([
    ['docs/values.md', 'docs/values.md'],
    ['log.md', 'log.md'],
  ]);
});

test.each([
  ['x.plan.yaml', yaml, ['s-2 wave 1', 's-1 closed', 's-2a wave 1', 's-2 ready']],
  [
    'PLAN-x.md',
    planText('x'),
    ['B2 wave 1', 'B1 closed', 'B2a wave 1', 'B2b wave 2', 'B2a ready', 'B2 ready', 'B3 wave 3', 'G1 waiting'],
  ],
])('states and waves beside the text of %s', (file, text, expected) => {
  const at = source(file, text);
  const { schedule } = at.snapshot;
  const shown = hintsBetween(at, file, 0, text.length).map((hint) => {
    const id = /[\w-]+$/.exec(text.slice(0, hint.at))?.[0];
    if (hint.kind === 'wave') return `${id} wave ${hint.wave}`;
    return `${id} ${hint.thing.kind === 'gate' ? schedule.gateState(hint.thing.id) : schedule.beadState(hint.thing.id)}`;
  });
  expect(shown).toEqual(expected);
});

test('hints stand behind the marks around an id', () => {
  const text = '## Phase 1 — All\n\n- [ ] **T1** — One\n- [ ] T2 — Two (after `T1`)\n';
  const shown = hintsBetween(source('PLAN-x.md', text), 'PLAN-x.md', 0, text.length);
  expect(shown.map(({ at }) => text.slice(0, at).split(/[ (]/).at(-1))).toEqual(['**T1**', 'T2', '`T1`']);
});

test('colours of ids and fields', () => {
  const text =
    '## Phase 1 — All\n\n### B1 — One\n\n**Priority:** P0 | **Status:** closed\n\n- Done when: B2 | x: y\n\nNote: prose\n\n### B2 — Two\n\nBlocked by: B1\n';
  const tokens = tokensBetween(source('PLAN-x.md', text), 'PLAN-x.md', 0, text.length);
  expect(
    tokens.map(({ start, end, type, isName, isDone }) =>
      [text.slice(start, end), type, isName && 'name', isDone && 'done'].filter(Boolean).join(' '),
    ),
  ).toEqual([
    '1 phase name',
    'B1 bead name done',
    'Priority field',
    'Status field',
    'Done when field',
    'B2 bead',
    'B2 bead name',
    'Blocked by field',
    'B1 bead done',
  ]);
});
