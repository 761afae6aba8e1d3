import * as vscode from 'vscode';
import { type CommandTarget, registerCommand } from '../commands';
import { setContext } from '../contextKeys';
import type { ThingKind } from '../core/model';
import { onceThereArePlans } from '../onDemand';
import type { Services } from '../services';
import { followEditor } from './follow';

/** What the text editor shows of plans, and tells of where the user is in them. */
export function register(services: Services): void {
  services.context.subscriptions.push(followEditor(services), planFileKey(services), addCommands(services));
  onceThereArePlans(services, async () => {
    const { registerLanguageFeatures } = await import('./languageFeatures');
    services.context.subscriptions.push(registerLanguageFeatures(services));
  });
}

function addCommands(services: Services): vscode.Disposable {
  const adding = (kind: ThingKind) => async (target?: CommandTarget) => {
    const { add } = await import('./addThing');
    await add(services, kind, target);
  };
  return vscode.Disposable.from(
    registerCommand('phasewise.addPhase', adding('phase')),
    registerCommand('phasewise.addBead', adding('bead')),
    registerCommand('phasewise.addGate', adding('gate')),
    registerCommand('phasewise.addScenario', adding('scenario')),
    registerCommand('phasewise.insertGraphInDocument', async () => {
      const { insertGraphHere } = await import('./documentGraphs');
      await insertGraphHere(services);
    }),
    registerCommand('phasewise.updateGraphInDocument', async () => {
      const { updateGraphsHere } = await import('./documentGraphs');
      await updateGraphsHere(services);
    }),
  );
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
