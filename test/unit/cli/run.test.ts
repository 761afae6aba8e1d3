import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../../package.json';
import { phasewise } from '../../support/commandLine';
import { type Files, temporaryFolder } from '../../support/temporary';

const bakery: Files = {
  'PLAN.md': `---
plan: bakery
title: Open the bakery
---

# Open the bakery

## Phase 1 — Oven

- [x] b-1 — Buy the oven | P0 | done when: it stands in the room
- [ ] b-2 — Heat the oven | P1 | blocked by: b-1 | done when: 250 °C

### Gate G1 — Warm enough

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| Temperature | 250 °C | 200 °C | less |

## Phase 2 — Bread

- [ ] b-3 — Bake a loaf | P0 | blocked by: b-2 | done when: 1 loaf is eaten
`,
};

describe('show', () => {
  test('lists phases, beads and gates with their states', async () => {
    const { code, out, err } = await phasewise(temporaryFolder(bakery), 'show');
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toContain('Open the bakery (bakery)\nPLAN.md\n1 of 3 beads closed, 1 ready');
    expect(out).toMatch(/^Phase 1 — Oven {2}\(1\/2, in progress\)$/m);
    expect(out).toMatch(/^ {2}b-1 {2}P0 +closed +Buy the oven$/m);
    expect(out).toMatch(/^ {2}b-2 {2}P1 +ready +Heat the oven$/m);
    expect(out).toMatch(
      /^Phase 2 — Bread {2}\(0\/1, not open yet, waits for G1\)\n {2}b-3 {2}P0 +blocked +Bake a loaf \(waits for b-2\)$/m,
    );
    expect(out).toMatch(/^ {2}G1 +gate +waiting +Warm enough \(waits for b-2\)$/m);
  });

  test('--json gives plans and diagnostics, with files from the current folder', async () => {
    const folder = temporaryFolder({ 'docs/PLAN.md': bakery['PLAN.md'] ?? '' });
    const { code, out } = await phasewise(folder, 'show', 'docs', '--json');
    expect(code).toBe(0);
    const shown = JSON.parse(out);
    expect(shown.diagnostics).toEqual([]);
    expect(shown.plans).toHaveLength(1);
    expect(shown.plans[0]).toMatchObject({
      id: 'bakery',
      files: ['docs/PLAN.md'],
      phases: [
        { id: '1', title: 'Oven', beads: ['b-1', 'b-2'] },
        { id: '2', title: 'Bread', beads: ['b-3'] },
      ],
      ready: ['b-2'],
    });
    expect(shown.plans[0].beads[2]).toMatchObject({
      id: 'b-3',
      phase: '2',
      priority: 'P0',
      state: 'blocked',
      blockedBy: ['b-2'],
      source: { file: 'docs/PLAN.md', line: 21, column: 1 },
    });
  });

  test('--json shows the entries of the progress file', async () => {
    const folder = temporaryFolder({
      'docs/PLAN.md': `---\nprogress: data/log.md\n---\n${bakery['PLAN.md'] ?? ''}`,
      'docs/data/log.md': '# Log\n\n- 2026-05-02 · b-1 · closed · @li · bill in the drawer\n',
    });
    const [plan] = JSON.parse((await phasewise(folder, 'show', 'docs', '--json')).out).plans;
    expect(plan.progress).toEqual([
      {
        date: '2026-05-02',
        about: 'b-1',
        what: 'closed',
        who: '@li',
        evidence: 'bill in the drawer',
        source: { file: 'docs/data/log.md', line: 3, column: 1 },
      },
    ]);
  });

  test('a file that is named is read whatever it is called', async () => {
    const folder = temporaryFolder({ 'notes.txt': bakery['PLAN.md'] ?? '' });
    expect((await phasewise(folder, 'show', '--json')).out).toContain('"plans": []');
    const { out } = await phasewise(folder, 'show', 'notes.txt', '--json');
    expect(JSON.parse(out).plans[0].beads).toHaveLength(3);
  });

  test('a file without a plan is named, and is no error', async () => {
    const { code, err } = await phasewise(temporaryFolder({ 'README.md': '# Hello\n' }), 'show', 'README.md');
    expect(code).toBe(0);
    expect(err).toContain('README.md: no phase, bead, gate');
  });

  test('no plan at all is said', async () => {
    const { code, out, err } = await phasewise(temporaryFolder(), 'show');
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'phasewise: no plan found here\n' });
  });

  test('--plan chooses one of several', async () => {
    const folder = temporaryFolder({
      ...bakery,
      'b.plan.yaml': 'plan: shop\nphases: [{id: 1, beads: [{id: s-1, title: x}]}]\n',
    });
    const { out } = await phasewise(folder, 'show', '--json', '--plan', 'SHOP');
    expect(JSON.parse(out).plans.map(({ id }: { id: string }) => id)).toEqual(['shop']);
    const wrong = await phasewise(folder, 'show', '--plan', 'shap');
    expect(wrong).toMatchObject({ code: 2, err: 'phasewise: there is no plan shap. Did you mean shop?\n' });
  });

  test('escape codes in plan text do not reach the terminal', async () => {
    const { out } = await phasewise(
      temporaryFolder({ 'PLAN.md': '# P\n\n## Phase 1 — \u001b[31mred\u0007\n\n- [ ] a-1 — \u001b]0;x\u0007y\n' }),
      'show',
    );
    expect(out).toContain('red');
    for (const code of ['\u001b', '\u0007']) expect(out).not.toContain(code);
  });
});

