import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { phasewise, phasewiseWith } from '../../support/commandLine';
import { type Files, git, temporaryFolder, temporaryRepository, writeFiles } from '../../support/temporary';

const bakery: Files = {
  'PLAN.md': `---
plan: bakery
mode: executing
progress: progress.md
---

# Open the bakery

## Phase 1 — Oven

- [ ] b-1 — Buy the oven | P0 | done when: \`test -f oven.txt\`
- [ ] b-2 — Heat the oven | P1 | blocked by: b-1 | done when: 250 °C

## Phase 2 — Bread

- [ ] b-3 — Bake a loaf | P0 | blocked by: b-2 | done when: 1 loaf is eaten
`,
  'progress.md': '# Progress\n\n- 2026-01-01 · begun\n',
};

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

async function data(folder: string, ...args: readonly string[]) {
  const { out } = await phasewise(folder, ...args, '--json');
  return JSON.parse(out);
}

describe('claim', () => {
  test('writes status and owner, and says so', async () => {
    const folder = temporaryFolder(bakery);
    const { code, out, err } = await phasewise(folder, 'claim', 'b-1', '--as', 'maria');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/maria.*b-1/);
    expect(read(folder, 'PLAN.md')).toMatch(/b-1 — Buy the oven.*maria/);
    expect((await data(folder, 'show', 'b-1')).data).toMatchObject({ state: 'in_progress', owner: '@maria' });
  });

  test('--json is an envelope with the bead as it is now', async () => {
    const envelope = await data(temporaryFolder(bakery), 'claim', 'b-1', '--as', 'maria');
    expect(envelope).toMatchObject({
      version: 1,
      ok: true,
      command: 'claim',
      data: {
        plan: 'bakery',
        files: ['PLAN.md', 'progress.md'],
        bead: { id: 'b-1', owner: '@maria', state: 'in_progress' },
      },
    });
  });

  test('--json tells in the same envelope that the call is wrong', async () => {
    const folder = temporaryFolder(bakery);
    for (const args of [['claim'], ['claim', 'b-1', '--bogus'], ['close', 'b-9', '--evidence', 'x']]) {
      const { code, out, err } = await phasewise(folder, ...args, '--json');
      expect({ code, err }).toEqual({ code: 2, err: '' });
      expect(JSON.parse(out)).toMatchObject({
        version: 1,
        ok: false,
        command: args[0],
        error: { code: args[1] === 'b-9' ? 'unknown' : 'usage', message: expect.any(String) },
      });
    }
    expect((await phasewise(folder, 'ready', '--bogus', '--json')).err).toMatch(/^phasewise: unknown option --bogus/);
  });

  test('a blocked bead is refused with the chain of reasons, and nothing is written', async () => {
    const folder = temporaryFolder(bakery);
    const { code, out, err } = await phasewise(folder, 'claim', 'b-3', '--as', 'maria');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^phasewise: .*blocked by b-2, which waits for b-1/);
    expect(read(folder, 'PLAN.md')).toBe(bakery['PLAN.md']);
    expect(await data(folder, 'claim', 'b-3', '--as', 'maria')).toMatchObject({
      version: 1,
      ok: false,
      command: 'claim',
      error: { code: 'blocked', advice: expect.any(String) },
    });
  });

  test('what another holds is refused with the name', async () => {
    const folder = temporaryFolder(bakery);
    await phasewise(folder, 'claim', 'b-1', '--as', 'maria');
    const { code, err } = await phasewise(folder, 'claim', 'b-1', '--as', 'tomas');
    expect(code).toBe(1);
    expect(err).toContain('maria');
  });

  test('a bead that is a mere text gets room for what happens to it', async () => {
    const folder = temporaryFolder({
      'shop.plan.yaml':
        'plan: shop\nphases:\n  - id: A\n    title: Begin\n    beads:\n      - Rent a room # soon\n      - Buy shelves\n',
    });
    expect((await phasewise(folder, 'claim', 'A.1', '--as', 'maria')).code).toBe(0);
    expect((await phasewise(folder, 'close', 'A.1', '--evidence', 'the contract: signed', '--as', 'maria')).code).toBe(
      0,
    );
    expect(read(folder, 'shop.plan.yaml')).toMatch(
      / {6}- title: Rent a room # soon\n {8}status: closed\n {8}owner: .*\n {8}evidence: "the contract: signed"\n {6}- Buy shelves\n$/,
    );
  });

  test('--next takes the first that is ready and free', async () => {
    const folder = temporaryFolder(bakery);
    expect((await data(folder, 'claim', '--next', '--as', 'maria')).data.bead.id).toBe('b-1');
    expect(await data(folder, 'claim', '--next', '--as', 'tomas')).toMatchObject({
      ok: false,
      error: { code: 'state' },
    });
  });

  test('--next takes a part of a bead, never the bead that is made of parts', async () => {
    const plan = '# Bread\n\n## Phase 1 — Dough\n\n- [ ] d-1 — Make dough | P0\n  - [ ] d-1a — Weigh the flour | P0\n';
    const folder = temporaryFolder({ 'PLAN.md': plan });
    expect((await data(folder, 'claim', '--next', '--as', 'maria')).data.bead.id).toBe('d-1a');
  });

  test('who is not named is whom git knows here', async () => {
    const folder = temporaryRepository(bakery);
    git(folder, 'config', 'user.name', 'Ada Lovelace');
    expect((await data(folder, 'claim', 'b-1')).data.bead.owner).toBe('@Ada-Lovelace');
  });

  test('an unknown bead is wrong use, with the nearest', async () => {
    const folder = temporaryFolder({ ...bakery, 'PLAN.md': (bakery['PLAN.md'] ?? '').replaceAll('b-', 'bake-') });
    const { code, err } = await phasewise(folder, 'claim', 'bakr-2');
    expect(code).toBe(2);
    expect(err).toBe('phasewise: there is no bead bakr-2. Did you mean bake-2?\n');
    expect(await data(folder, 'claim', 'bakr-2')).toMatchObject({
      ok: false,
      error: { code: 'unknown', advice: null },
    });
  });
});

