import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Change, holdFiles } from '../../../src/writing/holdFiles';
import { hashOf } from '../../../src/writing/journal';
import { WriteRefusal } from '../../../src/writing/refusal';
import { git, temporaryFolder, temporaryRepository, writeFiles } from '../../support/temporary';

function replace(...changes: readonly Change[]): Promise<void> {
  return holdFiles(
    changes.map(({ path }) => path),
    (hold) => hold.replace(changes),
  );
}

async function refusalOf(work: Promise<unknown>): Promise<WriteRefusal> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof WriteRefusal)) throw new Error(`not refused: ${error}`);
  return error;
}

/** What a killed writer leaves: a lock whose owner is gone, with these files in it. */
function leftLock(folder: string, files: Readonly<Record<string, string>>): void {
  writeFiles(join(folder, '.phasewise.lock'), { '.gitignore': '*\n', '0123456789abcdef.0': '0--', ...files });
}

test('several files are replaced, a new one is made, and nothing else is left', async () => {
  const folder = temporaryFolder({ 'PLAN.md': 'old\n' });
  const [plan, progress] = [join(folder, 'PLAN.md'), join(folder, 'log/progress.md')];
  await replace(
    { path: plan, before: 'old\n', after: 'new\n' },
    { path: progress, before: undefined, after: 'entry\n' },
  );
  expect(readFileSync(plan, 'utf8')).toBe('new\n');
  expect(readFileSync(progress, 'utf8')).toBe('entry\n');
  expect(readdirSync(folder)).toEqual(['PLAN.md', 'log']);
  expect(readdirSync(join(folder, 'log'))).toEqual(['progress.md']);
});