describe('check', () => {
  test('prints a line for each finding, and ends with 1 when one is an error', async () => {
    const text = (bakery['PLAN.md'] ?? '').replace('blocked by: b-2', 'blocked by: b-22');
    const { code, out, err } = await phasewise(temporaryFolder({ 'PLAN.md': text }), 'check');
    expect(out).toMatch(/^PLAN\.md:21:\d+: error unknown-reference .*b-2/m);
    expect(code).toBe(1);
    expect(err).toMatch(/1 error in 1 plan/);
  });

  test('a clean plan ends with 0', async () => {
    const { code, out, err } = await phasewise(temporaryFolder(bakery), 'check');
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toBe('Nothing to report in 1 plan\n');
  });

  test('--json gives the diagnostics alone', async () => {
    const text = (bakery['PLAN.md'] ?? '').replace('blocked by: b-2', 'blocked by: b-22');
    const { code, out } = await phasewise(temporaryFolder({ 'PLAN.md': text }), 'check', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ diagnostics: [{ code: 'unknown-reference', file: 'PLAN.md', line: 21 }] });
  });

  test('a file that does not parse is an error at its place', async () => {
    const { code, out } = await phasewise(
      temporaryFolder({ 'x.plan.yaml': 'phases:\n  - id: [1\n' }),
      'check',
      'x.plan.yaml',
    );
    expect(out).toMatch(/^x\.plan\.yaml:\d+:\d+: error malformed-file /m);
    expect(code).toBe(1);
  });
});

