import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlanFile } from '../../src/core/notation/read';
import { bundlePrograms } from './bundle';

export interface CrowdReport {
  readonly processes: number;
  readonly beads: number;
  readonly seconds: number;
  /** How often somebody was refused a bead that another had. */
  readonly refused: number;
  /** Lines that the editor typed and saved, and how often it found another file on the disk when it saved. */
  readonly typed: number;
  readonly conflicts: number;
  /** How often the files were read in the meantime. */
  readonly reads: number;
  /** What must not be, in words; empty when all is well. */
  readonly faults: readonly string[];
}

/** Many processes claim and close every bead of one plan, while an editor types into it and a reader watches. */
export async function crowd(folder: string, processes: number, beads: number): Promise<CrowdReport> {
  const programs = await bundlePrograms(
    ['worker.program', 'editor.program', 'reader.program'],
    join(folder, 'programs'),
  );
  const [worker = '', editor = '', reader = ''] = programs;
  const plans = join(folder, 'plans');
  const [planFile, progressFile] = [join(plans, 'PLAN.md'), join(plans, 'progress.md')];
  mkdirSync(plans);
  writeFileSync(planFile, planText(beads));
  writeFileSync(progressFile, '# Progress\n');
  const started = performance.now();
  const typing = start(editor, [planFile], 'pipe');
  const watching = start(reader, [planFile, progressFile, String(beads)], 'pipe');
  const names = Array.from({ length: processes }, (_, index) => `agent-${index + 1}`);
  const agents = names.map((name) => start(worker, [plans, name], 'ignore'));
  // The others would wait for ever for what one had that failed.
  const stopAll = () => agents.forEach(({ child }) => void child.kill());
  const workers = await Promise.all(
    agents.map(async ({ ended }) => {
      const end = await ended;
      if (end.complaint !== '') stopAll();
      return end;
    }),
  );
  typing.child.stdin?.end();
  watching.child.stdin?.end();
  const [typed, watched] = await Promise.all([typing.ended, watching.ended]);
  const seconds = (performance.now() - started) / 1_000;
  const faults: string[] = [...workers, typed, watched].flatMap(({ complaint }) =>
    complaint === '' ? [] : [complaint],
  );
  const counts = workers.map(({ output }) => output as { claimed: number; refused: number } | undefined);
  const edits = (typed.output ?? { typed: 0, conflicts: 0 }) as { typed: number; conflicts: number };
  const seen = (watched.output ?? { reads: 0, faults: ['the reader did not end'] }) as {
    reads: number;
    faults: string[];
  };
  faults.push(...seen.faults, ...faultsIn(planFile, progressFile, beads, edits.typed));
  const claimed = counts.reduce((sum, each) => sum + (each?.claimed ?? 0), 0);
  if (claimed !== beads) faults.push(`${claimed} claims of ${beads} beads succeeded`);
  const strays = readdirSync(plans).filter((name) => name !== 'PLAN.md' && name !== 'progress.md');
  if (strays.length > 0) faults.push(`left behind: ${strays.join(', ')}`);
  const refused = counts.reduce((sum, each) => sum + (each?.refused ?? 0), 0);
  return { processes, beads, seconds, refused, ...edits, reads: seen.reads, faults };
}

function faultsIn(planFile: string, progressFile: string, beads: number, typed: number): readonly string[] {
  const faults: string[] = [];
  const text = readFileSync(planFile, 'utf8');
  const part = readPlanFile(planFile, text);
  const open = part.beads.filter(({ status }) => status !== 'closed').map(({ id }) => id);
  if (part.beads.length !== beads) faults.push(`the plan has ${part.beads.length} beads`);
  if (open.length > 0) faults.push(`not closed: ${open.slice(0, 5)}`);
  const log = readFileSync(progressFile, 'utf8').split('\n');
  const entries = new Map<string, string[]>();
  for (const line of log) {
    const id = /\bx-\d+\b/.exec(line)?.[0];
    if (id !== undefined) entries.set(id, [...(entries.get(id) ?? []), line]);
  }
  for (const { id, owner, evidence } of part.beads) {
    const name = /agent-\d+/.exec(evidence[0]?.value ?? '')?.[0];
    if (evidence.length !== 1) faults.push(`${id} was closed ${evidence.length} times`);
    if (name === undefined || owner?.value !== `@${name}`)
      faults.push(`${id}: ${owner?.value} has it, ${name} closed it`);
    const own = entries.get(id) ?? [];
    const of = (word: RegExp) => own.filter((line) => word.test(line)).length;
    if (of(/started/i) !== 1 || of(/closed/i) !== 1) faults.push(`${id} has the entries ${JSON.stringify(own)}`);
  }
  const lines = new Set(text.match(/^Typed line \d+\.$/gm));
  for (let number = 1; number <= typed; number++) {
    if (!lines.has(`Typed line ${number}.`)) faults.push(`the editor’s line ${number} is gone`);
  }
  return faults;
}

function planText(beads: number): string {
  const perPhase = 50;
  const phases = Array.from({ length: Math.ceil(beads / perPhase) }, (_, phase) => {
    const count = Math.min(perPhase, beads - phase * perPhase);
    const items = Array.from({ length: count }, (_, index) => {
      const id = phase * perPhase + index + 1;
      return `- [ ] x-${id} — Piece of work number ${id} | P${id % 4} | done when: value ${id} is measured\n`;
    });
    return `\n## Phase ${phase + 1} — Part ${phase + 1}\n\n${items.join('')}`;
  });
  return `---\nplan: crowd\nmode: executing\nprogress: progress.md\n---\n\n# Crowded\n\nNotes.\n${phases.join('')}\n## Notes\n\nThe end of the plan.\n`;
}

interface Ended {
  readonly output: unknown;
  readonly complaint: string;
}

function start(
  program: string,
  args: readonly string[],
  input: 'pipe' | 'ignore',
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...args], { stdio: [input, 'pipe', 'pipe'] });
  let [output, complaint] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const ended = once(child, 'close').then(
    (): Ended => ({ output: output === '' ? undefined : JSON.parse(output), complaint }),
  );
  return { child, ended };
}
