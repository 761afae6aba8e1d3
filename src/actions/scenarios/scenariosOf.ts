import type { Bead, Scenario } from '../../core/model';
import { resolve } from '../../core/plan/references';
import type { PlanSnapshot } from '../../core/snapshot';

/** The failure scenarios that a bead points at, each once. */
export function scenariosOf({ plan }: PlanSnapshot, { failureScenarios }: Bead): readonly Scenario[] {
  const found = failureScenarios.flatMap((reference) => {
    const thing = resolve(plan, reference, 'scenario');
    return thing?.kind === 'scenario' ? [thing] : [];
  });
  return [...new Set(found)];
}
