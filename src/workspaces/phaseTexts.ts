import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { toUri } from '../convert';
import type { Phase } from '../core/model';
import { handoffNotes, operationsNotes } from '../core/prompt/notes';
import { phasePrompt } from '../core/prompt/phase';
import { type Templates, templateFolder, templateNames, templatesWith } from '../core/prompt/templates';
import type { PlanSnapshot } from '../core/snapshot';
import { handoffFile, operationsFile, type PhaseTexts, promptFile } from './phaseFiles';

/** The files of a phase workspace, from the templates of the folder that the plan is open in. */
export async function phaseTexts(
  snapshot: PlanSnapshot,
  phase: Phase,
  fileName: (file: string) => string,
): Promise<PhaseTexts> {
  const templates = await templatesFor(phase.location.file);
  const texts = new Map<string, string>();
  const add = (name: string, text: string | undefined): void => {
    if (text !== undefined) texts.set(name, text);
  };
  add(promptFile, phasePrompt(snapshot, phase.id, templates, fileName)?.text);
  add(operationsFile, operationsNotes(snapshot, phase.id, templates, fileName));
  add(handoffFile, handoffNotes(snapshot, phase.id, templates, fileName));
  return texts;
}

async function templatesFor(file: string): Promise<Templates> {
  const folder = vscode.workspace.getWorkspaceFolder(toUri(file))?.uri.fsPath;
  if (folder === undefined) return templatesWith([]).templates;
  const files = templateNames.map(async (name) => {
    const path = join(folder, templateFolder, `${name}.md`);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    return text === undefined ? [] : [{ name, file: path, text }];
  });
  return templatesWith((await Promise.all(files)).flat()).templates;
}
