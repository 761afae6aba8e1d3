import * as vscode from 'vscode';
import type { Refusal } from '../core/actions/action';
import type { Performed } from './writing/perform';

const beadsPage = 'https://github.com/gastownhall/beads';

export function tell(performed: Performed): void {
  if ('refused' in performed) {
    warn(performed.refused);
    return;
  }
  const { said, note } = performed;
  vscode.window.setStatusBarMessage(`$(check) ${plainText(said)}`, 6_000);
  if (note !== undefined) void vscode.window.showWarningMessage(sentenceOf({ message: note }));
}

/** Says why something was not done, and what to do. */
export function warn(refused: Pick<Refusal, 'code' | 'message' | 'advice'>): void {
  const install = vscode.l10n.t('How to Install Beads');
  const buttons = refused.code === 'no-bd' ? [install] : [];
  void vscode.window.showWarningMessage(sentenceOf(refused), ...buttons).then((answer) => {
    if (answer === install) void vscode.env.openExternal(vscode.Uri.parse(beadsPage));
  });
}

/** A message has no code marks: what stands between them is quoted. */
export function sentenceOf({ message, advice }: { readonly message: string; readonly advice?: string }): string {
  return (advice === undefined ? message : `${message} ${advice}`).replace(/`([^`]+)`/g, '“$1”');
}

/** Icon syntax in a title would be drawn as an icon. */
export function plainText(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
