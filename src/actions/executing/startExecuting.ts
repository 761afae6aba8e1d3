import { basename } from 'node:path';
import * as vscode from 'vscode';
import { type CommandTarget, runCommand } from '../../commands';
import { toUri } from '../../convert';
import type { Refusal } from '../../core/actions/action';
import { obstaclesToExecuting, startExecuting as startIn } from '../../core/actions/executing';
import type { Plan } from '../../core/model';
import { levelsOf, type RuleLevels } from '../../core/rules/severities';
import { refTo } from '../../core/thingRef';
import { commitFiles, uncommittedOf } from '../../git/commitFiles';
import { gitFromSettings } from '../../gitAccess';
import { messageOf } from '../../log';
import type { Services } from '../../services';
import { type Actions, actAndTell } from '../actions';
import { planOf } from '../subject';
import { sentenceOf } from '../telling';
import { openDocument } from '../writing/documents';

/** Checks that a plan is approved, without errors and committed, offers to commit it, and changes its mode. */
export async function startExecuting(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const { services, writer } = actions;
  const { l10n } = vscode;
  const snapshot = await planOf(services, target, l10n.t('Start Executing'));
  if (snapshot === undefined) return;
  const { plan } = snapshot;
  if (plan.head.mode?.value === 'executing') {
    void vscode.window.showInformationMessage(l10n.t('“{0}” is being executed already.', plan.title));
    return;
  }
  if (!(await saved(plan))) return;
  const levels = levelsFor(plan);
  const obstacles = async (): Promise<readonly Refusal[]> => {
    const source = await writer.sourceOf(plan.key);
    if (source === undefined) return [];
    const uncommitted = await uncommittedFiles(services, plan);
    return obstaclesToExecuting(source, { levels, ...(uncommitted === undefined ? {} : { uncommitted }) });
  };
  // What a person has to see to comes before what can be done here: a commit of a plan that nobody approved helps nobody.
  const source = await writer.sourceOf(plan.key);
  const withoutGit = source === undefined ? [] : obstaclesToExecuting(source, { levels });
  if (withoutGit.length > 0) {
    await tellObstacles(plan, withoutGit);
    return;
  }
  if (
    (await obstacles()).length > 0 &&
    !(await offerCommit(services, plan, l10n.t('Plan “{0}”, as approved', plan.title)))
  ) {
    return;
  }
  const left = await obstacles();
  if (left.length > 0) {
    await tellObstacles(plan, left);
    return;
  }
  const isStarted = await actAndTell(actions, refTo(plan), (now, actor) => startIn(now, actor, { levels }));
  if (isStarted) await offerCommit(services, plan, l10n.t('Start executing “{0}”', plan.title));
}

function levelsFor({ files: [main] }: Plan): RuleLevels {
  const scope = main === undefined ? undefined : toUri(main);
  return levelsOf(vscode.workspace.getConfiguration('phasewise', scope).get('rules'));
}

/** What git commits is what is on disk. */
async function saved({ files }: Plan): Promise<boolean> {
  for (const file of files) {
    const document = openDocument(toUri(file));
    if (document?.isDirty !== true) continue;
    const save = vscode.l10n.t('Save');
    const message = vscode.l10n.t('{0} has unsaved text. Save it first.', basename(document.uri.path));
    if ((await vscode.window.showWarningMessage(message, save)) !== save || !(await document.save())) return false;
  }
  return true;
}

async function tellObstacles(plan: Plan, obstacles: readonly Refusal[]): Promise<void> {
  const { l10n } = vscode;
  const approve = l10n.t('Approve…');
  const check = l10n.t('Check Plan');
  const words = obstacles.map(sentenceOf).join(' ');
  const message = l10n.t('“{0}” cannot be executed yet. {1}', plan.title, words);
  const answer = await vscode.window.showWarningMessage(message, approve, check);
  if (answer === approve) await runCommand('phasewise.approve', refTo(plan));
  if (answer === check) await runCommand('phasewise.checkPlan', refTo(plan));
}

/** As the core calls them. Undefined where nobody can tell: outside of git, or not on a disk. */
async function uncommittedFiles({ log }: Services, { files }: Plan): Promise<readonly string[] | undefined> {
  const uris = files.map(toUri);
  if (uris.some(({ scheme }) => scheme !== 'file')) return undefined;
  try {
    const paths = uris.map(({ fsPath }) => fsPath);
    const changed = await uncommittedOf(gitFromSettings(log), paths);
    return files.filter((_, index) => changed.includes(paths[index] ?? ''));
  } catch (error) {
    log.info(`Commits of ${files[0]}: ${messageOf(error)}`);
    return undefined;
  }
}

/** Whether nothing of the plan is uncommitted any more. */
async function offerCommit(services: Services, plan: Plan, message: string): Promise<boolean> {
  const { l10n } = vscode;
  const files = (await uncommittedFiles(services, plan)) ?? [];
  if (files.length === 0) return true;
  const commit = l10n.t('Commit');
  const names = files.map((file) => basename(toUri(file).path)).join(', ');
  const question = l10n.t('Commit {0} as “{1}”? Nothing else goes into the commit.', names, message);
  if ((await vscode.window.showInformationMessage(question, commit)) !== commit) return false;
  try {
    const paths = files.map((file) => toUri(file).fsPath);
    const hash = await commitFiles(gitFromSettings(services.log), paths, message);
    vscode.window.setStatusBarMessage(`$(git-commit) ${l10n.t('Committed as {0}', hash)}`, 6_000);
    return true;
  } catch (error) {
    void vscode.window.showErrorMessage(l10n.t('Git did not commit: {0}', messageOf(error)));
    return false;
  }
}
