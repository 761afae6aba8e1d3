import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanPart, Thing } from '../../../../../src/core/model';
import { readYaml, readYamlDocument } from '../../../../../src/core/notation/yaml/readYaml';
import type { Range } from '../../../../../src/core/text';
import { generateYaml } from '../../../../support/generatePlan';

const read = (text: string) => readYaml('plan.yaml', text);
/** What stands in the text where a thing or value is said to stand. */
const cut = (part: PlanPart, at: Range | undefined) =>
  at === undefined ? undefined : part.text.slice(at.start, at.end);
const values = (texts: readonly { readonly value: unknown }[]) => texts.map((text) => text.value);
const ids = (things: readonly Thing[]) => things.map((thing) => thing.id);

const PLAN = `# A plan
plan: shop
title: "The shop's \\"launch\\""
mode: executing
baseline:
  - Orders are taken
  - p95 < 300 ms
repository: ../shop
phases:
  - id: A
    title: Foundations
    depends_on: []
    objective: |
      Say what there is.

      Then say
      what is missing.
    verification:
      - run: npm test
      - manual: Click through it
      - '\`make check\`'
      - Look at it
    operations: {git: One branch, migrations: None yet}
    workspace: {paths: [src, docs], branch: shop/a, sparse: true}
    approvals:
      - {by: "@maria", date: 2026-05-02, hash: 1a2b3c}
    beads:
      - id: s-1
        title: Count things   # all of them
        priority: P0
        status: done
        evidence: 41 things in docs/things.md
      - id: s-2
        name: 'Don''t count twice'
        needs: s-1
        Done When: >-
          Two counts
          agree
        if_it_fails: see Scenario F1, then F2
        estimate: 2d
        owner: "@sam"
        labels: [counting, "two words"]
        steps: [Count, "[x] Sort", {text: Compare, done: true}]
        beads:
          - id: s-2a
            title: Once
          - {id: s-2b, title: Twice, blocked_by: [s-2a]}
    gates:
      - id: G1
        title: Enough?
        kind: human
        criteria:
          - {criterion: Things, pass: "> 40", adjust: "30 to 40", abort: less}
        decision: Pass · 2026-05-03 · @maria · 41 things
  - id: B
    title: Build
    depends_on: [A, Gate G1]
    status: in progress
scenarios:
  - {id: F1, title: Things move, detection: Counts differ, recovery: [Stop them, Count again]}
  - id: F2
    title: Nobody counts
insights:
  tier_1: [Things move]
  does_not_apply:
    - {text: Things are round, source: a book}
prompts: [{title: First, words: do it}]
critiques: [{text: Too slow}, {text: Too fast}]
`;

