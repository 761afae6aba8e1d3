import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Plan, Reference, ThingKind } from '../../../src/core/model';
import { PlanStore } from '../../../src/core/plan/planStore';
import { resolve } from '../../../src/core/plan/references';

/** Plans as people and agents write them, each beside the list that a careful reader makes of it. */
const folder = join(__dirname, 'readings');

describe('a careful reader and the product list the same things', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.expected.yaml'))) {
    const stem = name.replace('.expected.yaml', '');
    const source = existsSync(join(folder, `${stem}.md`)) ? `${stem}.md` : `${stem}.yaml`;
    test(source, () => {
      const expected = parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
      const store = new PlanStore();
      store.set(source, readFileSync(join(folder, source), 'utf8'), '/');
      const plan = store.plans()[0]?.plan;
      if (!plan) throw new Error('no plan was read');
      const actual = outline(plan);
      for (const [section, wanted] of Object.entries(expected)) {
        const found = actual[section as keyof typeof actual];
        expect(only(found, wanted), section).toEqual(wanted);
      }
    });
  }
});

function outline(plan: Plan) {
  const ids = (references: readonly Reference[], likely?: ThingKind) =>
    references.map((reference) => resolve(plan, reference, likely)?.id ?? reference.value);
  return {
    plan: { id: plan.id, title: plan.title, mode: plan.mode, baseline: plan.head.baseline.length },
    phases: plan.phases.map((phase) => ({
      id: phase.id,
      title: phase.title.value,
      status: phase.status?.value ?? null,
      dependsOn: ids(phase.dependsOn, 'phase'),
      doneMeans: phase.doneMeans.length,
      objective: phase.objective.length,
    })),
    beads: plan.beads.map((bead) => ({
      id: bead.id,
      made: bead.idAt === undefined,
      title: bead.title.value,
      phase: bead.phase,
      parent: bead.parent,
      priority: bead.priority?.value,
      status: bead.status,
      held: bead.saysBlocked === true,
      blockedBy: ids(bead.blockedBy),
      doneWhen: bead.doneWhen.length,
      ifItFails: bead.ifItFails.length,
      evidence: bead.evidence.length,
      owner: bead.owner?.value,
      estimate: bead.estimate?.value,
      steps: bead.steps.map((step) => [step.text.value, step.done]),
    })),
    gates: plan.gates.map((gate) => ({
      id: gate.id,
      phase: gate.phase,
      blockedBy: ids(gate.blockedBy),
      criteria: gate.criteria.length,
      verdict: gate.decision?.verdict,
    })),
    scenarios: plan.scenarios.map((scenario) => ({ id: scenario.id, recovery: scenario.recovery.length })),
    insights: plan.insights.map((insight) => insight.tier),
  };
}

/** Keeps of each found thing the keys that the expected thing at its place names. */
function only(found: unknown, wanted: unknown): unknown {
  if (!Array.isArray(found) || !Array.isArray(wanted)) return pick(found, wanted);
  return found.map((item, index) => pick(item, wanted[index]));
}

function pick(found: unknown, wanted: unknown): unknown {
  if (typeof found !== 'object' || found === null || typeof wanted !== 'object' || wanted === null) return found;
  if (Array.isArray(found)) return found;
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, (found as Record<string, unknown>)[key]]));
}
