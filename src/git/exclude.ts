import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { oneLine } from './repository';
import { fileFailure, type Git, type GitCall } from './runGit';

/**
 * Keeps `pattern` out of git in all checkouts of the repository that `folder` is in, through its exclude file.
 * Gives a function that takes the line out again; undefined when the line stood there before.
 */
export async function excludeFromGit(
  git: Git,
  folder: string,
  pattern: string,
  call?: GitCall,
): Promise<(() => Promise<void>) | undefined> {
  const file = resolve(folder, oneLine(await git.run(folder, ['rev-parse', '--git-path', 'info/exclude'], call)));
  try {
    await mkdir(dirname(file), { recursive: true });
    const before = await readFile(file, 'utf8').catch(() => '');
    if (before.split(/\r?\n/).some((line) => line.trim() === pattern)) return undefined;
    const lineBreak = before === '' || before.endsWith('\n') ? '' : '\n';
    await appendFile(file, `${lineBreak}${pattern}\n`);
  } catch (error) {
    throw fileFailure(error, file);
  }
  return async () => {
    const now = await readFile(file, 'utf8').catch(() => '');
    const without = now.split('\n').filter((line) => line.trim() !== pattern);
    await writeFile(file, without.join('\n'));
  };
}
