import type { Bead, Phase, Plan } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { beadBody } from './beadBlock';
import { phaseOf } from './homes';
import { blocks, bullets, oneLine, prose, sentenceList } from './markdown';
import { beadGaps } from './phase';
import { type FileName, lastSegment, planValues } from './phaseValues';
import { type Prompt, promptOf } from './prompt';
import { scenarioBlock } from './scenarioBlock';
import { scenariosIn } from './scenarios';
import { renderTemplate } from './template';
import { builtInTemplates, type Templates, type TemplateValues, valueMap } from './templates';
import { textsOfBead, values } from './texts';
import { waitersOf } from './waiters';
import { describe, describeBlocker, headingOf, phaseNameAndTitle } from './words';

/** One bead with what its phase demands of it. Undefined when the plan has no such bead. */
export function beadPrompt(
  snapshot: PlanSnapshot,
  beadId: string,
  templates: Templates = builtInTemplates,
  fileName: FileName = lastSegment,
): Prompt | undefined {
  const { plan } = snapshot;
  const bead = plan.find(beadId, 'bead');
  if (bead?.kind !== 'bead') return undefined;
  const phase = phaseOf(plan, bead);
  const filled: TemplateValues<'bead'> = {
    ...planValues(snapshot, bead.location.file, fileName),
    bead: beadBody(snapshot, bead),
    'bead.id': oneLine(bead.id),
    'bead.title': oneLine(bead.title.value),
    'bead.heading': headingOf(bead),
    'bead.place': placeOf(plan, bead, phase, fileName),
    'bead.warning': warningOf(snapshot, bead, phase),
    beadGaps: beadGaps(plan, [bead]),
    waiting: bullets(waitersOf(plan, bead).map((thing) => describe(snapshot, thing, phase))),
    objective: prose(values(phase?.objective ?? [])),
    constraints: bullets(values(phase?.constraints ?? [])),
    outOfScope: bullets(values(phase?.outOfScope ?? [])),
    interfaces: bullets(values(phase?.interfaces ?? [])),
    scenarios: blocks(...scenariosIn(plan, textsOfBead(bead)).map(scenarioBlock)),
  };
  const missing = bead.doneWhen.length === 0 && plan.childrenOf(bead.id).length === 0 ? (['doneWhen'] as const) : [];
  return promptOf(renderTemplate(templates.bead, valueMap(filled)), missing);
}

function placeOf(plan: Plan, bead: Bead, phase: Phase | undefined, fileName: FileName): string {
  const where = `the plan “${oneLine(plan.title)}” (\`${oneLine(fileName(bead.location.file))}\`)`;
  const owner = phase === undefined ? where : `${phaseNameAndTitle(phase)} of ${where}`;
  return `A bead is one piece of work with a proof of its own. This one belongs to ${owner}.`;
}

/** What speaks against starting now. */
function warningOf(snapshot: PlanSnapshot, bead: Bead, phase: Phase | undefined): string {
  switch (snapshot.schedule.beadState(bead.id)) {
    case 'closed':
      return 'The plan counts it as closed. Check its evidence before you do any of it again.';
    case 'deferred':
      return 'The plan has put it off. Ask whether it is wanted now.';
    case 'blocked': {
      const blockers = snapshot.schedule.blockersOf(bead).map((blocker) => describeBlocker(snapshot, blocker, phase));
      return `It may not be started yet: it waits for ${sentenceList(blockers) || 'what comes before it'}.`;
    }
    default:
      return '';
  }
}
