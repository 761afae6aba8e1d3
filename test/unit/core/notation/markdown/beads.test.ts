import { describe, expect, test } from 'vitest';
import { beads, ids, read, values, written } from './text';

/** The beads of some lines below a phase. */
function below(text: string): readonly string[] {
  return beads(read(`# Plan\n\n## Phase 1: One\n\n${text}\n`));
}

describe('beads as list items', () => {
  test.each([
    ['- [ ] T001 Create it', '1/T001 Create it'],
    ['- [X] T001 [P] [US1] Create it', '1/T001 Create it closed'],
    ['* [x] T001 star', '1/T001 star closed'],
    ['+ [ ] T001 plus', '1/T001 plus'],
    ['1. [ ] T001 numbered', '1/T001 numbered'],
    ['1) [ ] T001 numbered', '1/T001 numbered'],
    ['- [ ] **T001** bold', '1/T001 bold'],
    ['- [ ] `T001` code', '1/T001 code'],
    ['- [ ] [T001](#t001) link', '1/T001 link'],
    ['- [ ] T001 — dash', '1/T001 dash'],
    ['- [ ] T001: colon', '1/T001 colon'],
    ['- [ ] **T001: Title** - what there is to do', '1/T001 Title'],
    ['- [ ] 12.1-01-PLAN.md — Draw it', '1/12.1-01-PLAN.md Draw it'],
    ['- [ ] 1.1 Draw it', '1/1.1 Draw it'],
    ['- [ ] PROJ-12: Ticket', '1/PROJ-12 Ticket'],
    ['- [ ] bd-a1b2 — Bead', '1/bd-a1b2 Bead'],
    ['- [ ] **setup** the machine', '1/setup the machine'],
    ['- [ ] API — document it', '1/API document it'],
    ['- **B1-CFG** | P0 | blocked by: B-SPIKE', '1/B1-CFG P0 <- B-SPIKE'],
    ['- B-SPIKE Try it | P0', '1/B-SPIKE Try it P0'],
    ['- ✅ T001 Ticked', '1/T001 Ticked closed'],
    ['- [ ] Task 3: Named', '1/3 Named'],
    ['- [ ] ~~T001 struck~~', '1/T001 struck closed'],
    ['- [ ] T001 Größe der Übung prüfen', '1/T001 Größe der Übung prüfen'],
    ['-\t[ ]\tT001 tabs', '1/T001 tabs'],
  ])('%s', (text, wanted) => expect(below(text)).toEqual([wanted]));

  test.each([
    ['- [ ] 404 page', '1/~1.1 404 page'],
    ['- [ ] 2 factors for the login', '1/~1.1 2 factors for the login'],
    ['- [ ] API docs updated', '1/~1.1 API docs updated'],
    ['- [ ] **Back end**: build it', '1/~1.1 Back end'],
    ['- [ ] v1.2 is out', '1/~1.1 v1.2 is out'],
  ])('%s has no id', (text, wanted) => expect(below(text)).toEqual([wanted]));

  test.each([
    '- **[P]**: can run in parallel',
    '- **P0**: must happen first',
    '- T001 is mentioned',
    '- **T001–T004** are reserved',
    '- 2026-05-01 · T001 · closed · @jo',
    '- `pending` — not started',
  ])('%s is none', (text) => expect(below(text)).toEqual([]));

  test('a letter and a digit are an id only where others count with it', () => {
    expect(below('- [ ] S3 bucket\n- [ ] write docs\n- [ ] test it')).toEqual([
      '1/~1.1 S3 bucket',
      '1/~1.2 write docs',
      '1/~1.3 test it',
    ]);
    expect(below('- [ ] A1 frame\n- [ ] A2 belt\n- [ ] paint')).toEqual(['1/A1 frame', '1/A2 belt', '1/~1.1 paint']);
  });

  test('a range in place of an id is a bead for each', () => {
    expect(below('- [~] T029–T031 — REVERTED: not shipped')).toEqual([
      '1/T029 REVERTED: not shipped closed',
      '1/T030 REVERTED: not shipped closed',
      '1/T031 REVERTED: not shipped closed',
    ]);
  });

  test('with fields below, but no id, it is a bead too', () => {
    expect(below('- Build the pages | P1 | blocked by: T001\n- [ ] T001 x')).toEqual([
      '1/~1.1 Build the pages P1 <- T001',
      '1/T001 x',
    ]);
  });
});

describe('what check boxes mean', () => {
  test.each([
    [' ', 'open'],
    ['x', 'closed'],
    ['X', 'closed'],
    ['/', 'in_progress'],
    ['>', 'in_progress'],
    ['!', 'open'],
  ])('[%s] is %s', (mark, status) => {
    const [bead] = read(`- [${mark}] T001 x\n`).beads;
    expect(bead?.status).toBe(status);
  });

  test('the character between the brackets says the status', () => {
    const part = read('- [x] T001 x\n- [ ] T002 y | status: doing\n');
    expect(written(part, part.beads[0]?.statusAt)).toBe('x');
    expect(written(part, part.beads[1]?.statusAt)).toBe('doing');
    expect(part.beads[1]?.status).toBe('in_progress');
  });
});

