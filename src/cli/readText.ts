import { readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Where git looks for a zero byte to call a file binary. */
const binaryProbe = 8_000;
/** Milliseconds that an editor may take to write a file that it has emptied for that. */
const patience = 1_000;

/**
 * A file's text without a byte order mark; undefined for a binary file. What was emptied just now is looked at again.
 * Rejects when the file cannot be read.
 */
export async function readText(path: string): Promise<string | undefined> {
  // In one turn: whoever holds a lock and reads has others waiting.
  let bytes = readFileSync(path);
  while (bytes.length === 0 && Date.now() - statSync(path).mtimeMs < patience) {
    await pause(50);
    bytes = readFileSync(path);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.subarray(0, binaryProbe).includes(0) ? undefined : new TextDecoder().decode(bytes);
}
