import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findDesktop } from '../../../scripts/vscode/desktop.mjs';
import { temporaryFolder } from '../../support/temporary';

/** A machine on which VS Code is installed as its Linux packages do: the program, and a command in the path. */
function linux(version: string) {
  const folder = temporaryFolder({
    'share/code/code': '',
    'share/code/bin/code': '#!/bin/sh\n',
    'share/code/resources/app/package.json': JSON.stringify({ version }),
  });
  mkdirSync(join(folder, 'bin'));
  chmodSync(join(folder, 'share/code/bin/code'), 0o755);
  symlinkSync(join(folder, 'share/code/bin/code'), join(folder, 'bin/code'));
  return { folder, env: { PATH: join(folder, 'bin'), DISPLAY: ':0' } };
}

test('a desktop VS Code is found through its command, and is the program behind it', () => {
  const { folder, env } = linux('1.139.1');
  expect(findDesktop('1.103.0', env, 'linux')).toBe(join(folder, 'share/code/code'));
});

test('the oldest supported version is new enough, one before it is not', () => {
  expect(findDesktop('1.103.0', linux('1.103.0').env, 'linux')).toBeDefined();
  expect(findDesktop('1.103.0', linux('1.99.3').env, 'linux')).toBeUndefined();
});

test('without a screen, and in a terminal of a remote window, there is none', () => {
  const { env } = linux('1.139.1');
  expect(findDesktop('1.103.0', { ...env, DISPLAY: undefined }, 'linux')).toBeUndefined();
  expect(findDesktop('1.103.0', { ...env, VSCODE_IPC_HOOK_CLI: '/run/ipc.sock' }, 'linux')).toBeUndefined();
});

test('in macOS it is the program inside the application', () => {
  const app = 'Applications/Visual Studio Code.app/Contents';
  const folder = temporaryFolder({
    [`${app}/MacOS/Electron`]: '',
    [`${app}/Resources/app/package.json`]: JSON.stringify({ version: '1.139.1' }),
    [`${app}/Resources/app/bin/code`]: '#!/bin/sh\n',
  });
  const expected = join(folder, app, 'MacOS/Electron');
  expect(findDesktop('1.103.0', { HOME: folder }, 'darwin')).toBe(expected);
  expect(findDesktop('1.103.0', { PATH: join(folder, app, 'Resources/app/bin') }, 'darwin')).toBe(expected);
});