describe('gate', () => {
  const gated: Files = {
    'PLAN.md': `# Gated

## Phase 1 — Oven

- [x] b-1 — Heat the oven | P0 | done when: 250 °C

### Gate G1 — Warm enough

| Criterion | Pass | Adjust | Abort |
| --- | --- | --- | --- |
| Temperature | ≥ 250 °C | 200–249 °C | < 200 °C |
| Noise = level | < 40 dB | 40–60 dB | > 60 dB |

## Phase 2 — Bread

- [ ] b-3 — Bake a loaf | P0
`,
  };

  test('without a verdict one is proposed, and nothing is written', async () => {
    const folder = temporaryFolder(gated);
    const measured = ['--measured', 'temp=255 °C', '--measured', 'noise = level = 38 dB'];
    expect(await data(folder, 'gate', 'G1', ...measured)).toMatchObject({
      ok: true,
      data: {
        proposed: 'pass',
        rows: [
          { measured: '255 °C', verdict: 'pass' },
          { measured: '38 dB', verdict: 'pass' },
        ],
      },
    });
    expect((await phasewise(folder, 'gate', 'g1', '--measured', '1=210 °C')).out).toContain('a person decides');
    expect(read(folder, 'PLAN.md')).toBe(gated['PLAN.md']);
  });

  test('with a verdict it is decided, and what waited goes on', async () => {
    const folder = temporaryFolder(gated);
    const measured = ['--measured', '1=255 °C', '--measured', '2=38 dB', '--as', 'maria'];
    expect(await phasewise(folder, 'gate', 'G1', ...measured, '--verdict', 'abort')).toMatchObject({ code: 1 });
    expect(await phasewise(folder, 'gate', 'G1', ...measured, '--verdict', 'pass')).toMatchObject({ code: 0 });
    expect(read(folder, 'PLAN.md')).toMatch(/Decision: Pass .*@maria/);
    expect((await data(folder, 'ready')).ready).toMatchObject([{ id: 'b-3' }]);
  });

  test('a value for what is no criterion, and a verdict that is none, are wrong use', async () => {
    const folder = temporaryFolder(gated);
    expect(await phasewise(folder, 'gate', 'G1', '--measured', 'temprature=1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean Temperature?'),
    });
    expect(await phasewise(folder, 'gate', 'G1', '--verdict', 'fail')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Use one of pass, adjust, abort'),
    });
  });
});

test('prompts for reviewers of the whole plan', async () => {
  const folder = temporaryFolder(bakery);
  for (const kind of ['readiness', 'critique']) {
    expect((await data(folder, 'prompt', kind)).data).toMatchObject({ kind, id: null, text: expect.any(String) });
  }
});

