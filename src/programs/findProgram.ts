import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

export interface SearchOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly isWindows?: boolean;
}

/**
 * The absolute path of a program on the PATH; undefined when it is not there. Folders that the PATH names from wherever
 * one stands are left out: a workspace must not bring the program along. On Windows, only what starts without a shell.
 * @param below Where else a folder of the PATH can hold it, such as the package that a script in it belongs to.
 */
export async function findProgram(
  name: string,
  below: readonly string[] = [],
  { env = process.env, isWindows = process.platform === 'win32' }: SearchOptions = {},
): Promise<string | undefined> {
  const file = isWindows ? `${name}.exe` : name;
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).map((folder) => folder.replace(/^"(.*)"$/, '$1'));
  for (const folder of folders) {
    if (!isAbsolute(folder)) continue;
    for (const place of ['', ...below]) {
      const path = join(folder, place, file);
      if (await isProgram(path, isWindows)) return path;
    }
  }
  return undefined;
}

async function isProgram(path: string, isWindows: boolean): Promise<boolean> {
  try {
    await access(path, isWindows ? constants.F_OK : constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