describe('what a plan in YAML says', () => {
  const part = read(PLAN);
  const [a, b] = part.phases;
  const [s1, s2] = part.beads;

  test('the head', () => {
    expect(part.head.planId?.value).toBe('shop');
    expect(part.head.title?.value).toBe('The shop\'s "launch"');
    expect(cut(part, part.head.title)).toBe('The shop\'s \\"launch\\"');
    expect(part.head.mode?.value).toBe('executing');
    expect(values(part.head.baseline)).toEqual(['Orders are taken', 'p95 < 300 ms']);
    expect(part.head.repository?.value).toBe('../shop');
    expect(part.diagnostics).toEqual([]);
    expect([part.promptCount, part.critiqueCount]).toEqual([1, 2]);
  });

  test('phases', () => {
    expect(ids(part.phases)).toEqual(['A', 'B']);
    expect(a && values(a.objective)).toEqual(['Say what there is.', 'Then say\nwhat is missing.']);
    expect(a?.objective.map((text) => cut(part, text))).toEqual([
      'Say what there is.',
      'Then say\n      what is missing.',
    ]);
    expect(a?.verification.map(({ kind, value }) => [kind, value])).toEqual([
      ['command', 'npm test'],
      ['manual', 'Click through it'],
      ['command', 'make check'],
      ['manual', 'Look at it'],
    ]);
    expect(a?.verification.map((each) => cut(part, each))).toEqual([
      'npm test',
      'Click through it',
      'make check',
      'Look at it',
    ]);
    expect([a?.operations.git, a?.operations.migrations].map((texts) => texts && values(texts))).toEqual([
      ['One branch'],
      [],
    ]);
    expect(a?.workspace?.paths.map((path) => cut(part, path))).toEqual(['src', 'docs']);
    expect([a?.workspace?.branch?.value, a?.workspace?.sparse?.value]).toEqual(['shop/a', true]);
    expect(a?.approvals[0]).toMatchObject({ by: '@maria', date: '2026-05-02', hash: '1a2b3c' });
    expect(b?.dependsOn.map(({ value, kind }) => [value, kind])).toEqual([
      ['A', undefined],
      ['G1', 'gate'],
    ]);
    expect([b?.status?.value, cut(part, b?.status)]).toEqual(['in_progress', 'in progress']);
  });

  test('beads, and beads in beads', () => {
    expect(part.beads.map(({ id, phase, parent }) => [id, phase, parent])).toEqual([
      ['s-1', 'A', undefined],
      ['s-2', 'A', undefined],
      ['s-2a', 'A', 's-2'],
      ['s-2b', 'A', 's-2'],
    ]);
    expect([s1?.priority?.value, s1?.status, cut(part, s1?.statusAt), cut(part, s1?.title)]).toEqual([
      0,
      'closed',
      'done',
      'Count things',
    ]);
    expect(s1 && values(s1.evidence)).toEqual(['41 things in docs/things.md']);
    expect([s2?.title.value, cut(part, s2?.title)]).toEqual(["Don't count twice", "Don''t count twice"]);
    expect([s2?.blockedBy[0]?.value, cut(part, s2?.blockedBy[0])]).toEqual(['s-1', 's-1']);
    expect([s2?.doneWhen[0]?.value, cut(part, s2?.doneWhen[0])]).toEqual([
      'Two counts agree',
      'Two counts\n          agree',
    ]);
    expect(s2?.failureScenarios.map(({ value }) => value)).toEqual(['F1', 'F2']);
    expect([s2?.estimate?.value, s2?.owner?.value, cut(part, s2?.owner)]).toEqual([16, '@sam', '@sam']);
    expect(s2?.labels.map((label) => cut(part, label))).toEqual(['counting', 'two words']);
    expect(s2?.steps.map(({ text, done, mark }) => [text.value, done, cut(part, mark)])).toEqual([
      ['Count', false, undefined],
      ['Sort', true, 'x'],
      ['Compare', true, undefined],
    ]);
    expect(part.beads[3]?.blockedBy[0]?.value).toBe('s-2a');
  });

  test('gates, scenarios and insights', () => {
    const [gate] = part.gates;
    expect([gate?.id, gate?.phase, gate?.type]).toEqual(['G1', 'A', 'human']);
    expect(gate?.criteria[0]).toMatchObject({ criterion: 'Things', pass: '> 40', adjust: '30 to 40', abort: 'less' });
    expect(gate?.decision).toMatchObject({ verdict: 'pass', date: '2026-05-03', by: '@maria', measured: '41 things' });
    expect(part.scenarios.map(({ id, detection, recovery }) => [id, values(detection), values(recovery)])).toEqual([
      ['F1', ['Counts differ'], ['Stop them', 'Count again']],
      ['F2', [], []],
    ]);
    expect(part.insights.map(({ tier, text, source }) => [tier, text, source])).toEqual([
      [1, 'Things move', undefined],
      ['does-not-apply', 'Things are round', 'a book'],
    ]);
  });

  test('each thing has its place, its head and the place of its id', () => {
    expect(cut(part, b?.location)).toBe(
      'id: B\n    title: Build\n    depends_on: [A, Gate G1]\n    status: in progress',
    );
    expect(cut(part, a?.location)?.endsWith('decision: Pass · 2026-05-03 · @maria · 41 things')).toBe(true);
    expect([cut(part, a?.head), cut(part, a?.idAt)]).toEqual(['id: A', 'A']);
    expect(cut(part, part.beads[3]?.location)).toBe('{id: s-2b, title: Twice, blocked_by: [s-2a]}');
  });
});