describe('close', () => {
  test('writes status, evidence and a progress entry in one step', async () => {
    const folder = temporaryFolder(bakery);
    await phasewise(folder, 'claim', 'b-1', '--as', 'maria');
    const { code } = await phasewise(folder, 'close', 'b-1', '--evidence', 'photo oven.jpg', '--as', 'maria');
    expect(code).toBe(0);
    expect((await data(folder, 'show', 'b-1')).data).toMatchObject({ state: 'closed', evidence: 'photo oven.jpg' });
    expect(read(folder, 'progress.md')).toMatch(/b-1.*photo oven\.jpg/);
    expect((await data(folder, 'ready')).ready).toMatchObject([{ id: 'b-2' }]);
  });

  test('needs evidence', async () => {
    const folder = temporaryFolder(bakery);
    expect(await data(folder, 'close', 'b-1', '--as', 'maria')).toMatchObject({ error: { code: 'no-evidence' } });
  });

  test('takes a commit as evidence, and refuses one that is not there', async () => {
    const folder = temporaryRepository(bakery);
    const wrong = await phasewise(folder, 'close', 'b-1', '--commit', 'nothing');
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('there is no commit nothing here') });
    await phasewise(folder, 'close', 'b-1', '--commit', 'HEAD', '--as', 'maria');
    const head = git(folder, 'rev-parse', '--short', 'HEAD');
    expect((await data(folder, 'show', 'b-1')).data.evidence).toBe(`commit ${head}: Start`);
  });

  test('a bead whose blockers are open is closed only with a reason, which is written down', async () => {
    const folder = temporaryFolder(bakery);
    const args = ['close', 'b-2', '--evidence', '251 °C', '--as', 'maria'] as const;
    expect(await phasewise(folder, ...args)).toMatchObject({ code: 1, err: expect.stringContaining('b-1') });
    expect(await phasewise(folder, ...args, '--override', 'the oven was there')).toMatchObject({ code: 0 });
    expect(read(folder, 'PLAN.md')).toMatch(/override.*the oven was there/);
  });

  test('--verified runs the verification first, and takes its result as evidence', async () => {
    const folder = temporaryFolder(bakery);
    const args = ['close', 'b-1', '--verified', '--yes', '--as', 'maria'] as const;
    const failed = await phasewise(folder, ...args);
    expect(failed).toMatchObject({ code: 1, err: expect.stringContaining('the verification failed') });
    expect(read(folder, 'PLAN.md')).toBe(bakery['PLAN.md']);
    writeFileSync(join(folder, 'oven.txt'), '');
    expect(await phasewise(folder, ...args)).toMatchObject({ code: 0 });
    expect((await data(folder, 'show', 'b-1')).data.evidence).toContain('`test -f oven.txt` ended with 0');
  });
});

test('release gives a bead back; what another holds only with --force', async () => {
  const folder = temporaryFolder(bakery);
  await phasewise(folder, 'claim', 'b-1', '--as', 'maria');
  expect(await phasewise(folder, 'release', 'b-1', '--as', 'tomas')).toMatchObject({ code: 1 });
  expect(await phasewise(folder, 'release', 'b-1', '--as', 'tomas', '--force')).toMatchObject({ code: 0 });
  expect((await data(folder, 'show', 'b-1')).data).toMatchObject({ state: 'ready', owner: null });
});

test('defer and reopen', async () => {
  const folder = temporaryFolder(bakery);
  expect(await phasewise(folder, 'defer', 'b-1', '--as', 'maria')).toMatchObject({ code: 0 });
  expect((await data(folder, 'show', 'b-1')).data.state).toBe('deferred');
  expect(await phasewise(folder, 'reopen', 'b-1', '--as', 'maria')).toMatchObject({ code: 0 });
  expect((await data(folder, 'show', 'b-1')).data.state).toBe('ready');
});

describe('files that cannot be written are refused with what to do', () => {
  const claim = async (folder: string) => await data(folder, 'claim', 'b-1', '--as', 'maria');

  test('read-only', async () => {
    const folder = temporaryFolder(bakery);
    chmodSync(join(folder, 'PLAN.md'), 0o444);
    expect(await claim(folder)).toMatchObject({
      ok: false,
      error: { code: 'read-only', message: expect.stringContaining('PLAN.md') },
    });
    expect(read(folder, 'PLAN.md')).toBe(bakery['PLAN.md']);
    expect(read(folder, 'progress.md')).toBe(bakery['progress.md']);
  });

  test('with the marks of a merge', async () => {
    const plan = `${bakery['PLAN.md']}\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n`;
    const folder = temporaryFolder({ ...bakery, 'PLAN.md': plan });
    expect(await claim(folder)).toMatchObject({
      ok: false,
      error: { code: 'not-written', message: expect.stringContaining('merge') },
    });
    expect(read(folder, 'PLAN.md')).toBe(plan);
  });

  test('that does not parse', async () => {
    const text = 'plan: x\nphases:\n  - id: 1\n    beads: [{id: b-1, title: One}\n';
    const folder = temporaryFolder({ 'x.plan.yaml': text });
    const { code } = await phasewise(folder, 'claim', 'b-1', '--as', 'maria');
    expect(code).toBeGreaterThan(0);
    expect(read(folder, 'x.plan.yaml')).toBe(text);
  });

  test('that is not UTF-8', async () => {
    const folder = temporaryFolder(bakery);
    writeFileSync(join(folder, 'PLAN.md'), Buffer.from(`\ufeff${bakery['PLAN.md']}`, 'utf16le'));
    expect(await claim(folder)).toMatchObject({ ok: false, error: { code: 'not-text' } });
  });
});

