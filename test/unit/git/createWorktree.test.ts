import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createWorktree, type NewWorktree } from '../../../src/git/createWorktree';
import type { GitProblem } from '../../../src/git/failure';
import { createGit, type Git, type GitCall } from '../../../src/git/runGit';
import { listWorktrees } from '../../../src/git/worktrees';
import { temporaryFolder, writeFiles } from '../../support/temporary';
import { commit, git, newRepository, problemOf, repositoryAt, scriptedGit, sh, trace } from './repositories';

const branch = 'plan/golf/J-provision';

function wantedAt(app: string, changes: Partial<NewWorktree> = {}): NewWorktree {
  return { path: join(`${app}.worktrees`, 'golf-J'), branch, branchIs: 'new', base: 'main', ...changes };
}

async function make(app: string, changes: Partial<NewWorktree> = {}, with_: Git = git, call?: GitCall) {
  return createWorktree(with_, await repositoryAt(app), wantedAt(app, changes), call);
}

/** The problem, after a check that the attempt left no trace. */
async function refusal(app: string, changes: Partial<NewWorktree> = {}, with_: Git = git, call?: GitCall) {
  const before = trace(app);
  const problem = await problemOf(make(app, changes, with_, call));
  expect(trace(app)).toEqual(before);
  return problem;
}

