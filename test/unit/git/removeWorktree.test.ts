import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWorktree } from '../../../src/git/createWorktree';
import type { Obstacle } from '../../../src/git/failure';
import { removeWorktree, reviewRemoval } from '../../../src/git/removeWorktree';
import { createGit } from '../../../src/git/runGit';
import { writeFiles } from '../../support/temporary';
import { commit, git, newRepository, problemOf, repositoryAt, scriptedGit, sh } from './repositories';

const branch = 'plan/golf/J';

async function withWorktree(): Promise<{ readonly app: string; readonly path: string }> {
  const app = newRepository();
  const path = join(`${app}.worktrees`, 'golf-J');
  await createWorktree(git, await repositoryAt(app), { path, branch, branchIs: 'new', base: 'main' });
  return { app, path };
}

async function obstaclesAt(app: string, path: string, bases = ['main']): Promise<readonly Obstacle[]> {
  return (await reviewRemoval(git, await repositoryAt(app), path, bases)).obstacles;
}

async function remove(app: string, path: string, deleteBranch = false, bases = ['main'], with_ = git) {
  return removeWorktree(with_, await repositoryAt(app), { path, bases, deleteBranch });
}

/** The obstacles of a refusal, after a check that everything is still there. */
async function refusal(app: string, path: string, bases = ['main']): Promise<readonly Obstacle[]> {
  const obstacles = await obstaclesAt(app, path, bases);
  const problem = await problemOf(remove(app, path, true, bases));
  expect(problem).toEqual({ kind: 'unfinished', path, obstacles });
  expect(sh(app, 'worktree', 'list', '--porcelain')).toContain(`worktree ${path}\n`);
  return obstacles;
}

function branches(app: string): string {
  return sh(app, 'for-each-ref', '--format=%(refname:short)', 'refs/heads');
}

