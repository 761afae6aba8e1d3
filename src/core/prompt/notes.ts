import type { Phase } from '../model';
import type { PlanSnapshot, ReadyItem } from '../snapshot';
import { phaseById, phaseOf } from './homes';
import { bullets, numbered, oneLine } from './markdown';
import { type FileName, lastSegment, phaseValues, planValues, verificationOf } from './phaseValues';
import { sliceOf } from './slice';
import { renderTemplate } from './template';
import { builtInTemplates, type Templates, type TemplateValues, valueMap } from './templates';
import { values } from './texts';
import { gateName, quoted, thingName } from './words';

/** OPERATIONS.md of a phase workspace. Undefined when the plan has no such phase. */
export function operationsNotes(
  snapshot: PlanSnapshot,
  phaseId: string,
  templates: Templates = builtInTemplates,
  fileName: FileName = lastSegment,
): string | undefined {
  const phase = phaseById(snapshot.plan, phaseId);
  if (phase === undefined) return undefined;
  const { operations } = phase;
  const filled: TemplateValues<'operations'> = {
    ...commonValues(snapshot, phase, fileName),
    git: bullets(values(operations.git)),
    migrations: bullets(values(operations.migrations)),
    tophatting: bullets(values(operations.tophatting)),
    organisationGates: bullets(values(operations.gates)),
    notes: bullets(values(operations.notes)),
    verification: verificationOf(phase),
    risks: bullets(values(phase.risks)),
  };
  return renderTemplate(templates.operations, valueMap(filled));
}

/** HANDOFF.md of a phase workspace, to be kept by whoever works there. Undefined when the plan has no such phase. */
export function handoffNotes(
  snapshot: PlanSnapshot,
  phaseId: string,
  templates: Templates = builtInTemplates,
  fileName: FileName = lastSegment,
): string | undefined {
  const phase = phaseById(snapshot.plan, phaseId);
  if (phase === undefined) return undefined;
  const { plan, schedule } = snapshot;
  const here = schedule.next.filter((item) => phaseOf(plan, item.kind === 'bead' ? item.bead : item.gate) === phase);
  const filled: TemplateValues<'handoff'> = {
    ...commonValues(snapshot, phase, fileName),
    files: filesToRead(snapshot, phase, fileName),
    next: numbered(here.slice(0, 5).map(nextStep)) || 'Nothing in this phase is ready.',
  };
  return renderTemplate(templates.handoff, valueMap(filled));
}

function commonValues(snapshot: PlanSnapshot, phase: Phase, fileName: FileName) {
  return {
    ...planValues(snapshot, phase.location.file, fileName),
    ...phaseValues(snapshot, sliceOf(snapshot.plan, phase), fileName),
  };
}

function filesToRead({ plan }: PlanSnapshot, phase: Phase, fileName: FileName): string {
  const progress = plan.head.progress?.value;
  return bullets([
    '`PROMPT.md`: the assignment, with the text of the phase',
    '`OPERATIONS.md`: git, releases and checks',
    `\`${oneLine(fileName(phase.location.file))}\`: the plan, which decides where this file and the plan differ`,
    progress === undefined ? '' : `\`${oneLine(progress)}\`: what happened so far, bead by bead`,
  ]);
}

function nextStep(item: ReadyItem): string {
  if (item.kind === 'gate') return `Decide ${gateName(item.gate)}`;
  const { bead } = item;
  const priority = bead.priority === undefined ? '' : ` (P${bead.priority.value})`;
  return bead.idAt === undefined ? `${thingName(bead)}${priority}` : `${thingName(bead)}, ${quoted(bead)}${priority}`;
}
