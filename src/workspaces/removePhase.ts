import { constants } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { toUri } from '../convert';
import { phaseFolder } from '../git/phaseRecord';
import { exists, samePlace } from '../git/places';
import { type RemovalReview, removeWorktree, reviewRemoval } from '../git/removeWorktree';
import { headOf } from '../git/repository';
import { fileFailure, type Git } from '../git/runGit';
import { gitFromSettings, withCancellableProgress } from '../gitAccess';
import type { Services } from '../services';
import { mainFolder } from './home';
import { openWorkspace } from './openIn';
import { handoffFile, handoffWasWritten } from './phaseFiles';
import type { PhaseWorkspace } from './phaseWorkspace';
import type { PhaseWorkspaces } from './phaseWorkspaces';
import { reportFailure } from './report';
import { workspaceSettings } from './settings';
import type { Subject } from './subject';
import { nameOfPhase, obstacleLines } from './words';

/** Removes the phase's workspace if no work is lost by that, and says what is in the way otherwise. */
export async function removePhase(services: Services, workspaces: PhaseWorkspaces, subject: Subject): Promise<void> {
  const { snapshot, phase } = subject;
  const { l10n } = vscode;
  await workspaces.refresh();
  const workspace = workspaces.find(snapshot.plan.key, phase.id);
  if (workspace === undefined) {
    void vscode.window.showInformationMessage(l10n.t('{0} has no workspace.', nameOfPhase(phase)));
    return;
  }
  const git = gitFromSettings(services.log);
  try {
    const bases = await basesOf(git, workspace, workspaceSettings(toUri(phase.location.file)).base);
    const looking = l10n.t('Looking at the workspace of {0}', nameOfPhase(phase));
    const { path } = workspace.worktree;
    const review = await withCancellableProgress(looking, ({ call }) =>
      reviewRemoval(git, workspace.repository, path, bases, call),
    );
    if (review.obstacles.length > 0) await refuse(subject, workspace, review);
    else await confirmAndRemove(git, subject, workspace, review, bases);
  } catch (error) {
    await reportFailure(services, error, l10n.t('The workspace of {0} was not removed.', nameOfPhase(phase)));
  } finally {
    await workspaces.refresh();
  }
}

/** What the work is meant for: the base it was made from, else the one of the settings, else what is checked out. */
async function basesOf(git: Git, { record, repository }: PhaseWorkspace, setting: string): Promise<readonly string[]> {
  const { branch } = repository.main === undefined ? { branch: undefined } : await headOf(git, repository.main);
  return [record?.base, setting, branch].filter((base): base is string => base !== undefined && base !== '');
}

async function refuse({ phase }: Subject, { worktree }: PhaseWorkspace, { obstacles }: RemovalReview): Promise<void> {
  const { l10n } = vscode;
  const open = l10n.t('Open Workspace');
  const changes = l10n.t('Show Changes');
  const message = l10n.t('The workspace of {0} stays, because work in it would be lost.', nameOfPhase(phase));
  const detail = [...obstacleLines(obstacles), '', worktree.path].join('\n');
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, open, changes);
  if (chosen === open) await openWorkspace({ folder: worktree.path, name: nameOfPhase(phase) }, 'newWindow');
  if (chosen === changes) await showChanges(worktree.path);
}

/** In the source control view of this window, where the built-in git extension is on; else in a window of its own. */
async function showChanges(path: string): Promise<void> {
  try {
    await vscode.commands.executeCommand('git.openRepository', path);
    await vscode.commands.executeCommand('workbench.view.scm');
  } catch {
    await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(path), { forceNewWindow: true });
  }
}

async function confirmAndRemove(
  git: Git,
  subject: Subject,
  workspace: PhaseWorkspace,
  review: RemovalReview,
  bases: readonly string[],
): Promise<void> {
  const { l10n } = vscode;
  const { phase } = subject;
  const { path, branch } = review.worktree;
  const remove = l10n.t('Remove');
  const removeBoth = l10n.t('Remove, and Delete the Branch');
  const { record } = workspace;
  const written = record !== undefined && (await handoffWasWritten(join(path, phaseFolder), record));
  const handoff = written ? await placeForHandoff(path) : undefined;
  const buttons = review.merged && branch !== undefined ? [remove, removeBoth] : [remove];
  const message = l10n.t('Remove the workspace of {0}?', nameOfPhase(phase));
  const detail = detailOf(review, bases[0], handoff);
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  if (chosen !== remove && chosen !== removeBoth) return;
  const removing = l10n.t('Removing the workspace of {0}', nameOfPhase(phase));
  const deleteBranch = chosen === removeBoth;
  const { repository } = workspace;
  const here = await openHere(path);
  await withCancellableProgress(removing, async ({ call }) => {
    const kept = handoff === undefined ? undefined : await keepHandoff(path, handoff);
    try {
      await removeWorktree(git, repository, { path, bases, deleteBranch }, call);
    } catch (error) {
      if (await exists(path)) await kept?.();
      throw error;
    }
  });
  const done = deleteBranch
    ? l10n.t('Removed the workspace of {0} and its branch.', nameOfPhase(phase))
    : l10n.t('Removed the workspace of {0}. Its branch is still there.', nameOfPhase(phase));
  void vscode.window.showInformationMessage(done);
  if (here !== undefined) await closeHere(here, mainFolder(repository));
}

function detailOf(review: RemovalReview, base: string | undefined, handoff: string | undefined): string {
  const { l10n } = vscode;
  const { worktree, ignored } = review;
  const lost = ignored.filter((path) => !path.startsWith('.phasewise/'));
  const lines = [worktree.path];
  if (worktree.branch !== undefined)
    lines.push(
      review.merged && base !== undefined
        ? l10n.t('Everything on its branch {0} is in {1}.', worktree.branch, base)
        : l10n.t('Its branch {0} stays.', worktree.branch),
    );
  if (lost.length > 0) lines.push(l10n.t('Files that git ignores go with it: {0}', lost.slice(0, 8).join(', ')));
  if (handoff !== undefined) lines.push(l10n.t('The notes in {0} are kept in {1}.', handoffFile, handoff));
  return lines.join('\n');
}

/** A free name beside the workspace's folder, where no git sees it. */
async function placeForHandoff(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const place = `${path}.${number === 1 ? '' : `${number}.`}${handoffFile}`;
    if (!(await exists(place))) return place;
  }
}

/** Gives what takes the copy back. */
async function keepHandoff(path: string, place: string): Promise<() => Promise<void>> {
  try {
    await copyFile(join(path, phaseFolder, handoffFile), place, constants.COPYFILE_EXCL);
  } catch (error) {
    throw fileFailure(error, place);
  }
  return () => rm(place);
}

async function openHere(path: string): Promise<vscode.Uri | undefined> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? [])
    if (uri.scheme === 'file' && (await samePlace(uri.fsPath, path))) return uri;
  return undefined;
}

/** Takes a folder that is gone out of this window; where it was all that was open, the repository takes its place. */
async function closeHere(gone: vscode.Uri, repository: string): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.find(({ uri }) => uri.toString() === gone.toString());
  if (folder === undefined) return;
  if (folders.length > 1) vscode.workspace.updateWorkspaceFolders(folder.index, 1);
  else
    await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(repository), { forceReuseWindow: true });
}