describe('beads as headings', () => {
  test.each([
    ['### ft-0001.8a — Look it up', '1/ft-0001.8a Look it up'],
    ['### Task 1.2: Schema', '1/1.2 Schema'],
    ['### Bead B7 - Schema', '1/B7 Schema'],
    ['### T001 Schema', '1/T001 Schema'],
    ['### 1.1 Schema', '1/1.1 Schema'],
    ['### Schema (S1)\n\nPriority: P1', '1/~1.1 Schema (S1) P1'],
    ['### ✅ T001 — Schema', '1/T001 Schema closed'],
    ['### [x] T001 — Schema', '1/T001 Schema closed'],
    ['### T001 — Schema (P1)', '1/T001 Schema P1'],
    ['### Step 2: Schema', '1/2 Schema'],
    ['**Task 1.2: Schema**', '1/1.2 Schema'],
  ])('%s', (text, wanted) => expect(below(text)).toEqual([wanted]));

  test('without a field or check box below, only what is surely an id counts outside a phase', () => {
    expect(beads(read('# Report\n\n## 1.1 Background\n\nprose\n\n## A2 paper\n\nprose\n'))).toEqual([]);
  });

  test('a numbered heading over check boxes is a bead with steps; it is closed when they are done', () => {
    const part = read(
      '## Phase 1: One\n\n### 1.1 Draw\n\n- [x] a line\n- [x] a circle\n\n### 1.2 Paint\n\n- [x] red\n- [ ] blue\n',
    );
    expect(beads(part)).toEqual(['1/1.1 Draw closed', '1/1.2 Paint']);
    expect(part.beads.map(({ steps }) => steps.map(({ text, done }) => `${done ? 'x' : ' '} ${text.value}`))).toEqual([
      ['x a line', 'x a circle'],
      ['x red', '  blue'],
    ]);
    expect(written(part, part.beads[1]?.steps[1]?.mark)).toBe(' ');
    expect(part.beads[0]?.statusAt).toBeUndefined();
  });

  test('plain numbers that count anew in each phase name a bead there only', () => {
    const part = read(
      '## Phase 1: One\n\n### Task 1: a\n\n### Task 2: b\n\nBlocked by: Task 1\n\n## Phase 2: Two\n\n### Task 1: c\n\nBlocked by: Phase 1\n',
    );
    expect(beads(part)).toEqual(['1/~1.1 a', '1/~1.2 b <- 1.1', '2/~2.1 c <- 1']);
  });

  test('tasks of a plan for an agent have steps', () => {
    const part = read(
      '# Search\n\n**Goal:** find things\n\n### Task 1: Index\n\n**Files:** `a.ts`\n\n- [ ] **Step 1: Write the test**\n\n```ts\n// - [ ] T9 no\n```\n\n- [x] **Step 2: Run it**\n\n### Task 2: Query\n\n- [ ] **Step 1: Write it**\n',
    );
    expect(beads(part)).toEqual(['1 Index', '2 Query']);
    expect(part.beads[0]?.steps.map(({ text }) => text.value)).toEqual(['Step 1: Write the test', 'Step 2: Run it']);
    expect(values(part.head.baseline)).toEqual(['find things']);
  });
});

describe('beads in tables', () => {
  test('the header names the columns', () => {
    const part = read(
      `
      ## Ledger

      | id | priority | status | blocked_by | subject | claimed_by | reason |
      |----|----------|--------|------------|---------|------------|--------|
      | B0001 | P0 | done | — | Read \`a | b\`? | @jo | 3 notes |
      | **B0002** | P1 | pending | B0001, B0003 | Write | — | — |
      | total | | | | | | |
    `.replace('`a | b`', '`ab`'),
    );
    expect(beads(part)).toEqual(['ledger/B0001 Read `ab`? closed P0', 'ledger/B0002 Write P1 <- B0001 B0003']);
    expect(part.beads[0]?.owner?.value).toBe('@jo');
    expect(values(part.beads[0]?.evidence ?? [])).toEqual(['3 notes']);
    expect(part.beads[1]?.owner).toBeUndefined();
    expect(written(part, part.beads[1]?.idAt)).toBe('B0002');
    expect(written(part, part.beads[1]?.head)).toBe('| **B0002** | P1 | pending | B0001, B0003 | Write | — | — |');
  });

  test.each([
    ['| Bead | Done when |\n|-|-|\n| B1 — Frame | straight |', '1/B1 Frame'],
    ['| # | Task | Owner |\n|-|-|-|\n| 1 | Frame | @jo |', '1/1 Frame'],
    ['| Task | Description | Est |\n|-|-|-|\n| T1 | Frame | 2h |', '1/T1 Frame'],
    ['| Task | Status |\n|-|-|\n| Frame | todo |', '1/~1.1 Frame'],
    ['| ID | Bead | Depends on |\n|-|-|-|\n| B2 | Belt | B1 |', '1/B2 Belt <- B1'],
  ])('%s', (text, wanted) => expect(below(text)).toEqual([wanted]));

  test.each([
    '| ID | Requirement | Status |\n|-|-|-|\n| R1 | fast | done |',
    '| ID | Risk | Owner |\n|-|-|-|\n| R1 | slow | @jo |',
    '| Phase | Plans | Status |\n|-|-|-|\n| 1. One | 1/1 | done |',
    '| Window | Work | Exit |\n|-|-|-|\n| H0 | A2, A3 | G0 |',
    '| # | Critique | Verdict |\n|-|-|-|\n| 1 | too slow | adopt |',
  ])('%s holds none', (text) => expect(below(text)).toEqual([]));
});

