import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type CommandTarget, runCommand } from '../../commands';
import { phasePrompt } from '../../core/prompt/phase';
import { isInside, realPlace } from '../../git/places';
import { messageOf } from '../../log';
import { nameOf } from '../../planWords';
import { findProgram } from '../../programs/findProgram';
import { nameInPrompt, templatesOfPlan } from '../../promptTemplates';
import type { Services } from '../../services';
import { mayExecute } from '../planMode';
import { subjectOf } from '../subject';

/** Kept out of git by the phase workspace. */
const promptPath = ['.phasewise', 'phase', 'AGENT-PROMPT.md'] as const;

/** Runs the user's agent in a terminal in the phase's workspace. The prompt is in a file, and no shell is involved. */
export async function startAgent(services: Services, target: CommandTarget | undefined): Promise<void> {
  const title = vscode.l10n.t('Start Agent in Phase');
  const subject = await subjectOf(services, target, ['phase'], title);
  if (subject === undefined || !mayExecute(subject.snapshot, title)) return;
  const { snapshot, thing: phase, ref } = subject;
  const command = agentCommand();
  if (command === undefined) {
    await offerSetting(
      vscode.l10n.t('Set which program “Start Agent in Phase” runs: a list with the program and its arguments.'),
    );
    return;
  }
  const missing = await missingProgram(command);
  if (missing !== undefined) {
    await offerSetting(
      vscode.l10n.t('There is no “{0}” to start here. Install it, or set which program “{1}” runs.', missing, title),
    );
    return;
  }
  const folder = services.phaseDecorations.describe(snapshot.plan.key, phase.id)?.folder;
  if (folder === undefined) {
    const open = vscode.l10n.t('Open Phase Workspace');
    const message = vscode.l10n.t('{0} has no workspace yet. An agent works in one of its own.', nameOf(phase));
    if ((await vscode.window.showInformationMessage(message, open)) === open) {
      await runCommand('phasewise.openPhaseWorkspace', ref);
    }
    return;
  }
  const { templates } = await templatesOfPlan(snapshot.plan);
  const prompt = phasePrompt(snapshot, phase.id, templates, nameInPrompt);
  if (prompt === undefined) return;
  try {
    const promptFile = await writePrompt(folder, prompt.text);
    const [program = '', ...args] = command.map((word) =>
      word.replace(/\$\{(promptFile|folder)\}/g, (_, name: string) => (name === 'folder' ? folder : promptFile)),
    );
    const terminal = vscode.window.createTerminal({
      name: vscode.l10n.t('Agent: {0}', nameOf(phase)),
      shellPath: program,
      shellArgs: args,
      cwd: folder,
      iconPath: new vscode.ThemeIcon('robot'),
      isTransient: true,
    });
    terminal.show();
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The agent was not started: {0}', messageOf(error)));
  }
}

/** What the user's settings say; a workspace cannot say it. */
function agentCommand(): readonly string[] | undefined {
  const value = vscode.workspace.getConfiguration('phasewise').get<unknown>('agent.command');
  if (!Array.isArray(value)) return undefined;
  const words: readonly string[] = value.filter((word) => typeof word === 'string');
  return words.length === value.length && (words[0]?.trim() ?? '') !== '' ? words : undefined;
}

/** The program, when it is not there. On Windows a terminal also starts scripts, and finds them itself. */
async function missingProgram([program = '']: readonly string[]): Promise<string | undefined> {
  if (process.platform === 'win32' || program.includes('/')) return undefined;
  return (await findProgram(program)) === undefined ? program : undefined;
}

async function offerSetting(message: string): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  if ((await vscode.window.showWarningMessage(message, open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'phasewise.agent.command');
  }
}

/** A branch from strangers can hold a link in place of the folder or the file. */
async function writePrompt(folder: string, text: string): Promise<string> {
  const [top, own, name] = promptPath;
  const home = join(folder, top, own);
  await mkdir(home, { recursive: true });
  const file = join(home, name);
  const [root, place] = await Promise.all([realPlace(folder), realPlace(file)]);
  if (!isInside(root, place)) throw new Error(vscode.l10n.t('{0} leads out of the workspace.', file));
  await writeFile(file, text);
  return file;
}
