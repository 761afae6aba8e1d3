import { describe, expect, test } from 'vitest';
import type { Bead, Phase, PlanPart } from '../../../../../src/core/model';
import { ids, read, values, written } from './text';

/** The bead of a heading with some lines below it. */
function bead(text: string): Bead {
  const [first] = read(`## Phase 1: P\n\n### T1 — Title\n\n${text}\n`).beads;
  if (first === undefined) throw new Error('no bead');
  return first;
}

function phase(text: string): { readonly part: PlanPart; readonly phase: Phase } {
  const part = read(`# Plan\n\n## Phase 1: P\n\n${text}\n`);
  const [first] = part.phases;
  if (first === undefined) throw new Error('no phase');
  return { part, phase: first };
}

describe('fields of beads', () => {
  test.each([
    ['lines', 'Priority: P0\nBlocked by: A1, A2\nDone when: it is green\nOwner: @jo\nEstimate: 3h'],
    ['one line', 'Priority: P0 | Blocked by: A1, A2 | Done when: it is green | Owner: @jo | Estimate: 3h'],
    ['dots', 'P0 · blocked by: A1, A2 · done when: it is green · @jo · 3h'],
    [
      'bold names',
      '**Priority:** P0\n**Blocked by**: A1, A2\n\n**Done when** — it is green\n\n**Owner:** @jo\n**Estimate:** 3h',
    ],
    [
      'bold lines',
      '**Priority: P0**\n**Blocked by: A1, A2**\n**Done when: it is green**\n**Owner: @jo**\n**Estimate: 3h**',
    ],
    [
      'items',
      '- Priority: P0\n- Depends on: A1, A2\n- Acceptance criteria: it is green\n- Assignee: @jo\n- Effort: 3 hours',
    ],
    [
      'nested items',
      '- **Blocked by:**\n  - A1\n  - A2\n- **Done when:**\n  - it is green\n- P0\n- Owner: @jo\n- Est: 3',
    ],
    [
      'headings',
      'P0\n\n#### Blocked by\n\n- A1\n- A2\n\n#### Acceptance Criteria\n\nit is green\n\n#### Owner\n\n@jo\n\n#### Estimate\n\n3h',
    ],
    [
      'a table',
      '| Field | Value |\n|-|-|\n| Priority | P0 |\n| Blocked by | A1, A2 |\n| Done when | it is green |\n| Owner | @jo |\n| Estimate | 3h |',
    ],
  ])('as %s', (_, text) => {
    const { priority, blockedBy, doneWhen, owner, estimate } = bead(text);
    expect([priority?.value, ids(blockedBy), values(doneWhen), owner?.value, estimate?.value]).toEqual([
      0,
      'A1 A2',
      ['it is green'],
      '@jo',
      3,
    ]);
  });

  test.each([
    ['Write it (depends on T004, T005)', 'T004 T005'],
    ['Write it [depends: T004]', 'T004'],
    ['Write it (after T004 and T005)', 'T004 T005'],
    ['Write it | requires T004', 'T004'],
    ['Write it — blocked by: T004', 'T004'],
    ['Write it, depends on T004', 'T004'],
    ['Write it (P1, blocked by: T004)', 'T004'],
    ['Write it after careful thought (needs review)', ''],
    ['Write it (requires Node 20)', ''],
  ])('on the line of the item: %s', (text, wanted) => {
    const [item] = read(`- [ ] T9 ${text}\n`).beads;
    expect(ids(item?.blockedBy ?? [])).toBe(wanted);
    if (wanted !== '') expect(item?.title.value).toBe('Write it');
  });

  test('a title that looks like a field stays a title', () => {
    const [item] = read('- [ ] T9 — Status: show it in the bar | P1\n').beads;
    expect(item?.title.value).toBe('Status: show it in the bar');
    expect(item?.priority?.value).toBe(1);
  });

  test('values run on over indented lines, up to the next field', () => {
    const part = read(
      '- [ ] T1 Title\n  What: build a thing\n  that goes on\n  and on\n  Rationale: nobody knows\n  Done when: it\n  works\n',
    );
    const [item] = part.beads;
    expect(values(item?.what ?? [])).toEqual(['build a thing that goes on and on', 'Rationale: nobody knows']);
    expect(values(item?.doneWhen ?? [])).toEqual(['it works']);
    expect(written(part, item?.doneWhen[0])).toBe('it\n  works');
  });

  test('prose and names of its own are a part of what there is to do', () => {
    expect(values(bead('Some words.\n\n**Files:** `a.ts`\nWhat: more\n\n- a detail').what)).toEqual([
      'Some words.',
      '**Files:** `a.ts`',
      'more',
      'a detail',
    ]);
  });

  test.each([
    ['If it fails: see Scenario F1, then F2', ['see Scenario F1, then F2']],
    ['If < 80 %: see Scenario F1 or F2.', ['If < 80 %: see Scenario F1 or F2.']],
    ['**If < 80 %:** see Scenarios F1 and F2', ['If < 80 %:** see Scenarios F1 and F2']],
    ['On failure: F1, F2', ['F1, F2']],
    ['Done when: at least 80 %. If less: see Scenario F1, F2', ['If less: see Scenario F1, F2']],
  ])('failure pointer: %s', (text, wanted) => {
    const { ifItFails, failureScenarios } = bead(text);
    expect(values(ifItFails).map((value) => value.replace('**If', 'If'))).toEqual(wanted);
    expect(ids(failureScenarios)).toBe('F1 F2');
  });

  test('what says nothing is nothing', () => {
    const { blockedBy, owner, doneWhen, evidence } = bead('Blocked by: none\nOwner: —\nDone when: n/a\nEvidence: -');
    expect([blockedBy, owner, doneWhen, evidence]).toEqual([[], undefined, [], []]);
  });

  test('kind, labels, phase and parent are read as well', () => {
    const part = read(
      '| ID | Task | Kind | Labels | Phase | Parent | Status |\n|-|-|-|-|-|-|-|\n| T1 | a | research | x, y | Phase 2 | T0 | todo |\n',
    );
    const [row] = part.beads;
    expect([row?.type?.value, values(row?.labels ?? []), row?.phase, row?.parent]).toEqual([
      'research',
      ['x', 'y'],
      '2',
      'T0',
    ]);
  });
});

