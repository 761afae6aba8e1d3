import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { codeRepository, isAddress, placeOf } from '../../../src/workspaces/codeRepository';
import { WorkspaceFailure } from '../../../src/workspaces/failure';
import { temporaryFolder } from '../../support/temporary';
import { git, newRepository, problemOf, sh } from '../git/repositories';
import { planOf } from './plans';

const noChoices = { folders: new Map<string, string>(), open: [] };

async function find(
  repository: string | undefined,
  planFile: string,
  choices: Parameters<typeof codeRepository>[3] = noChoices,
) {
  const { plan } = planOf(repository === undefined ? {} : { repository });
  const found = await codeRepository(git, plan, planFile, choices);
  return { checkout: found.repository.checkout, namedByPlan: found.namedByPlan };
}

async function refusal(repository: string, planFile: string) {
  const error = await find(repository, planFile).catch((failure: unknown) => failure);
  if (error instanceof WorkspaceFailure) return error.problem;
  throw error;
}

test('the repository that the plan is in', async () => {
  const app = newRepository();
  expect(await find(undefined, join(app, 'docs/PLAN.md'))).toEqual({ checkout: app, namedByPlan: false });
  expect(await find('  ', join(app, 'docs/PLAN.md'))).toEqual({ checkout: app, namedByPlan: false });
  const folder = temporaryFolder();
  expect(await problemOf(find(undefined, join(folder, 'PLAN.md')))).toMatchObject({ kind: 'not-a-repository' });
});

test('one that the plan names by a path, from the plan’s file or in full', async () => {
  const app = newRepository();
  const plans = temporaryFolder();
  const planFile = join(plans, 'docs/PLAN.md');
  mkdirSync(dirname(planFile));
  for (const words of [relative(dirname(planFile), app), app, join(app, 'src')])
    expect(await find(words, planFile)).toEqual({ checkout: app, namedByPlan: true });
});

test('one by the user’s own setting, whatever the words', async () => {
  const app = newRepository();
  for (const words of ['https://example.com/a.git', 'the app', '__proto__'])
    expect(await find(words, '/x/PLAN.md', { folders: new Map([[words, app]]), open: [] })).toEqual({
      checkout: app,
      namedByPlan: false,
    });
});

test('an open clone of an address', async () => {
  const app = newRepository();
  sh(app, 'remote', 'add', 'upstream', 'git@Example.com:team/app.git');
  const open = [temporaryFolder(), newRepository(), join(app, 'src')];
  expect(await find('https://example.com/team/app', '/x/PLAN.md', { folders: new Map(), open })).toEqual({
    checkout: app,
    namedByPlan: false,
  });
});

test('an address without a clone, and a path without a folder', async () => {
  const planFile = join(newRepository(), 'PLAN.md');
  const at = expect.objectContaining({ in: 'plan' });
  expect(await refusal('https://example.com/x.git', planFile)).toEqual({
    kind: 'remote-repository',
    url: 'https://example.com/x.git',
    origin: at,
  });
  expect(await refusal('../nowhere', planFile)).toEqual({
    kind: 'no-such-repository',
    path: join(dirname(planFile), '../nowhere'),
    origin: at,
  });
  expect(await refusal('~/phasewise no such folder', planFile)).toMatchObject({
    path: join(homedir(), 'phasewise no such folder'),
  });
  expect(await refusal('README.md', planFile)).toMatchObject({ kind: 'no-such-repository' });
});

test('addresses and paths are told apart', () => {
  for (const words of ['https://x/y', 'ssh://git@x:22/y', 'git@x:y', 'me@host.example:a/b.git', 'file:///a'])
    expect([words, isAddress(words)]).toEqual([words, true]);
  for (const words of ['../x', '/a/b', 'C:\\a', 'C:/a', 'a b', './a@b:c', 'app', '~/x'])
    expect([words, isAddress(words)]).toEqual([words, false]);
});

test('one repository has one place, however its address is written', () => {
  const ways = [
    'https://example.com/team/App.git',
    'http://user@example.com/team/app/',
    'git@example.com:team/app.git',
    'ssh://git@example.com:22/team/app',
    'ssh://git@Example.com/team/app.git',
  ];
  expect(new Set(ways.map(placeOf))).toEqual(new Set(['example.com/team/app']));
  expect(placeOf('https://example.com/team/other')).not.toBe(placeOf(ways[0] ?? ''));
});
