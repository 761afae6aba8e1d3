import { join } from 'node:path';
import * as vscode from 'vscode';
import { toUri } from '../convert';
import { createWorktree, forgetMissing } from '../git/createWorktree';
import { GitFailure } from '../git/failure';
import { phaseFolder } from '../git/phaseRecord';
import { exists } from '../git/places';
import { readPlanPath } from '../git/planPaths';
import { headOf, type Repository } from '../git/repository';
import type { Git } from '../git/runGit';
import { Undo } from '../git/undo';
import type { Worktree } from '../git/worktrees';
import { gitFromSettings, type Task, withCancellableProgress } from '../gitAccess';
import type { Services } from '../services';
import { askForStart, type Start } from './basePick';
import { chooseRepository } from './chooseRepository';
import { WorkspaceFailure } from './failure';
import { homeOf, mainFolder } from './home';
import { type WorkspaceNames, workspaceNames } from './naming';
import { chooseOpenIn, openWorkspace, type ToOpen } from './openIn';
import type { PhaseWorkspaces } from './phaseWorkspaces';
import { pathOf } from './places';
import { pathInRepository } from './planInBase';
import { prepareWorkspace, windowFileName } from './prepare';
import { type RecordedWorktree, recordedWorktrees, worktreeOfPhase } from './recorded';
import { reportFailure } from './report';
import { type WorkspaceSettings, workspaceSettings } from './settings';
import type { Subject } from './subject';
import { openWithoutGit } from './withoutGit';
import { nameOfPhase, titleOfPhase } from './words';

/** Everything that opening one phase needs to know. */
interface Opening extends Subject {
  readonly git: Git;
  readonly repository: Repository;
  readonly settings: WorkspaceSettings;
  readonly title: string;
}

/** Opens the phase's workspace, and makes it first where there is none. */
export async function openPhase(services: Services, workspaces: PhaseWorkspaces, subject: Subject): Promise<void> {
  const { snapshot, phase, planFile } = subject;
  const title = titleOfPhase(phase);
  const settings = workspaceSettings(toUri(snapshot.plan.files[0] ?? phase.location.file));
  const withoutGit = () => openWithoutGit(subject, settings, title);
  const git = gitFromSettings(services.log);
  try {
    const repository = await chooseRepository(services, git, snapshot.plan, planFile, settings);
    if (repository === 'none') await withoutGit();
    else if (repository !== undefined) await openInRepository({ ...subject, git, repository, settings, title });
  } catch (error) {
    const doing = vscode.l10n.t('{0} was not opened.', nameOfPhase(phase));
    const instead = { title: vscode.l10n.t('Open Without Git'), run: withoutGit };
    await reportFailure(services, error, doing, error instanceof GitFailure ? [instead] : []);
  } finally {
    void workspaces.refresh();
  }
}

async function openInRepository(opening: Opening): Promise<void> {
  const { git, repository, settings, snapshot, phase, title } = opening;
  const names = workspaceNames(snapshot.plan, phase, homeOf(repository), settings);
  const worktrees = await recordedWorktrees(git, repository);
  const known = worktreeOfPhase(worktrees, snapshot.plan.id, phase.id, () => names.branch);
  if (known !== undefined && (await exists(known.worktree.path))) {
    await openKnown(opening, known);
    return;
  }
  const before = branchesBefore(opening, worktrees);
  if (known !== undefined) await forgetGone(opening, known);
  const question = { title, plan: snapshot.plan, phase, branch: names.branch, path: names.path, before };
  const start = await askForStart(git, repository, { ...question, base: settings.base });
  if (start === undefined) return;
  const openIn = await chooseOpenIn(settings, title);
  if (openIn === undefined) return;
  const progress = vscode.l10n.t('Opening {0}', nameOfPhase(phase));
  const made = await withCancellableProgress(progress, (task) => makeWorkspace(opening, names, start, task));
  if (await exists(join(made.folder, '.gitmodules'))) void tellOfSubmodules(made.folder);
  await openWorkspace(made, openIn);
}

/** Git leaves submodules empty in a new worktree, and filling them can mean to fetch a lot. */
async function tellOfSubmodules(folder: string): Promise<void> {
  const fill = vscode.l10n.t('Fill Them in a Terminal');
  const message = vscode.l10n.t('The submodules of this repository are empty in the new workspace.');
  if ((await vscode.window.showInformationMessage(message, fill)) !== fill) return;
  const terminal = vscode.window.createTerminal({ name: 'git submodule', cwd: folder });
  terminal.show();
  terminal.sendText('git submodule update --init --recursive');
}

