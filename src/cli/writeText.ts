import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Replaces a file's text in one step: it is written beside the file and renamed over it, so that nobody ever reads half
 * of it. Mode and byte order mark stay, and a link stays a link. Gives why nothing was written: `before` is not what
 * the file holds (any more), or it holds something other than UTF-8. Rejects when the system refuses.
 */
export async function writeText(path: string, before: string, after: string): Promise<string | undefined> {
  const target = await realpath(path);
  const bytes = await readFile(target);
  const hasMark = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK);
  const asWritten = (text: string) =>
    hasMark ? Buffer.concat([BYTE_ORDER_MARK, Buffer.from(text)]) : Buffer.from(text);
  if (!bytes.equals(asWritten(before))) {
    const isOther =
      bytes[0] === 0xff || bytes[0] === 0xfe || bytes.includes(0) || Buffer.from(before).includes('\ufffd');
    return isOther ? 'it is not written in UTF-8' : 'it has changed since it was read';
  }
  const { mode } = await stat(target);
  const beside = join(dirname(target), `.${randomUUID()}.phasewise.tmp`);
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(asWritten(after));
      // The mask of the process may have taken bits away.
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  return undefined;
}
