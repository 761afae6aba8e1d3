import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of all files and links below a folder, sorted; links are not followed. */
export function filesBelow(folder: string, prefix = ''): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return lstatSync(path).isDirectory() ? filesBelow(path, `${prefix}${name}/`) : [prefix + name];
    });
}
