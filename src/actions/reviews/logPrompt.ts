import * as vscode from 'vscode';
import type { CommandTarget } from '../../commands';
import { logPrompt as logIn } from '../../core/actions/logPrompt';
import { refTo } from '../../core/thingRef';
import { type Actions, actAndTell } from '../actions';
import { planOf } from '../subject';
import { ask, given } from './ask';

interface PromptSource extends vscode.QuickPickItem {
  readonly words: string;
}

/** Appends what was said, word for word, to the prompt log: from the selection, the clipboard, or what is typed. */
export async function logPrompt(actions: Actions, target: CommandTarget | undefined): Promise<void> {
  const title = vscode.l10n.t('Log Prompt');
  const snapshot = await planOf(actions.services, target, title);
  if (snapshot === undefined) return;
  const words = await promptWords(title);
  if (words === undefined || words.trim() === '') return;
  const name = await ask(title, vscode.l10n.t('A title for it, in a few words'));
  if (name === undefined) return;
  await actAndTell(actions, refTo(snapshot.plan), (now, actor) =>
    logIn(now, actor, { words, ...given('title', name) }),
  );
}

async function promptWords(title: string): Promise<string | undefined> {
  const { l10n } = vscode;
  const editor = vscode.window.activeTextEditor;
  const selected = editor === undefined ? '' : editor.document.getText(editor.selection);
  const clipboard = await vscode.env.clipboard.readText();
  const sources: PromptSource[] = [];
  if (selected.trim() !== '') sources.push(source('selection', l10n.t('The Selection'), selected));
  if (clipboard.trim() !== '') sources.push(source('clippy', l10n.t('The Clipboard'), clipboard));
  sources.push({ label: `$(pencil) ${l10n.t('Type It')}`, words: '' });
  const placeHolder = l10n.t('The words to log, exactly as they were said');
  const chosen =
    sources.length === 1
      ? sources[0]
      : await vscode.window.showQuickPick(sources, { title, placeHolder, ignoreFocusOut: true });
  if (chosen === undefined || chosen.words !== '') return chosen?.words;
  return ask(title, placeHolder, { needed: true });
}

function source(icon: string, label: string, words: string): PromptSource {
  const shown = words.trim().replace(/\s+/g, ' ');
  return { label: `$(${icon}) ${label}`, detail: shown.length > 120 ? `${shown.slice(0, 119)}…` : shown, words };
}