test('a progress file that leads out of the folder is not written', async () => {
  const outside = temporaryFolder({ 'progress.md': 'mine\n' });
  const folder = temporaryFolder({
    'PLAN.md': (bakery['PLAN.md'] ?? '').replace('progress.md', `${outside}/progress.md`),
  });
  await phasewise(folder, 'close', 'b-1', '--evidence', 'x-1 measured', '--as', 'maria');
  expect(read(outside, 'progress.md')).toBe('mine\n');
});

describe('in the worktree of a phase', () => {
  function worktree(): { readonly main: string; readonly tree: string } {
    const main = temporaryRepository(bakery);
    const tree = join(temporaryFolder(), 'phase-1');
    git(main, 'worktree', 'add', '--quiet', '-b', 'phase-1', tree);
    const record = { plan: 'bakery', phase: '1', title: 'Oven', planFile: 'PLAN.md', branch: 'phase-1', base: 'main' };
    writeFiles(tree, { '.phasewise/phase/phase.json': JSON.stringify(record) });
    return { main, tree };
  }

  test('the plan of the main checkout is read and written', async () => {
    const { main, tree } = worktree();
    expect(await phasewise(tree, 'claim', 'b-1', '--as', 'maria')).toMatchObject({ code: 0 });
    expect(read(main, 'PLAN.md')).toContain('maria');
    expect(read(tree, 'PLAN.md')).toBe(bakery['PLAN.md']);
    expect((await data(join(tree), 'show', 'b-1')).data.state).toBe('in_progress');
  });

  test('verification runs in the worktree', async () => {
    const { tree } = worktree();
    writeFileSync(join(tree, 'oven.txt'), '');
    expect(await data(tree, 'verify', 'b-1', '--yes', '--as', 'maria')).toMatchObject({
      data: { passed: true, folder: tree },
    });
  });

  test('what is named is what counts', async () => {
    const { main, tree } = worktree();
    await phasewise(tree, 'claim', 'b-1', 'PLAN.md', '--as', 'maria');
    expect(read(main, 'PLAN.md')).toBe(bakery['PLAN.md']);
    expect(existsSync(join(tree, 'PLAN.md'))).toBe(true);
    expect(read(tree, 'PLAN.md')).toContain('maria');
  });
});

describe('approve and start', () => {
  const planned: Files = {
    'PLAN.md': (bakery['PLAN.md'] ?? '').replace('mode: executing', 'mode: planning'),
    'progress.md': bakery['progress.md'] ?? '',
  };

  test('a plan goes from planning to executing once it is approved and committed', async () => {
    const folder = temporaryRepository(planned);
    expect(await data(folder, 'claim', 'b-1', '--as', 'maria')).toMatchObject({ error: { code: 'planning' } });
    const early = await phasewise(folder, 'start', '--as', 'maria');
    expect(early).toMatchObject({ code: 1, err: expect.stringContaining('Nobody has approved the plan.') });
    expect(await phasewise(folder, 'approve', 'plan', '--as', 'maria')).toMatchObject({ code: 0 });
    const uncommitted = await phasewise(folder, 'start', '--as', 'maria');
    expect(uncommitted).toMatchObject({ code: 1, err: expect.stringMatching(/commit/) });
    git(folder, 'commit', '--quiet', '--all', '--message=Approved');
    expect(await phasewise(folder, 'start', '--as', 'maria')).toMatchObject({ code: 0 });
    expect(read(folder, 'PLAN.md')).toContain('mode: executing');
    // The approval of the whole plan holds for its phases, until the plan is changed.
    expect(await phasewise(folder, 'claim', 'b-1', '--as', 'maria')).toMatchObject({ code: 0 });
    await phasewise(folder, 'release', 'b-1', '--as', 'maria');
    writeFileSync(join(folder, 'PLAN.md'), read(folder, 'PLAN.md').replace('1 loaf', '2 loaves'));
    expect(await phasewise(folder, 'claim', 'b-1', '--as', 'maria')).toMatchObject({
      code: 1,
      err: expect.stringContaining('the approval of Phase 1'),
    });
    await phasewise(folder, 'approve', '1', '--as', 'maria');
    expect(await phasewise(folder, 'claim', 'b-1', '--as', 'maria')).toMatchObject({ code: 0 });
  });

  test('a phase is approved by its id', async () => {
    const folder = temporaryFolder(bakery);
    expect((await data(folder, 'approve', '1', '--as', 'maria')).data).toMatchObject({ phase: { id: '1' } });
    expect(read(folder, 'PLAN.md')).toMatch(/Approved by: @maria on .*sha256:/);
  });
});

