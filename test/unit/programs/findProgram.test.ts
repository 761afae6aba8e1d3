import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../../../src/programs/findProgram';
import { findBd } from '../../../src/tracker/bd';
import { temporaryFolder } from '../../support/temporary';

const path = (...folders: readonly string[]) => ({ PATH: folders.join(delimiter) });
const isWindows = process.platform === 'win32';

test.skipIf(isWindows)('the first on the PATH that can be run', async () => {
  const [text, folder, first, second] = [
    temporaryFolder({ bd: '' }),
    temporaryFolder({ 'bd/file': '' }),
    temporaryFolder({ bd: '' }),
    temporaryFolder({ bd: '' }),
  ];
  for (const each of [first, second]) chmodSync(join(each, 'bd'), 0o755);
  expect(await findProgram('bd', [], { env: path(text, folder, first, second) })).toBe(join(first, 'bd'));
  expect(await findProgram('bd', [], { env: path(text, folder) })).toBeUndefined();
  expect(await findProgram('bd', [], { env: {} })).toBeUndefined();
  // What a workspace brings along is not run.
  expect(await findProgram('bd', [], { env: path('', '.', 'bin') })).toBeUndefined();
});

test('on Windows a program, also behind the script that npm puts there', async () => {
  const script = temporaryFolder({ 'bd.cmd': '', bd: '' });
  const npm = temporaryFolder({ 'bd.cmd': '', 'node_modules/@beads/bd/bin/bd.exe': '' });
  const local = temporaryFolder({ '.bin/bd.cmd': '', '@beads/bd/bin/bd.exe': '' });
  const own = temporaryFolder({ 'bd.exe': '' });
  const find = (...folders: readonly string[]) => findBd({ isWindows: true, env: { Path: folders.join(delimiter) } });
  expect(await find(script)).toBeUndefined();
  expect(await find(script, `"${own}"`)).toBe(join(own, 'bd.exe'));
  expect(await find(npm)).toBe(join(npm, 'node_modules/@beads/bd/bin/bd.exe'));
  expect(await find(join(local, '.bin'))).toBe(join(local, '@beads/bd/bin/bd.exe'));
});
