import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { excludeFromGit } from '../../../src/git/exclude';
import { writeFiles } from '../../support/temporary';
import { git, newRepository, sh } from './repositories';

const pattern = '.phasewise/phase/';

test('the line is added once, for all worktrees, and can be taken out again', async () => {
  const app = newRepository();
  const linked = join(dirname(app), 'linked');
  sh(app, 'worktree', 'add', '--quiet', '-b', 'x', linked);
  const file = join(app, '.git/info/exclude');
  writeFileSync(file, 'mine\r\nno line end');
  const undo = await excludeFromGit(git, join(linked, 'src'), pattern);
  expect(readFileSync(file, 'utf8')).toBe(`mine\r\nno line end\n${pattern}\n`);
  expect(await excludeFromGit(git, app, pattern)).toBeUndefined();
  for (const folder of [app, linked]) {
    writeFiles(folder, { '.phasewise/phase/PROMPT.md': 'x' });
    expect(sh(folder, 'status', '--porcelain')).toBe('');
  }
  await undo?.();
  expect(readFileSync(file, 'utf8')).toBe('mine\r\nno line end\n');
});

test('a repository without an exclude file gets one', async () => {
  const app = newRepository();
  rmSync(join(app, '.git/info'), { recursive: true });
  await excludeFromGit(git, app, pattern);
  expect(readFileSync(join(app, '.git/info/exclude'), 'utf8')).toBe(`${pattern}\n`);
});
