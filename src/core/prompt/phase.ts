import type { Bead, Phase, Plan } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { beadBlock } from './beadBlock';
import { gateBlock } from './gateBlock';
import { phaseById } from './homes';
import { blocks, bullets, checkList, field, prose, sentenceList } from './markdown';
import { type FileName, lastSegment, phaseValues, planValues, verificationOf } from './phaseValues';
import { type MissingField, type Prompt, promptOf } from './prompt';
import { scenarioBlock } from './scenarioBlock';
import { type PhaseSlice, sliceOf } from './slice';
import { renderTemplate } from './template';
import { builtInTemplates, type Templates, type TemplateValues, valueMap } from './templates';
import { values } from './texts';
import { phaseNameAndTitle, thingName } from './words';

/** The phase's part of the plan and nothing more, with what is asked of an agent. Undefined when the plan has no such phase. */
export function phasePrompt(
  snapshot: PlanSnapshot,
  phaseId: string,
  templates: Templates = builtInTemplates,
  fileName: FileName = lastSegment,
): Prompt | undefined {
  const phase = phaseById(snapshot.plan, phaseId);
  if (phase === undefined) return undefined;
  const slice = sliceOf(snapshot.plan, phase);
  const filled: TemplateValues<'phase'> = {
    ...planValues(snapshot, phase.location.file, fileName),
    ...phaseValues(snapshot, slice, fileName),
    objective: prose(values(phase.objective)),
    doneMeans: prose(values(phase.doneMeans)),
    constraints: bullets(values(phase.constraints)),
    outOfScope: bullets(values(phase.outOfScope)),
    paths: bullets(values(phase.workspace?.paths ?? [])),
    interfaces: bullets(values(phase.interfaces)),
    neighbourInterfaces: mentionsBlock(slice),
    prerequisites: checkList(values(phase.prerequisites).map((text) => ({ text, done: false }))),
    beads: blocks(...slice.beads.map((bead) => beadBlock(snapshot, bead))),
    beadGaps: beadGaps(snapshot.plan, slice.beads),
    gates: blocks(...slice.gates.map((gate) => gateBlock(snapshot, gate))),
    scenarios: blocks(...slice.scenarios.map(scenarioBlock)),
    verification: verificationOf(phase),
    operations: operationsBlock(phase),
    risks: bullets(values(phase.risks)),
  };
  return promptOf(renderTemplate(templates.phase, valueMap(filled)), missingIn(snapshot.plan, slice));
}

/** What the plan does not say of beads that are still to be done, as advice. Empty when it says everything. */
export function beadGaps(plan: Plan, beads: readonly Bead[]): string {
  const toDo = beads.filter((bead) => isWork(plan, bead));
  const noDoneWhen = toDo.filter(({ doneWhen }) => doneWhen.length === 0);
  const noRecovery = toDo.filter(({ ifItFails }) => ifItFails.length === 0);
  return bullets([
    noDoneWhen.length === 0
      ? ''
      : `The plan gives no done-when for ${namesOf(noDoneWhen, toDo)}. Propose a condition that can be measured or shown, and have it confirmed before you start on the work.`,
    noRecovery.length === 0
      ? ''
      : `The plan does not say what to do if ${namesOf(noRecovery, toDo)} fails. Stop in that case, and report what you tried and what you saw.`,
  ]);
}

function namesOf(some: readonly Bead[], all: readonly Bead[]): string {
  const [first] = some;
  if (some.length === 1 && first !== undefined) return thingName(first);
  return some.length === all.length ? 'any of these beads' : sentenceList(some.map(thingName));
}

/** Open, and not merely the sum of its sub-beads. */
function isWork(plan: Plan, bead: Bead): boolean {
  return bead.status !== 'closed' && plan.childrenOf(bead.id).length === 0;
}

function mentionsBlock({ mentions }: PhaseSlice): string {
  return mentions.map(({ phase, texts }) => field(phaseNameAndTitle(phase), texts)).join('\n');
}

function operationsBlock({ operations }: Phase): string {
  const fields = [
    field('Git', values(operations.git)),
    field('Migrations and flags', values(operations.migrations)),
    field('Tophatting', values(operations.tophatting)),
    field('Organisation gates', values(operations.gates)),
    bullets(values(operations.notes)),
  ];
  return fields.filter((text) => text !== '').join('\n');
}

function missingIn(plan: Plan, { phase, beads, gates, after }: PhaseSlice): readonly MissingField[] {
  const missing: readonly (readonly [MissingField, boolean])[] = [
    ['objective', phase.objective.length === 0],
    ['constraints', phase.constraints.length === 0],
    ['interfaces', phase.interfaces.length === 0 && after.length > 0],
    ['prerequisites', phase.prerequisites.length === 0],
    ['verification', phase.verification.length === 0],
    ['beads', beads.length === 0],
    ['doneWhen', beads.some((bead) => isWork(plan, bead) && bead.doneWhen.length === 0)],
    ['criteria', gates.some(({ criteria }) => criteria.length === 0)],
  ];
  return missing.filter(([, isMissing]) => isMissing).map(([name]) => name);
}
