import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { toUri } from '../convert';
import { GitFailure } from '../git/failure';
import { isInside, realPlace } from '../git/places';
import { fileFailure } from '../git/runGit';
import { Undo } from '../git/undo';
import { workspaceName } from './naming';
import { chooseOpenIn, openWorkspace } from './openIn';
import { writePhaseFiles } from './phaseFiles';
import { phaseTexts } from './phaseTexts';
import { pathOf } from './places';
import { foldersOf } from './scopedPaths';
import type { WorkspaceSettings } from './settings';
import type { Subject } from './subject';
import { type WindowFolder, windowFileText } from './windowFile';

/**
 * Without a repository a phase is a `.code-workspace` file that opens its notes, the folders that it names and the
 * plan: nothing is copied. It stands in `.phasewise` of the folder that the plan is open in.
 */
export async function openWithoutGit(subject: Subject, settings: WorkspaceSettings, title: string): Promise<void> {
  const openIn = await chooseOpenIn(settings, title);
  if (openIn === undefined) return;
  const undo = new Undo();
  try {
    const made = await makeWindowFile(subject, title, undo);
    await openWorkspace({ ...made, name: title }, openIn);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function makeWindowFile(
  { snapshot, phase, planFile }: Subject,
  title: string,
  undo: Undo,
): Promise<{ readonly folder: string; readonly workspaceFile: string }> {
  const root = vscode.workspace.getWorkspaceFolder(toUri(phase.location.file))?.uri.fsPath ?? dirname(planFile);
  const name = workspaceName(snapshot.plan, phase);
  const own = join(root, '.phasewise');
  const notes = join(own, name);
  const workspaceFile = join(own, `${name}.code-workspace`);
  const folders = await foldersOf(phase, root);
  await makeFolder(root, own);
  const texts = await phaseTexts(snapshot, phase, (file) => pathOf(file) ?? file);
  const record = { plan: snapshot.plan.id, phase: phase.id, title: phase.title.value, planFile };
  await writePhaseFiles(root, notes, texts, record, undo);
  const shown: WindowFolder[] = [{ path: notes, name: title }, ...folders.map((path) => ({ path }))];
  const plans = dirname(pathOf(phase.location.file) ?? planFile);
  if (!folders.some((folder) => isInside(folder, plans))) shown.push({ path: plans, name: snapshot.plan.title });
  // The folders follow the plan: this file is made anew each time, and it holds nothing else.
  await writeFile(workspaceFile, windowFileText(workspaceFile, shown)).catch((error: unknown) => {
    throw fileFailure(error, workspaceFile);
  });
  return { folder: notes, workspaceFile };
}

async function makeFolder(root: string, folder: string): Promise<void> {
  if (!isInside(await realPlace(root), await realPlace(folder)))
    throw new GitFailure({ kind: 'outside', path: folder, folder: root });
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileFailure(error, folder);
  });
}
