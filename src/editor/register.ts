import * as vscode from 'vscode';
import { setContext } from '../contextKeys';
import { onceThereArePlans } from '../onDemand';
import type { Services } from '../services';
import { followEditor } from './follow';

/** What the text editor shows of plans, and tells of where the user is in them. */
export function register(services: Services): void {
  services.context.subscriptions.push(followEditor(services), planFileKey(services));
  onceThereArePlans(services, async () => {
    const { registerLanguageFeatures } = await import('./languageFeatures');
    services.context.subscriptions.push(registerLanguageFeatures(services));
  });
}

function planFileKey({ index }: Services): vscode.Disposable {
  let told: boolean | undefined;
  const tell = (): void => {
    const editor = vscode.window.activeTextEditor;
    const isPlanFile = editor !== undefined && index.planOf(editor.document.uri) !== undefined;
    if (isPlanFile === told) return;
    told = isPlanFile;
    setContext('phasewise.isPlanFile', isPlanFile);
  };
  tell();
  return vscode.Disposable.from(vscode.window.onDidChangeActiveTextEditor(tell), index.onDidChange(tell));
}
