import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createGit } from '../../../src/git/runGit';
import { uncommittedFiles } from '../../../src/git/uncommitted';
import { temporaryFolder } from '../../support/temporary';

const git = createGit();

test('tells files that are changed, staged or new from those that are committed or ignored', async () => {
  const folder = temporaryFolder({
    'clean.md': 'a\n',
    'changed.md': 'a\n',
    'staged.md': 'a\n',
    'docs/clean.md': 'a\n',
    'docs/:(glob)*.md': 'a\n',
    '.gitignore': 'ignored.md\n',
  });
  await git.run(folder, ['init', '--quiet']);
  const author = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  await git.run(folder, ['add', '.']);
  await git.run(folder, [...author, 'commit', '--quiet', '-m', 'all']);
  for (const name of ['changed.md', 'staged.md', 'docs/:(glob)*.md']) appendFileSync(join(folder, name), 'b\n');
  await git.run(folder, ['add', 'staged.md']);
  mkdirSync(join(folder, 'new'));
  for (const name of ['new/clean.md', 'ignored.md']) writeFileSync(join(folder, name), 'a\n');
  const names = [
    'clean.md',
    'changed.md',
    'staged.md',
    'docs/clean.md',
    'docs/:(glob)*.md',
    'new/clean.md',
    'ignored.md',
  ];
  const found = await uncommittedFiles(
    git,
    names.map((name) => join(folder, name)),
  );
  expect(found).toEqual(
    ['changed.md', 'staged.md', 'docs/:(glob)*.md', 'new/clean.md'].map((name) => join(folder, name)),
  );
});

test('fails outside of a repository', async () => {
  await expect(uncommittedFiles(git, [join(temporaryFolder({ 'a.md': 'a' }), 'a.md')])).rejects.toThrow();
});
