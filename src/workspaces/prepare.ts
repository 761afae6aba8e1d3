import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MadeWorktree } from '../git/createWorktree';
import { excludeFromGit } from '../git/exclude';
import { type PhaseRecord, phaseFolder } from '../git/phaseRecord';
import type { Repository } from '../git/repository';
import { fileFailure, type Git, type GitCall } from '../git/runGit';
import type { Start } from './basePick';
import { writePhaseFiles } from './phaseFiles';
import { phaseTexts } from './phaseTexts';
import { pathOf } from './places';
import { commitHoldsPhase, pathInRepository } from './planInBase';
import type { Subject } from './subject';
import { type WindowFolder, windowFileText } from './windowFile';

/** Opens the phase's folder with the plan's beside it, where the worktree alone would not show the plan. */
export const windowFileName = 'phase.code-workspace';

/** A worktree that was made for a phase. */
export interface Made extends Subject {
  readonly git: Git;
  readonly repository: Repository;
  readonly title: string;
  readonly start: Start;
  readonly made: MadeWorktree;
}

/**
 * Writes the notes of the phase into its worktree, out of git's sight. Gives the `.code-workspace` file to open it
 * with, when it needs one. What was written is on the worktree's undo list, also when this throws.
 */
export async function prepareWorkspace(of: Made, call: GitCall): Promise<string | undefined> {
  const { git, repository, snapshot, phase, made } = of;
  const files = await planFiles(of, call);
  const forget = await excludeFromGit(git, made.path, `${phaseFolder}/`, call);
  if (forget !== undefined) made.undo.add(forget);
  const texts = await phaseTexts(snapshot, phase, (file) => files.get(file) ?? file);
  const folder = join(made.path, phaseFolder);
  await writePhaseFiles(made.path, folder, texts, recordOf(of, files), made.undo);
  const paths = [...files.keys()].flatMap((file) => pathOf(file) ?? []);
  if (await commitHoldsPhase(git, repository, made.commit, phase.id, paths, call)) return undefined;
  return writeWindowFile(join(folder, windowFileName), of);
}

/** How the plan's files are called in notes: from the repository's folder, or in full where they are elsewhere. */
async function planFiles({ git, repository, snapshot }: Made, call: GitCall): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const file of snapshot.plan.files) {
    const path = pathOf(file);
    if (path !== undefined) names.set(file, (await pathInRepository(git, repository, path, call)) ?? path);
  }
  return names;
}

function recordOf({ snapshot, phase, start }: Made, files: ReadonlyMap<string, string>): PhaseRecord {
  return {
    plan: snapshot.plan.id,
    phase: phase.id,
    title: phase.title.value,
    planFile: files.get(phase.location.file) ?? phase.location.file,
    branch: start.branch,
    base: start.base,
  };
}

async function writeWindowFile(file: string, { made, title, snapshot, phase }: Made): Promise<string> {
  const planFile = pathOf(phase.location.file);
  const folders: WindowFolder[] = [{ path: made.path, name: title }];
  if (planFile !== undefined) folders.push({ path: dirname(planFile), name: snapshot.plan.title });
  try {
    await writeFile(file, windowFileText(file, folders), { flag: 'wx' });
  } catch (error) {
    throw fileFailure(error, file);
  }
  return file;
}