describe('the many ways to write it', () => {
  test('things by id', () => {
    const part = read(
      'phases:\n  A:\n    title: First\n    beads:\n      b-1: Do it\n      b-2: {needs: b-1}\n      b-3:\n  B: Second\n',
    );
    expect(part.phases.map(({ id, title }) => [id, title.value])).toEqual([
      ['A', 'First'],
      ['B', 'Second'],
    ]);
    expect(part.beads.map(({ id, phase, title }) => [id, phase, title.value])).toEqual([
      ['b-1', 'A', 'Do it'],
      ['b-2', 'A', ''],
      ['b-3', 'A', ''],
    ]);
    expect(part.beads.map((bead) => cut(part, bead.idAt))).toEqual(['b-1', 'b-2', 'b-3']);
  });

  test('ids in titles, ids as numbers, texts alone, and things without an id', () => {
    const part = read(
      'phases:\n  - title: "Phase J — Provision"\n    tasks:\n      - "T001: Ask"\n      - Wait for it\n      - {id: 1.10, title: Go}\n',
    );
    expect(part.phases.map((phase) => [phase.id, phase.title.value, cut(part, phase.idAt)])).toEqual([
      ['J', 'Provision', 'J'],
    ]);
    expect(part.beads.map((bead) => [bead.id, bead.title.value, cut(part, bead.idAt)])).toEqual([
      ['T001', 'Ask', 'T001'],
      ['J.2', 'Wait for it', undefined],
      ['1.10', 'Go', '1.10'],
    ]);
  });

  test('lists at the indentation of their key, JSON, quoted keys and line ends of Windows', () => {
    const compact = 'phases:\r\n- id: A\r\n  beads:\r\n  - id: b-1\r\n    title: Do it\r\n';
    expect(ids(read(compact).beads)).toEqual(['b-1']);
    expect(cut(read(compact), read(compact).beads[0]?.title)).toBe('Do it');
    const json = '{"plan": "x", "phases": [{"id": "A", "beads": [{"id": "b-1", "title": "Do it"}]}]}';
    expect([ids(read(json).phases), ids(read(json).beads)]).toEqual([['A'], ['b-1']]);
    expect(ids(read('"phases":\n  - "id": A\n    \'beads\':\n      - id: b-1\n').beads)).toEqual(['b-1']);
    expect(ids(read('\uFEFF---\n# all of it\nphases:\n  - id: A\n').phases)).toEqual(['A']);
  });

  test('aliases and merged mappings', () => {
    const part = read(
      'defaults: &d {priority: P2, owner: "@sam"}\nbeads:\n  - {id: b-1, title: One, <<: *d}\n  - id: b-2\n    owner: "@eve"\n    <<: [*d]\n    needs: &n [b-1]\n  - {id: b-3, needs: *n}\n',
    );
    expect(
      part.beads.map(({ priority, owner, blockedBy }) => [priority?.value, owner?.value, values(blockedBy)]),
    ).toEqual([
      [2, '@sam', []],
      [2, '@eve', ['b-1']],
      [undefined, undefined, ['b-1']],
    ]);
  });

  test('approvals of phases and gates at the top', () => {
    const part = read(
      'approvals: [{of: plan, by: "@eve"}, {of: Phase A, by: "@dan"}, {of: G1, by: "@ann"}]\nphases: [{id: A, gates: [{id: G1}]}, {id: B}]\n',
    );
    expect(part.head.approvals.map(({ by }) => by)).toEqual(['@eve']);
    expect(part.phases.map((phase) => phase.approvals.map(({ by }) => by))).toEqual([['@dan'], []]);
    expect(part.gates[0]?.approvals.map(({ by }) => by)).toEqual(['@ann']);
  });

  test('a file that is about one phase', () => {
    const part = read(
      'plan: shop\nphase: J — Provision\ndepends_on: [A]\nobjective: Have it all\nbeads:\n  - id: j-1\n',
    );
    expect(part.head.planId?.value).toBe('shop');
    expect(part.phases.map((phase) => [phase.id, phase.title.value, values(phase.dependsOn)])).toEqual([
      ['J', 'Provision', ['A']],
    ]);
    expect(part.beads.map(({ id, phase }) => [id, phase])).toEqual([['j-1', 'J']]);
  });

  test('one whose plan is only a number inside the phase belongs to no plan of that name', () => {
    const part = readYamlDocument('12.4-04-PLAN.md', 'phase: 12.4-mfa\nplan: 04\ndepends_on: [12.4-01]\nwave: 2\n', 4);
    expect(part.head.planId).toBeUndefined();
    expect(part.phases.map((phase) => [phase.id, phase.title.value, phase.dependsOn, phase.idAt])).toEqual([
      ['12.4', 'mfa', [], { file: '12.4-04-PLAN.md', start: 11, end: 15 }],
    ]);
    expect(part.diagnostics).toEqual([]);
  });
});

