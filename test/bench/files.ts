import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateMarkdown, generateYaml } from '../support/generatePlan';

export type Notation = 'Markdown' | 'YAML';

/** A folder with as many plans of so many beads each; the caller removes it. */
export function writePlans(count: number, beads: number, notation: Notation): { folder: string; files: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'phasewise-bench-'));
  mkdirSync(join(folder, 'plans'));
  const files: string[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const options = { beads, phases: 3, id: `plan-${seed}`, seed };
    const file = join(folder, 'plans', `${seed}.${notation === 'YAML' ? 'yaml' : 'md'}`);
    writeFileSync(file, notation === 'YAML' ? generateYaml(options) : generateMarkdown(options));
    files.push(file);
  }
  return { folder, files };
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