async function openKnown(opening: Opening, { worktree, record }: RecordedWorktree): Promise<void> {
  const { settings, title } = opening;
  const openIn = await chooseOpenIn(settings, title);
  if (openIn === undefined) return;
  if (record === undefined) await adopt(opening, worktree);
  const workspaceFile = join(worktree.path, phaseFolder, windowFileName);
  const withFile = (await exists(workspaceFile)) ? { workspaceFile } : {};
  await openWorkspace({ folder: worktree.path, name: title, ...withFile }, openIn);
}

/** A worktree on the phase's branch that somebody made by hand gets the phase's notes too. */
async function adopt(opening: Opening, { path, branch, commit }: Worktree): Promise<void> {
  const { git, repository, settings, phase } = opening;
  if (branch === undefined || commit === undefined) return;
  const head = await headOf(git, mainFolder(repository)).catch(() => undefined);
  const start: Start = { branch, branchIs: 'existing', base: settings.base || (head?.branch ?? '') };
  const made = { path, branch, commit, undo: new Undo() };
  const progress = vscode.l10n.t('Opening {0}', nameOfPhase(phase));
  await withCancellableProgress(progress, async ({ call }) => {
    try {
      await prepareWorkspace({ ...opening, start, made }, call);
    } catch (error) {
      await made.undo.run();
      throw error;
    }
  });
}

/** The phase's folder is gone, but git still keeps its branch for it. */
async function forgetGone({ git, repository }: Opening, { worktree }: RecordedWorktree): Promise<void> {
  if (worktree.locked !== undefined)
    throw new GitFailure({ kind: 'locked', path: worktree.path, reason: worktree.locked });
  await forgetMissing(git, repository, worktree.path);
}

/** Work that this phase builds on may not be merged yet: its branch is a likely base. */
function branchesBefore(
  { snapshot: { plan }, phase }: Opening,
  worktrees: readonly RecordedWorktree[],
): ReadonlyMap<string, string> {
  const branches = new Map<string, string>();
  for (const { value, kind } of phase.dependsOn) {
    const before = kind === undefined || kind === 'phase' ? plan.find(value, 'phase') : undefined;
    const found = before && worktreeOfPhase(worktrees, plan.id, before.id, () => undefined);
    if (before !== undefined && found?.worktree.branch !== undefined) branches.set(before.id, found.worktree.branch);
  }
  return branches;
}

async function makeWorkspace(
  opening: Opening,
  names: WorkspaceNames,
  start: Start,
  { call, say }: Task,
): Promise<ToOpen> {
  const { git, repository, phase, title } = opening;
  say(vscode.l10n.t('making the worktree…'));
  const sparse = phase.workspace?.sparse?.value === true ? await sparsePaths(opening) : undefined;
  const wanted = { ...names, ...start, ...(sparse === undefined ? {} : { sparse }) };
  const made = await createWorktree(git, repository, wanted, call);
  try {
    say(vscode.l10n.t('writing the phase’s notes…'));
    const workspaceFile = await prepareWorkspace({ ...opening, start, made }, call);
    if (call.signal?.aborted === true) throw new GitFailure({ kind: 'cancelled' });
    return { folder: made.path, name: title, ...(workspaceFile === undefined ? {} : { workspaceFile }) };
  } catch (error) {
    await made.undo.run();
    throw error;
  }
}

/** The phase's paths, and the plan's own files where they are in the repository. */
async function sparsePaths({ git, repository, snapshot, phase }: Opening): Promise<readonly string[] | undefined> {
  const paths = phase.workspace?.paths ?? [];
  for (const path of paths)
    if (readPlanPath(path.value) === undefined)
      throw new WorkspaceFailure({ kind: 'bad-path', path: path.value, origin: { in: 'plan', at: path } });
  if (paths.length === 0) return undefined;
  const own: string[] = [];
  for (const file of snapshot.plan.files) {
    const place = pathOf(file);
    const path = place === undefined ? undefined : await pathInRepository(git, repository, place);
    if (path !== undefined) own.push(path);
  }
  return [...paths.map(({ value }) => value), ...own];
}
