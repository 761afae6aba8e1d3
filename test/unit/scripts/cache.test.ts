import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { cacheFolder, installOnce } from '../../../scripts/vscode/cache.mjs';
import { temporaryFolder } from '../../support/temporary';

let cache: string;

beforeEach(() => {
  cache = temporaryFolder();
  vi.stubEnv('PHASEWISE_CACHE', cache);
  return () => vi.unstubAllEnvs();
});

test('of several that want a folder at once, one fills it', async () => {
  let fills = 0;
  const fill = async (folder: string) => {
    fills++;
    await new Promise((done) => setTimeout(done, 20));
    writeFileSync(join(folder, 'content'), 'whole');
  };
  const folders = await Promise.all([1, 2, 3].map(() => installOnce('thing', 'key', fill)));
  expect(fills).toBe(1);
  expect(new Set(folders).size).toBe(1);
  expect(readFileSync(join(folders[0] ?? '', 'content'), 'utf8')).toBe('whole');
  expect(readdirSync(cache)).toEqual(['thing-key']);
});

test('a failure leaves no folder that looks whole, and the next attempt starts afresh', async () => {
  const failing = async (folder: string) => {
    writeFileSync(join(folder, 'half'), '');
    throw new Error('no network');
  };
  await expect(installOnce('thing', 'key', failing)).rejects.toThrow('no network');
  expect(existsSync(join(cache, 'thing-key'))).toBe(false);
  const folder = await installOnce('thing', 'key', async (target) => writeFileSync(join(target, 'content'), ''));
  expect(readdirSync(folder)).toEqual(['content']);
});

test('the lock of a process that has died does not stand in the way', async () => {
  writeFileSync(join(cache, 'thing-key.lock'), '999999999');
  const folder = await installOnce('thing', 'key', async (target) => writeFileSync(join(target, 'content'), ''));
  expect(readdirSync(folder)).toEqual(['content']);
});

test('where the home cannot be written, the cache stays inside node_modules', () => {
  const file = join(temporaryFolder({ file: '' }), 'file');
  vi.stubEnv('PHASEWISE_CACHE', '');
  vi.stubEnv('XDG_CACHE_HOME', file);
  expect(cacheFolder()).toMatch(/node_modules[/\\]\.cache[/\\]phasewise$/);
});