describe('fields of phases', () => {
  test('under headings, on lines and in lists', () => {
    const { phase: read } = phase(`
**Goal**: make it work
**Success Criteria** (what must be TRUE):

1. It is fast
2. It is safe
   **Plans**: 2 plans

### Constraints

- Keep the API
- Keep the data

### Out of scope

Everything else.

### Prerequisites

| Variable | For |
| --- | --- |
| API_KEY | the provider |

### Verification

- \`npm test\`
- Run: \`npm run lint\`
- Manual: open the page
- \`npm start\` prints a line

\`\`\`bash
# all of it
make check
\`\`\`

### Operations

- Git: one branch
- Migrations and flags: none
- Tophatting: click through it
- Organisation gates: security
- Deploy on Tuesdays

### Interfaces

- \`plan.ts\` stays

### Risks and rollback

Revert it.

### Workspace

\`src\`, \`docs/api\`
`);
    expect(values(read.objective)).toEqual(['make it work']);
    expect(values(read.doneMeans)).toEqual(['It is fast', 'It is safe']);
    expect(values(read.constraints)).toEqual(['Keep the API', 'Keep the data']);
    expect(values(read.outOfScope)).toEqual(['Everything else.']);
    expect(values(read.prerequisites)).toEqual(['API_KEY | the provider']);
    expect(read.verification.map(({ kind, value }) => `${kind}: ${value}`)).toEqual([
      'command: npm test',
      'command: npm run lint',
      'manual: open the page',
      'manual: `npm start` prints a line',
      'command: make check',
    ]);
    expect(values(read.operations.git)).toEqual(['one branch']);
    expect(values(read.operations.migrations)).toEqual([]);
    expect(values(read.operations.tophatting)).toEqual(['click through it']);
    expect(values(read.operations.gates)).toEqual(['security']);
    expect(values(read.operations.notes)).toEqual(['Deploy on Tuesdays']);
    expect(values(read.interfaces)).toEqual(['`plan.ts` stays']);
    expect(values(read.risks)).toEqual(['Revert it.']);
    expect(values(read.workspace?.paths ?? [])).toEqual(['src', 'docs/api']);
  });

  test('prose below the heading is the objective, if nothing else is', () => {
    expect(values(phase('Find out whether it fits.\n\n- [ ] T1 x').phase.objective)).toEqual([
      'Find out whether it fits.',
    ]);
    expect(values(phase('Some words.\n\nGoal: fit it').phase.objective)).toEqual(['fit it']);
  });

  test('fields behind a list belong to the phase, not to its last item', () => {
    const { phase: read, part } = phase('- [ ] T1 x\n\n**Checkpoint**: it works\n---\n\n- [ ] T2 y');
    expect(values(read.doneMeans)).toEqual(['it works']);
    expect(part.beads.map(({ id, phase: home }) => `${home}/${id}`)).toEqual(['1/T1', '1/T2']);
  });

  test('status, as a field, a mark or a remark', () => {
    expect(phase('**Status:** ✅ Complete (2026-01-20)').phase.status?.value).toBe('closed');
    expect(read('## Phase 1: P (in progress)\n').phases[0]?.status?.value).toBe('in_progress');
    expect(phase('words').phase.status).toBeUndefined();
  });
});

