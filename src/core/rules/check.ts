import type { Diagnostic } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { checkAudits } from './audits';
import { checkBeads } from './beads';
import { checkSurroundings } from './checkSurroundings';
import { withoutSilenced } from './comments';
import { checkExecution } from './execution';
import { checkGates } from './gates';
import { checkPhases } from './phases';
import { checkScenarios } from './scenarios';
import { checkRuleSettings, levelsInPlan, type RuleLevels } from './severities';
import { checkStructure } from './structure';
import type { Surroundings } from './surroundings';

const AS_THE_TABLE_SAYS: RuleLevels = new Map();

/**
 * Everything to report about a plan: what its readers found, then what the rules find, in the order of its files. What a
 * comment says of its line counts first, then the plan's own `rules:`, then `levels`, then the table. `around` is
 * what only the host can look up. Linear in the plan.
 */
export function checkPlan(
  snapshot: PlanSnapshot,
  levels: RuleLevels = AS_THE_TABLE_SAYS,
  around: Surroundings = {},
): readonly Diagnostic[] {
  const { plan } = snapshot;
  const files = new Map(plan.files.map((file, index) => [file, index]));
  const place = ({ location }: Diagnostic) => files.get(location.file) ?? files.size;
  const found = [
    ...plan.diagnostics,
    ...checkStructure(snapshot),
    ...checkRuleSettings(plan),
    ...checkBeads(snapshot),
    ...checkGates(snapshot),
    ...checkScenarios(snapshot),
    ...checkPhases(snapshot),
    ...checkAudits(snapshot),
    ...checkExecution(snapshot),
    ...checkSurroundings(snapshot, around),
  ];
  const wanted = atLevels(found, [levelsInPlan(plan), levels]);
  return [...withoutSilenced(plan, wanted)].sort((a, b) => place(a) - place(b) || a.location.start - b.location.start);
}

/** The first of the levels that says anything of a rule counts. */
function atLevels(found: readonly Diagnostic[], levels: readonly RuleLevels[]): readonly Diagnostic[] {
  if (levels.every(({ size }) => size === 0)) return found;
  return found.flatMap((diagnostic) => {
    const severity = levels.map((each) => each.get(diagnostic.code)).find((level) => level !== undefined);
    if (severity === 'off') return [];
    return severity === undefined ? diagnostic : { ...diagnostic, severity };
  });
}
