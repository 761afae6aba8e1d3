import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ActionOutcome, ActionSource } from '../../../src/core/actions/action';
import { claimBead, closeBead, deferBead, releaseBead, reopenBead } from '../../../src/core/actions/beads';
import type { Bead } from '../../../src/core/model';
import { type TellOptions, type Told, tellTracker } from '../../../src/tracker/tellTracker';
import { actionSource, beadIn, MARIA } from '../../support/actions';
import {
  callsOf,
  exportOf,
  type IssueText,
  pathWith,
  type StandIn,
  standInBd,
  trackedFolder,
  trackerOf,
} from '../../support/standInBd';

const EXPORT = '.beads/issues.jsonl';
const isWindows = process.platform === 'win32';

type Act = (source: ActionSource, bead: Bead) => ActionOutcome;

const claim: Act = (source, bead) => claimBead(source, bead, MARIA);
const close: Act = (source, bead) => closeBead(source, bead, MARIA, { evidence: ['3 pages'] });

async function tell(folder: string, bd: string | undefined, act: Act, more: Partial<TellOptions> = {}): Promise<Told> {
  const source = actionSource({ [EXPORT]: readFileSync(join(folder, EXPORT), 'utf8') });
  const outcome = act(source, beadIn(source, 'bd-1'));
  if (!('tracker' in outcome)) throw new Error(JSON.stringify(outcome));
  return await tellTracker(outcome.tracker, { path: join(folder, EXPORT), env: { PATH: pathWith(bd) }, ...more });
}

function refusalOf(told: Told) {
  if (told.ended !== 'refused') throw new Error(`it ended as ${told.ended}`);
  return told.refused;
}

