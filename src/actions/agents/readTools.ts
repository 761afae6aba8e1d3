import * as vscode from 'vscode';
import { toUri } from '../../convert';
import { beadPrompt } from '../../core/prompt/bead';
import { gateCheck } from '../../core/prompt/gate';
import { phasePrompt } from '../../core/prompt/phase';
import { checkPlan } from '../../core/rules/check';
import { levelsOf } from '../../core/rules/severities';
import { showJson } from '../../core/show';
import type { PlanSnapshot, ReadyItem } from '../../core/snapshot';
import { nameInPrompt, templatesOfPlan } from '../../promptTemplates';
import type { Services } from '../../services';
import { handOverText } from '../handover/handOver';
import { planNamed, ToolError } from './toolPlans';

const mostReady = 20;
const mostProblems = 60;

/** What can be taken up or decided now, most useful first. */
export function readyForTool({ index }: Services, plan: string | undefined): unknown {
  const plans = plan === undefined ? index.plans() : [planNamed(index, plan)];
  return {
    ready: plans.flatMap((snapshot) =>
      snapshot.schedule.next.slice(0, mostReady).map((item) => readyEntry(snapshot, item)),
    ),
    inProgress: plans.flatMap(({ plan: { id, beads }, schedule }) =>
      beads
        .filter((bead) => schedule.beadState(bead.id) === 'in_progress')
        .map((bead) => ({ plan: id, id: bead.id, title: bead.title.value, owner: bead.owner?.value ?? null })),
    ),
  };
}

function readyEntry({ plan }: PlanSnapshot, item: ReadyItem) {
  const thing = item.kind === 'bead' ? item.bead : item.gate;
  return {
    plan: plan.id,
    kind: item.kind,
    id: thing.id,
    title: thing.title.value,
    phase: thing.phase ?? null,
    priority: item.kind === 'bead' && item.bead.priority !== undefined ? `P${item.bead.priority.value}` : null,
    unblocks: item.unblocks,
  };
}

/** A thing's own prompt, or the plan as plain data. */
export async function showForTool(
  services: Services,
  plan: string | undefined,
  id: string | undefined,
): Promise<unknown> {
  const { index } = services;
  const snapshot = planNamed(index, plan ?? planWith(services, id));
  if (id === undefined || id === '') {
    const positionOf = (file: string, offset: number) =>
      index.linesOf(file)?.positionAt(offset) ?? { line: 0, character: 0 };
    return showJson([snapshot], [], positionOf, { fileName: nameInPrompt }).plans[0];
  }
  const { templates } = await templatesOfPlan(snapshot.plan);
  const thing = snapshot.plan.find(id);
  const make = { phase: phasePrompt, bead: beadPrompt, gate: gateCheck };
  if (thing?.kind === 'scenario') return scenarioText(snapshot, thing.id);
  const prompt = thing && make[thing.kind](snapshot, thing.id, templates, nameInPrompt);
  if (prompt === undefined) throw new ToolError(`There is nothing with the id ${id} in the plan ${snapshot.plan.id}.`);
  return prompt.text;
}

function planWith({ index }: Services, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const having = index.plans().filter(({ plan }) => plan.find(id) !== undefined);
  return having.length === 1 ? having[0]?.plan.id : undefined;
}

function scenarioText({ plan }: PlanSnapshot, id: string): string {
  const scenario = plan.find(id, 'scenario');
  if (scenario?.kind !== 'scenario') return '';
  const steps = scenario.recovery.map(({ value }, index) => `${index + 1}. ${value}`);
  const detection = scenario.detection.map(({ value }) => value).join('\n');
  return [
    `Scenario ${scenario.id}: ${scenario.title.value}`,
    `Detection: ${detection}`,
    'Recovery, cheapest first:',
    ...steps,
  ].join('\n');
}

/** What the Problems view says of a plan. */
export function checkForTool({ index }: Services, plan: string | undefined): unknown {
  const snapshot = planNamed(index, plan);
  const [main] = snapshot.plan.files;
  const scope = main === undefined ? undefined : toUri(main);
  const levels = levelsOf(vscode.workspace.getConfiguration('phasewise', scope).get('rules'));
  const found = checkPlan(snapshot, levels);
  const positionOf = (file: string, offset: number) =>
    index.linesOf(file)?.positionAt(offset) ?? { line: 0, character: 0 };
  const { diagnostics } = showJson([], found.slice(0, mostProblems), positionOf, { fileName: nameInPrompt });
  return { plan: snapshot.plan.id, count: found.length, diagnostics };
}

/** For a session that has lost its context. */
export function handOffForTool(
  services: Services,
  plan: string | undefined,
  name: string | undefined,
): Promise<string> {
  return handOverText(services, planNamed(services.index, plan), { name });
}
