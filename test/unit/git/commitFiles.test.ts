import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitFiles, uncommittedOf } from '../../../src/git/commitFiles';
import { recentCommits } from '../../../src/git/recentCommits';
import { createGit } from '../../../src/git/runGit';
import { git, temporaryRepository, writeFiles } from '../../support/temporary';

test('only the files that are named are committed, new ones and such with odd names too', async () => {
  const folder = temporaryRepository();
  writeFiles(folder, { 'PLAN.md': '# Plan\n', 'plan/*odd.md': '# Odd\n', 'other.txt': 'mine\n' });
  git(folder, 'add', 'other.txt');
  const files = [join(folder, 'PLAN.md'), join(folder, 'plan/*odd.md'), join(folder, 'README.md')];
  const own = createGit();
  const changed = await uncommittedOf(own, files);
  expect(changed).toEqual(files.slice(0, 2));
  const hash = await commitFiles(own, changed, 'Plan, as it is executed');
  expect(await uncommittedOf(own, files)).toEqual([]);
  expect(git(folder, 'status', '--porcelain').trim()).toBe('A  other.txt');
  const [latest] = await recentCommits(own, folder, 5);
  expect(latest).toMatchObject({ hash, subject: 'Plan, as it is executed' });
});
