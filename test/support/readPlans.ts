import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlanStore } from '../../src/core/plan/planStore';
import type { PlanSnapshot } from '../../src/core/snapshot';
import type { Files } from './temporary';

/** The plans that these files hold, read as the extension reads them. */
export function readPlans(files: Files): readonly PlanSnapshot[] {
  const store = new PlanStore();
  for (const [path, text] of Object.entries(files)) store.set(path, text, '');
  return store.plans();
}

/** The only plan that these files hold. */
export function readPlan(files: Files): PlanSnapshot {
  const [plan, ...others] = readPlans(files);
  if (plan === undefined || others.length > 0)
    throw new Error(`${others.length + (plan ? 1 : 0)} plans in ${Object.keys(files)}`);
  return plan;
}

/** The plan of a sample, from the plan files at its top. */
export function readSample(name: 'finetune' | 'golf-round-finder'): PlanSnapshot {
  const folder = join(import.meta.dirname, '../../samples', name);
  const plans = readdirSync(folder).filter((file) => /^PLAN.*\.md$|\.plan\.ya?ml$/.test(file));
  return readPlan(Object.fromEntries(plans.map((file) => [file, readFileSync(join(folder, file), 'utf8')])));
}
