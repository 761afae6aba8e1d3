import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorktree } from '../../../src/git/createWorktree';
import { commitHoldsPhase, pathInRepository } from '../../../src/workspaces/planInBase';
import { recordedWorktrees } from '../../../src/workspaces/recorded';
import { standingOf } from '../../../src/workspaces/standing';
import { writeFiles } from '../../support/temporary';
import { commit, git, newRepository, repositoryAt, sh } from '../git/repositories';

async function withWorktree() {
  const app = newRepository();
  const path = join(`${app}.worktrees`, 'golf-J');
  await createWorktree(git, await repositoryAt(app), { path, branch: 'j', branchIs: 'new', base: 'main' });
  return { app, path };
}

test('how a worktree stands to its base, and to its upstream once it has one', async () => {
  const { app, path } = await withWorktree();
  expect(await standingOf(git, path, 'main')).toEqual({
    branch: 'j',
    uncommitted: 0,
    ahead: 0,
    behind: 0,
    against: 'main',
  });
  commit(path, { a: '1' }, 'mine');
  commit(app, { b: '1' }, 'theirs');
  commit(app, { b: '2' }, 'theirs');
  writeFiles(path, { 'new.txt': '', 'README.md': 'changed' });
  expect(await standingOf(git, path, 'main')).toEqual({
    branch: 'j',
    uncommitted: 2,
    ahead: 1,
    behind: 2,
    against: 'main',
  });
  sh(app, 'clone', '--quiet', '--bare', '.', '../origin');
  sh(app, 'remote', 'add', 'origin', join(dirname(app), 'origin'));
  sh(path, 'push', '--quiet', '-u', 'origin', 'j');
  commit(path, { a: '2' }, 'mine');
  expect(await standingOf(git, path, 'main')).toMatchObject({ ahead: 1, behind: 0, against: 'origin/j' });
});

test('without a base, with one that is gone, and detached', async () => {
  const { path } = await withWorktree();
  for (const base of [undefined, 'gone', '--all'])
    expect(await standingOf(git, path, base)).toEqual({ branch: 'j', uncommitted: 0, ahead: 0, behind: 0 });
  sh(path, 'checkout', '--quiet', '--detach');
  expect(await standingOf(git, path, 'main')).toMatchObject({ uncommitted: 0, ahead: 0 });
  expect((await standingOf(git, path, 'main')).branch).toBeUndefined();
});

test('linked worktrees with what they say of their phase', async () => {
  const { app, path } = await withWorktree();
  writeFiles(app, { '.phasewise/phase/phase.json': '{"plan":"golf","phase":"main is no phase"}' });
  expect(await recordedWorktrees(git, await repositoryAt(app))).toMatchObject([{ worktree: { path } }]);
  writeFiles(path, { '.phasewise/phase/phase.json': '{"plan":"golf","phase":"J"}' });
  expect(await recordedWorktrees(git, await repositoryAt(path))).toMatchObject([
    { worktree: { path }, record: { plan: 'golf', phase: 'J' } },
  ]);
});

test('a file’s path in its repository is the same from every checkout', async () => {
  const { app, path } = await withWorktree();
  const repository = await repositoryAt(app);
  expect(await pathInRepository(git, repository, join(app, 'docs/PLAN.md'))).toBe('docs/PLAN.md');
  expect(await pathInRepository(git, repository, join(path, 'docs/PLAN.md'))).toBe('docs/PLAN.md');
  expect(await pathInRepository(git, repository, join(newRepository(), 'PLAN.md'))).toBeUndefined();
  expect(await pathInRepository(git, repository, join(dirname(app), 'PLAN.md'))).toBeUndefined();
});

test('whether a commit holds a phase: read from what was committed, not from the file', async () => {
  const { app } = await withWorktree();
  const repository = await repositoryAt(app);
  const before = sh(app, 'rev-parse', 'HEAD');
  const phases = (...ids: readonly string[]) =>
    ids.map((id) => `## Phase ${id} — Work\n\n- [ ] T${id}: do it\n`).join('\n');
  const file = join(app, 'docs', 'PLAN é.md');
  const after = commit(app, { 'docs/PLAN é.md': `# Plan\n\n${phases('1', '2')}` }, 'plan');
  writeFiles(app, { 'docs/PLAN é.md': `# Plan\n\n${phases('1', '2', '3')}` });
  const holds = (commitHash: string, phase: string, files = [file]) =>
    commitHoldsPhase(git, repository, commitHash, phase, files);
  expect(await holds(after, '2')).toBe(true);
  expect(await holds(after, '3')).toBe(false);
  expect(await holds(before, '2')).toBe(false);
  expect(await holds(after, '2', [join(newRepository(), 'docs/PLAN é.md')])).toBe(false);
  expect(await holds(after, '2', [])).toBe(false);
});
