import { describe, expect, test } from 'vitest';
import { beads, phases, read, values, written } from './text';

/** The phases of one heading. */
function heading(text: string): readonly string[] {
  return phases(read(`# Plan\n\n${text}\n\n- [ ] T001 something\n`));
}

describe('phase headings', () => {
  test.each([
    ['## Phase 1: Setup', '1 Setup'],
    ['# Phase J — Provision production', 'J Provision production'],
    ['#### Phase 0.5 – Spike', '0.5 Spike'],
    ['## Phase 2 - API', '2 API'],
    ['## Phase 3. Search ##', '3 Search'],
    ['## Phase 4', '4'],
    ['## **Phase 5: Ship it**', '5 Ship it'],
    ['## 🚀 Phase 6: Fly', '6 Fly'],
    ['## ~~Phase 7: Old~~', '7 Old closed'],
    ['## ✅ Phase 8: Done thing', '8 Done thing closed'],
    ['## Phase 9: Work 🚧', '9 Work in_progress'],
    ['## [x] Phase 10: Checked', '10 Checked closed'],
    ['## Phase 11 (weeks 1-2): Index', '11 Index'],
    ['## Phase 12 (Release)', '12 Release'],
    ['## Stage B — House (depends on Stage A)', 'B House <- A'],
    ['## Milestone 2: Beta', '2 Beta'],
    ['## Phase Alpha: First', 'Alpha First'],
    ['## Phase IV: Last', 'IV Last'],
    ['## Phase 13: Übersicht für Gäste', '13 Übersicht für Gäste'],
    ['## Phase 14: Use `npm ci` and *care*', '14 Use `npm ci` and care'],
    ['Phase 15: Underlined\n---', '15 Underlined'],
    ['## 2. Phase 16: Numbered', '16 Numbered'],
  ])('%s', (text, wanted) => expect(heading(text)).toEqual([wanted]));

  test.each([
    '## Phase Details',
    '## Phase Dependencies',
    '## Phases',
    '**Phase Numbering:**',
    '## Phases 1-3',
    '## Phase 1-3 (Foundation): two weeks',
    '## Phase 2 complete: all green',
    '## Enhancements (Phase 2)',
    '## Phased rollout',
    '    ## Phase 1: in code',
    '> ## Phase 1: quoted',
    '<!-- ## Phase 1: hidden -->',
    '```\n## Phase 1: fenced\n```',
  ])('%s is none', (text) => expect(phases(read(`# Plan\n\n${text}\n`))).toEqual([]));

  test('the id, the title and the whole phase stand where they say', () => {
    const part = read('# P\n\n## Phase **2**: The *big* one\n\nGoal: x\n\n### Notes\n\nbye  \n\n## Other\n');
    const [phase] = part.phases;
    expect(written(part, phase?.idAt)).toBe('2');
    expect(written(part, phase?.title)).toBe('The *big* one');
    expect(phase?.title.value).toBe('The big one');
    expect(written(part, phase?.head)).toBe('## Phase **2**: The *big* one');
    expect(written(part, phase?.location)).toBe('## Phase **2**: The *big* one\n\nGoal: x\n\n### Notes\n\nbye');
  });
});

describe('groups of phases', () => {
  test('a milestone that holds phases is none, in headings and in lists', () => {
    const part = read(`
      # Roadmap

      ## Milestone 1: First release

      **Milestone Goal:** ship

      ### Phase 1: Base
      ### Phase 2: Top

      ## Milestone 2: Second release

      - [ ] **Phase 3: More** - later
    `);
    expect(phases(part)).toEqual(['1 Base', '2 Top', '3 More open']);
  });

  test('a milestone that holds beads is one', () => {
    expect(phases(read('# M\n\n## Milestone 1: A\n\n- [ ] T001 x\n\n## Milestone 2: B\n\n- [ ] T002 y\n'))).toEqual([
      '1 A',
      '2 B',
    ]);
  });
});

describe('phases told in lists', () => {
  const roadmap = `
    # Roadmap

    <details>
    <summary>First release (Phases 1-2)</summary>

    - [x] **Phase 1: Board** - solder it
    - [ ] **Phase 2: Radio** - send it (INSERTED)

    </details>

    ## Phase Details

    ### Phase 2: Radio
    **Goal**: readings arrive
    **Depends on**: Phase 1 (the board). Can run beside Phase 3.

    ## Progress

    | Phase | Plans | Status |
    | --- | --- | --- |
    | 1. Board | 1/1 | Complete |
    | 2. Radio | 0/1 | Not started |
  `;

  test('every telling is there, in the order of the file', () => {
    const part = read(roadmap);
    expect(phases(part)).toEqual(['1 Board closed', '2 Radio open', '2 Radio <- 1']);
    expect(part.phases.map(({ objective }) => values(objective))).toEqual([
      ['solder it'],
      ['send it (INSERTED)'],
      ['readings arrive'],
    ]);
    expect(part.beads).toEqual([]);
  });

  test('nested items are beads of the phase that they stand in', () => {
    const part = read(
      '- [ ] **Phase 1: A**\n  - [x] 1.1 one\n  - [ ] 1.2 two\n- [ ] **Phase 2: B**\n  - [ ] 2.1 three\n',
    );
    expect(beads(part)).toEqual(['1/1.1 one closed', '1/1.2 two', '2/2.1 three']);
  });

  test('a remark about a phase tells of none', () => {
    const part = read(`
      ## Phase 1: A

      - [ ] T001 x

      ## Strategy

      - **Phase 1**: two weeks
      - ✅ Phase 1 complete: it works
      - Phase 1-3 (all): a month
      1. Phase 1 A
    `);
    expect(phases(part)).toEqual(['1 A']);
  });

  test('bold lines are phases where no heading is one', () => {
    const part = read(
      '# Plan\n\n**Phase 1: Back end**\n\n- [ ] T001 x\n\n**Phase 2: Front end**\n\n- [ ] T002 y\n\n## After\n\n- [ ] T003 z\n',
    );
    expect(phases(part)).toEqual(['1 Back end', '2 Front end']);
    expect(beads(part)).toEqual(['1/T001 x', '2/T002 y', 'T003 z']);
  });
});