describe('what is told in another way', () => {
  test('who waits is told from the other end, in a phase and in a bead', () => {
    const text =
      'phases:\n  - {id: A, blocks: [B]}\n  - id: B\n    beads:\n      - {id: b-1, blocks: b-2}\n      - {id: b-2, needs: b-0}\n      - {id: b-0}\n';
    const part = read(text);
    expect(part.phases.map(({ dependsOn }) => values(dependsOn))).toEqual([[], ['A']]);
    expect(part.beads.map(({ blockedBy }) => values(blockedBy))).toEqual([[], ['b-0', 'b-1'], []]);
    expect(cut(part, part.beads[1]?.blockedBy[1])).toBe('b-1');
  });

  test('a bead without a title is called what is to be done', () => {
    const [first, second] = read(
      'beads:\n  - {id: b-1, description: Dig}\n  - {id: b-2, title: Fill, what: sand}\n',
    ).beads;
    expect([first?.title.value, first?.what.length]).toEqual(['Dig', 0]);
    expect([second?.title.value, values(second?.what ?? [])]).toEqual(['Fill', ['sand']]);
  });

  test('subtasks with ids are beads, others steps', () => {
    const part = read(
      'beads:\n  - id: b-1\n    subtasks:\n      - {id: b-1a, title: Mark, status: done}\n  - id: b-2\n    subtasks: [{title: Mark, done: true}]\n',
    );
    expect(part.beads.map(({ id, parent, status, steps }) => [id, parent, status, steps.length])).toEqual([
      ['b-1', undefined, 'open', 0],
      ['b-1a', 'b-1', 'closed', 0],
      ['b-2', undefined, 'open', 1],
    ]);
  });

  test('keys in camel case, numbers for ids, and the one gate of a phase', () => {
    const text = [
      'phases:',
      '  - number: 0',
      '    title: Quay',
      '    tasks:',
      '      - {number: "0.1", title: Pile, doneWhen: 3 rows, blockedBy: []}',
      '      - {number: "0.2", title: Pour, ifItFails: see Scenario F1, blockedBy: ["0.1"]}',
      '    gate:',
      '      id: G1',
      '      after: ["0.2"]',
      '      table:',
      '        - {criterion: Depth, pass: ">= 4 m", abort: less}',
      'insights:',
      '  tier1: [Depth first]',
      '',
    ].join('\n');
    for (const part of [read(text), readYamlDocument('a.yaml', text, 0)]) {
      expect(part.phases.map(({ id, title }) => [id, title.value])).toEqual([['0', 'Quay']]);
      expect(
        part.beads.map(({ id, phase, doneWhen, ifItFails }) => [id, phase, doneWhen.length, ifItFails.length]),
      ).toEqual([
        ['0.1', '0', 1, 0],
        ['0.2', '0', 0, 1],
      ]);
      expect(part.gates.map(({ id, phase, criteria }) => [id, phase, criteria[0]?.pass])).toEqual([
        ['G1', '0', '>= 4 m'],
      ]);
      expect(part.insights.map(({ tier }) => tier)).toEqual([1]);
      expect(part.phases[0]?.operations.gates).toEqual([]);
      expect(part.diagnostics).toEqual([]);
    }
  });

  test('a cascade in one text', () => {
    const part = read(
      'scenarios:\n  - {id: F1, title: jam, recovery: "1) oil · 2) wait"}\n  - {id: F2, recovery: "wait 2) hours"}\n',
    );
    expect(part.scenarios.map(({ recovery }) => values(recovery))).toEqual([['oil', 'wait'], ['wait 2) hours']]);
    expect(cut(part, part.scenarios[0]?.recovery[1])).toBe('wait');
  });
});

