import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WorkspaceFailure } from '../../../src/workspaces/failure';
import { foldersOf } from '../../../src/workspaces/scopedPaths';
import { temporaryFolder } from '../../support/temporary';
import { planOf } from './plans';

const files = { 'src/a/one.js': '', 'src/a/deep/two.js': '', 'src/b/three.js': '', 'README.md': '' };

function folders(root: string, ...paths: readonly string[]): Promise<readonly string[]> {
  return foldersOf(planOf({ phase: { paths } }).phase, root);
}

test('folders, files and globs give folders, the outermost only, and what is not there is left out', async () => {
  const root = temporaryFolder(files);
  const at = (...names: readonly string[]) => names.map((name) => join(root, name));
  expect(await folders(root, 'src/a/**/*.js', './src/a/deep/two.js', 'src/b/', 'src/b')).toEqual(at('src/a', 'src/b'));
  expect(await folders(root, 'src/b/three.js', 'not/there')).toEqual(at('src/b'));
});

test('without a path that is there, the folder itself', async () => {
  const root = temporaryFolder(files);
  for (const paths of [[], ['not/there'], ['**/*.js'], ['README.md'], ['.', 'src/a']])
    expect([paths, await folders(root, ...paths)]).toEqual([paths, [root]]);
});

test.each(['../x', '/etc', 'src/../../x', '~/x', 'C:\\x', 'link', 'link/in', '.git/hooks'])(
  '%j is refused',
  async (path) => {
    const root = temporaryFolder(files);
    symlinkSync(temporaryFolder({ 'in/x': '' }), join(root, 'link'));
    const failure = await folders(root, 'src/a', path).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WorkspaceFailure);
    expect((failure as WorkspaceFailure).problem).toMatchObject({ kind: 'bad-path', path, origin: { in: 'plan' } });
  },
);
