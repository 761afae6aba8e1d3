import { describe, expect, test } from 'vitest';
import type { ActionOutcome, ActionSource, Refusal } from '../../../../src/core/actions/action';
import { claimBead, closeBead, deferBead, releaseBead, reopenBead } from '../../../../src/core/actions/beads';
import type { Bead } from '../../../../src/core/model';
import {
  actionSource,
  beadIn,
  changedLines,
  editsOf,
  filesAfter,
  MARIA,
  sampleWithLog,
  TOMAS,
} from '../../../support/actions';
import type { Files } from '../../../support/temporary';

const EVIDENCE = 'p95 = 31 ms, see `docs/a.md`';

const ACTS = {
  claim: (source: ActionSource, id: string) => claimBead(source, beadIn(source, id), MARIA),
  release: (source: ActionSource, id: string) => releaseBead(source, beadIn(source, id), MARIA),
  close: (source: ActionSource, id: string) => closeBead(source, beadIn(source, id), MARIA, { evidence: [EVIDENCE] }),
  reopen: (source: ActionSource, id: string) => reopenBead(source, beadIn(source, id), MARIA),
  defer: (source: ActionSource, id: string) => deferBead(source, beadIn(source, id), MARIA),
} as const;
type Act = keyof typeof ACTS;

/** What the plan is after the actions, one after the other. */
function after(files: Files, id: string, ...acts: readonly Act[]): Record<string, string> {
  return acts.reduce<Record<string, string>>((now, act) => filesAfter(now, editsOf(ACTS[act](actionSource(now), id))), {
    ...files,
  });
}

function done(text: string, id: string, ...acts: readonly Act[]): string {
  const file = /^\s*(?:plan|beads|phases):/.test(text) ? 'plan.yaml' : 'PLAN.md';
  return after({ [file]: text }, id, ...acts)[file] ?? '';
}

const changes = (text: string, id: string, ...acts: readonly Act[]) => changedLines(text, done(text, id, ...acts));

const refusal = (outcome: ActionOutcome): Refusal => {
  if (!('refused' in outcome)) throw new Error('it was done');
  return outcome.refused;
};

