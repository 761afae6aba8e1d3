import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { type CommandTarget, runCommand } from '../../commands';
import { toUri } from '../../convert';
import { type Check, checksOf } from '../../core/actions/checks';
import type { Bead, Phase } from '../../core/model';
import { refTo, type ThingRef } from '../../core/thingRef';
import { nameOf } from '../../planWords';
import { timeNow } from '../../timeNow';
import type { Actions } from '../actions';
import { mayExecute } from '../planMode';
import { scenariosOf } from '../scenarios/scenariosOf';
import { phaseOf, type Subject, subjectOf } from '../subject';
import { type CommandResult, runAsTask } from './commandTask';
import { commitAt, folderOf } from './place';
import { Verifications, type Verified } from './verifications';

/** Runs what verifies a bead or phase, asks for what only a person can see, and keeps the result as evidence. */
export async function verify(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const { services } = actions;
  const title = vscode.l10n.t('Verify');
  const subject = await subjectOf(services, target, ['bead', 'phase'], title, isOpen);
  if (subject === undefined || !mayExecute(subject.snapshot, title)) return;
  const { snapshot, thing, ref } = subject;
  const checks = checksOf(snapshot.plan, thing);
  if (checks.length === 0) {
    tellNothing(thing, ref);
    return;
  }
  const folder = folderOf(services, snapshot.plan, phaseOf(snapshot.plan, thing));
  const commands = checks.filter(({ kind }) => kind === 'command').map(({ text }) => text);
  if (folder === undefined && commands.length > 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Commands need a folder on a disk, and this plan is in none that is open.'),
    );
    return;
  }
  const verifications = new Verifications(services.context.workspaceState);
  if (folder !== undefined && !(await isAllowed(verifications, thing, folder, commands))) return;
  const results = folder === undefined ? [] : await runAll(commands, folder, scopeOf(thing));
  const haveRun = results.length === commands.length && results.every(({ exitCode }) => exitCode === 0);
  const manual = haveRun ? await askManual(thing, checks) : [];
  if (manual === undefined) return;
  const commit = folder === undefined ? undefined : await commitAt(services, folder);
  const verified: Verified = {
    at: timeNow(),
    ...(commit === undefined ? {} : { commit }),
    passed: haveRun && manual.every(({ done }) => done),
    commands: results,
    manual,
  };
  await verifications.keep(ref, verified);
  await tellResult(subject, verified);
}

function isOpen({ schedule }: Subject['snapshot'], thing: Bead | Phase): boolean {
  return thing.kind === 'phase' ? true : schedule.beadState(thing.id) !== 'closed';
}

function tellNothing(thing: Bead | Phase, ref: ThingRef): void {
  const message =
    thing.kind === 'phase'
      ? vscode.l10n.t('{0} has no verification. Write which commands and manual steps prove it done.', nameOf(thing))
      : vscode.l10n.t('{0} has no done-when. Write what shows that it is done.', nameOf(thing));
  const go = vscode.l10n.t('Go to Source');
  void vscode.window.showWarningMessage(message, go).then((answer) => {
    if (answer === go) void runCommand('phasewise.revealSource', ref);
  });
}

function scopeOf({ location }: Bead | Phase): vscode.WorkspaceFolder | vscode.TaskScope.Workspace {
  return vscode.workspace.getWorkspaceFolder(toUri(location.file)) ?? vscode.TaskScope.Workspace;
}

/** Commands from a plan run only when a person has seen exactly these, for exactly this folder. */
async function isAllowed(
  verifications: Verifications,
  thing: Bead | Phase,
  folder: string,
  commands: readonly string[],
): Promise<boolean> {
  if (commands.length === 0) return true;
  const hash = createHash('sha256')
    .update(JSON.stringify([folder, ...commands]))
    .digest('hex');
  if (verifications.isApproved(hash)) return true;
  const run = vscode.l10n.t('Run');
  const message =
    commands.length === 1
      ? vscode.l10n.t('Run this command to verify {0}?', nameOf(thing))
      : vscode.l10n.t('Run these {0} commands to verify {1}?', commands.length, nameOf(thing));
  const where =
    commands.length === 1
      ? vscode.l10n.t('It comes from the plan, and runs in {0}. You are asked again when it changes.', folder)
      : vscode.l10n.t('They come from the plan, and run in {0}. You are asked again when one changes.', folder);
  const detail = `${commands.map(visible).join('\n')}\n\n${where}`;
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, run)) !== run) return false;
  await verifications.approve(hash);
  return true;
}

/** Marks that turn the direction of text around, or are not seen at all, must not hide what a command does. */
function visible(command: string): string {
  return command.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (mark) => `<U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}

/** One after the other, up to the first that fails. */
async function runAll(
  commands: readonly string[],
  folder: string,
  scope: vscode.WorkspaceFolder | vscode.TaskScope.Workspace,
): Promise<readonly CommandResult[]> {
  const results: CommandResult[] = [];
  for (const command of commands) {
    const result = await runAsTask(command, folder, scope);
    results.push(result);
    if (result.exitCode !== 0) break;
  }
  return results;
}

/** Undefined when the user gave up. */
async function askManual(thing: Bead | Phase, checks: readonly Check[]): Promise<Verified['manual'] | undefined> {
  const steps = checks.filter(({ kind }) => kind === 'manual').map(({ text }) => text);
  if (steps.length === 0) return [];
  const items = steps.map((label) => ({ label }));
  const ticked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Verify {0}', nameOf(thing)),
    placeHolder: vscode.l10n.t('Tick what you have seen to be so'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return ticked && steps.map((text) => ({ text, done: ticked.some(({ label }) => label === text) }));
}

async function tellResult({ snapshot, thing, ref }: Subject<Bead | Phase>, result: Verified): Promise<void> {
  const name = nameOf(thing);
  if (result.passed) {
    const close = vscode.l10n.t('Close Bead');
    const buttons = thing.kind === 'bead' ? [close] : [];
    const message = vscode.l10n.t('{0} is verified.', name);
    if ((await vscode.window.showInformationMessage(message, ...buttons)) === close) {
      await runCommand('phasewise.closeBead', ref);
    }
    return;
  }
  const [scenario] = thing.kind === 'bead' ? scenariosOf(snapshot, thing) : [];
  const start = scenario === undefined ? undefined : vscode.l10n.t('Run {0}', scenario.id);
  const answer = await vscode.window.showWarningMessage(
    failureWords(name, result),
    ...(start === undefined ? [] : [start]),
  );
  if (answer !== undefined && answer === start && scenario !== undefined) {
    await runCommand('phasewise.runScenario', thing.kind === 'bead' ? ref : refTo(snapshot.plan, scenario));
  }
}

function failureWords(name: string, { commands, manual }: Verified): string {
  const failed = commands.find(({ exitCode }) => exitCode !== 0);
  if (failed?.exitCode !== undefined) {
    return vscode.l10n.t('{0} is not verified: “{1}” ended with code {2}.', name, failed.command, failed.exitCode);
  }
  if (failed !== undefined) return vscode.l10n.t('{0} is not verified: “{1}” was stopped.', name, failed.command);
  const open = manual.filter(({ done }) => !done).map(({ text }) => text);
  return vscode.l10n.t('{0} is not verified. Not seen: {1}', name, open.join('; '));
}
