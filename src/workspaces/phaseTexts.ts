import type { Phase } from '../core/model';
import { handoffNotes, operationsNotes } from '../core/prompt/notes';
import { phasePrompt } from '../core/prompt/phase';
import type { PlanSnapshot } from '../core/snapshot';
import { templatesOfPlan } from '../promptTemplates';
import { handoffFile, operationsFile, type PhaseTexts, promptFile } from './phaseFiles';

/** The files of a phase workspace, from the templates that prompts of this plan come from. */
export async function phaseTexts(
  snapshot: PlanSnapshot,
  phase: Phase,
  fileName: (file: string) => string,
): Promise<PhaseTexts> {
  const { templates } = await templatesOfPlan(snapshot.plan);
  const texts = new Map<string, string>();
  const add = (name: string, text: string | undefined): void => {
    if (text !== undefined) texts.set(name, text);
  };
  add(promptFile, phasePrompt(snapshot, phase.id, templates, fileName)?.text);
  add(operationsFile, operationsNotes(snapshot, phase.id, templates, fileName));
  add(handoffFile, handoffNotes(snapshot, phase.id, templates, fileName));
  return texts;
}