describe('claim, close and reopen change', () => {
  test('field lines below a heading', () => {
    const text = '### B1 — Read\n\nPriority: P0\nStatus: todo\nDone when: 3 pages.\n\nSome prose.\n';
    expect(changes(text, 'B1', 'claim')).toEqual([
      '-Status: todo',
      '-Done when: 3 pages.',
      '+Status: in progress',
      '+Done when: 3 pages.',
      '+Owner: @maria (2026-05-02)',
    ]);
    expect(changes(text, 'B1', 'close')).toContain('+Status: done');
    expect(changes(text, 'B1', 'close').at(-1)).toBe(`+Evidence: ${EVIDENCE}`);
    const two = `${text}\n### B2 — Go\n\nStatus: todo\n`;
    expect(done(two, 'B1', 'claim', 'release')).toBe(two);
  });

  test('several fields on one line', () => {
    const text =
      '### B1 — Read\n\n**Priority:** P0 | **Blocked by:** none\n\n**Done when:** 3 pages.\n\n### B2 — Write\n\n**Priority:** P1 | **Status:** Completed\n\n**Done when:** 2.\n';
    expect(changes(text, 'B1', 'claim')).toEqual([
      '-**Priority:** P0 | **Blocked by:** none',
      '+**Priority:** P0 | **Blocked by:** none | **Status:** In progress | **Owner:** @maria (2026-05-02)',
    ]);
    expect(changes(text, 'B1', 'close')).toEqual([
      '-**Priority:** P0 | **Blocked by:** none',
      '-',
      '-**Done when:** 3 pages.',
      '+**Priority:** P0 | **Blocked by:** none | **Status:** Completed',
      '+',
      '+**Done when:** 3 pages.',
      '+',
      `+**Evidence:** ${EVIDENCE}`,
    ]);
  });

  test('a list below the name of a field', () => {
    const text = '### B1 — Read\n\n**Done when:**\n\n- 3 pages\n- 2 pictures\n\n### B2 — Write\n\n**Priority:** P1\n';
    expect(changes(text, 'B1', 'claim')).toEqual([
      '+**Status:** in progress',
      '+',
      '+**Owner:** @maria (2026-05-02)',
      '+',
    ]);
  });

  test('check boxes without fields', () => {
    const text = '## Phase 1: Setup\n\n- [ ] T001 Make the project\n- [ ] T002 [P] Go on\n';
    expect(changes(text, 'T001', 'claim')).toEqual(['+  - Status: in progress', '+  - Owner: @maria (2026-05-02)']);
    expect(changes(text, 'T001', 'close')).toEqual([
      '-- [ ] T001 Make the project',
      '+- [x] T001 Make the project',
      `+  - Evidence: ${EVIDENCE}`,
    ]);
    expect(changes(text, 'T001', 'claim', 'close')).toEqual([
      '-- [ ] T001 Make the project',
      '+- [x] T001 Make the project',
      '+  - Status: closed',
      '+  - Owner: @maria (2026-05-02)',
      `+  - Evidence: ${EVIDENCE}`,
    ]);
  });

  test('check boxes that know a mark for what is under way', () => {
    const text = '## Phase 1: Setup\n\n- [ ] T001 Make\n- [/] T002 Go on\n- [X] T003 Been\n';
    expect(changes(text, 'T001', 'claim')).toEqual([
      '-- [ ] T001 Make',
      '+- [/] T001 Make',
      '+  - Owner: @maria (2026-05-02)',
    ]);
    expect(changes(text, 'T001', 'close')[1]).toBe('+- [X] T001 Make');
    expect(changes(text, 'T003', 'reopen')).toEqual(['-- [X] T003 Been', '+- [ ] T003 Been']);
  });

  test('a check box and a field that say it both', () => {
    const text = '- [ ] **B1** Read | status: open | P0\n- [x] **B2** Write | status: done\n';
    expect(changes(text, 'B1', 'claim')).toEqual([
      '-- [ ] **B1** Read | status: open | P0',
      '+- [ ] **B1** Read | status: in progress | P0 | owner: @maria (2026-05-02)',
    ]);
    expect(changes(text, 'B1', 'close')).toEqual([
      '-- [ ] **B1** Read | status: open | P0',
      `+- [x] **B1** Read | status: done | P0 | evidence: ${EVIDENCE}`,
    ]);
    expect(changes(text, 'B2', 'reopen')).toEqual([
      '-- [x] **B2** Write | status: done',
      '+- [ ] **B2** Write | status: open',
    ]);
  });

  test('fields nested in an item, and lines below it', () => {
    const nested = '- [ ] B1 — Read\n  - Priority: P0\n  - [ ] a step\n- [ ] B2 — Write\n';
    expect(changes(nested, 'B1', 'claim')).toEqual(['+  - Status: in progress', '+  - Owner: @maria (2026-05-02)']);
    expect(changes(nested, 'B2', 'claim')).toEqual(['+  - Status: in progress', '+  - Owner: @maria (2026-05-02)']);
    const lines = '* [ ] B1 — Read\n  Priority: P0\n* [ ] B2 — Write\n';
    expect(changes(lines, 'B2', 'claim')).toEqual(['+  Status: in progress', '+  Owner: @maria (2026-05-02)']);
  });

  test('cells, and columns that are missing', () => {
    const text =
      '| ID | Task | Status    | Owner |\n| -- | ---- | --------- | ----- |\n| B1 | Read | pending   |       |\n| B2 | Go   | completed | —     |\n';
    expect(changes(text, 'B1', 'claim')).toEqual([
      '-| B1 | Read | pending   |       |',
      '+| B1 | Read | in progress | @maria (2026-05-02) |',
    ]);
    expect(changes(text, 'B2', 'reopen')).toEqual([
      '-| B2 | Go   | completed | —     |',
      '+| B2 | Go   | pending   | —     |',
    ]);
    expect(changes(text, 'B1', 'close')).toEqual([
      ...text
        .split('\n')
        .slice(0, 4)
        .map((line) => `-${line}`),
      '+| ID | Task | Status    | Owner | Evidence |',
      '+| -- | ---- | --------- | ----- | --- |',
      `+| B1 | Read | completed |       | ${EVIDENCE} |`,
      '+| B2 | Go   | completed | —     |   |',
    ]);
  });

  test('a table without bars at its ends', () => {
    const text = '## Phase 1\n\n| ID | Task\n| --- | ---\n| B1 | Read\n| B2 | Go\n';
    expect(changes(text, 'B1', 'claim').slice(4)).toEqual([
      '+| ID | Task | Status | Owner |',
      '+| --- | --- | --- | --- |',
      '+| B1 | Read | in progress | @maria (2026-05-02) |',
      '+| B2 | Go |   |   |',
    ]);
  });

  test('keys of a mapping', () => {
    const text =
      'plan: x\nbeads:\n  - id: B1 # the first\n    title: Read\n    done_when: 3 pages\n    steps:\n      - one\n  - id: B2\n    title: Go\n';
    expect(changes(text, 'B1', 'claim')).toEqual(['+    status: in_progress', '+    owner: "@maria (2026-05-02)"']);
    expect(changes(text, 'B1', 'close')).toEqual(['+    status: closed', `+    evidence: ${EVIDENCE}`]);
    expect(done(text, 'B1', 'claim', 'release')).toBe(text.replace('3 pages\n', '3 pages\n    status: open\n'));
  });

  test('values in quotes, and mappings on one line', () => {
    const text =
      "plan: x\nbeads:\n  - { id: B1, title: Read, status: \"todo\", owner: '' }\n  - { id: B2, title: Go, status: 'done' }\n";
    expect(changes(text, 'B1', 'close')).toEqual([
      '-  - { id: B1, title: Read, status: "todo", owner: \'\' }',
      `+  - { id: B1, title: Read, status: "done", owner: '', evidence: "${EVIDENCE}" }`,
    ]);
    expect(changes(text, 'B2', 'reopen')).toEqual([
      "-  - { id: B2, title: Go, status: 'done' }",
      "+  - { id: B2, title: Go, status: 'todo' }",
    ]);
  });

  test('keys by id, and beads in the front matter of Markdown', () => {
    expect(changes('plan: x\nbeads:\n  B1:\n    title: Read\n', 'B1', 'claim')).toEqual([
      '+    status: in_progress',
      '+    owner: "@maria (2026-05-02)"',
    ]);
    const text = '---\nplan: x\ntodos:\n  - id: B1\n    title: Read\n    status: pending\n---\n\n# X\n\nPriority: P1\n';
    expect(changes(text, 'B1', 'close')).toEqual([
      '-    status: pending',
      '+    status: done',
      `+    evidence: ${EVIDENCE}`,
    ]);
  });

  test('mere texts, which become mappings that keep their words and the comments beside them', () => {
    const text =
      'plan: x\nbeads:\n  # in this order\n  - B1 — Read # all of it\n  - "B2: Go"\n  - Write it down\n  - T4\n';
    expect(changes(text, 'B1', 'claim')).toEqual([
      '-  - B1 — Read # all of it',
      '+  - title: B1 — Read # all of it',
      '+    status: in_progress',
      '+    owner: "@maria (2026-05-02)"',
    ]);
    expect(changes(text, 'B2', 'close')).toEqual([
      '-  - "B2: Go"',
      '+  - title: "B2: Go"',
      '+    status: closed',
      `+    evidence: ${EVIDENCE}`,
    ]);
    expect(changes(text, '3', 'defer')).toEqual([
      '-  - Write it down',
      '+  - title: Write it down',
      '+    status: deferred',
    ]);
    expect(changes(text, 'T4', 'defer')).toEqual(['-  - T4', '+  - id: T4', '+    status: deferred']);
    const named = text.replace('  - T4\n', '  - name: T4 — Ship\n');
    expect(changes(named, 'B1', 'defer')[1]).toBe('+  - name: B1 — Read # all of it');
    const windows = text.replaceAll('\n', '\r\n');
    expect(done(windows, 'B1', 'claim')).toBe(done(text, 'B1', 'claim').replaceAll('\n', '\r\n'));
  });

  test('texts of several lines, texts by id, and texts between brackets', () => {
    const folded = 'plan: x\nbeads:\n  -   B1 — Read\n    all of it # yes\n  - |\n    B2 — Go\n\n    and stay\n';
    expect(changes(folded, 'B1', 'defer')).toEqual([
      '-  -   B1 — Read',
      '-    all of it # yes',
      '+  -   title: B1 — Read',
      '+        all of it # yes',
      '+      status: deferred',
    ]);
    expect(changes(folded, 'B2', 'defer')).toEqual([
      '-  - |',
      '-    B2 — Go',
      '-',
      '-    and stay',
      '+  - title: |',
      '+      B2 — Go',
      '+',
      '+      and stay',
      '+    status: deferred',
    ]);
    const keyed = "plan: x\nbeads:\n  B1: Read # all of it\n  'B2':\n    Go\n  B3:\n";
    expect(changes(keyed, 'B1', 'defer')).toEqual([
      '-  B1: Read # all of it',
      '+  B1:',
      '+    title: Read # all of it',
      '+    status: deferred',
    ]);
    expect(changes(keyed, 'B2', 'defer')).toEqual(['-    Go', '+    title: Go', '+    status: deferred']);
    expect(changes(keyed, 'B3', 'defer')).toEqual(['+    status: deferred']);
    expect(changes('plan: x\nbeads: [B1 — Read, "B2: Go"]\n', 'B1', 'defer')).toEqual([
      '-beads: [B1 — Read, "B2: Go"]',
      '+beads: [{ title: B1 — Read, status: deferred }, "B2: Go"]',
    ]);
    expect(changes('plan: x\nbeads: [\n  B1 — Read, # one\n  "B2: Go"\n]\n', 'B2', 'claim')).toEqual([
      '-  "B2: Go"',
      '+  { title: "B2: Go", status: in_progress, owner: "@maria (2026-05-02)" }',
    ]);
    expect(changes('plan: x\nbeads: { B1: Read, B2: }\n', 'B1', 'defer')[1]).toBe(
      '+beads: { B1: { title: Read, status: deferred }, B2: }',
    );
  });

  test('signs and struck titles', () => {
    expect(changes('### ⏳ B1 — Read\n\nPriority: P0\n', 'B1', 'close')).toContain('+### ✅ B1 — Read');
    expect(changes('### ✅ B1 — Read\n\nPriority: P0\nStatus: Done\n', 'B1', 'reopen')).toEqual([
      '-### ✅ B1 — Read',
      '-',
      '-Priority: P0',
      '-Status: Done',
      '+### ⏳ B1 — Read',
      '+',
      '+Priority: P0',
      '+Status: Todo',
    ]);
    expect(changes('### ~~B1 — Read~~\n\nPriority: P0\n', 'B1', 'reopen')).toEqual([
      '-### ~~B1 — Read~~',
      '+### B1 — Read',
    ]);
    expect(changes('| ID | Task | Status |\n| - | - | - |\n| B1 | Read | ✅ |\n', 'B1', 'reopen')).toEqual([
      '-| B1 | Read | ✅ |',
      '+| B1 | Read | ⏳ |',
    ]);
  });

  test('a status with a remark, which stays', () => {
    const text = '### B1 — Read\n\nPriority: P0\nStatus: in progress (waits for the data)\n';
    expect(changes(text, 'B1', 'close')).toEqual([
      '-Status: in progress (waits for the data)',
      '+Status: closed (waits for the data)',
      `+Evidence: ${EVIDENCE}`,
    ]);
  });

  test('every place that tells the status', () => {
    const text =
      '# X\n\n| ID | Task | Status |\n| --- | --- | --- |\n| B1 | Read it all | todo |\n\n## Phase 1\n\n- [ ] **B1** Read it all | P0\n  - Done when: 3 pages\n';
    const closed = text.replace('todo', 'done').replace('[ ]', '[x]');
    expect(done(text, 'B1', 'close')).toBe(`${closed}  - Evidence: ${EVIDENCE}\n`);
    const claimed = text.replace('todo', 'in progress');
    expect(done(text, 'B1', 'claim')).toBe(`${claimed}  - Status: in progress\n  - Owner: @maria (2026-05-02)\n`);
  });

  test('lines that end as on Windows', () => {
    const text = '### B1 — Read\r\n\r\nPriority: P0\r\nStatus: open\r\n\r\nProse.\r\n';
    const now = done(text, 'B1', 'claim', 'close');
    expect(now.replaceAll('\r\n', '\n')).toBe(done(text.replaceAll('\r\n', '\n'), 'B1', 'claim', 'close'));
    expect(now.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('evidence', () => {
  const close = (text: string, evidence: readonly string[]) => {
    const file = text.startsWith('plan:') ? 'plan.yaml' : 'PLAN.md';
    const source = actionSource({ [file]: text });
    const edits = editsOf(closeBead(source, beadIn(source, 'B1'), MARIA, { evidence }));
    const files = filesAfter({ [file]: text }, edits);
    return { text: files[file] ?? '', bead: beadIn(actionSource(files), 'B1') };
  };

  test('is put behind what is there', () => {
    const { text } = close('### B1 — Read\n\nStatus: open\nEvidence: 2 pages\n', ['1 more page', 'abc1234']);
    expect(text).toBe('### B1 — Read\n\nStatus: closed\nEvidence: 2 pages; 1 more page; abc1234\n');
    expect(close('plan: x\nbeads:\n  - id: B1\n    title: A\n    evidence: [one, two]\n', ['three: 3']).text).toContain(
      'evidence: [one, "two; three: 3"]',
    );
    expect(
      close('plan: x\nbeads:\n  - id: B1\n    title: A\n    evidence: >-\n      one\n      two\n', ['three']).text,
    ).toContain('      one\n      two; three');
  });

  test.each([
    ['bars', 'a | Status: open | b'],
    ['a name of a field', 'Owner: @x'],
    ['lines', 'one\n\n- two\n# three'],
    ['a reference to a scenario', 'see Scenario F3, bead B2'],
    ['marks of YAML', '{a: b, c: [d]} # e'],
    ['quotes', '"so" \'or\' so'],
    ['code', '`a | b`'],
    ['emphasis', '**all** _of_ it'],
    ['HTML', '<b>done</b> in <10 s <!-- not -->'],
  ])('may hold %s', (_, evidence) => {
    for (const text of [
      '### B1 — Read\n\nPriority: P0 | Status: open\n',
      '- [ ] B1 Read | P0\n- [ ] B2 Go\n',
      '| ID | Task | Status | Evidence |\n| - | - | - | - |\n| B1 | Read | open | |\n',
      'plan: x\nbeads:\n  - id: B1\n    title: A\n  - {id: B2, title: B}\n',
      'plan: x\nbeads: [{id: B1, title: A}, {id: B2, title: B}]\n',
      'plan: x\nbeads:\n  - B1 — A\n  - B2 — B\n',
      'plan: x\nbeads: [B1 — A, B2 — B]\n',
    ]) {
      const { bead } = close(text, [evidence]);
      expect([bead.status, bead.evidence.length, bead.owner]).toEqual(['closed', 1, undefined]);
      const words = (value: string) => value.replace(/[^a-z0-9]/gi, '');
      expect(words(bead.evidence[0]?.value ?? '')).toEqual(words(evidence));
    }
  });

  test.each(['', '  ', 'none', '—', 'n/a'])('is not %j', (evidence) => {
    const source = actionSource({ 'PLAN.md': '- [ ] B1 Read | P0\n' });
    expect(refusal(closeBead(source, beadIn(source, 'B1'), MARIA, { evidence: [evidence] })).code).toBe('no-evidence');
  });
});

describe('refused', () => {
  const text =
    '## Phase 1\n\n### B1 — Read\n\nStatus: open\n\n### B2 — Write\n\nBlocked by: B1\n\n### Gate G1 — Go?\n\n| Criterion | Pass | Adjust | Abort |\n| - | - | - | - |\n| a | 1 | 2 | 3 |\n\n## Phase 2\n\n### B3 — Ship\n\nPriority: P0\n';

  const tried = (plan: string, id: string, act: Act) => refusal(ACTS[act](actionSource({ 'PLAN.md': plan }), id));

  test('what is blocked, with the chain of reasons', () => {
    expect(tried(text, 'B2', 'claim')).toMatchObject({
      code: 'blocked',
      message: 'Bead B2 is blocked: blocked by B1, ready.',
    });
    expect(tried(text, 'B3', 'claim').message).toBe(
      'Bead B3 is blocked: blocked by Gate G1, which waits for B1, ready.',
    );
    expect(tried(text, 'B3', 'close').code).toBe('blocked');
    const begun = text.replace('Blocked by: B1', 'Blocked by: B1 | Status: in progress');
    expect(tried(begun, 'B2', 'close').message).toBe('Bead B2 cannot be closed yet: it is blocked by B1, ready.');
  });

  test('not with a reason that overrides, which is written down', () => {
    const source = actionSource({ 'PLAN.md': text });
    const outcome = closeBead(source, beadIn(source, 'B2'), MARIA, { evidence: ['3 pages'], override: 'B1 is moot' });
    expect(filesAfter({ 'PLAN.md': text }, editsOf(outcome))['PLAN.md']).toContain(
      'Evidence: 3 pages; closed although blocked by B1, ready (override by @maria: B1 is moot)',
    );
  });

  test('what another holds, with the owner', () => {
    const theirs = text.replace('Status: open', 'Status: in progress\nOwner: @tomas');
    for (const act of ['claim', 'release', 'close'] as const) {
      expect(tried(theirs, 'B1', act)).toMatchObject({ code: 'held', message: 'Bead B1 is held by @tomas.' });
    }
    const source = actionSource({ 'PLAN.md': theirs });
    expect(
      filesAfter({ 'PLAN.md': theirs }, editsOf(releaseBead(source, beadIn(source, 'B1'), MARIA, { force: true }))),
    ).toEqual({
      'PLAN.md': text,
    });
    expect(refusal(claimBead(source, beadIn(source, 'B1'), TOMAS)).message).toBe('Bead B1 is yours already.');
  });

  test('everything twice', () => {
    const claimed = done(text, 'B1', 'claim');
    const closed = done(claimed, 'B1', 'close');
    expect(tried(claimed, 'B1', 'claim').code).toBe('state');
    expect(tried(text, 'B1', 'release').code).toBe('state');
    expect(tried(closed, 'B1', 'close').code).toBe('state');
    expect(tried(closed, 'B1', 'claim').code).toBe('state');
    expect(tried(text, 'B1', 'reopen').code).toBe('state');
    expect(tried(done(text, 'B1', 'defer'), 'B1', 'defer').code).toBe('state');
  });

  test('everything in mode planning', () => {
    const planning = `---\nmode: planning\n---\n\n${text}`;
    for (const act of ['claim', 'release', 'close', 'reopen', 'defer'] as const)
      expect(tried(planning, 'B1', act)).toMatchObject({ code: 'planning', at: { start: 10 } });
    expect(changes(`---\nmode: executing\n---\n\n${text}`, 'B1', 'claim')).not.toEqual([]);
  });

  test('a bead in parts', () => {
    const parts = '### B1 — All\n\nPriority: P0\n\n#### B1a — One\n\nPriority: P0\n';
    expect(tried(parts, 'B1', 'claim').advice).toBe('Take one that is ready: B1a.');
    const closed = `${parts}Status: closed\n\n#### B1b — Two\n\nPriority: P0\n`;
    expect(tried(closed, 'B1', 'claim').advice).toBe('Take one that is ready: B1b.');
    expect(tried(parts, 'B1', 'close').message).toBe('Bead B1 is closed when its parts are, and B1a is open.');
  });

  test('a name that is none', () => {
    const source = actionSource({ 'PLAN.md': text });
    expect(refusal(claimBead(source, beadIn(source, 'B1'), { name: ' @ ', at: '2026-05-02' })).code).toBe('input');
  });

  test('files that must not be written', () => {
    const conflict = `${text}\n<<<<<<< HEAD\n### B4 — Go\n=======\n### B4 — Stay\n>>>>>>> other\n`;
    expect(tried(conflict, 'B1', 'claim')).toMatchObject({ code: 'not-written', message: /merge conflict/ });
    const broken = 'plan: x\nbeads:\n  - id: B1\n    title: Read\nphases: "\n';
    const source = actionSource({ 'plan.yaml': broken });
    expect(refusal(claimBead(source, beadIn(source, 'B1'), MARIA)).code).toBe('not-written');
  });

  test('forms that have no room for it, and two beads with one id', () => {
    const shared = actionSource({ 'plan.yaml': 'plan: x\nbeads:\n  - &one B1 — Read\n  - *one\n' });
    expect(refusal(claimBead(shared, shared.snapshot.plan.beads[0] as Bead, MARIA)).code).toBe('not-written');
    const twice = '### B1 — Read\n\nPriority: P0\n\n### B1 — Ship\n\nPriority: P1\n';
    expect(tried(twice, 'B1', 'claim').message).toBe('Two beads of this plan are called B1.');
  });
});

test('who has another bead in hand is told so', () => {
  const text = '- [ ] B1 Read | P0\n- [ ] B2 Go\n- [ ] B3 Stay\n';
  const claimed = done(text, 'B1', 'claim');
  const saidOf = (plan: string, id: string) => {
    const outcome = ACTS.claim(actionSource({ 'PLAN.md': plan }), id);
    return 'said' in outcome ? outcome.said : '';
  };
  expect(saidOf(text, 'B1')).toBe('@maria works on B1 (Read) now.');
  expect(saidOf(claimed, 'B2')).toBe('@maria works on B2 (Go) now. B1 is still in hand.');
});

test('names are written as the plan writes them', () => {
  const bare = '### B1 — Read\n\nStatus: closed\nOwner: tomas\n\n### B2 — Write\n\nStatus: open\n';
  expect(changes(bare, 'B2', 'claim').at(-1)).toBe('+Owner: maria (2026-05-02)');
  const source = actionSource({ 'PLAN.md': '- [ ] B1 Read\n- [ ] B2 Go\n' });
  const edits = editsOf(claimBead(source, beadIn(source, 'B1'), { name: 'Claude Code (2)', at: '2026-05-02' }));
  expect(edits.get('PLAN.md')?.[0]?.newText).toContain('Owner: @Claude-Code-2 (2026-05-02)');
});

describe('the progress file', () => {
  test('gets an entry as it has them, and the plan no date', () => {
    const source = sampleWithLog();
    const edits = editsOf(releaseBead(source, beadIn(source, 'ft-0001.8c'), TOMAS));
    expect(edits.get('data/progress.md')?.map(({ newText }) => newText)).toEqual([
      '\n- 2026-05-03 · ft-0001.8c · released · @tomas',
    ]);
    const [plan = ''] = source.snapshot.plan.files;
    expect(edits.get(plan)?.map(({ newText }) => newText)).toEqual(['open', '']);
  });
});
