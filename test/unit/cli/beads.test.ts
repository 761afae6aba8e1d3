import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildCommandLine } from '../../support/builtCommandLine';
import { phasewise, phasewiseWith } from '../../support/commandLine';
import {
  callsOf,
  exportOf,
  pathWith,
  type StandIn,
  standInBd,
  trackedFolder,
  trackerOf,
} from '../../support/standInBd';
import { temporaryFolder } from '../../support/temporary';

const issues = [
  { id: 'bd-1', priority: 0 },
  { id: 'bd-2', priority: 1, dependencies: [{ issue_id: 'bd-2', depends_on_id: 'bd-1', type: 'blocks' }] },
];

afterEach(() => vi.unstubAllEnvs());

/** Puts it on the PATH. */
function install(standIn?: StandIn): void {
  vi.stubEnv('PATH', pathWith(standIn === undefined ? undefined : standInBd(standIn)));
}

// The stand-in is a script, which Windows does not start without a shell.
describe.skipIf(process.platform === 'win32')('with bd', () => {
  beforeEach(() => install({}));

  test('a bead of an export from claim to close', async () => {
    const folder = trackedFolder(issues);
    expect(await phasewise(folder, 'claim', '--next', '--as', 'ada')).toEqual({
      code: 0,
      out: 'ada works on bd-1 (Issue bd-1) now.\n',
      err: '',
    });
    expect(exportOf(folder)[0]).toMatchObject({ status: 'in_progress', assignee: 'ada' });
    const taken = await phasewise(folder, 'claim', 'bd-1', '--as', 'bob');
    expect(taken).toMatchObject({ code: 1, err: expect.stringContaining('Bead bd-1 is held by ada.') });
    const blocked = await phasewise(folder, 'claim', 'bd-2', '--as', 'bob');
    expect(blocked.err).toContain('Bead bd-2 is blocked: blocked by bd-1, in progress.');
    const bare = await phasewise(folder, 'close', 'bd-1', '--as', 'ada');
    expect(bare.err).toContain('needs evidence');
    const closed = await phasewise(folder, 'close', 'bd-1', '--as', 'ada', '--evidence', 'p95 = 31 ms', '--json');
    expect(JSON.parse(closed.out)).toMatchObject({
      ok: true,
      data: {
        plan: expect.any(String),
        files: ['.beads/issues.jsonl'],
        bead: { id: 'bd-1', status: 'closed', evidence: 'p95 = 31 ms' },
      },
    });
    expect((await phasewise(folder, 'ready')).out).toContain('bd-2');
    for (const [command, status] of [
      ['claim', 'in_progress'],
      ['release', 'open'],
      ['defer', 'deferred'],
      ['reopen', 'open'],
    ] as const) {
      expect(await phasewise(folder, command, 'bd-2', '--as', 'bob')).toMatchObject({ code: 0, err: '' });
      expect(trackerOf(folder)[1], command).toMatchObject({ status });
    }
    expect(exportOf(folder)).toEqual(trackerOf(folder));
  });

  test('what the tracker knows better is decided from that', async () => {
    const folder = trackedFolder([{ id: 'bd-1', status: 'in_progress', assignee: 'tomas' }], [{ id: 'bd-1' }]);
    const { code, err } = await phasewise(folder, 'claim', 'bd-1', '--as', 'ada');
    expect([code, err.split('\n')[0]]).toEqual([1, 'phasewise: Bead bd-1 is held by tomas.']);
    expect(exportOf(folder)[0]).toMatchObject({ assignee: 'tomas' });
  });

  test('two that claim one bead: one gets it', async () => {
    for (const version of ['new', 'old'] as const) {
      install({ version, exportsItself: true });
      const folder = trackedFolder(issues);
      const all = await Promise.all(['ada', 'bob'].map((name) => phasewise(folder, 'claim', 'bd-1', '--as', name)));
      expect(all.map(({ code }) => code).sort()).toEqual([0, 1]);
      expect(all.map(({ err }) => err).join('')).toMatch(/Bead bd-1 is held by (?:ada|bob)\./);
    }
  });

  test('an export that does not show it is told of', async () => {
    install({ fails: { export: 'disk full' } });
    const folder = trackedFolder(issues);
    const { code, out } = await phasewise(folder, 'claim', 'bd-1', '--as', 'ada', '--json');
    const { said, note } = JSON.parse(out).data;
    expect([code, said]).toEqual([0, 'ada works on bd-1 (Issue bd-1) now.']);
    expect(note).toMatch(/^Beads has changed bd-1, but its export does not show it yet: disk full\. Run in /);
    const text = await phasewise(trackedFolder(issues), 'claim', 'bd-1', '--as', 'ada');
    expect(text.out.split('\n')[1]).toContain('does not show it yet');
  });

  test('a failure is a refusal, and so is being stopped', async () => {
    install({ fails: { update: 'database is locked' } });
    const folder = trackedFolder(issues);
    const before = readFileSync(join(folder, '.beads/issues.jsonl'), 'utf8');
    const failed = await phasewise(folder, 'claim', 'bd-1', '--as', 'ada', '--json');
    expect(JSON.parse(failed.out)).toMatchObject({
      ok: false,
      error: { code: 'bd-failed', message: '`bd` did not do it: database is locked.' },
    });
    install({ hangs: 'show' });
    const stopped = await phasewiseWith({ signal: AbortSignal.abort() }, folder, 'claim', 'bd-1', '--as', 'ada');
    expect(stopped).toMatchObject({ code: 1, err: 'phasewise: `bd` was stopped.\nNothing was changed.\n' });
    expect(readFileSync(join(folder, '.beads/issues.jsonl'), 'utf8')).toBe(before);
  });

  test('Ctrl-C ends a bd that hangs, and tells of it', async () => {
    const bd = standInBd({ hangs: 'update' });
    const cli = await buildCommandLine(temporaryFolder());
    const env = { ...process.env, PATH: pathWith(bd) };
    const child = spawn(process.execPath, [cli, 'claim', 'bd-1', '--as', 'ada'], { cwd: trackedFolder(issues), env });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    await expect.poll(() => callsOf(bd).at(-1)?.[0]).toBe('update');
    child.kill('SIGINT');
    expect(await new Promise((done) => child.on('close', done))).toBe(1);
    expect(err).toMatch(/^phasewise: `bd` was stopped\.\nWhether it got to bd-1 is open\. See how the tracker has it/);
  });
});

test('without bd: why, and what to run where it is', async () => {
  install();
  const folder = trackedFolder(issues);
  const { code, out } = await phasewise(folder, 'claim', 'bd-1', '--as', 'ada', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out).error).toMatchObject({
    code: 'no-bd',
    advice: 'Install Beads here, or run where it is installed: `bd update bd-1 --claim --actor=ada`',
  });
  // What is wrong with the call itself comes first.
  expect((await phasewise(folder, 'claim', 'bd-2', '--as', 'ada')).err).toContain('is blocked');
});