describe('what is wrong with it', () => {
  const codes = (text: string) =>
    read(text).diagnostics.map((diagnostic) => [diagnostic.code, cut(read(text), diagnostic.location)]);

  test('unknown fields, with the nearest one that is known', () => {
    const text =
      'phases:\n  - id: A\n    dependson: [B]\n    x-own: 1\n    beads:\n      - {id: b-1, prioritty: P0, colour: red}\n';
    expect(codes(text)).toEqual([
      ['unknown-field', 'dependson'],
      ['unknown-field', 'prioritty'],
      ['unknown-field', 'colour'],
    ]);
    const messages = read(text).diagnostics.map(({ message }) => message);
    expect(messages[0]).toContain('Did you mean depends_on?');
    expect(messages[1]).toContain('Did you mean priority?');
    expect(messages[2]).not.toContain('Did you mean');
    expect(read(text).diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'info']);
  });

  test('a slip in one thing leaves the others whole', () => {
    const text = `phases:\n  - id: A\n    beads:\n      - id: b-1\n        title: "never closed\n      - id: b-2\n        what: [1, 2\n      - id: b-3\n        owner\n        title: x\n      - id: b-4\n        title: Fine\n  - id: B\n`;
    const part = read(text);
    expect(part.beads.map(({ id }) => id)).toEqual(expect.arrayContaining(['b-1', 'b-2', 'b-4']));
    expect(part.beads.at(-1)?.title.value).toBe('Fine');
    expect(ids(part.phases)).toEqual(['A', 'B']);
    const lines = part.diagnostics.map(({ code, location }) => [
      code,
      text.slice(0, location.start).split('\n').length,
    ]);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const [code, line] of lines) {
      expect(['malformed-file', 'unknown-field']).toContain(code);
      expect([5, 6, 7, 8, 9, 10]).toContain(line);
    }
  });

  test('a word between two things breaks one of them, and is shown on its line', () => {
    const text =
      'plan: a\nphases:\n  - id: A\n    title: One\n  phas\n  - id: B\n    beads:\n      - id: b-1\n  - id: C\n';
    const part = read(text);
    expect(ids(part.phases)).toEqual(['A', 'B', 'C']);
    expect(part.diagnostics.length).toBeGreaterThan(0);
    for (const { location } of part.diagnostics) {
      expect(text.slice(0, location.start).split('\n').length).toBeLessThanOrEqual(5);
      expect(text.slice(location.start, location.end).trim()).not.toContain('\n');
    }
  });

  test('a second document', () => {
    expect(codes('plan: a\nphases: [{id: A}]\n---\nplan: b\n')).toEqual([['malformed-file', '---']]);
    expect(codes('---\nplan: a\nphases: [{id: A}]\n---\n# nothing more\n')).toEqual([]);
  });

  test('keys that stand twice', () => {
    expect(codes('title: One\ntitle: Two\nphases: [{id: A, id: B}]\n')).toEqual([
      ['malformed-file', 'id'],
      ['malformed-file', 'title'],
    ]);
    expect(read('title: One\ntitle: Two\nphases: [{id: A}]\n').head.title?.value).toBe('One');
  });

  test('what is no plan is not parsed, and says nothing', () => {
    for (const text of ['', 'a: [', 'services:\n  web: {image: x}\n', '- 1\n- 2\n', 'just words', '\0\0\0phases:\n']) {
      expect(read(text)).toMatchObject({ phases: [], beads: [], diagnostics: [] });
    }
  });

  test('names of object properties are ids like others', () => {
    const part = read('phases:\n  __proto__:\n    title: x\n    beads: {constructor: {needs: [toString]}}\n');
    expect([ids(part.phases), ids(part.beads), values(part.beads[0]?.blockedBy ?? [])]).toEqual([
      ['__proto__'],
      ['constructor'],
      ['toString'],
    ]);
    expect(({} as { title?: string }).title).toBeUndefined();
  });

  test('documents that would grow without end, or are nested without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh']) {
      bomb.push(`${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(', ')}]`);
    }
    const part = read(`${bomb.join('\n')}\nbeads:\n  - id: b-1\n    what: *h\n`);
    expect(part.beads[0]?.what.length).toBeLessThan(10_000);
    expect(part.diagnostics.map(({ code }) => code)).toContain('malformed-file');
    const deep = `beads:\n  - id: b-1\n    what: ${'['.repeat(20_000)}\n`;
    expect(read(deep).diagnostics[0]?.code).toBe('malformed-file');
    expect(ids(read('beads: &b\n  - id: b-1\n    beads: *b\n').beads)[0]).toBe('b-1');
  });
});