describe('prompt', () => {
  test('prints the prompt and nothing else', async () => {
    const { code, out } = await phasewise(temporaryFolder(bakery), 'prompt', '1');
    expect(code).toBe(0);
    expect(out).toMatch(/^# Phase 1 — Oven\n/);
    expect(out).toContain('### b-2 — Heat the oven');
    expect(out).not.toContain('Bake a loaf');
  });

  test.each(['2', 'Phase 2', 'phase 2', 'bread'])('takes a phase as %s', async (phase) => {
    expect((await phasewise(temporaryFolder(bakery), 'prompt', phase, 'PLAN.md')).out).toMatch(/^# Phase 2 — Bread/);
  });

  test('says on standard error what the plan leaves out', async () => {
    const { err } = await phasewise(temporaryFolder(bakery), 'prompt', '1');
    expect(err).toContain('for Phase 1 the plan gives no objective, no constraints');
  });

  test('an unknown phase is wrong use, with the nearest', async () => {
    const folder = temporaryFolder({
      'p.plan.yaml': 'phases: [{id: Survey, title: a, beads: [{id: s-1, title: x}]}]\n',
    });
    expect(await phasewise(folder, 'prompt', 'servey')).toMatchObject({
      code: 2,
      out: '',
      err: 'phasewise: there is no phase, bead or gate servey. Did you mean Survey?\n',
    });
  });

  test('a phase that several plans have needs --plan', async () => {
    const folder = temporaryFolder({
      ...bakery,
      'shop.plan.yaml': 'plan: shop\nphases: [{id: 1, title: Shelf, beads: [{id: s-1, title: x}]}]\n',
    });
    expect(await phasewise(folder, 'prompt', '1')).toMatchObject({ code: 2, err: expect.stringContaining('--plan') });
    expect((await phasewise(folder, 'prompt', '1', '--plan', 'shop')).out).toMatch(/^# Phase 1 — Shelf/);
  });

  test('templates of the nearest folder above the plan are used', async () => {
    const folder = temporaryFolder({
      'sub/PLAN.md': bakery['PLAN.md'] ?? '',
      '.phasewise/templates/phase.md': 'Bake {{phase.title}} from {{plan.file}}.\n',
    });
    expect((await phasewise(folder, 'prompt', '1', 'sub')).out).toBe('Bake Oven from sub/PLAN.md.\n');
  });

  test('a broken template is reported at its place, and the built-in one is used', async () => {
    const folder = temporaryFolder({ ...bakery, '.phasewise/templates/phase.md': 'x\n{{phase.titel}}\n' });
    const { code, out, err } = await phasewise(folder, 'prompt', '1');
    expect(err).toMatch(/^\.phasewise\/templates\/phase\.md:2:1: error broken-template .*phase\.title/m);
    expect(out).toMatch(/^# Phase 1 — Oven/);
    expect(code).toBe(0);
  });
});

test('graph prints mermaid text', async () => {
  const { code, out } = await phasewise(temporaryFolder(bakery), 'graph');
  expect(code).toBe(0);
  expect(out).toMatch(/^flowchart TB\n/);
  expect(out).toContain('Bake a loaf');
});

test('graph says which plan is which when there are several', async () => {
  const folder = temporaryFolder({
    ...bakery,
    'shop.plan.yaml': 'plan: shop\ntitle: S\nphases: [{id: 1, beads: [{id: s-1, title: x}]}]\n',
  });
  const { out } = await phasewise(folder, 'graph');
  expect(out.match(/^%% .*/gm)).toEqual(['%% bakery: Open the bakery', '%% shop: S']);
  expect(out.match(/^flowchart /gm)).toHaveLength(2);
});

describe('ready', () => {
  test('lists what comes next', async () => {
    const { out } = await phasewise(temporaryFolder(bakery), 'ready');
    expect(out).toMatch(/^ {2}b-2 {2}P1 {2}Phase 1 {2}unblocks \d {2}Heat the oven$/m);
    expect(out).not.toContain('b-3');
  });

  test('--json gives each with its place', async () => {
    const { out } = await phasewise(temporaryFolder(bakery), 'ready', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ready: [
        {
          plan: 'bakery',
          kind: 'bead',
          id: 'b-2',
          phase: '1',
          priority: 'P1',
          source: { file: 'PLAN.md', line: 11, column: 1 },
        },
      ],
    });
  });
});

describe('wrong use ends with 2 and says what to write', () => {
  test.each([
    [['shwo'], 'unknown command shwo. Did you mean show?'],
    [['deploy'], 'unknown command deploy. Use one of show, check, prompt, graph, ready'],
    [[], 'which command? Use one of show, check, prompt, graph, ready'],
    [['show', '--jsn'], 'unknown option --jsn. Did you mean --json?'],
    [['show', '-x'], 'unknown option -x'],
    [['graph', '--json'], 'graph has no --json'],
    [['show', '--plan'], '--plan needs a value'],
    [['show', '--json=yes'], '--json takes no value'],
    [['prompt'], 'which phase? Write: phasewise prompt PHASE|BEAD|GATE [PATHS]'],
    [['show', 'nothing.md'], 'nothing.md: there is no such file or folder'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await phasewise(temporaryFolder(bakery), ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`phasewise: ${message}`);
  });

  test('a path that is not there does not keep the others back', async () => {
    const { code, out, err } = await phasewise(temporaryFolder(bakery), 'show', 'nothing.md', '.');
    expect(code).toBe(2);
    expect(err).toContain('nothing.md');
    expect(out).toContain('Open the bakery');
  });

  test('a binary file that is named is refused', async () => {
    const { code, err } = await phasewise(temporaryFolder({ 'PLAN.md': 'a\0b' }), 'show', 'PLAN.md');
    expect(code).toBe(2);
    expect(err).toContain('PLAN.md: it is a binary file');
  });

  test.skipIf(process.getuid?.() === 0)(
    'a plan file that may not be read is named, and the rest is printed',
    async () => {
      const folder = temporaryFolder({ ...bakery, 'x.plan.md': '# x' });
      chmodSync(join(folder, 'x.plan.md'), 0);
      const { code, out, err } = await phasewise(folder, 'show');
      expect(code).toBe(2);
      expect(err).toContain('x.plan.md: it may not be read');
      expect(out).toContain('Open the bakery');
    },
  );
});

test('--help tells every command and option, --version the version', async () => {
  const { code, out } = await phasewise('/', '--help');
  expect(code).toBe(0);
  for (const word of ['show', 'check', 'prompt PHASE', 'graph', 'ready', '--json', '--plan', '--version'])
    expect(out).toContain(word);
  expect(await phasewise('/', 'show', '--version')).toMatchObject({ code: 0, out: `${version}\n` });
});

test.each([
  ['with a byte order mark', Buffer.from(`\ufeff${bakery['PLAN.md']}`)],
  ['in UTF-16', Buffer.from(`\ufeff${bakery['PLAN.md']}`, 'utf16le')],
])('a file %s is read', async (_, bytes) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'PLAN.md'), bytes);
  const { out } = await phasewise(folder, 'show', '--json');
  expect(JSON.parse(out).plans[0].id).toBe('bakery');
});
