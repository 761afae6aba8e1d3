import { beadPrompt } from './core/prompt/bead';
import { gateCheck } from './core/prompt/gate';
import { phasePrompt } from './core/prompt/phase';
import type { Prompt } from './core/prompt/prompt';
import type { PromptRef } from './promptRef';
import { nameInPrompt, templatesOfPlan } from './promptTemplates';
import type { Services } from './services';

/** From the plan as it stands, unsaved edits included. Undefined when it no longer has the thing. */
export async function promptFor({ index }: Services, { plan, kind, id }: PromptRef): Promise<Prompt | undefined> {
  const snapshot = index.planByKey(plan);
  if (snapshot === undefined) return undefined;
  const { templates } = await templatesOfPlan(snapshot.plan);
  const make = { phase: phasePrompt, bead: beadPrompt, gate: gateCheck }[kind];
  return make(snapshot, id, templates, nameInPrompt);
}
