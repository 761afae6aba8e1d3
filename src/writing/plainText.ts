import { WriteRefusal } from './refusal';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The text of a file, without a byte order mark. Throws `WriteRefusal` for what would not be the same when written again. */
export function textOfBytes(path: string, bytes: Buffer): string {
  const text = new TextDecoder().decode(bytes);
  if (!bytes.includes(0) && bytesOfText(text, bytes).equals(bytes)) return text;
  throw new WriteRefusal('not-text', path, 'it is not written in UTF-8', 'Convert it to UTF-8 first.');
}

/** With a byte order mark where the file has one. */
export function bytesOfText(text: string, like: Buffer): Buffer {
  const hasMark = like.subarray(0, 3).equals(BYTE_ORDER_MARK);
  return hasMark ? Buffer.concat([BYTE_ORDER_MARK, Buffer.from(text)]) : Buffer.from(text);
}
