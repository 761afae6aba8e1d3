import * as vscode from 'vscode';
import type { CommandTarget } from '../../commands';
import { nameOf } from '../../planWords';
import { promptFor } from '../../promptFor';
import { hasPrompt } from '../../promptRef';
import type { Services } from '../../services';
import { subjectOf } from '../subject';

const openChat = 'workbench.action.chat.open';

/** Puts the prompt of a phase, bead or gate into the chat view; without one, onto the clipboard. */
export async function sendPromptToChat(services: Services, target: CommandTarget | undefined): Promise<void> {
  const subject = await subjectOf(services, target, ['phase', 'bead', 'gate'], vscode.l10n.t('Send Prompt to Chat'));
  const prompt = subject !== undefined && hasPrompt(subject.ref) ? await promptFor(services, subject.ref) : undefined;
  if (subject === undefined || prompt === undefined) return;
  const hasChat = (await vscode.commands.getCommands(true)).includes(openChat);
  if (hasChat) {
    // Put there, not sent: the person reads it first.
    await vscode.commands.executeCommand(openChat, { query: prompt.text, isPartialQuery: true });
    return;
  }
  await vscode.env.clipboard.writeText(prompt.text);
  void vscode.window.showWarningMessage(
    vscode.l10n.t('This editor has no chat view. The prompt of {0} is on the clipboard.', nameOf(subject.thing)),
  );
}
