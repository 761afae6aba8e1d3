import type { Diagnostic, Plan, Scenario } from '../model';
import { nameOf } from '../plan/tellings';
import type { PlanSnapshot } from '../snapshot';
import { finding, nameAt } from './finding';
import { lacking } from './lacking';

/** Each is looked for in the whole text of the plan. */
const MOST_SCENARIOS = 300;

/** Whether failures are noticed, recovered from, and pointed at. */
export function checkScenarios({ plan }: PlanSnapshot): readonly Diagnostic[] {
  const always = () => true;
  return [
    ...lacking({
      code: 'missing-detection',
      all: plan.scenarios,
      has: ({ detection }) => detection.length > 0,
      matters: always,
      each: (scenario) => `${nameOf(scenario)} does not say how the failure is noticed. Add a "Detection".`,
      once: (count) => `${count} failure scenarios do not say how the failure is noticed. Add a "Detection" to each.`,
      onceSeverity: 'warning',
    }),
    ...lacking({
      code: 'missing-recovery',
      all: plan.scenarios,
      has: ({ recovery }) => recovery.length > 0,
      matters: always,
      each: (scenario) => `${nameOf(scenario)} has no recovery. Number the steps, cheapest first.`,
      once: (count) => `${count} failure scenarios have no recovery. Number the steps of each, cheapest first.`,
      onceSeverity: 'warning',
    }),
    // Beads that are kept elsewhere may point at them there.
    ...(plan.beads.length === 0 ? [] : plan.scenarios.slice(0, MOST_SCENARIOS))
      .filter((scenario) => !isMentioned(plan, scenario))
      .map((scenario) => {
        const message = `Nothing in this plan points at ${nameOf(scenario)}. Name it where it can happen: "If it fails: see Scenario ${scenario.id}".`;
        return finding('unused-scenario', nameAt(scenario), message);
      }),
  ];
}

/** Whether the id stands anywhere in the plan's files outside the scenario itself. */
function isMentioned(plan: Plan, { id, location }: Scenario): boolean {
  return plan.files.some((file) => {
    const text = plan.textOf(file) ?? '';
    for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + id.length)) {
      const isInside = file === location.file && at >= location.start && at < location.end;
      if (!isInside && isWhole(text, at, at + id.length)) return true;
    }
    return false;
  });
}

function isWhole(text: string, start: number, end: number): boolean {
  return !WORD.test(text[start - 1] ?? '') && !WORD.test(text[end] ?? '') && !/^[.-]\w/.test(text.slice(end, end + 2));
}

const WORD = /[\p{L}\p{N}_-]/u;
