import type { Bead, Diagnostic, Plan, Severity } from '../model';
import { checkPlan } from '../rules/check';
import { isMeasurable } from '../rules/measurable';
import type { RuleLevels } from '../rules/severities';
import { isRule, RULES } from '../rules/table';
import type { PlanSnapshot } from '../snapshot';
import { coverage } from './coverage';
import { counted, type LinkTo, link, page, placeName, section, words } from './report';

/** Findings that are listed of one rule; the rest is counted. */
const MOST_LISTED = 8;

/** Whether a plan is fit to be executed as written: what is missing or wrong, what is ambiguous, what is solid. */
export function planReadiness(snapshot: PlanSnapshot, linkTo: LinkTo, levels?: RuleLevels): string {
  const { plan } = snapshot;
  const found = checkPlan(snapshot, levels);
  const missing = found.filter((each) => isMissing(each));
  const ambiguous = found.filter((each) => !isMissing(each));
  return page('Readiness', plan, [
    verdict(found),
    blocks('Missing or wrong', missing, plan, linkTo),
    blocks('Ambiguous', ambiguous, plan, linkTo),
    section('Solid', solid(snapshot)),
  ]);
}

function isMissing({ code, severity }: Diagnostic): boolean {
  return severity === 'error' || /^(?:missing|no|prompt-uncovered|critique-without)\b/.test(code);
}

function verdict(found: readonly Diagnostic[]): string {
  const count = (severity: Severity) => found.filter((each) => each.severity === severity).length;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('info') + count('hint')];
  const counts = [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')].join(', ');
  if (errors > 0) return `**Not fit to be executed as written:** ${counts}. Solve the errors first.`;
  if (warnings > 0)
    return `**Fit to be executed with reservations:** ${counts}. Look through the warnings with whoever owns the plan.`;
  return notes > 0
    ? `**Fit to be executed as written:** ${counts}.`
    : '**Fit to be executed as written:** nothing to report.';
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** A heading, and below it the findings by rule, the severest first. */
function blocks(title: string, found: readonly Diagnostic[], plan: Plan, linkTo: LinkTo): string {
  if (found.length === 0) return '';
  const byRule = new Map<string, Diagnostic[]>();
  for (const each of [...found].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])) {
    const known = byRule.get(each.code);
    if (known === undefined) byRule.set(each.code, [each]);
    else known.push(each);
  }
  const rules = [...byRule].map(([code, own]) => {
    const listed = own
      .slice(0, MOST_LISTED)
      .map(({ message, location }) => `- ${link(placeName(plan, location), location, linkTo)}: ${words(message)}`);
    const left = own.length - listed.length;
    const why = isRule(code) ? `${RULES[code].why}\n\n` : '';
    return `### ${code} (${own.length})\n\n${why}${[...listed, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n')}`;
  });
  return `## ${title}\n\n${rules.join('\n\n')}`;
}

/** What the plan has, counted. */
function solid({ plan }: PlanSnapshot): readonly string[] {
  const leaves = plan.beads.filter(({ id }) => plan.childrenOf(id).length === 0);
  const decisions = coverage(plan);
  const { critiques } = plan;
  const lines: readonly (readonly [string, number, number])[] = [
    ['beads say when they are done, and it can be measured or shown', leaves.filter(isMeasured).length, leaves.length],
    [
      'beads say what to do when they fail',
      leaves.filter(({ ifItFails }) => ifItFails.length > 0).length,
      leaves.length,
    ],
    [
      'phases have an objective',
      plan.phases.filter(({ objective }) => objective.length > 0).length,
      plan.phases.length,
    ],
    [
      'phases say what proves them done',
      plan.phases.filter(({ verification }) => verification.length > 0).length,
      plan.phases.length,
    ],
    ['gates have thresholds', plan.gates.filter(({ criteria }) => criteria.length > 0).length, plan.gates.length],
    [
      'failure scenarios have detection and recovery',
      plan.scenarios.filter(({ detection, recovery }) => detection.length > 0 && recovery.length > 0).length,
      plan.scenarios.length,
    ],
    [
      'logged decisions are covered by the plan',
      decisions.filter(({ things }) => things.length > 0).length,
      decisions.length,
    ],
    [
      'critiques have a verdict',
      critiques.filter(({ verdict: said }) => said?.value === 'adopted' || said?.value === 'rejected').length,
      critiques.length,
    ],
  ];
  return [
    ...baseline(plan),
    ...lines.filter(([, count]) => count > 0).map(([what, count, of]) => `${count} of ${of} ${what}`),
  ];
}

function isMeasured({ doneWhen }: Bead): boolean {
  return doneWhen.some(({ value }) => isMeasurable(value));
}

function baseline({ head }: Plan): readonly string[] {
  return head.baseline.length === 0
    ? []
    : [`The baseline says in ${counted(head.baseline.length, 'line')} what done means`];
}
