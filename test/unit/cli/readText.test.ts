import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readText } from '../../../src/cli/readText';
import { temporaryFolder } from '../../support/temporary';

test('a file that an editor has emptied, to write it at once, is not taken for an empty one', async () => {
  const folder = temporaryFolder({ 'PLAN.md': '' });
  const file = join(folder, 'PLAN.md');
  const reading = readText(file);
  writeFileSync(file, '# Plan\n');
  expect(await reading).toBe('# Plan\n');
});

test('an empty file is empty, and a binary one has no text', async () => {
  const folder = temporaryFolder({ 'PLAN.md': '', 'binary.md': 'a\0b' });
  expect(await readText(join(folder, 'PLAN.md'))).toBe('');
  expect(await readText(join(folder, 'binary.md'))).toBeUndefined();
});
