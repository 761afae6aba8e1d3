import { readFile } from 'node:fs/promises';
import { holdFiles } from '../../src/writing/holdFiles';

/**
 * Counts up in several files at once, one step after the other, until it is killed: `writer FILE…`. Each file holds its
 * number, padded so that a half-written file is told from a whole one.
 */
const files = process.argv.slice(2);

async function main(): Promise<void> {
  for (;;) {
    await holdFiles(files, async ({ replace }) => {
      const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
      const next = Number(texts[0]?.slice(0, 12)) + 1;
      await replace(files.map((path, index) => ({ path, before: texts[index], after: countText(next) })));
    });
  }
}

function countText(count: number): string {
  return `${String(count).padStart(12, '0')}\n`.repeat(2_000);
}

void main();
