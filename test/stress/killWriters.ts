import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdFiles } from '../../src/writing/holdFiles';
import { bundlePrograms } from './bundle';

export interface KillReport {
  readonly kills: number;
  /** Steps that were taken by all writers together. */
  readonly steps: number;
  /** Kills that left a lock behind. */
  readonly locksLeft: number;
  /** The longest time that somebody had to wait for a lock after a kill, in milliseconds. */
  readonly longestWait: number;
  /** What must not be, in words; empty when all is well. */
  readonly faults: readonly string[];
}

/**
 * Kills processes that replace two files in one step (in two folders, or in one), at random moments. After each kill every
 * file has to be whole, and once the next writer came, both have to say the same and nothing else may lie around.
 */
export async function killWriters(folder: string, kills: number): Promise<KillReport> {
  const [program = ''] = await bundlePrograms(['writer.program'], join(folder, 'programs'));
  const faults: string[] = [];
  let steps = 0;
  let locksLeft = 0;
  let longestWait = 0;
  const plans = [0, 1, 2, 3].map((index) => makePlan(join(folder, `plan-${index}`), index % 2 === 0));
  let killed = 0;
  const work = async (files: readonly string[]) => {
    let last = countIn(files[0] ?? '') ?? 0;
    while (killed++ < kills) {
      // Started ahead of time, so that most of its life is spent writing.
      const writer = spawn(process.execPath, [program, ...files], { stdio: ['ignore', 'ignore', 'pipe'] });
      const complaint = complaintOf(writer);
      await firstStep(files[0] ?? '', last, writer);
      await sleep(Math.random() * 30);
      writer.kill('SIGKILL');
      await once(writer, 'close');
      if (complaint.text !== '') faults.push(complaint.text);
      const seen = files.map((file) => countIn(file));
      if (seen.includes(undefined)) faults.push(`${files} are not whole: ${seen}`);
      if (spread(seen) > 1) faults.push(`${files} are more than a step apart: ${seen}`);
      if (files.some((file) => readdirSync(join(file, '..')).includes('.phasewise.lock'))) locksLeft++;
      const started = performance.now();
      await holdFiles(files, async () => undefined);
      longestWait = Math.max(longestWait, performance.now() - started);
      const after = files.map((file) => countIn(file));
      if (spread(after) !== 0) faults.push(`a step was taken in part: ${after}, before the next writer ${seen}`);
      for (const file of files) {
        const strays = readdirSync(join(file, '..')).filter((name) => !/^(plan|progress|elsewhere)/.test(name));
        if (strays.length > 0) faults.push(`left behind: ${strays}`);
      }
      const now = after[0] ?? last;
      if (now < last) faults.push(`steps were lost: ${last} became ${now}`);
      steps += now - last;
      last = now;
    }
  };
  await Promise.all(plans.map(work));
  return { kills, steps, locksLeft, longestWait, faults };
}

function makePlan(folder: string, inOneFolder: boolean): readonly string[] {
  const files = [join(folder, 'plan.md'), join(folder, inOneFolder ? 'progress.md' : 'elsewhere/progress.md')];
  for (const file of files) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, `${'0'.repeat(12)}\n`.repeat(2_000));
  }
  return files;
}

async function firstStep(file: string, last: number, writer: ChildProcess): Promise<void> {
  const stop = performance.now() + 20_000;
  while ((countIn(file) ?? last) <= last && writer.exitCode === null && performance.now() < stop) await sleep(2);
}

/** The number that a file holds throughout; undefined when it is not whole. */
function countIn(file: string): number | undefined {
  const text = readFileSync(file, 'utf8');
  const line = text.slice(0, 13);
  return text === line.repeat(2_000) ? Number(line) : undefined;
}

function spread(counts: readonly (number | undefined)[]): number {
  const known = counts.map((count) => count ?? Number.NaN);
  return Math.max(...known) - Math.min(...known);
}

function complaintOf(child: ChildProcess): { text: string } {
  const complaint = { text: '' };
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint.text += chunk.toString();
  });
  return complaint;
}
