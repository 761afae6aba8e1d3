/** What an index of 1,000 files with 30,000 beads keeps in memory, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PlanStore } from '../../src/core/plan/planStore';
import { remove, writePlans } from './files';
import { printTable, verdict } from './report';

const FILES = 1000;
const BEADS_IN_EACH = 30;
const GOAL = 150;

const [, , notation, folder] = process.argv;
if (folder === undefined) compare();
else console.log(JSON.stringify(measure(folder, notation === 'YAML' ? 'yaml' : 'md')));

function compare(): void {
  const rows = (['Markdown', 'YAML'] as const).map((notation) => {
    const { folder } = writePlans(FILES, BEADS_IN_EACH, notation);
    try {
      const args = ['--expose-gc', process.argv[1] ?? '', notation, folder];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      const { plans, schedules } = JSON.parse(stdout) as Record<string, number>;
      const most = Math.max(plans ?? 0, schedules ?? 0);
      return [
        notation,
        `${Math.round(plans ?? 0)} MB`,
        `${Math.round(schedules ?? 0)} MB`,
        `≤ ${GOAL} MB`,
        verdict(most, GOAL),
      ];
    } finally {
      remove(folder);
    }
  });
  printTable(['notation', 'plans', 'with every schedule asked', 'goal', 'reached'], rows);
}

function measure(folder: string, ending: string): { plans: number; schedules: number } {
  const before = used();
  const store = new PlanStore();
  for (let number = 1; number <= FILES; number++) {
    const file = `${folder}/plans/${number}.${ending}`;
    store.set(file, readFileSync(file, 'utf8'), '');
  }
  const all = store.plans();
  const plans = used() - before;
  const ready = all.reduce((sum, { schedule }) => sum + schedule.next.length + schedule.waves.length, 0);
  const schedules = used() - before;
  if (all.length !== FILES || ready === 0) throw new Error(`${all.length} plans were read`);
  return { plans, schedules };
}

/** Megabytes on the heap once everything that can go is gone. */
function used(): number {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}
