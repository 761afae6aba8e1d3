import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../root.mjs';

const longestInstallation = 20 * 60 * 1000;
const unusedFor = 60 * 24 * 60 * 60 * 1000;

/**
 * A folder outside the checkout that outlives it: `PHASEWISE_CACHE`, else `phasewise` in the user's cache folder,
 * else, where the home cannot be written, a folder inside node_modules.
 */
export function cacheFolder() {
  if (process.env.PHASEWISE_CACHE) return writable(process.env.PHASEWISE_CACHE, true);
  const home = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return writable(join(home, 'phasewise')) ?? writable(join(root, 'node_modules/.cache/phasewise'), true);
}

function writable(folder, must = false) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    if (must) throw new Error(`The cache folder ${folder} cannot be written: ${error.message}`);
    return undefined;
  }
}

/**
 * The folder `<cache>/<name>-<key>`, filled once. Whatever interrupts `fill`, the folder is either absent or whole:
 * it is filled under another name and renamed. Of several processes that want it at once, one fills it and the others
 * wait.
 * @param {string} name
 * @param {string} key changes with whatever the content depends on
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>}
 */
export async function installOnce(name, key, fill) {
  const cache = cacheFolder();
  const target = join(cache, `${name}-${key}`);
  const release = existsSync(target) ? undefined : await lock(`${target}.lock`);
  try {
    if (!existsSync(target)) {
      const partial = `${target}.partial`;
      await rm(partial, { recursive: true, force: true });
      await mkdir(partial, { recursive: true });
      await fill(partial);
      await rename(partial, target);
      await forgetUnused(cache, name);
    }
  } finally {
    await release?.();
  }
  const now = new Date();
  utimesSync(target, now, now);
  return target;
}

/** Waits until no living process holds the lock, takes it, and gives the function that lets it go. */
async function lock(file) {
  for (let announced = false; ; announced = true) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => unlink(file).catch(() => {});
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!heldByLiving(file)) {
      await unlink(file).catch(() => {});
      continue;
    }
    if (!announced) console.log(`Waiting for another process that is filling ${file.replace(/\.lock$/, '')} …`);
    await wait(500);
  }
}

function heldByLiving(file) {
  try {
    const text = readFileSync(file, 'utf8');
    const age = Date.now() - statSync(file).mtimeMs;
    // Between its creation and its content a lock is empty for a moment.
    if (text === '') return age < 5000;
    // Another process may have been given the number of a dead one.
    if (age > longestInstallation) return false;
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Installations of earlier versions that nobody has used for two months. */
async function forgetUnused(cache, name) {
  for (const entry of readdirSync(cache)) {
    const folder = join(cache, entry);
    if (!entry.startsWith(`${name}-`) || /\.(lock|partial)$/.test(entry)) continue;
    if (Date.now() - statSync(folder).mtimeMs > unusedFor) await rm(folder, { recursive: true, force: true });
  }
}
