import * as vscode from 'vscode';
import type { Services } from '../services';

/** Milliseconds that the cursor rests before tree and graph follow it. */
const restingTime = 120;

/** The thing around the cursor becomes the selected thing. */
export function followEditor({ index, selection }: Services): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const follow = (): void => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    const offset = editor.document.offsetAt(editor.selection.active);
    const ref = index.thingAt(editor.document.uri, offset);
    if (ref !== undefined) selection.set(ref, 'editor');
  };
  const followSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(follow, restingTime);
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === vscode.window.activeTextEditor) followSoon();
    }),
    vscode.window.onDidChangeActiveTextEditor(followSoon),
    index.onDidChange(followSoon),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