describe('a worktree is made', () => {
  test('on a new branch from a base, which it does not follow', async () => {
    const app = newRepository();
    sh(app, 'clone', '--quiet', '--bare', '.', '../origin');
    sh(app, 'remote', 'add', 'origin', '../origin');
    sh(app, 'fetch', '--quiet', 'origin');
    const made = await make(app, { base: 'origin/main' });
    expect(made).toMatchObject({ path: wantedAt(app).path, branch, commit: sh(app, 'rev-parse', 'main') });
    expect(readFileSync(join(made.path, 'src/index.js'), 'utf8')).toBe('1\n');
    expect(sh(made.path, 'status', '--porcelain=v2', '--branch')).toBe(
      `# branch.oid ${made.commit}\n# branch.head ${branch}`,
    );
  });

  test('on a branch that is there already, with its commits', async () => {
    const app = newRepository();
    sh(app, 'checkout', '--quiet', '-b', branch);
    const tip = commit(app, { 'more.txt': 'more\n' }, 'more');
    sh(app, 'checkout', '--quiet', 'main');
    const made = await make(app, { branchIs: 'existing' });
    expect(made.commit).toBe(tip);
    expect(existsSync(join(made.path, 'more.txt'))).toBe(true);
    await made.undo.run();
    expect(sh(app, 'rev-parse', branch)).toBe(tip);
  });

  test('from a tag, a hash and a detached HEAD', async () => {
    const app = newRepository();
    const first = sh(app, 'rev-parse', 'HEAD');
    sh(app, 'tag', '-a', 'v1', '-m', 'one');
    commit(app, {}, 'second');
    sh(app, 'checkout', '--quiet', '--detach');
    const places = { tag: 'v1', hash: first.slice(0, 10), head: 'HEAD' };
    for (const [name, base] of Object.entries(places))
      await make(app, { base, branch: name, path: join(`${app}.worktrees`, name) });
    expect(sh(app, 'rev-parse', 'tag', 'hash', 'head').split('\n')).toEqual([
      first,
      first,
      sh(app, 'rev-parse', 'HEAD'),
    ]);
  });

  test('from inside another worktree, and in a bare repository', async () => {
    const app = newRepository();
    const first = await make(app);
    const second = join(`${app}.worktrees`, 'second');
    await createWorktree(git, await repositoryAt(first.path), wantedAt(app, { path: second, branch: 'second' }));
    expect(sh(second, 'symbolic-ref', '--short', 'HEAD')).toBe('second');

    const bare = join(dirname(app), 'app.git');
    sh(app, 'clone', '--quiet', '--bare', '.', bare);
    const linked = join(dirname(app), 'linked');
    sh(bare, 'worktree', 'add', '--quiet', linked, 'main');
    await createWorktree(
      git,
      await repositoryAt(linked),
      wantedAt(app, { path: join(dirname(app), 'phase'), branch: 'third' }),
    );
    expect(sh(join(dirname(app), 'phase'), 'symbolic-ref', '--short', 'HEAD')).toBe('third');
  });

  test('in an empty folder that is there', async () => {
    const app = newRepository();
    mkdirSync(wantedAt(app).path, { recursive: true });
    const before = trace(app);
    const made = await make(app);
    expect(existsSync(join(made.path, 'README.md'))).toBe(true);
    expect(await made.undo.run()).toEqual([]);
    expect(trace(app)).toEqual(before);
  });

  test('at paths and on branches with spaces, quotes, dashes, line breaks and other scripts', async () => {
    const app = newRepository();
    const names = [' a b ', '-rf', `it's "so"`, '$(touch x)', 'a\nb', '生産 🚀', '__proto__', '--'];
    for (const [index, name] of names.entries()) {
      const made = await make(app, { path: join(dirname(app), 'w', name), branch: `b${index}/it's"$(x)"-生` });
      expect(readFileSync(join(made.path, 'README.md'), 'utf8')).toBe('app\n');
    }
    const listed = await listWorktrees(git, await repositoryAt(app));
    expect(
      listed
        .slice(1)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(names.map((name) => join(dirname(app), 'w', name)).sort());
  });

  test('where git knows no -z yet', async () => {
    const app = newRepository();
    const old = createGit({
      binary: scriptedGit(
        'for a; do if [ "$1" = worktree ] && [ "$a" = -z ]; then echo "error: unknown switch \\`z\'" >&2; exit 129; fi; done\nexec git "$@"',
      ),
    });
    const made = await make(app, {}, old);
    expect((await listWorktrees(old, await repositoryAt(app)))[1]).toMatchObject({ path: made.path, branch });
  });

  test('and all of it can be taken back', async () => {
    const app = newRepository();
    const before = trace(app);
    const made = await make(app);
    writeFiles(made.path, { '.phasewise/phase/PROMPT.md': 'x' });
    expect(trace(app)).not.toEqual(before);
    expect(await made.undo.run()).toEqual([]);
    expect(trace(app)).toEqual(before);
  });

  test('but a branch that was committed on in between stays', async () => {
    const app = newRepository();
    const made = await make(app);
    const tip = commit(made.path, { 'work.txt': 'work\n' }, 'work');
    await made.undo.run();
    expect(sh(app, 'rev-parse', branch)).toBe(tip);
  });

  test('with submodules in the repository, which stay empty', async () => {
    const app = newRepository();
    sh(app, 'submodule', '--quiet', 'add', newRepository(), 'libs/one');
    commit(app, {}, 'with a library');
    const made = await make(app);
    expect(sh(made.path, 'submodule', 'status')).toMatch(/^-/);
  });
});

describe('a sparse worktree', () => {
  const files = {
    'README.md': 'app\n',
    'src/a/one.js': '1\n',
    'src/a/deep/two.js': '2\n',
    'src/b/three.js': '3\n',
    'docs/plan.md': 'plan\n',
    'docs/other.md': 'other\n',
    '-x/4': '4\n',
    'q"u/5': '5\n',
  };

  test('holds the paths that were named, their folders and the top level', async () => {
    const app = newRepository({ commits: false });
    commit(app, files, 'start');
    const { path } = await make(app, { sparse: ['src/a/**/*.js', './-x/', 'q"u', 'docs/plan.md', 'not/yet'] });
    for (const name of ['README.md', 'src/a/one.js', 'src/a/deep/two.js', 'docs/plan.md', '-x/4', 'q"u/5'])
      expect([name, existsSync(join(path, name))]).toEqual([name, true]);
    expect(existsSync(join(path, 'src/b'))).toBe(false);
    expect(sh(path, 'status', '--porcelain')).toBe('');
    expect(sh(app, 'status', '--porcelain')).toBe('');
    expect(existsSync(join(app, 'src/b/three.js'))).toBe(true);
  });

  test('is a whole one when a path is the whole repository', async () => {
    const app = newRepository({ commits: false });
    commit(app, files, 'start');
    for (const [index, whole] of ['.', '**/*.js', './'].entries()) {
      const { path } = await make(app, {
        sparse: ['src/a', whole],
        branch: `b${index}`,
        path: join(`${app}.w`, `${index}`),
      });
      expect(existsSync(join(path, 'src/b/three.js'))).toBe(true);
    }
  });

  test('with only a file at the top level, or nothing, holds the top level', async () => {
    const app = newRepository({ commits: false });
    commit(app, files, 'start');
    const { path } = await make(app, { sparse: ['README.md'] });
    expect(existsSync(join(path, 'README.md'))).toBe(true);
    expect(existsSync(join(path, 'src'))).toBe(false);
  });

  test.each(['../other', '/etc', 'a/../../b', 'C:\\x', '~/x', '\\\\server\\x'])(
    'refuses the path %j',
    async (sparse) => {
      const app = newRepository();
      expect(await refusal(app, { sparse: [sparse] })).toEqual({ kind: 'outside', path: sparse, folder: app });
    },
  );

  test('leaves no trace when it fails', async () => {
    const app = newRepository();
    const failing = createGit({
      binary: scriptedGit('[ "$1" = checkout ] && { echo "fatal: no" >&2; exit 128; }\nexec git "$@"'),
    });
    expect(await refusal(app, { sparse: ['src'] }, failing)).toMatchObject({ kind: 'failed', output: 'fatal: no' });
  });
});

describe('refused, with nothing left behind:', () => {
  test('no commits yet', async () => {
    const app = newRepository({ commits: false });
    expect(await refusal(app)).toEqual({ kind: 'no-commits', path: app });
  });

  test('HEAD without a commit is no obstacle where the base has some', async () => {
    const app = newRepository();
    sh(app, 'checkout', '--quiet', '--orphan', 'fresh');
    expect((await make(app)).commit).toBe(sh(app, 'rev-parse', 'main'));
  });

  test.each(['nowhere', '--all', '', 'a..b', '@{99}', 'HEAD:README.md', 'main\n', ':/no such commit'])(
    'unknown base %j',
    async (base) => {
      expect(await refusal(newRepository(), { base })).toEqual({ kind: 'unknown-base', base });
    },
  );

  test.each(['-x', 'a b', '@{-1}', 'a..b', '../x', 'x.lock', 'HEAD', 'refs/heads/x', '', 'a\nb'])(
    'branch name %j',
    async (name) => {
      const app = newRepository();
      sh(app, 'checkout', '--quiet', '-b', 'other');
      sh(app, 'checkout', '--quiet', 'main');
      expect(await refusal(app, { branch: name })).toEqual({ kind: 'bad-branch-name', branch: name });
    },
  );

  test('the branch exists and is free', async () => {
    const app = newRepository();
    sh(app, 'branch', branch);
    expect(await refusal(app)).toEqual({ kind: 'branch-exists', branch });
  });

  test('the branch is checked out in the main checkout, or in another worktree', async () => {
    const app = newRepository();
    const elsewhere: GitProblem = { kind: 'branch-exists-elsewhere', branch: 'main', path: app, missing: false };
    expect(await refusal(app, { branch: 'main' })).toEqual(elsewhere);
    expect(await refusal(app, { branch: 'main', branchIs: 'existing' })).toEqual(elsewhere);
    const other = join(dirname(app), 'other');
    sh(app, 'worktree', 'add', '--quiet', '-b', branch, other);
    expect(await refusal(app)).toEqual({ kind: 'branch-exists-elsewhere', branch, path: other, missing: false });
    rmSync(other, { recursive: true });
    expect(await refusal(app)).toEqual({ kind: 'branch-exists-elsewhere', branch, path: other, missing: true });
  });

  test('the branch to continue on is not there', async () => {
    expect(await refusal(newRepository(), { branchIs: 'existing' })).toEqual({ kind: 'no-branch', branch });
  });

  test('a branch stands where the name needs a folder, and the other way round', async () => {
    const app = newRepository();
    sh(app, 'branch', 'plan');
    expect(await refusal(app)).toEqual({ kind: 'branch-name-conflict', branch, other: 'plan' });
    sh(app, 'branch', 'a/b');
    expect(await refusal(app, { branch: 'a' })).toEqual({ kind: 'branch-name-conflict', branch: 'a', other: 'a/b' });
  });

  test('the path is a file, a link, a folder with something in it, or goes through a file', async () => {
    const app = newRepository();
    const path = join(dirname(app), 'taken');
    writeFileSync(path, 'mine');
    expect(await refusal(app, { path })).toEqual({ kind: 'path-taken', path, by: 'file' });
    expect(await refusal(app, { path: join(path, 'in/it') })).toMatchObject({ kind: 'path-taken', by: 'file' });
    rmSync(path);
    for (const target of [temporaryFolder(), join(dirname(app), 'nowhere')]) {
      symlinkSync(target, path);
      expect(await refusal(app, { path })).toEqual({ kind: 'path-taken', path, by: 'link' });
      rmSync(path);
    }
    writeFiles(path, { '.hidden': 'mine' });
    expect(await refusal(app, { path })).toEqual({ kind: 'path-taken', path, by: 'folder' });
    expect(readFileSync(join(path, '.hidden'), 'utf8')).toBe('mine');
  });

  test('git has another worktree at the path, there, gone or locked', async () => {
    const app = newRepository();
    const { path } = wantedAt(app);
    sh(app, 'worktree', 'add', '--quiet', '-b', 'other', path);
    expect(await refusal(app)).toEqual({ kind: 'path-taken', path, by: 'worktree' });
    rmSync(path, { recursive: true });
    expect(await refusal(app)).toEqual({ kind: 'path-taken', path, by: 'worktree' });
    sh(app, 'worktree', 'lock', '--reason', 'on a stick', path);
    expect(await refusal(app)).toEqual({ kind: 'locked', path, reason: 'on a stick' });
  });

  test('a link leads out of the folder it must stay in', async () => {
    const app = newRepository();
    const link = join(dirname(app), 'link');
    symlinkSync(temporaryFolder(), link);
    const path = join(link, 'golf-J');
    const within = dirname(app);
    expect(await refusal(app, { path, within })).toEqual({ kind: 'outside', path, folder: within });
    expect((await make(app, { path: join(within, 'fine'), within })).branch).toBe(branch);
  });

  test('the branch is locked by another git', async () => {
    const app = newRepository();
    const lock = join(app, '.git/refs/heads', `${branch}.lock`);
    writeFiles(dirname(lock), { 'J-provision.lock': '' });
    expect(await refusal(app)).toEqual({ kind: 'busy', path: app, lock });
  });

  test('a hook refuses the checkout', async () => {
    const app = newRepository();
    writeFileSync(
      join(app, '.git/hooks/post-checkout'),
      '#!/bin/sh\necho "not today" >&2\ntouch made-by-hook\nexit 1\n',
      {
        mode: 0o755,
      },
    );
    const { path } = wantedAt(app);
    expect(await refusal(app)).toMatchObject({ kind: 'hook', path, output: expect.stringContaining('not today') });
  });

  test('the hooks of the repository run, with the environment they know', async () => {
    const app = newRepository();
    const script = '#!/bin/sh\ngit status --porcel >/dev/null || exit 1\ngit log --oneline -1 > ../hook-ran\n';
    writeFileSync(join(app, '.git/hooks/post-checkout'), script, { mode: 0o755 });
    await make(app);
    expect(readFileSync(join(`${app}.worktrees`, 'hook-ran'), 'utf8')).toContain('start');
  });

  test('cancelled before it begins, and in the middle', async () => {
    const app = newRepository();
    expect(await refusal(app, {}, git, { signal: AbortSignal.abort() })).toEqual({ kind: 'cancelled' });
    for (const sparse of [undefined, ['src']]) {
      const controller = new AbortController();
      const place = join(temporaryFolder(), 'begun');
      const slow = createGit({
        binary: scriptedGit(
          `case "$1 $2" in "worktree add"|"checkout "*) touch '${place}'; git "$@"; exec sleep 60;; esac\nexec git "$@"`,
        ),
      });
      const watching = setInterval(() => existsSync(place) && controller.abort(), 10);
      const options = sparse === undefined ? {} : { sparse };
      expect(await refusal(app, options, slow, { signal: controller.signal })).toEqual({ kind: 'cancelled' });
      clearInterval(watching);
    }
  });

  test('git ends in the middle with a worktree half made and locked', async () => {
    const app = newRepository();
    const { path } = wantedAt(app);
    const dying = createGit({
      binary: scriptedGit(
        `if [ "$1 $2" = "worktree add" ]; then git "$@"; git worktree lock --reason initializing '${path}'; rm '${path}/README.md'; echo 'fatal: died' >&2; exit 128; fi\nexec git "$@"`,
      ),
    });
    expect(await refusal(app, {}, dying)).toMatchObject({ kind: 'failed', output: expect.stringContaining('died') });
  });
});

test('reports how far git is', async () => {
  const app = newRepository();
  const talking = createGit({
    binary: scriptedGit(
      '[ "$1 $2" = "worktree add" ] && printf "Updating files:  45%% (9/20)\\rUpdating files: 100%% (20/20)" >&2\nexec git "$@"',
    ),
  });
  const seen: number[] = [];
  await make(app, {}, talking, { onProgress: (fraction) => seen.push(fraction) });
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.every((fraction) => fraction === 0.45 || fraction === 1)).toBe(true);
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts();

describe.skipIf(!canMount)('on a small disk of its own', () => {
  const places: string[] = [];

  function mounted(options: string): string {
    const place = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', place]);
    places.push(place);
    return place;
  }

  afterEach(() => {
    for (const place of places.splice(0)) execFileSync('umount', [place]);
  });

  test.each([undefined, ['src', 'big']])('a disk that fills up, paths %j', async (sparse) => {
    const app = newRepository();
    commit(app, { 'big/file.bin': 'x'.repeat(2_000_000) }, 'big');
    const disk = mounted('size=1m');
    const path = join(disk, 'trees', 'golf-J');
    const problem = await refusal(app, { path, ...(sparse === undefined ? {} : { sparse }) });
    expect(problem).toMatchObject({ kind: 'disk-full' });
    expect(existsSync(join(disk, 'trees'))).toBe(false);
  });

  test('a disk without room for another folder', async () => {
    const disk = mounted('size=1m,nr_inodes=1');
    const path = join(disk, 'trees', 'golf-J');
    expect(await refusal(newRepository(), { path })).toEqual({ kind: 'disk-full', path: join(disk, 'trees') });
  });

  test('a disk that cannot be written', async () => {
    const disk = mounted('size=1m,ro');
    const path = join(disk, 'trees', 'golf-J');
    expect(await refusal(newRepository(), { path })).toEqual({ kind: 'not-writable', path: join(disk, 'trees') });
    expect(await refusal(newRepository(), { path: join(disk, 'golf-J') })).toMatchObject({ kind: 'not-writable' });
  });

  test('a full disk under the repository itself', async () => {
    const disk = mounted('size=1m');
    sh(disk, 'init', '--quiet', 'app');
    const app = join(disk, 'app');
    commit(app, { a: '1' }, 'start');
    const fill = (): void => {
      try {
        writeFileSync(join(app, '.git/filler'), 'x'.repeat(1_000_000));
      } catch {} // as far as it goes
    };
    fill();
    const path = join(temporaryFolder(), 'golf-J');
    expect(await refusal(app, { path })).toMatchObject({ kind: 'disk-full' });
    expect(existsSync(path)).toBe(false);
  });
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('a folder that may not be written', async () => {
  const app = newRepository();
  const folder = temporaryFolder();
  execFileSync('chmod', ['555', folder]);
  expect(await refusal(app, { path: join(folder, 'x') })).toMatchObject({ kind: 'not-writable' });
});

function mounts(): boolean {
  const place = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', place], { stdio: 'ignore' });
    execFileSync('umount', [place], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
