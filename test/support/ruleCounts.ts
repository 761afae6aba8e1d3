import { loadPlans } from '../../src/cli/plans';
import type { Severity } from '../../src/core/model';
import { checkPlan } from '../../src/core/rules/check';

/** Prints what the rules find in the plans of these paths: a table by rule and plan, then one finding of each rule. */
async function main(paths: readonly string[]): Promise<void> {
  const { snapshots } = await loadPlans(paths, process.cwd());
  const plans = snapshots.map((snapshot) => ({ snapshot, found: checkPlan(snapshot) }));
  const rules = new Map<string, { count: number; severities: Set<Severity>; example: string }>();
  for (const { found } of plans) {
    for (const { code, severity, message } of found) {
      const known = rules.get(code) ?? { count: 0, severities: new Set(), example: message };
      known.count++;
      known.severities.add(severity);
      rules.set(code, known);
    }
  }
  const loudest = [...rules].sort(([, a], [, b]) => b.count - a.count);
  plans.forEach(({ snapshot: { plan } }, index) => {
    const { phases, beads, gates, scenarios } = plan;
    const holds = `${phases.length} phases, ${beads.length} beads, ${gates.length} gates, ${scenarios.length} scenarios`;
    console.log(`${index + 1}: ${plan.files.join(', ')} (${holds})`);
  });
  console.log(`\n| rule | severity | all | ${plans.map((_, index) => index + 1).join(' | ')} |`);
  console.log(`| --- | --- | --- |${' --- |'.repeat(plans.length)}`);
  for (const [rule, { count, severities }] of loudest) {
    const cells = plans.map(({ found }) => found.filter(({ code }) => code === rule).length || '');
    console.log(`| ${rule} | ${[...severities].join(', ')} | ${count} | ${cells.join(' | ')} |`);
  }
  console.log('');
  for (const [rule, { example }] of loudest) console.log(`${rule}: ${example}`);
}

void main(process.argv.slice(2));
