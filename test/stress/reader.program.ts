import { readFileSync } from 'node:fs';
import { readPlanFile } from '../../src/core/notation/read';

/**
 * Reads the files over and over, and looks at each time whether they are whole: `reader PLAN PROGRESS BEADS`. Ends at end of
 * input; prints how often it read and what it found wrong.
 */
const [planFile = '', progressFile = '', count = ''] = process.argv.slice(2);
let goesOn = true;
process.stdin.on('end', () => {
  goesOn = false;
});
process.stdin.resume();

async function main(): Promise<void> {
  const faults = new Set<string>();
  let reads = 0;
  let part: ReturnType<typeof readPlanFile> | undefined;
  let closed = 0;
  let entries = 0;
  while (goesOn) {
    const text = readFileSync(planFile, 'utf8');
    const log = readFileSync(progressFile, 'utf8');
    reads++;
    if (!text.endsWith('The end of the plan.\n')) faults.add(`the plan ends with ${JSON.stringify(text.slice(-40))}`);
    if (!log.startsWith('# Progress\n') || !log.endsWith('\n')) faults.add('the progress file is not whole');
    const now = log.split('\n').length;
    if (now < entries) faults.add(`progress went back from ${entries} to ${now} lines`);
    entries = now;
    // Reading it as a plan takes longer; now and then is enough.
    if (reads % 100 === 0) {
      part = readPlanFile(planFile, text, part);
      if (part.beads.length !== Number(count)) faults.add(`${part.beads.length} beads were read`);
      const done = part.beads.filter(({ status }) => status === 'closed').length;
      if (done < closed) faults.add(`closed beads went back from ${closed} to ${done}`);
      closed = done;
    }
    await new Promise((done) => setTimeout(done, 5));
  }
  process.stdout.write(JSON.stringify({ reads, faults: [...faults] }));
}

void main();
