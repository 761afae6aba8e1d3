import * as vscode from 'vscode';
import type { Performed } from './writing/perform';

export function tell(performed: Performed): void {
  if ('said' in performed) vscode.window.setStatusBarMessage(`$(check) ${plainText(performed.said)}`, 6_000);
  else void vscode.window.showWarningMessage(sentenceOf(performed.refused));
}

export function sentenceOf({ message, advice }: { readonly message: string; readonly advice?: string }): string {
  return advice === undefined ? message : `${message} ${advice}`;
}

/** Icon syntax in a title would be drawn as an icon. */
export function plainText(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
