import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findRepository, headOf } from '../../../src/git/repository';
import { createGit } from '../../../src/git/runGit';
import { temporaryFolder } from '../../support/temporary';
import { commit, git, newRepository, problemOf, scriptedGit, sh } from './repositories';

test('finds the repository from its root, a folder, a file and a path that does not exist', async () => {
  const app = newRepository();
  const expected = { checkout: app, main: app, commonDir: join(app, '.git') };
  for (const path of ['', 'src', 'src/index.js', 'src/not/there.js'])
    expect(await findRepository(git, join(app, path))).toEqual(expected);
});

test('leads from a linked worktree to the main checkout', async () => {
  const app = newRepository();
  const linked = join(dirname(app), 'linked tree');
  sh(app, 'worktree', 'add', '--quiet', '-b', 'x', linked);
  expect(await findRepository(git, join(linked, 'src'))).toEqual({
    checkout: linked,
    main: app,
    commonDir: join(app, '.git'),
  });
});

test('a path with a line break in it', async () => {
  const folder = join(temporaryFolder(), 'two\nlines');
  mkdirSync(folder);
  sh(folder, 'init', '--quiet');
  expect(await findRepository(git, folder)).toEqual({
    checkout: folder,
    main: folder,
    commonDir: join(folder, '.git'),
  });
});

test('a bare repository is refused, its worktrees are not', async () => {
  const app = newRepository();
  const bare = join(dirname(app), 'app.git');
  const linked = join(dirname(app), 'work');
  sh(app, 'clone', '--quiet', '--bare', '.', bare);
  expect(await problemOf(findRepository(git, bare))).toEqual({ kind: 'bare', path: bare });
  sh(bare, 'worktree', 'add', '--quiet', linked, 'main');
  expect(await findRepository(git, linked)).toEqual({ checkout: linked, commonDir: bare });
});

test('a folder without a repository, and the inside of .git, are refused', async () => {
  const folder = temporaryFolder();
  expect(await problemOf(findRepository(git, folder))).toEqual({ kind: 'not-a-repository', path: folder });
  const inside = join(newRepository(), '.git', 'refs');
  expect(await problemOf(findRepository(git, inside))).toEqual({ kind: 'not-a-repository', path: inside });
});

test('a submodule is a repository of its own and knows who holds it', async () => {
  const library = newRepository();
  const app = newRepository();
  sh(app, 'submodule', '--quiet', 'add', library, 'libs/one');
  commit(app, {}, 'with a library');
  const place = join(app, 'libs/one');
  const expected = { checkout: place, main: place, commonDir: join(app, '.git/modules/libs/one'), superproject: app };
  expect(await findRepository(git, place)).toEqual(expected);
  const linked = join(dirname(app), 'linked');
  sh(place, 'worktree', 'add', '--quiet', '-b', 'x', linked);
  expect(await findRepository(git, linked)).toMatchObject({ checkout: linked, main: place });
  const whole = newRepository();
  sh(whole, 'submodule', '--quiet', 'add', app, 'app');
  sh(whole, 'submodule', '--quiet', 'update', '--init', '--recursive');
  expect((await findRepository(git, join(whole, 'app/libs/one'))).superproject).toBe(whole);
});

test('a checkout whose git folder is elsewhere', async () => {
  const base = temporaryFolder();
  const app = join(base, 'app');
  sh(base, 'init', '--quiet', '--separate-git-dir', join(base, 'store'), app);
  commit(app, { a: '1' }, 'start');
  expect(await findRepository(git, app)).toEqual({ checkout: app, main: app, commonDir: join(base, 'store') });
});

test('a repository reached through a link is found where it is', async () => {
  const app = newRepository();
  const link = join(temporaryFolder(), 'link');
  symlinkSync(app, link);
  expect((await findRepository(git, link)).checkout).toBe(app);
});

test('where HEAD is: on a branch, detached, before the first commit', async () => {
  const app = newRepository();
  const first = sh(app, 'rev-parse', 'HEAD');
  expect(await headOf(git, app)).toEqual({ branch: 'main', commit: first });
  sh(app, 'checkout', '--quiet', '--detach');
  expect(await headOf(git, app)).toEqual({ commit: first });
  expect(await headOf(git, newRepository({ commits: false }))).toEqual({ branch: 'main' });
});

test('variables that point git at another repository are not passed on', async () => {
  const app = newRepository();
  process.env.GIT_DIR = join(newRepository(), '.git');
  try {
    expect((await findRepository(git, app)).commonDir).toBe(join(app, '.git'));
  } finally {
    delete process.env.GIT_DIR;
  }
});

test('no git on the path, or at the place the settings name', async () => {
  const app = newRepository();
  const path = process.env.PATH;
  process.env.PATH = temporaryFolder();
  try {
    expect(await problemOf(findRepository(git, app))).toEqual({ kind: 'no-git' });
  } finally {
    process.env.PATH = path;
  }
  const elsewhere = createGit({ binary: join(temporaryFolder(), 'no such git') });
  expect(await problemOf(findRepository(elsewhere, app))).toEqual({ kind: 'no-git' });
});

test('a repository of another owner', async () => {
  const app = newRepository();
  // Git's own tests make it pretend this way.
  const stranger = createGit({ binary: scriptedGit('GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"') });
  expect(await problemOf(findRepository(stranger, app))).toEqual({ kind: 'foreign-owner', path: app });
});

test('a cancelled run ends as cancelled, before and while it runs', async () => {
  const app = newRepository();
  expect(await problemOf(git.run(app, ['status'], { signal: AbortSignal.abort() }))).toEqual({ kind: 'cancelled' });
  const controller = new AbortController();
  const running = problemOf(git.run(app, ['hash-object', '--stdin'], { signal: controller.signal }));
  setTimeout(() => controller.abort(), 20);
  expect(await running).toEqual({ kind: 'cancelled' });
});
