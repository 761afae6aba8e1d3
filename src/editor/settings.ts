import * as vscode from 'vscode';

type Switch = 'codeLens' | 'inlayHints' | 'updateGraphsOnSave';

/** Whether one of the settings that turn a feature of the editor off leaves it on for a document. */
export function isOn(name: Switch, document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('phasewise', document).get<boolean>(name, true);
}

export function onSettingChange(name: Switch, changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`phasewise.${name}`)) changed();
  });
}
