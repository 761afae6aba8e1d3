import { chmodSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPlanFiles } from '../../../src/cli/findFiles';
import { temporaryFolder, temporaryRepository, writeFiles } from '../../support/temporary';

async function found(cwd: string, ...paths: string[]): Promise<string[]> {
  const { files } = await findPlanFiles(paths, cwd);
  return files.map(({ path }) => relative(cwd, path));
}

describe('a folder', () => {
  test('is searched for the names that plan files have', async () => {
    const folder = temporaryFolder({
      'PLAN-x.md': '',
      'a.plan.yaml': '',
      'docs/plan.md': '',
      'docs/plans/deep/er/any.yml': '',
      '.planning/x.md': '',
      '.beads/issues.jsonl': '',
      'ROADMAP.md': '',
      'README.md': '',
      'src/plan.ts': '',
      'plan.txt': '',
    });
    expect(await found(folder)).toEqual([
      '.beads/issues.jsonl',
      '.planning/x.md',
      'PLAN-x.md',
      'ROADMAP.md',
      'a.plan.yaml',
      'docs/plan.md',
      'docs/plans/deep/er/any.yml',
    ]);
  });

  test('patterns count from the folder that is named', async () => {
    const folder = temporaryFolder({ 'plans/notes/a.md': '' });
    expect(await found(folder, 'plans/notes')).toEqual([]);
    expect(await found(folder, 'plans/notes/..')).toEqual([]);
    expect(await found(folder, '.')).toEqual(['plans/notes/a.md']);
  });

  test('node_modules and .git are passed over', async () => {
    const folder = temporaryFolder({ 'node_modules/x/PLAN.md': '', '.git/PLAN.md': '', 'a/PLAN.md': '' });
    expect(await found(folder)).toEqual(['a/PLAN.md']);
  });

  test('what .gitignore files leave out is left out, nested ones and exceptions included', async () => {
    const folder = temporaryRepository({
      '.gitignore': 'build/\n*.plan.md\n',
      'build/PLAN.md': '',
      'x.plan.md': '',
      'keep/.gitignore': '!x.plan.md\nPLAN-local.md\n',
      'keep/x.plan.md': '',
      'keep/PLAN-local.md': '',
      'PLAN-local.md': '',
    });
    expect(await found(folder)).toEqual(['PLAN-local.md', 'keep/x.plan.md']);
  });

  test('rules above the folder hold up to the top of its repository', async () => {
    const folder = temporaryRepository({ '.gitignore': 'out/\n', 'a/b/out/PLAN.md': '', 'a/b/PLAN.md': '' });
    expect(await found(folder, 'a/b')).toEqual(['a/b/PLAN.md']);
  });

  test('rules outside of any repository do not hold', async () => {
    const folder = temporaryFolder({ '.gitignore': 'PLAN.md\n', 'a/PLAN.md': '' });
    expect(await found(folder, 'a')).toEqual(['a/PLAN.md']);
  });

  test('a folder that is ignored is searched when it is named', async () => {
    const folder = temporaryRepository({ '.gitignore': 'out/\n', 'out/PLAN.md': '' });
    expect(await found(folder)).toEqual([]);
    expect(await found(folder, 'out')).toEqual(['out/PLAN.md']);
  });

  test('links are followed, circles are not, and no file comes twice', async () => {
    const elsewhere = temporaryFolder({ 'PLAN-far.md': '' });
    const folder = temporaryFolder({ 'z/PLAN.md': '' });
    symlinkSync(join(folder, 'z'), join(folder, 'a'));
    symlinkSync(folder, join(folder, 'z/loop'));
    symlinkSync(join(folder, '..'), join(folder, 'z/above'));
    symlinkSync(join(folder, 'self'), join(folder, 'self'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'PLAN-broken.md'));
    symlinkSync(elsewhere, join(folder, 'far'));
    expect(await found(folder)).toEqual(['far/PLAN-far.md', 'z/PLAN.md']);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be read is reported, the rest is found', async () => {
    const folder = temporaryFolder({ 'secret/PLAN.md': '', 'PLAN.md': '' });
    chmodSync(join(folder, 'secret'), 0);
    const { files, troubles } = await findPlanFiles([], folder);
    chmodSync(join(folder, 'secret'), 0o700);
    expect(files).toHaveLength(1);
    expect(troubles).toMatchObject([{ path: join(folder, 'secret'), isFatal: false }]);
  });
});

describe('a file', () => {
  test('is taken whatever it is called', async () => {
    const folder = temporaryFolder({ 'notes.txt': '', node_modules: '' });
    expect(await found(folder, 'notes.txt', 'node_modules')).toEqual(['notes.txt', 'node_modules']);
  });

  test('comes once, under the folder that it was also found in', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'docs/PLAN.md': '' });
    for (const paths of [
      ['docs/PLAN.md', 'docs'],
      ['docs', 'docs/PLAN.md'],
    ]) {
      const { files } = await findPlanFiles(paths, folder);
      expect(files).toEqual([{ path: join(folder, 'docs/PLAN.md'), root: join(folder, 'docs'), isNamed: true }]);
    }
  });

  test('has the current folder as its root, elsewhere its own', async () => {
    const folder = temporaryFolder({ 'a/PLAN.md': '', 'b/PLAN.md': '' });
    const roots = async (cwd: string) => (await findPlanFiles([join(folder, 'a/PLAN.md')], cwd)).files[0]?.root;
    expect(await roots(folder)).toBe(folder);
    expect(await roots(join(folder, 'b'))).toBe(join(folder, 'a'));
  });

  test('that is not there is reported', async () => {
    const { files, troubles } = await findPlanFiles(['nothing.md'], temporaryFolder());
    expect(files).toEqual([]);
    expect(troubles).toMatchObject([{ why: 'there is no such file or folder', isFatal: true }]);
  });
});
