import type { Diagnostic, Plan, ReadinessPass } from '../model';
import { checkPlan } from '../rules/check';
import type { RuleLevels } from '../rules/severities';
import type { PlanSnapshot } from '../snapshot';
import { bullets, oneLine } from './markdown';
import { type FileName, lastSegment, planValues } from './phaseValues';
import { type Prompt, promptOf } from './prompt';
import { renderTemplate } from './template';
import { builtInTemplates, type Templates, type TemplateValues, valueMap } from './templates';

/** Rules that are named; the rest is counted. */
const MOST_FINDINGS = 12;
const MOST_CRITIQUES = 40;

/** For a reviewer who says whether the plan can be executed as written, and mends what keeps it from that. */
export function readinessPrompt(
  snapshot: PlanSnapshot,
  templates: Templates = builtInTemplates,
  fileName: FileName = lastSegment,
  levels?: RuleLevels,
): Prompt {
  const { plan } = snapshot;
  const filled: TemplateValues<'readiness'> = {
    ...planValues(snapshot, plan.files[0] ?? '', fileName),
    files: filesOf(plan, fileName),
    findings: findingsOf(checkPlan(snapshot, levels)),
    passes: bullets(plan.readinessPasses.map(passLine)),
  };
  return promptOf(renderTemplate(templates.readiness, valueMap(filled)), []);
}

/** For a reviewer who owes the plan nothing. */
export function critiquePrompt(
  snapshot: PlanSnapshot,
  templates: Templates = builtInTemplates,
  fileName: FileName = lastSegment,
): Prompt {
  const { plan } = snapshot;
  const { critiques } = plan;
  const lines = critiques.slice(0, MOST_CRITIQUES).map(({ id, text, verdict, reason }) => {
    const name = id === undefined ? '' : `${oneLine(id.value)}: `;
    const said = verdict === undefined ? 'no verdict' : verdict.value;
    const why = reason === undefined ? '' : `: ${oneLine(reason.value)}`;
    return `${name}${oneLine(text.value)} (${said}${why})`;
  });
  const left = critiques.length - lines.length;
  const filled: TemplateValues<'critique'> = {
    ...planValues(snapshot, plan.files[0] ?? '', fileName),
    files: filesOf(plan, fileName),
    critiques: bullets(left > 0 ? [...lines, `and ${left} more in the plan`] : lines),
  };
  return promptOf(renderTemplate(templates.critique, valueMap(filled)), []);
}

function filesOf({ files, head }: Plan, fileName: FileName): string {
  const progress = head.progress === undefined ? [] : [`\`${oneLine(head.progress.value)}\`: what happened so far`];
  return bullets([...files.map((file) => `\`${oneLine(fileName(file))}\``), ...progress]);
}

function passLine({ number, date, reviewer, rating, gapCount }: ReadinessPass): string {
  const facts = [date, reviewer, rating].flatMap((field) => (field === undefined ? [] : [oneLine(field.value)]));
  const gaps = gapCount === 1 ? '1 new gap' : `${gapCount} new gaps`;
  return `Pass ${number === undefined ? '' : oneLine(number.value)}: ${[...facts, gaps].join(' · ')}`.replace(
    'Pass :',
    'Pass:',
  );
}

/** Counted by rule, with the first of each. */
function findingsOf(found: readonly Diagnostic[]): string {
  const byRule = new Map<string, readonly Diagnostic[]>();
  for (const each of found) byRule.set(each.code, [...(byRule.get(each.code) ?? []), each]);
  const lines = [...byRule].slice(0, MOST_FINDINGS).map(([code, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return `${code}: ${oneLine(first?.message ?? '')}${more}`;
  });
  const left = byRule.size - lines.length;
  return bullets(left > 0 ? [...lines, `and ${left} more rules`] : lines);
}