describe('the head of a plan', () => {
  test('title, baseline, risks, mode, repository, progress', () => {
    const { head } = read(`
      # The plan

      Mode: planning
      Repository: ../shop
      Progress file: data/progress.md

      ## Definition of done

      - It runs
      - It pays

      ## Risks

      - It breaks

      ## Phase 1: P

      Goal: not the plan's

      ## Goals

      - not above the first phase
    `);
    expect(head.title?.value).toBe('The plan');
    expect(values(head.baseline)).toEqual(['It runs', 'It pays']);
    expect(values(head.risks)).toEqual(['It breaks']);
    expect([head.mode?.value, head.repository?.value, head.progress?.value]).toEqual([
      'planning',
      '../shop',
      'data/progress.md',
    ]);
  });

  test('front matter goes before, and counts from the start of the file', () => {
    const part = read(
      '---\nplan: shop\ntitle: The shop\nbaseline: [it sells]\nbeads:\n  - {id: Y1, title: From YAML}\n---\n# Heading\n\nGoal: other\n\n- [ ] T1 x\n',
    );
    expect(part.head.planId?.value).toBe('shop');
    expect(part.head.title?.value).toBe('The shop');
    expect(values(part.head.baseline)).toEqual(['it sells']);
    expect(part.beads.map(({ id }) => id)).toEqual(['Y1', 'T1']);
    for (const { id, idAt } of part.beads) expect(written(part, idAt)).toBe(id);
  });

  test('a rule at the top is no front matter', () => {
    expect(read('---\n\nJust prose here\n\n---\n\n- [ ] T1 x\n').beads.map(({ id }) => id)).toEqual(['T1']);
  });

  test('where somebody works, or how far it is, is neither branch nor file', () => {
    const { head } = read('# T\n\n**Branch**: `006-search` | **Progress**: 3 of 7\n');
    expect([head.branch, head.progress]).toEqual([undefined, undefined]);
  });
});

describe('how files are written', () => {
  test('byte order mark, Windows line ends, trailing blanks', () => {
    const part = read(
      '\uFEFF# T\r\n\r\n## Phase 1: One  \r\n\r\nGoal: one\r\ntwo\r\n\r\n- [x] T1 x\r\n  Done when: y\r\n',
    );
    expect(part.phases[0]?.title.value).toBe('One');
    expect(values(part.phases[0]?.objective ?? [])).toEqual(['one two']);
    expect(written(part, part.beads[0]?.idAt)).toBe('T1');
    expect(values(part.beads[0]?.doneWhen ?? [])).toEqual(['y']);
  });

  test('tags around lists do not hide them', () => {
    const part = read('<details>\n<summary>All of it</summary>\n## Phase 1: One\n- [ ] T1 x\n</details>\n');
    expect(part.beads.map(({ id, phase: home }) => `${home}/${id}`)).toEqual(['1/T1']);
  });
});
