import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { distance, listBranches } from '../../../src/git/branches';
import { statusOf } from '../../../src/git/status';
import { listWorktrees, parseWorktrees } from '../../../src/git/worktrees';
import { writeFiles } from '../../support/temporary';
import { commit, git, newRepository, repositoryAt, sh } from './repositories';

function withOrigin(): string {
  const app = newRepository();
  sh(app, 'clone', '--quiet', '--bare', '.', '../origin');
  sh(app, 'remote', 'add', 'origin', '../origin');
  sh(app, 'push', '--quiet', '-u', 'origin', 'main');
  return app;
}

test('a clean checkout, one ahead and behind its upstream, one whose upstream is gone', async () => {
  const app = withOrigin();
  const first = sh(app, 'rev-parse', 'HEAD');
  const clean = { changes: [], commit: first, branch: 'main', upstream: 'origin/main' };
  expect(await statusOf(git, app)).toEqual({ ...clean, ahead: 0, behind: 0 });
  commit(app, {}, 'theirs');
  sh(app, 'push', '--quiet');
  sh(app, 'reset', '--quiet', '--hard', first);
  commit(app, {}, 'mine');
  commit(app, {}, 'mine too');
  expect(await statusOf(git, app)).toMatchObject({ ahead: 2, behind: 1 });
  sh(app, 'update-ref', '-d', 'refs/remotes/origin/main');
  const gone = await statusOf(git, app);
  expect(gone.upstream).toBe('origin/main');
  expect(gone.ahead).toBeUndefined();
});

test('detached, and before the first commit', async () => {
  const app = newRepository();
  sh(app, 'checkout', '--quiet', '--detach');
  expect(await statusOf(git, app)).toEqual({ changes: [], commit: sh(app, 'rev-parse', 'HEAD') });
  const fresh = newRepository({ commits: false });
  writeFiles(fresh, { 'a b': '' });
  expect(await statusOf(git, fresh)).toEqual({ branch: 'main', changes: [{ path: 'a b', change: 'untracked' }] });
});

test('looking takes no lock', async () => {
  const app = newRepository();
  writeFiles(app, { '.git/index.lock': '' });
  expect((await statusOf(git, app)).changes).toEqual([]);
});

test('branches, the latest first, local and remote, without origin/HEAD', async () => {
  const app = withOrigin();
  sh(app, 'remote', 'set-head', 'origin', 'main');
  sh(app, 'checkout', '--quiet', '-b', 'later');
  sh(
    app,
    '-c',
    'user.name=T',
    '-c',
    'user.email=t@e',
    'commit',
    '--quiet',
    '--allow-empty',
    '--date=2040-01-01',
    '-m',
    'a | "b"',
  );
  const branches = await listBranches(git, app);
  expect(branches.map(({ name, remote, subject, upstream }) => ({ name, remote, subject, upstream }))).toEqual(
    expect.arrayContaining([
      { name: 'later', remote: false, subject: 'a | "b"', upstream: undefined },
      { name: 'main', remote: false, subject: 'start', upstream: 'origin/main' },
      { name: 'origin/main', remote: true, subject: 'start', upstream: undefined },
    ]),
  );
  expect(branches).toHaveLength(3);
  expect(await listBranches(git, newRepository({ commits: false }))).toEqual([]);
});

test('how far two branches are apart', async () => {
  const app = newRepository();
  sh(app, 'checkout', '--quiet', '-b', 'side');
  commit(app, {}, 'one');
  commit(app, {}, 'two');
  sh(app, 'checkout', '--quiet', 'main');
  commit(app, {}, 'three');
  expect(await distance(git, app, 'main', 'side')).toEqual({ ahead: 2, behind: 1 });
  expect(await distance(git, app, 'main', 'main')).toEqual({ ahead: 0, behind: 0 });
});

test('checkouts of every kind are listed', async () => {
  const app = newRepository();
  const at = (name: string): string => join(dirname(app), name);
  const head = sh(app, 'rev-parse', 'HEAD');
  sh(app, 'worktree', 'add', '--quiet', '--detach', at('a detached'));
  sh(app, 'worktree', 'add', '--quiet', '-b', 'locked', at('b locked'));
  sh(app, 'worktree', 'lock', '--reason', 'two\nlines', at('b locked'));
  sh(app, 'worktree', 'add', '--quiet', '-b', 'plain/lock', at('c locked'));
  sh(app, 'worktree', 'lock', at('c locked'));
  sh(app, 'worktree', 'add', '--quiet', '-b', 'gone', at('d gone'));
  rmSync(at('d gone'), { recursive: true });
  const other = { main: false, bare: false, commit: head };
  expect(await listWorktrees(git, await repositoryAt(app))).toEqual([
    { path: app, main: true, bare: false, commit: head, branch: 'main' },
    { ...other, path: at('a detached') },
    { ...other, path: at('b locked'), branch: 'locked', locked: 'two\nlines' },
    { ...other, path: at('c locked'), branch: 'plain/lock', locked: '' },
    { ...other, path: at('d gone'), branch: 'gone', prunable: expect.stringContaining('non-existent') },
  ]);
});

test('a bare repository, one without commits, and a submodule', async () => {
  const app = newRepository();
  const bare = join(dirname(app), 'app.git');
  const linked = join(dirname(app), 'linked');
  sh(app, 'clone', '--quiet', '--bare', '.', bare);
  sh(bare, 'worktree', 'add', '--quiet', linked, 'main');
  expect(await listWorktrees(git, await repositoryAt(linked))).toMatchObject([
    { path: bare, main: true, bare: true },
    { path: linked, main: false, bare: false, branch: 'main' },
  ]);
  const fresh = newRepository({ commits: false });
  expect(await listWorktrees(git, await repositoryAt(fresh))).toEqual([
    { path: fresh, main: true, bare: false, branch: 'main' },
  ]);
  sh(app, 'submodule', '--quiet', 'add', newRepository(), 'libs/one');
  const place = join(app, 'libs/one');
  expect((await listWorktrees(git, await repositoryAt(place)))[0]?.path).toBe(place);
});

test('an odd list is read as far as it goes', () => {
  expect(parseWorktrees('')).toEqual([]);
  expect(parseWorktrees('worktree /a\nHEAD 1\nbranch refs/heads/x\nfuture thing\n\n')).toEqual([
    { path: '/a', main: true, bare: false, commit: '1', branch: 'x' },
  ]);
});