describe('reading a file again after an edit', () => {
  /** A part that was read before, and so is kept ready for more. */
  const edited = (text: string) => readYaml('plan.yaml', text, read(''));
  const inserts = [
    ...[
      'x',
      ' ',
      '\n',
      '"',
      "'",
      '#',
      ':',
      ': ',
      '-',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '|',
      '&a ',
      '*a',
      '\t',
      '---\n',
      '\r\n',
    ],
    ...['\n      - id: new\n        title: New\n', '\n    beads:\n      - id: deep\n', '\nphases:\n', '\n  - id: Z\n'],
    ...['\n        beads:\n          - {id: inner}\n', '\n# a comment\n', '  \n', '\ntitle: again\n', 'phase: J\n'],
  ];
  const edits = fc.array(
    fc.record({
      at: fc.nat(10_000),
      remove: fc.oneof(fc.constant(0), fc.nat(40)),
      insert: fc.constantFrom('', ...inserts),
    }),
    { minLength: 1, maxLength: 6 },
  );

  test.each([
    ['a plan with everything', PLAN],
    ['a generated plan', generateYaml({ beads: 12, phases: 3 })],
    [
      'things by id',
      'phases:\n  A:\n    title: First\n    beads:\n      b-1: Do it\n      b-2:\n        needs: b-1\n  B: Second\n',
    ],
  ])('gives what reading it for the first time gives: %s', (_, text) => {
    fc.assert(
      fc.property(edits, (all) => {
        let part = edited(text);
        for (const { at, remove, insert } of all) {
          const start = at % (part.text.length + 1);
          const changed = part.text.slice(0, start) + insert + part.text.slice(start + remove);
          part = readYaml('plan.yaml', changed, part);
          expect(part).toEqual(read(changed));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('things in front of the edit stay the same objects', () => {
    const text = generateYaml({ beads: 30, phases: 2 });
    const before = edited(text);
    const at = text.lastIndexOf('p95 <', text.indexOf('scenarios:') - 400);
    const after = readYaml('plan.yaml', `${text.slice(0, at)}now ${text.slice(at)}`, before);
    const same = after.beads.filter((bead, index) => bead === before.beads[index]);
    expect(same.length).toBeGreaterThan(20);
    expect(after.beads.length).toBe(30);
  });
});

describe('things parsed one by one', () => {
  test('say what they say in a document that is parsed as a whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const text = generateYaml({ beads: 8, phases: 2, seed });
        expect(readYamlDocument('plan.yaml', text, 0)).toEqual(read(text));
      }),
      { numRuns: 20 },
    );
  });

  test('and so does a plan with everything', () => {
    expect(readYamlDocument('plan.yaml', PLAN, 0)).toEqual(read(PLAN));
  });
});
