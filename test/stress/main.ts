import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crowd } from './crowd';
import { killWriters } from './killWriters';

/** The full counts; `npm test` runs small ones. */
const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '16' },
    beads: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '3000' },
  },
});

async function main(): Promise<void> {
  const faults: string[] = [];
  for (const [name, count, run] of [
    ['crowd', Number(values.beads), (folder: string) => crowd(folder, Number(values.processes), Number(values.beads))],
    ['kills', Number(values.kills), (folder: string) => killWriters(folder, Number(values.kills))],
  ] as const) {
    if (count === 0) continue;
    const folder = realpathSync(mkdtempSync(join(tmpdir(), `phasewise-stress-${name}-`)));
    const started = performance.now();
    const report = await run(folder);
    console.log(name, JSON.stringify({ ...report, faults: report.faults.length }), `${seconds(started)} s`);
    faults.push(...report.faults.map((fault) => `${name}: ${fault}`));
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  for (const fault of faults.slice(0, 20)) console.log(fault);
  console.log(faults.length === 0 ? 'No fault' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

function seconds(started: number): string {
  return ((performance.now() - started) / 1_000).toFixed(0);
}

void main();
