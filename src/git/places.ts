import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Whether `path` is `folder` or lies below it, by their names alone. Both are absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where `path` really is: links are followed in the part of it that exists. Never fails. */
export async function realPlace(path: string): Promise<string> {
  const whole = resolve(path);
  const missing: string[] = [];
  for (let current = whole; ; current = dirname(current)) {
    try {
      return join(await realpath(current), ...missing);
    } catch {
      if (dirname(current) === current) return whole;
      missing.unshift(basename(current));
    }
  }
}

/** Whether two paths name one place, links followed. */
export async function samePlace(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([realPlace(one), realPlace(other)]);
  return relative(first, second) === '';
}

/** The nearest folder at or above `path` that exists. */
export async function existingFolder(path: string): Promise<string> {
  for (let current = resolve(path); ; current = dirname(current)) {
    const found = await stat(current).catch(() => undefined);
    if (found?.isDirectory() === true || dirname(current) === current) return current;
  }
}

/** Whether anything has this name, a link that leads nowhere included. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
