import type { Gate } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { criteriaTable, decisionLine, gateFacts, gateHeading, whoDecides } from './gateBlock';
import { phaseOf } from './homes';
import { blocks, bullets, oneLine, sentenceList } from './markdown';
import { type FileName, lastSegment, planValues } from './phaseValues';
import { type Prompt, promptOf } from './prompt';
import { scenarioBlock } from './scenarioBlock';
import { scenariosIn } from './scenarios';
import { renderTemplate } from './template';
import { builtInTemplates, type Templates, type TemplateValues, valueMap } from './templates';
import { textsOfGate } from './texts';
import { waitersOf } from './waiters';
import { describe, describeBlocker, phaseNameAndTitle } from './words';

/** How to decide a gate, with a place for each measured value. Undefined when the plan has no such gate. */
export function gateCheck(
  snapshot: PlanSnapshot,
  gateId: string,
  templates: Templates = builtInTemplates,
  fileName: FileName = lastSegment,
): Prompt | undefined {
  const { plan, schedule } = snapshot;
  const gate = plan.find(gateId, 'gate');
  if (gate?.kind !== 'gate') return undefined;
  const phase = phaseOf(plan, gate);
  const file = oneLine(fileName(gate.location.file));
  const waitsFor = schedule.blockersOf(gate).map((blocker) => describeBlocker(snapshot, blocker, phase));
  const filled: TemplateValues<'gate'> = {
    ...planValues(snapshot, gate.location.file, fileName),
    'gate.id': oneLine(gate.id),
    'gate.title': oneLine(gate.title.value),
    'gate.heading': gateHeading(gate),
    'gate.place': `This gate ${phase === undefined ? 'belongs to' : `stands in ${phaseNameAndTitle(phase)}, in`} the plan “${oneLine(plan.title)}” (\`${file}\`).`,
    'gate.facts': gateFacts(snapshot, gate),
    'gate.decider': whoDecides(gate),
    'gate.record': recordAdvice(gate, file),
    criteria: criteriaTable(gate, ['Measured', 'How', 'Verdict']),
    decision: decisionLine(gate),
    notDue: sentenceList(waitsFor),
    waiting: bullets(waitersOf(plan, gate).map((thing) => describe(snapshot, thing, phase))),
    scenarios: blocks(...scenariosIn(plan, textsOfGate(gate)).map(scenarioBlock)),
  };
  return promptOf(renderTemplate(templates.gate, valueMap(filled)), gate.criteria.length === 0 ? ['criteria'] : []);
}

/** In the words of the file's notation, so that the readers take it as a verdict. */
function recordAdvice(gate: Gate, file: string): string {
  const who =
    gate.type === 'decision'
      ? 'Propose the verdict to whoever runs the plan; once it is confirmed, record it'
      : 'Record the verdict that you were given';
  const how = /\.ya?ml$/i.test(file)
    ? 'under `decision`, with `verdict`, `date`, `by`, `measured` and, where there is more to say, `note`'
    : 'in one line: `Decision: Pass · <date> · <who decided> · <measured values>`';
  return `${who} with the gate in \`${file}\`, ${how}.`;
}
