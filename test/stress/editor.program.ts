import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdFiles } from '../../src/writing/holdFiles';
import { WriteRefusal } from '../../src/writing/refusal';
import { patiently } from './patiently';

/**
 * Somebody who types into the plan and saves: `editor FILE`. As editors do, it has a text of its own, and compares with the
 * disk when it saves: when the file is another by now, what was typed is put into that one, and it saves again. Ends at
 * end of input, and prints how many lines it typed.
 */
const [file = ''] = process.argv.slice(2);
let goesOn = true;
process.stdin.on('end', () => {
  goesOn = false;
});
process.stdin.resume();

async function main(): Promise<void> {
  let typed = 0;
  let conflicts = 0;
  while (goesOn) {
    let before = readFileSync(file, 'utf8');
    typed++;
    // Time passes between reading and saving, in which others write.
    await sleep(30 + Math.random() * 120);
    for (;;) {
      try {
        await save(before, withLine(before, typed));
        break;
      } catch (error) {
        if (!(error instanceof WriteRefusal) || error.code !== 'changed') throw error;
        conflicts++;
        before = await readFile(file, 'utf8');
      }
    }
  }
  process.stdout.write(JSON.stringify({ typed, conflicts }));
}

async function save(before: string, after: string): Promise<void> {
  await patiently(() => holdFiles([file], ({ replace }) => replace([{ path: file, before, after }])));
}

/** One more line in the paragraph of notes at the top. */
function withLine(text: string, number: number): string {
  const at = text.indexOf('\n\n## ');
  return `${text.slice(0, at)}\nTyped line ${number}.${text.slice(at)}`;
}

void main();
