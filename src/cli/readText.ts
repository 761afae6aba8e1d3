import { readFileSync } from 'node:fs';

/** Where git looks for a zero byte to call a file binary. */
const binaryProbe = 8_000;

/** A file's text without a byte order mark; undefined for a binary file. Rejects when the file cannot be read. */
export async function readText(path: string): Promise<string | undefined> {
  // In one turn: whoever holds a lock and reads has others waiting.
  const bytes = readFileSync(path);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.subarray(0, binaryProbe).includes(0) ? undefined : new TextDecoder().decode(bytes);
}