test('mode, byte order mark and link stay', async () => {
  const folder = temporaryFolder({ 'real.md': '\ufeffold\r\n' });
  const [real, link] = [join(folder, 'real.md'), join(folder, 'PLAN.md')];
  chmodSync(real, 0o640);
  symlinkSync(real, link);
  await replace({ path: link, before: 'old\r\n', after: 'new\r\n' });
  expect(readFileSync(real, 'utf8')).toBe('\ufeffnew\r\n');
  expect(statSync(real).mode & 0o777).toBe(0o640);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test('when one file is not what it was, none is written', async () => {
  const folder = temporaryFolder({ 'PLAN.md': 'old\n', 'progress.md': 'somebody else\n' });
  const [plan, progress] = [join(folder, 'PLAN.md'), join(folder, 'progress.md')];
  const changes = [
    { path: plan, before: 'old\n', after: 'new\n' },
    { path: progress, before: '', after: 'entry\n' },
  ];
  expect(await refusalOf(replace(...changes))).toMatchObject({ code: 'changed', path: progress });
  expect(readFileSync(plan, 'utf8')).toBe('old\n');
  expect(readFileSync(progress, 'utf8')).toBe('somebody else\n');
  expect(readdirSync(folder)).toEqual(['PLAN.md', 'progress.md']);
});

test('a file that is gone, read-only or not text is refused with what to do', async () => {
  const folder = temporaryFolder({ 'read-only.md': 'old\n' });
  chmodSync(join(folder, 'read-only.md'), 0o444);
  writeFileSync(join(folder, 'latin.md'), Buffer.from([0x68, 0xe9, 0x0a]));
  const refused = (name: string, before: string) =>
    refusalOf(replace({ path: join(folder, name), before, after: 'new\n' }));
  expect(await refused('gone.md', 'old\n')).toMatchObject({ code: 'gone', advice: expect.stringContaining('moved') });
  expect(await refused('read-only.md', 'old\n')).toMatchObject({ code: 'read-only' });
  expect(await refused('latin.md', 'h\ufffd\n')).toMatchObject({ code: 'not-text' });
  expect(readdirSync(folder).sort()).toEqual(['latin.md', 'read-only.md']);
});

test('one at a time, across folders that are named in any order', async () => {
  const folder = temporaryFolder({ 'a/PLAN.md': '0', 'b/progress.md': '0' });
  const files = [join(folder, 'a/PLAN.md'), join(folder, 'b/progress.md')];
  let inside = 0;
  const count = (paths: readonly string[]) =>
    holdFiles(paths, async (hold) => {
      expect(++inside).toBe(1);
      const before = readFileSync(files[0] ?? '', 'utf8');
      await sleep(2);
      await hold.replace(files.map((path) => ({ path, before, after: String(Number(before) + 1) })));
      inside--;
    });
  await Promise.all(Array.from({ length: 20 }, (_, index) => count(index % 2 === 0 ? files : [...files].reverse())));
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['20', '20']);
});

test('who waits too long is told who has it', async () => {
  const folder = temporaryFolder({ 'PLAN.md': 'old\n' });
  const files = [join(folder, 'PLAN.md')];
  const refusal = await holdFiles(files, () => refusalOf(holdFiles(files, async () => undefined, { wait: 50 })));
  expect(refusal.code).toBe('busy');
  expect(refusal.message).toContain(`Process ${process.pid} `);
});

test('git never sees a lock, nor what is in it', async () => {
  const folder = temporaryRepository({ 'plans/PLAN.md': 'old\n' });
  const file = join(folder, 'plans/PLAN.md');
  await holdFiles([file], async () => expect(git(folder, 'status', '--porcelain', '--untracked-files=all')).toBe(''));
  leftLock(join(folder, 'plans'), { 'staged.0': 'half' });
  expect(git(folder, 'status', '--porcelain', '--untracked-files=all')).toBe('');
});

test('a step that was written down before its writer was killed is finished by the next one', async () => {
  const folder = temporaryFolder({ 'PLAN.md': 'new\n', 'progress.md': 'first\n' });
  leftLock(folder, {
    'staged.1': 'first\nsecond\n',
    'journal.json': journalText(folder, 'first\n'),
  });
  await holdFiles([join(folder, 'PLAN.md')], async () => undefined);
  expect(readFileSync(join(folder, 'progress.md'), 'utf8')).toBe('first\nsecond\n');
  expect(readdirSync(folder)).toEqual(['PLAN.md', 'progress.md']);
});

test('what somebody added to the progress file after the kill stays beside the step’s entry', async () => {
  const folder = temporaryFolder({ 'PLAN.md': 'new\n', 'progress.md': 'first\nby hand\n' });
  leftLock(folder, { 'staged.1': 'first\nsecond\n', 'journal.json': journalText(folder, 'first\n') });
  await holdFiles([join(folder, 'PLAN.md')], async () => undefined);
  expect(readFileSync(join(folder, 'progress.md'), 'utf8')).toBe('first\nby hand\nsecond\n');
});

test('a step that was not begun is dropped when its plan is another by now', async () => {
  const folder = temporaryFolder({ 'PLAN.md': 'another\n', 'progress.md': 'first\n' });
  leftLock(folder, {
    'staged.0': 'new\n',
    'staged.1': 'first\nsecond\n',
    'journal.json': journalText(folder, 'first\n'),
  });
  await holdFiles([join(folder, 'PLAN.md')], async () => undefined);
  expect(readFileSync(join(folder, 'PLAN.md'), 'utf8')).toBe('another\n');
  expect(readFileSync(join(folder, 'progress.md'), 'utf8')).toBe('first\n');
});

test('a journal that a stranger put there reaches no file outside of its folder', async () => {
  const folder = temporaryFolder({ 'plan/PLAN.md': 'plan\n', 'home/secret': 'mine\n' });
  const file = {
    target: join(folder, 'home/secret'),
    staged: 'staged.0',
    before: hashOf(Buffer.from('mine\n')),
    appended: null,
  };
  const journal = { step: 'x', folders: [join(folder, 'plan'), join(folder, 'home')], files: [file] };
  leftLock(join(folder, 'plan'), { 'staged.0': 'theirs\n', 'journal.json': JSON.stringify(journal) });
  await holdFiles([join(folder, 'plan/PLAN.md')], async () => undefined);
  expect(readFileSync(join(folder, 'home/secret'), 'utf8')).toBe('mine\n');
  expect(readdirSync(join(folder, 'home'))).toEqual(['secret']);
});

test('a lock of another machine is taken over once it gave no sign of life for seconds', async () => {
  const folder = temporaryFolder({ 'PLAN.md': 'old\n' });
  writeFiles(join(folder, '.phasewise.lock'), { '.gitignore': '*\n', '0123456789abcdef.0': '1-1-abcdef012345' });
  const started = performance.now();
  await holdFiles([join(folder, 'PLAN.md')], async () => undefined);
  expect(performance.now() - started).toBeGreaterThan(4_000);
  expect(readdirSync(folder)).toEqual(['PLAN.md']);
});

test('the lock of a process whose id another one has by now is taken over at once', async () => {
  const folder = temporaryFolder({ 'PLAN.md': 'old\n' });
  const file = join(folder, 'PLAN.md');
  const place = join(folder, '.phasewise.lock');
  const own = await holdFiles([file], async () => {
    const name = readdirSync(place).find((each) => each.endsWith('.0')) ?? '';
    return readFileSync(join(place, name), 'utf8').split('-');
  });
  if (own[1] === '') return; // only Linux tells
  mkdirSync(place);
  writeFiles(place, { '0123456789abcdef.0': `${own[0]}-1-${own[2]}` });
  await holdFiles([file], async () => undefined, { wait: 1_000 });
  expect(readdirSync(folder)).toEqual(['PLAN.md']);
});

test.each(['file', 'folder'])('a %s that has the name of the lock and is none is named', async (kind) => {
  const folder = temporaryFolder({ 'PLAN.md': 'old\n' });
  writeFiles(folder, { [kind === 'file' ? '.phasewise.lock' : '.phasewise.lock/what']: 'is this\n' });
  const refusal = await refusalOf(holdFiles([join(folder, 'PLAN.md')], async () => undefined));
  expect(refusal).toMatchObject({ code: 'in-the-way', path: join(folder, '.phasewise.lock') });
});

/** The journal of a step that replaced PLAN.md (old to new) and adds `second` to progress.md. */
function journalText(folder: string, progress: string): string {
  const files = [
    { target: join(folder, 'PLAN.md'), staged: 'staged.0', before: hashOf(Buffer.from('old\n')), appended: null },
    {
      target: join(folder, 'progress.md'),
      staged: 'staged.1',
      before: hashOf(Buffer.from(progress)),
      appended: 'second\n',
    },
  ];
  return JSON.stringify({ step: 'a-step', folders: [folder], files });
}