describe('goes:', () => {
  test('a worktree in which nothing was done, with its folder and the empty one above; the branch stays', async () => {
    const { app, path } = await withWorktree();
    expect(await remove(app, path)).toEqual({});
    expect(existsSync(dirname(path))).toBe(false);
    expect(branches(app)).toBe(`main\n${branch}`);
  });

  test('and its branch with it, when asked for', async () => {
    const { app, path } = await withWorktree();
    expect(await remove(app, path, true)).toEqual({ deletedBranch: branch });
    expect(branches(app)).toBe('main');
  });

  test('merged work', async () => {
    const { app, path } = await withWorktree();
    commit(path, { 'work.txt': 'work\n' }, 'work');
    commit(app, { 'other.txt': 'x\n' }, 'other');
    sh(app, 'merge', '--quiet', '--no-edit', branch);
    expect(await remove(app, path, true)).toEqual({ deletedBranch: branch });
  });

  test('work that was rebased or cherry-picked, and work that was squashed, and the memory of its remote branch', async () => {
    for (const landing of ['cherry-pick', 'squash']) {
      const { app, path } = await withWorktree();
      commit(path, { 'one.txt': '1\n' }, 'one');
      commit(path, { 'two.txt': '2\n' }, 'two');
      sh(app, 'config', `branch.${branch}.remote`, 'origin');
      commit(app, { 'other.txt': 'x\n' }, 'other');
      if (landing === 'squash') {
        sh(app, 'merge', '--quiet', '--squash', branch);
        sh(app, 'commit', '--quiet', '-m', 'all of it');
      } else {
        sh(app, 'cherry-pick', `main..${branch}`);
      }
      expect(await remove(app, path, true)).toEqual({ deletedBranch: branch });
      expect(sh(app, 'config', '--local', '--list')).not.toContain(branch);
    }
  });

  test('work that was merged in the remote repository', async () => {
    const { app, path } = await withWorktree();
    sh(app, 'clone', '--quiet', '--bare', '.', '../origin');
    sh(app, 'remote', 'add', 'origin', join(dirname(app), 'origin'));
    sh(app, 'push', '--quiet', '-u', 'origin', 'main');
    commit(path, { 'work.txt': 'work\n' }, 'work');
    sh(path, 'push', '--quiet', 'origin', `${branch}:main`);
    expect(await remove(app, path, true)).toEqual({ deletedBranch: branch });
  });

  test('a worktree whose folder is gone', async () => {
    const { app, path } = await withWorktree();
    rmSync(path, { recursive: true });
    await remove(app, path);
    expect(sh(app, 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  test('ignored files, which the review names', async () => {
    const { app, path } = await withWorktree();
    writeFileSync(join(app, '.git/info/exclude'), '.env\nnode_modules/\n.phasewise/phase/\n');
    writeFiles(path, { '.env': 'secret', 'node_modules/a/b.js': '', '.phasewise/phase/PROMPT.md': '' });
    const review = await reviewRemoval(git, await repositoryAt(app), path, ['main']);
    expect(review).toMatchObject({ obstacles: [], merged: true });
    expect([...review.ignored].sort()).toEqual(['.env', '.phasewise/', 'node_modules/']);
    await remove(app, path);
    expect(existsSync(path)).toBe(false);
  });

  test('a worktree with submodules that were never filled', async () => {
    const app = newRepository();
    sh(app, 'submodule', '--quiet', 'add', newRepository(), 'libs/one');
    commit(app, {}, 'with a library');
    const path = join(`${app}.worktrees`, 'golf-J');
    await createWorktree(git, await repositoryAt(app), { path, branch, branchIs: 'new', base: 'main' });
    await remove(app, path);
    expect(existsSync(path)).toBe(false);
  });

  test('a sparse one', async () => {
    const app = newRepository();
    const path = join(`${app}.worktrees`, 'golf-J');
    const wanted = { path, branch, branchIs: 'new', base: 'main', sparse: ['docs'] } as const;
    await createWorktree(git, await repositoryAt(app), wanted);
    await remove(app, path);
    expect(existsSync(path)).toBe(false);
  });
});

describe('stays:', () => {
  test('uncommitted work of every kind', async () => {
    const { app, path } = await withWorktree();
    commit(path, { 'gone.txt': 'gone\n', 'old name.txt': 'moved text\n'.repeat(20) }, 'more');
    sh(app, 'merge', '--quiet', branch);
    writeFiles(path, { 'README.md': 'changed\n', 'ünï\n"q".txt': 'new\n', 'new folder/a.txt': '', 'added.txt': 'x\n' });
    sh(path, 'add', 'added.txt');
    sh(path, 'mv', 'old name.txt', 'new name.txt');
    rmSync(join(path, 'gone.txt'));
    const files = [
      { path: 'README.md', change: 'modified' },
      { path: 'added.txt', change: 'added' },
      { path: 'gone.txt', change: 'deleted' },
      { path: 'new name.txt', change: 'renamed' },
      { path: 'new folder/', change: 'untracked' },
      { path: 'ünï\n"q".txt', change: 'untracked' },
    ];
    expect(await refusal(app, path)).toEqual([{ kind: 'uncommitted', files }]);
  });

  test('untracked files that the settings hide', async () => {
    const { app, path } = await withWorktree();
    sh(app, 'config', 'status.showUntrackedFiles', 'no');
    writeFiles(path, { 'new.txt': 'new\n' });
    const files = [{ path: 'new.txt', change: 'untracked' }];
    expect(await refusal(app, path)).toEqual([{ kind: 'uncommitted', files }]);
  });

  test('commits that are not merged, with the newest named', async () => {
    const { app, path } = await withWorktree();
    for (let i = 1; i <= 25; i++) commit(path, {}, `work "${i}"`);
    const [obstacle, ...others] = await refusal(app, path);
    expect(others).toEqual([]);
    expect(obstacle).toMatchObject({ kind: 'unmerged', into: 'main', count: 25 });
    const commits = obstacle?.kind === 'unmerged' ? obstacle.commits : [];
    expect(commits).toHaveLength(20);
    expect(commits[0]).toMatch(/^[0-9a-f]{7,} work "25"$/);
  });

  test('commits that were not pushed; pushed ones are still not merged', async () => {
    const { app, path } = await withWorktree();
    sh(app, 'clone', '--quiet', '--bare', '.', '../origin');
    sh(app, 'remote', 'add', 'origin', join(dirname(app), 'origin'));
    commit(path, { 'work.txt': '1\n' }, 'pushed');
    sh(path, 'push', '--quiet', '-u', 'origin', branch);
    expect(await refusal(app, path)).toMatchObject([{ kind: 'unmerged', count: 1 }]);
    commit(path, { 'work.txt': '2\n' }, 'local');
    expect(await refusal(app, path)).toMatchObject([
      { kind: 'unpushed', count: 1, commits: [expect.stringMatching(/ local$/)] },
      { kind: 'unmerged', count: 2 },
    ]);
  });

  test('a part of the work that was not merged', async () => {
    const { app, path } = await withWorktree();
    commit(path, { 'one.txt': '1\n' }, 'one');
    commit(app, {}, 'other');
    sh(app, 'cherry-pick', branch);
    commit(path, { 'two.txt': '2\n' }, 'two');
    expect(await refusal(app, path)).toMatchObject([{ kind: 'unmerged', count: 2 }]);
  });

  test('work that was merged and taken back by hand on top', async () => {
    const { app, path } = await withWorktree();
    commit(path, { 'one.txt': '1\n' }, 'one');
    commit(path, { 'two.txt': '2\n' }, 'two');
    commit(app, { 'one.txt': '1\n', 'two.txt': 'another 2\n' }, 'not the same');
    expect(await refusal(app, path)).toMatchObject([{ kind: 'unmerged', count: 2 }]);
  });

  test('with a base that is gone, work that no other branch has', async () => {
    const { app, path } = await withWorktree();
    expect(await obstaclesAt(app, path, ['gone'])).toEqual([]);
    commit(path, { 'one.txt': '1\n' }, 'one');
    expect(await refusal(app, path, ['gone', '--all', branch])).toMatchObject([
      { kind: 'unmerged', into: '', count: 1 },
    ]);
    sh(app, 'branch', 'copy', branch);
    expect(await obstaclesAt(app, path, ['gone'])).toEqual([]);
  });

  test('commits on a detached HEAD that nothing leads to', async () => {
    const { app, path } = await withWorktree();
    sh(path, 'checkout', '--quiet', '--detach');
    expect(await obstaclesAt(app, path)).toEqual([]);
    commit(path, { 'one.txt': '1\n' }, 'one');
    expect(await refusal(app, path)).toMatchObject([{ kind: 'unmerged', into: '', count: 1 }]);
    sh(app, 'tag', 'kept', sh(path, 'rev-parse', 'HEAD'));
    expect(await remove(app, path, true)).toEqual({});
    expect(branches(app)).toBe(`main\n${branch}`);
  });

  test('a merge that was not finished', async () => {
    const { app, path } = await withWorktree();
    commit(path, { 'README.md': 'mine\n' }, 'mine');
    commit(app, { 'README.md': 'theirs\n' }, 'theirs');
    expect(() => sh(path, 'merge', 'main')).toThrow();
    const obstacles = await refusal(app, path);
    expect(obstacles).toContainEqual({ kind: 'operation', operation: 'merge' });
    expect(obstacles).toContainEqual({ kind: 'uncommitted', files: [{ path: 'README.md', change: 'conflicted' }] });
  });

  test('a rebase that was not finished, with nothing uncommitted', async () => {
    const { app, path } = await withWorktree();
    commit(path, { 'one.txt': '1\n' }, 'one');
    sh(path, '-c', 'sequence.editor=sed -i 1ibreak', 'rebase', '-i', '--force-rebase', 'main');
    expect(await refusal(app, path)).toContainEqual({ kind: 'operation', operation: 'rebase' });
  });

  test('a locked one, with its reason, there or gone', async () => {
    const { app, path } = await withWorktree();
    sh(app, 'worktree', 'lock', '--reason', 'on a "stick"', path);
    expect(await refusal(app, path)).toEqual([{ kind: 'locked', reason: 'on a "stick"' }]);
    rmSync(path, { recursive: true });
    expect(await obstaclesAt(app, path)).toEqual([{ kind: 'locked', reason: 'on a "stick"' }]);
  });

  test('one with filled submodules', async () => {
    const app = newRepository();
    sh(app, 'submodule', '--quiet', 'add', newRepository(), 'libs/one');
    commit(app, {}, 'with a library');
    const path = join(`${app}.worktrees`, 'golf-J');
    await createWorktree(git, await repositoryAt(app), { path, branch, branchIs: 'new', base: 'main' });
    sh(path, 'submodule', '--quiet', 'update', '--init');
    expect(await refusal(app, path)).toEqual([{ kind: 'submodules', paths: ['libs/one'] }]);
  });

  test('the main checkout', async () => {
    const { app } = await withWorktree();
    expect(await refusal(app, app)).toEqual([{ kind: 'main-checkout' }]);
    expect(readFileSync(join(app, 'README.md'), 'utf8')).toBe('app\n');
  });

  test('a folder that git does not know', async () => {
    const { app, path } = await withWorktree();
    const other = join(dirname(path), 'other');
    mkdirSync(other);
    expect(await problemOf(remove(app, other))).toEqual({ kind: 'not-a-worktree', path: other });
    expect(existsSync(other)).toBe(true);
  });
});

test('files that cannot be deleted are named, not passed over', async () => {
  const { app, path } = await withWorktree();
  // What git does when a file is in use: it deletes what it can and forgets the worktree.
  const held = createGit({
    binary: scriptedGit(
      `if [ "$1 $2" = "worktree remove" ]; then git "$@"; mkdir -p '${path}'; touch '${path}/held'; echo "error: failed to delete: Directory not empty" >&2; exit 255; fi\nexec git "$@"`,
    ),
  });
  expect(await problemOf(remove(app, path, true, ['main'], held))).toMatchObject({ kind: 'leftover', path });
});

test('a branch that moved since it was looked at is not deleted', async () => {
  const { app, path } = await withWorktree();
  const moving = createGit({
    binary: scriptedGit(
      `if [ "$1 $2" = "worktree remove" ]; then git "$@"; exec git -c user.name=a -c user.email=b update-ref refs/heads/${branch} "$(git -c user.name=a -c user.email=b commit-tree -m late main^{tree})"; fi\nexec git "$@"`,
    ),
  });
  await expect(remove(app, path, true, ['main'], moving)).rejects.toThrow();
  expect(branches(app)).toBe(`main\n${branch}`);
});