// The stand-in is a script, which Windows does not start without a shell.
describe.skipIf(isWindows)('bd', () => {
  const done = async (act: Act, issue: Omit<IssueText, 'id'> = {}, standIn: StandIn = {}) => {
    const bd = standInBd({ exportsItself: true, ...standIn });
    const folder = trackedFolder([{ id: 'bd-1', ...issue }, { id: 'bd-2' }]);
    const told = await tell(folder, bd, act);
    expect(exportOf(folder)).toEqual(trackerOf(folder));
    return { told, issue: trackerOf(folder)[0], calls: callsOf(bd).filter(([name]) => name !== 'show') };
  };

  test.each(['new', 'old'] as const)('claims, releases, closes, reopens and defers: the %s one', async (version) => {
    const claimed = await done(claim, {}, { version });
    expect(claimed).toMatchObject({ told: { ended: 'done' }, issue: { status: 'in_progress', assignee: 'maria' } });
    expect(claimed.calls[0]).toEqual(['update', 'bd-1', '--claim', '--actor=maria', '--json']);
    const held = { status: 'in_progress', assignee: 'maria' };
    const release: Act = (source, bead) => releaseBead(source, bead, MARIA);
    expect((await done(release, held, { version })).issue).toMatchObject({ status: 'open', assignee: '' });
    const forced: Act = (source, bead) => releaseBead(source, bead, MARIA, { force: true });
    const released = await done(forced, { ...held, assignee: 'tomas' }, { version });
    expect(released.issue).toMatchObject({ status: 'open', assignee: '' });
    expect((await done(close, held, { version })).issue).toMatchObject({ status: 'closed', close_reason: '3 pages' });
    const reopen: Act = (source, bead) => reopenBead(source, bead, MARIA, { reason: 'It came back' });
    expect((await done(reopen, { status: 'closed' }, { version })).issue).toMatchObject({ status: 'open' });
    expect((await done(reopen, { status: 'deferred' }, { version })).issue).toMatchObject({ notes: 'It came back' });
    const defer: Act = (source, bead) => deferBead(source, bead, MARIA, { reason: 'After the launch' });
    expect((await done(defer, {}, { version })).issue).toMatchObject({ status: 'deferred', notes: 'After the launch' });
  });

  test('gets each argument as it is, whatever a shell would make of it', async () => {
    const hostile = '"; touch owned; $(touch owned) `touch owned` \\" %PATH% --force';
    const { issue } = await done((source, bead) => closeBead(source, bead, MARIA, { evidence: [hostile] }), {
      status: 'in_progress',
      assignee: 'maria',
    });
    expect(issue).toMatchObject({ close_reason: hostile });
  });

  test('is told to write the export where it does not by itself', async () => {
    const folder = trackedFolder([{ id: 'bd-1' }, { id: 'bd-2' }]);
    expect(await tell(folder, standInBd(), claim)).toEqual({ ended: 'done' });
    expect(exportOf(folder)).toEqual(trackerOf(folder));
  });

  test('does not take issues out of the export that it does not know', async () => {
    const known = [{ id: 'bd-1' }, { id: 'bd-2' }];
    const folder = trackedFolder(known, [...known, { id: 'bd-3' }]);
    const before = readFileSync(join(folder, EXPORT), 'utf8');
    expect(await tell(folder, standInBd(), claim)).toEqual({
      ended: 'done',
      note: `Beads has changed bd-1, but its export does not show it yet: it would take bd-3 out of it. Run in ${folder}: \`bd export -o .beads/issues.jsonl\``,
    });
    expect(readFileSync(join(folder, EXPORT), 'utf8')).toBe(before);
  });

  test('may fail to write the export: that is said', async () => {
    const folder = trackedFolder([{ id: 'bd-1' }]);
    const told = await tell(folder, standInBd({ fails: { export: 'disk full' } }), claim);
    expect(told).toMatchObject({
      ended: 'done',
      note: expect.stringContaining('does not show it yet: disk full. Run in'),
    });
  });

  test('knows better than its export: that is written, and the change has to be decided anew', async () => {
    const folder = trackedFolder([{ id: 'bd-1', status: 'in_progress', assignee: 'tomas' }], [{ id: 'bd-1' }]);
    expect(await tell(folder, standInBd(), claim)).toEqual({ ended: 'outdated' });
    expect(exportOf(folder)[0]).toMatchObject({ assignee: 'tomas' });
    const again = trackedFolder([{ id: 'bd-1', status: 'in_progress', assignee: 'tomas' }], [{ id: 'bd-1' }]);
    const { message } = refusalOf(await tell(again, standInBd({ fails: { export: 'disk full' } }), claim));
    expect(message).toBe(
      'The export is older than the tracker, which has bd-1 as in_progress, held by tomas, and `bd` did not bring it up to date: disk full.',
    );
  });

  test('refuses in words', async () => {
    const folder = trackedFolder([{ id: 'bd-1' }]);
    const before = readFileSync(join(folder, EXPORT), 'utf8');
    const failing = standInBd({ fails: { update: 'database is locked\nUsage:\n  bd update' } });
    expect(refusalOf(await tell(folder, failing, claim))).toEqual({
      code: 'bd-failed',
      message: '`bd` did not do it: database is locked.',
      advice: `Run it yourself to see more, in ${folder}: \`bd update bd-1 --claim --actor=maria\``,
    });
    const unknown = trackedFolder([{ id: 'bd-9' }], [{ id: 'bd-1' }]);
    for (const version of ['old', 'new'] as const) {
      const { message } = refusalOf(await tell(unknown, standInBd({ version }), claim));
      expect(message).toBe('`bd` did not do it: Issue bd-1 not found.');
    }
    expect(readFileSync(join(folder, EXPORT), 'utf8')).toBe(before);
  });

  test('refuses with code 0, as old ones do', async () => {
    const folder = trackedFolder([{ id: 'bd-1' }]);
    const bd = standInBd({ version: 'old' });
    // Somebody is faster between the look and the change.
    const program = readFileSync(join(bd, 'bd'), 'utf8');
    writeFileSync(
      join(bd, 'bd'),
      program.replace("case 'update':", "case 'update': return refuse('it is held by tomas');"),
    );
    expect(refusalOf(await tell(folder, bd, claim)).message).toBe('`bd` did not do it: it is held by tomas.');
  });

  test('may be too old', async () => {
    const bd = standInBd({ fails: { reopen: 'unknown command "reopen" for "bd"' } });
    const folder = trackedFolder([{ id: 'bd-1', status: 'closed' }]);
    const reopen: Act = (source, bead) => reopenBead(source, bead, MARIA);
    expect(refusalOf(await tell(folder, bd, reopen))).toMatchObject({
      message: 'This `bd` is too old: unknown command "reopen" for "bd".',
      advice: 'Install a newer Beads.',
    });
  });

  test('is stopped when it does not end, or when the user says so', async () => {
    const folder = trackedFolder([{ id: 'bd-1' }]);
    const late = await tell(folder, standInBd({ hangs: 'update' }), claim, { timeoutSeconds: 2 });
    expect(refusalOf(late)).toMatchObject({
      message: '`bd` did not answer within 2 s, and was stopped.',
      advice: `Whether it got to bd-1 is open. See how the tracker has it, in ${folder}: \`bd show bd-1\``,
    });
    const stop = AbortSignal.abort();
    const stopped = await tell(folder, standInBd({ hangs: 'show' }), claim, { signal: stop });
    expect(refusalOf(stopped)).toMatchObject({ message: '`bd` was stopped.', advice: 'Nothing was changed.' });
  });

  test('may leave a server behind that holds its output', async () => {
    const { told } = await done(claim, {}, { leavesServer: true });
    expect(told).toEqual({ ended: 'done' });
  });
});

test('without bd: what to run elsewhere', async () => {
  const folder = trackedFolder([{ id: 'bd-1', status: 'in_progress', assignee: 'maria' }]);
  expect(refusalOf(await tell(folder, undefined, close))).toEqual({
    code: 'no-bd',
    message:
      'Bead bd-1 stands in an export of the Beads tracker, which only its command `bd` changes, and there is no `bd` on the PATH.',
    advice: 'Install Beads here, or run where it is installed: `bd close bd-1 "--reason=3 pages" --actor=maria`',
  });
});

test('an export outside of .beads is nobody’s to write', async () => {
  const source = actionSource({ 'issues.jsonl': '{"id":"bd-1","title":"Read","status":"open"}\n' });
  const outcome = claim(source, beadIn(source, 'bd-1'));
  if (!('tracker' in outcome)) throw new Error('refused');
  expect(refusalOf(await tellTracker(outcome.tracker, { path: '/somewhere/issues.jsonl' })).code).toBe('not-written');
});
