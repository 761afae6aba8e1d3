import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Writes what is appended to a file to a stream, soon after it is appended.
 * @param {string} file
 * @param {NodeJS.WritableStream} stream
 * @returns {() => void} writes the rest and stops
 */
export function follow(file, stream) {
  const handle = openSync(file, 'r');
  const buffer = Buffer.alloc(65_536);
  const copy = () => {
    for (let length = 1; length > 0; ) {
      length = readSync(handle, buffer, 0, buffer.length, null);
      if (length > 0) stream.write(Buffer.from(buffer.subarray(0, length)));
    }
  };
  const timer = setInterval(copy, 100);
  return () => {
    clearInterval(timer);
    copy();
    closeSync(handle);
  };
}
