// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are what is tested.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WorkspaceFailure, type WorkspaceProblem } from '../../../src/workspaces/failure';
import { type WorkspaceNames, workspaceName, workspaceNames } from '../../../src/workspaces/naming';
import { nowhere, type PlanWords, planOf } from './plans';

const defaults = { path: '${repo}.worktrees/${plan}-${phase}', branch: 'plan/${plan}/${phase}-${title}' };
const repository = '/home/me/my app';

function namesOf(words: PlanWords, templates: Partial<typeof defaults> = {}, stem = repository): WorkspaceNames {
  const { plan, phase } = planOf(words);
  return workspaceNames(plan, phase, { folder: repository, stem }, { ...defaults, ...templates });
}

function problemOf(words: PlanWords, templates: Partial<typeof defaults> = {}): WorkspaceProblem {
  try {
    namesOf(words, templates);
  } catch (error) {
    if (error instanceof WorkspaceFailure) return error.problem;
    throw error;
  }
  throw new Error('expected a WorkspaceFailure');
}

test('by themselves: beside the repository, on a branch that tells the phase', () => {
  expect(namesOf({})).toEqual({
    branch: 'plan/golf/J-provision-production-resources',
    path: '/home/me/my app.worktrees/golf-J',
  });
});

test('ids and titles of every kind give one name each', () => {
  const names = namesOf({ id: 'Golf Round Finder', phase: { id: '0.5', title: '--force; rm -rf "$HOME"\n/../..' } });
  expect(names).toEqual({
    branch: 'plan/golf-round-finder/0.5-force-rm-rf-home',
    path: '/home/me/my app.worktrees/golf-round-finder-0.5',
  });
  expect(namesOf({ id: '__proto__', phase: { id: 'constructor', title: 'toString' } })).toEqual({
    branch: 'plan/__proto__/constructor-tostring',
    path: '/home/me/my app.worktrees/__proto__-constructor',
  });
  const foreign = namesOf({ id: '計画', phase: { id: '../..', title: '🚀' } });
  expect(foreign.branch).toMatch(/^plan\/x[a-z0-9]{7}\/x[a-z0-9]{7}-x[a-z0-9]{7}$/);
  expect(foreign.path).toMatch(/^\/home\/me\/my app\.worktrees\/x[a-z0-9]{7}-x[a-z0-9]{7}$/);
  expect(namesOf({ phase: { title: '  ' } }).branch).toBe('plan/golf/J-phase');
});

test('by the settings', () => {
  const templates = { path: '../trees/${phase}', branch: 'work/${phase}' };
  expect(namesOf({}, templates)).toEqual({ branch: 'work/J', path: '/home/me/trees/J' });
  expect(namesOf({}, { path: '~/trees/${plan}' }).path).toBe(join(homedir(), 'trees/golf'));
  expect(namesOf({}, { path: '/srv/${plan}/${phase}' }).path).toBe('/srv/golf/J');
});

test('by the plan, and for one phase by the phase', () => {
  expect(namesOf({ branch: 'g/${phase}', worktrees: '.trees' })).toEqual({
    branch: 'g/J',
    path: '/home/me/my app/.trees/golf-J',
    within: '/home/me',
  });
  expect(namesOf({ branch: 'g/${phase}', phase: { branch: 'own-branch' } }).branch).toBe('own-branch');
  expect(namesOf({ worktrees: '${repo}-trees/${plan}' }).path).toBe('/home/me/my app-trees/golf/golf-J');
});

test('in a submodule: outside of the checkout that holds it', () => {
  const stem = '/home/me/whole.my app';
  expect(namesOf({}, {}, stem).path).toBe('/home/me/whole.my app.worktrees/golf-J');
  expect(namesOf({ worktrees: '${repo}-w' }, {}, stem)).toMatchObject({ path: `${stem}-w/golf-J`, within: '/home/me' });
  expect(namesOf({ worktrees: '.w' }, {}, stem).path).toBe('/home/me/my app/.w/golf-J');
  expect(namesOf({}, { path: '../x' }, stem).path).toBe('/home/me/x');
});

test.each([
  '/etc',
  '../elsewhere',
  'a/../../..',
  '~/x',
  'C:\\x',
  '',
  '.',
  '${repo}',
  '${repo}/../..',
  '.git/x',
  'a\0b',
  '*',
])('a plan may not put workspaces in %j', (worktrees) => {
  expect(problemOf({ worktrees })).toEqual({
    kind: 'bad-folder',
    folder: worktrees,
    origin: { in: 'plan', at: expect.objectContaining(nowhere) },
  });
});

test.each(['-x', 'a b', 'a..b', 'HEAD', '@{-1}', 'refs/heads/x', 'x.lock', ''])('%j is no branch', (branch) => {
  expect(problemOf({ branch })).toMatchObject({ kind: 'bad-branch', branch, origin: { in: 'plan' } });
  expect(problemOf({ phase: { branch } })).toMatchObject({ kind: 'bad-branch', origin: { in: 'plan' } });
});

test('placeholders that do not exist are named, with where they stand', () => {
  expect(problemOf({}, { branch: 'x/${nope}' })).toEqual({
    kind: 'unknown-placeholder',
    placeholder: 'nope',
    origin: { in: 'settings', setting: 'phasewise.workspaces.branch' },
  });
  expect(problemOf({}, { path: '${repo}/${home}' })).toMatchObject({
    placeholder: 'home',
    origin: { setting: 'phasewise.workspaces.path' },
  });
  expect(problemOf({ branch: '${repo}/x' })).toMatchObject({ placeholder: 'repo', origin: { in: 'plan' } });
  expect(problemOf({ worktrees: 'x/${repo}' })).toMatchObject({ placeholder: 'repo', origin: { in: 'plan' } });
});

test('the name of a phase has no way out of its folder', () => {
  const { plan, phase } = planOf({ id: '../../etc', phase: { id: '/passwd' } });
  expect(workspaceName(plan, phase)).toMatch(/^etc-passwd-[a-z0-9]{7}$/);
});