describe('beads inside beads', () => {
  test('below a heading', () => {
    expect(below('### b-1 — Whole\n\n#### b-1a — Part\n\n#### b-1b — Part\n\n### b-2 — Next')).toEqual([
      '1/b-1 Whole',
      '1/b-1>b-1a Part',
      '1/b-1>b-1b Part',
      '1/b-2 Next',
    ]);
  });

  test('nested in an item; what has no id is a step', () => {
    const part = read(
      '- [ ] 1. Whole\n  - [x] 1.1 Part\n    - detail\n  - [ ] polish\n  - _Requirements: 2.1_\n- [ ] 2. Next\n',
    );
    expect(beads(part)).toEqual(['1 Whole', '1>1.1 Part closed', '2 Next']);
    expect(part.beads[0]?.steps.map(({ text }) => text.value)).toEqual(['polish']);
    expect(values(part.beads[1]?.what ?? [])).toEqual(['detail']);
  });
});

describe('check boxes without an id', () => {
  test('are the beads of a phase that has no others', () => {
    expect(below('- [ ] one\n- [x] two\n\n### Later\n\n- [ ] three')).toEqual([
      '1/~1.1 one',
      '1/~1.2 two closed',
      '1/~1.3 three',
    ]);
  });

  test('are none outside of a phase, and none of what ends a phase', () => {
    const part = read(
      '## Phase 1: One\n\n- [ ] T001 x\n\n### Acceptance criteria\n\n- [ ] it works\n- [ ] AC-2: it is fast\n\n## Checklist\n\n- [ ] reviewed\n',
    );
    expect(beads(part)).toEqual(['1/T001 x']);
    expect(values(part.phases[0]?.doneMeans ?? [])).toEqual(['it works', 'AC-2: it is fast']);
  });

  test('made ids do not take an id that is written', () => {
    expect(beads(read('## Phase 1: One\n\n- [ ] a\n- [ ] b\n\n## Phase 2: Two\n\n- [ ] 1.1 c\n'))).toEqual([
      '1/~1.2 a',
      '1/~1.3 b',
      '2/1.1 c',
    ]);
  });
});

describe('what makes no beads', () => {
  test('code, comments and quotes', () => {
    const part = read(`
      ## Phase 1: One

      - [ ] T001 real

      \`\`\`
      - [ ] T002 fenced
      ## Phase 2: fenced
      \`\`\`

      <!--
      - [ ] T003 hidden
      ## Phase 3: hidden
      -->

      > - [ ] T004 quoted

      <pre>
      - [ ] T005 verbatim
      </pre>
    `);
    expect(beads(part)).toEqual(['1/T001 real']);
    expect(part.phases).toHaveLength(1);
  });

  test('legends, formats, dependencies, requirements and examples', () => {
    const part = read(`
      # Tasks

      ## Format: \`[ID] [P?] Description\`

      - **[P]**: can run in parallel
      - **T000**: an id

      ## Status legend

      - \`done\` — closed with evidence

      ## Phase 1: One

      - [ ] T001 real

      ## Requirements

      - [ ] **AUTH-01**: users can sign in

      ## Dependencies

      - **T001** blocks the rest
      - T002 | P0

      ### Parallel map

      - T001 ∥ T002 (after T003). T004 (after T001).
    `);
    expect(beads(part)).toEqual(['1/T001 real']);
  });
});

describe('where beads stand', () => {
  test('an item goes to its last nested line, its head is the first line', () => {
    const part = read('- [ ] **T001** Title\n  more\n  - [ ] step\n\n- [ ] T002 Next\n');
    const [bead] = part.beads;
    expect(written(part, bead?.location)).toBe('- [ ] **T001** Title\n  more\n  - [ ] step');
    expect(written(part, bead?.head)).toBe('- [ ] **T001** Title');
    expect(written(part, bead?.idAt)).toBe('T001');
    expect(written(part, bead?.title)).toBe('Title');
  });

  test('names that objects have by nature are ids like any other', () => {
    const part = read('## Phase 1: A\n\n- [ ] **toString** x\n- [ ] **hasOwnProperty** y | blocked by: toString\n');
    expect(beads(part)).toEqual(['1/toString x', '1/hasOwnProperty y <- toString']);
    expect(ids(part.beads[1]?.blockedBy ?? [])).toBe('toString');
  });
});