describe('plans without a phase heading', () => {
  test('each heading that directly holds beads is a phase', () => {
    const part = read(
      '## 1. Setup\n\n- [x] 1.1 Create it\n\n## 2. Core\n\n### Parts\n\n- [ ] 2.1 Write it\n\n## Notes\n\nnothing\n',
    );
    expect(phases(part)).toEqual(['1 Setup', '~parts Parts']);
    expect(beads(part)).toEqual(['1/1.1 Create it closed', 'parts/2.1 Write it']);
  });

  test('the title of the document is none of them', () => {
    expect(phases(read('# Everything\n\n- [ ] T001 x\n- [ ] T002 y\n'))).toEqual([]);
    expect(phases(read('# One\n\n- [ ] T001 x\n\n# Two\n\n- [ ] T002 y\n'))).toEqual(['~one One', '~two Two']);
  });

  test('what divides beads otherwise gives the id', () => {
    expect(phases(read('## Wave 1: Base\n\n- [ ] T001 x\n\n## Part B - Top\n\n- [ ] T002 y\n'))).toEqual([
      '1 Base',
      'B Top',
    ]);
  });

  test('lists of check boxes count when there are no other beads', () => {
    const part = read('# Plan\n\n## Build\n\n- [ ] one\n- [x] two\n\n## Success criteria\n\n- [ ] it works\n');
    expect(phases(part)).toEqual(['~build Build']);
    expect(beads(part)).toEqual(['build/~build.1 one', 'build/~build.2 two closed']);
  });
});

describe('the phase of a file', () => {
  test('stands in the front matter', () => {
    const part = read('---\nplan: big\nphase: J\n---\n# Provision\n\n**Objective:** real accounts\n\n- [ ] T001 x\n');
    expect(part.head.planId?.value).toBe('big');
    expect(beads(part)).toEqual(['J/T001 x']);
    expect(part.phases.flatMap(({ objective }) => values(objective))).toEqual(['real accounts']);
  });

  test('or is its title', () => {
    const part = read(
      '# Phase J — Provision\n\n## Objective\n\nReal accounts.\n\n## Verification\n\n- `make check`\n\n## Tasks\n\n- [ ] T001 x\n',
    );
    const [phase] = part.phases;
    expect(phases(part)).toEqual(['J Provision']);
    expect(values(phase?.objective ?? [])).toEqual(['Real accounts.']);
    expect(phase?.verification.map(({ kind, value }) => `${kind} ${value}`)).toEqual(['command make check']);
    expect(beads(part)).toEqual(['J/T001 x']);
    expect(part.head.title).toBeUndefined();
  });

  test('a numbered file of a phase is no plan of its own number', () => {
    const part = read(
      '---\nphase: 12.4-search\nplan: 04\n---\n\n<tasks>\n<task type="auto">\n  <name>Task 1: Index</name>\n  <action>\nBuild it.\n  </action>\n  <verify>`make` passes</verify>\n  <done>It is there</done>\n</task>\n</tasks>\n',
    );
    expect(part.head.planId).toBeUndefined();
    expect(phases(part).at(0)).toBe('12.4 search');
    expect(beads(part)).toEqual(['12.4/1 Index']);
    expect(values(part.beads[0]?.doneWhen ?? [])).toEqual(['`make` passes', 'It is there']);
    expect(values(part.beads[0]?.what ?? [])).toEqual(['Build it.']);
  });
});

test('front matter of a file about one phase says what must be true, which files it touches, and how far it is', () => {
  const part = read(
    '---\nphase: 12.4-search\nplan: 04\ntype: execute\nwave: 3\ndepends_on: ["12.4-02"]\nfiles_modified: [src/a.ts, src/b.ts]\nautonomous: true\nstatus: in progress\nmust_haves:\n  truths:\n    - "Search answers within 300 ms"\n    - "Old links work"\n  artifacts:\n    - path: "src/a.ts"\n      provides: "the index"\n---\n\n- [ ] T1 Index\n',
  );
  const [phase] = part.phases;
  expect(values(phase?.doneMeans ?? [])).toEqual(['Search answers within 300 ms', 'Old links work']);
  expect(values(phase?.workspace?.paths ?? [])).toEqual(['src/a.ts', 'src/b.ts']);
  expect(phase?.status?.value).toBe('in_progress');
  // What that file of the phase waits for is not what the phase waits for.
  expect(phase?.dependsOn).toEqual([]);
});

describe('what a phase depends on', () => {
  test.each([
    ['**Depends on**: Nothing (first phase)', ''],
    ['Depends on: Phase 1, Phase 2', '1 2'],
    ['- **Dependencies:** Phases 1–2', '1–2'],
    ['### Depends on\n\n- Phase 1\n- Gate G1', '1 G1'],
    ['Requires: all previous phases', '1 2'],
    ['Depends on: the previous phase', '2'],
    ['Blocked by: T001 and 2.1', 'T001 2.1'],
  ])('%s', (text, wanted) => {
    const part = read(`# P\n\n## Phase 1: A\n\n- [ ] T001 x\n\n## Phase 2: B\n\n## Phase 3: C\n\n${text}\n`);
    const line = phases(part).at(-1);
    expect(line).toBe(wanted === '' ? '3 C' : `3 C <- ${wanted}`);
  });
});