describe('scenario', () => {
  const failing: Files = {
    ...bakery,
    'PLAN.md': `${bakery['PLAN.md']}
## Failure scenarios

### Scenario F1 — The oven stays cold

Detection: less than 100 °C after 10 minutes.

1. Look at the fuse.
2. Call the electrician.
`,
  };

  test('is begun, and gone through step by step', async () => {
    const folder = temporaryFolder(failing);
    expect((await phasewise(folder, 'scenario', 'F1')).out).toContain('not started');
    expect(await data(folder, 'scenario', 'F1', '--outcome', 'worked')).toMatchObject({ error: { code: 'state' } });
    const begun = await data(folder, 'scenario', 'F1', '--start', '--bead', 'b-2', '--as', 'maria');
    expect(begun.data.scenario).toMatchObject({ state: 'running', bead: 'b-2', next: { number: 1 } });
    await phasewise(folder, 'scenario', 'F1', '--outcome', 'failed', '--note', 'the fuse is fine', '--as', 'maria');
    expect((await phasewise(folder, 'scenario', 'F1')).out).toMatch(
      /1\. Look at the fuse\. \(failed\)\n {2}2\. .* \(next\)/,
    );
    const done = await data(folder, 'scenario', 'F1', '--outcome', 'worked', '--step', '2', '--as', 'maria');
    expect(done.data.scenario.state).toBe('recovered');
  });
});

test('handoff tells what is in hand and what comes next, in under 4,000 characters', async () => {
  const folder = temporaryFolder(bakery);
  await phasewise(folder, 'claim', 'b-1', '--as', 'maria');
  const { out } = await phasewise(folder, 'handoff', '--as', 'maria');
  expect(out).toContain('b-1');
  expect(out.length).toBeLessThan(4_000);
  expect((await data(folder, 'handoff', '--as', 'maria')).data).toMatchObject({ plan: 'bakery', text: out });
});

describe('what is written down', () => {
  const words = 'Make it cheaper.\n\n"Much" cheaper, says the boss.\n';

  test('log takes words as an argument or from standard input, word for word', async () => {
    const folder = temporaryFolder(bakery);
    const one = await data(folder, 'log', 'Bake rye, too', '--title', 'Rye', '--as', 'maria');
    expect(one.data.files).toEqual(['PLAN-prompts.md']);
    const input = async () => words;
    expect(await phasewiseWith({ input }, folder, 'log', '--as', 'maria')).toMatchObject({ code: 0 });
    const log = read(folder, 'PLAN-prompts.md');
    expect(log).toMatch(/Rye[\s\S]*> Bake rye, too/);
    expect(log).toContain('> Make it cheaper.\n>\n> "Much" cheaper, says the boss.\n');
    expect((await data(folder, 'show')).plans).toMatchObject([{ id: 'bakery' }]);
  });

  test('critique needs a reason to be rejected', async () => {
    const folder = temporaryFolder(bakery);
    const args = [
      'critique',
      'The oven is too small for 100 loaves',
      '--verdict',
      'rejected',
      '--as',
      'maria',
    ] as const;
    expect(await data(folder, ...args)).toMatchObject({ ok: false, error: { code: 'input' } });
    expect(await phasewise(folder, ...args, '--reason', 'we bake 20')).toMatchObject({ code: 0 });
    expect(read(folder, 'PLAN.md')).toMatch(/too small for 100 loaves.*rejected.*we bake 20/);
  });

  test('readiness records passes, and tells whether reviewers still find something', async () => {
    const folder = temporaryFolder(bakery);
    expect((await phasewise(folder, 'readiness')).out).toBe('Nobody has reviewed the plan yet.\n');
    await phasewise(folder, 'readiness', '--rating', '6/10', '--gap', 'no flour', '--gap', 'no salt', '--as', 'maria');
    await phasewise(folder, 'readiness', '--rating', '9/10', '--as', 'maria');
    expect((await data(folder, 'readiness')).data).toMatchObject({ newGaps: [2, 0], state: 'settled' });
  });
});
