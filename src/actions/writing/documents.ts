import * as vscode from 'vscode';
import { toFile } from '../../convert';
import { readPlanText } from '../../planFiles/read';

/** Milliseconds that the editor may take to show what changed on disk. */
const patience = 3_000;

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const file = toFile(uri);
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && toFile(document.uri) === file);
}

/** The text on disk, with line ends as a document would show it; undefined when there is none that can be read. */
export async function textOnDisk(uri: vscode.Uri, like?: vscode.TextDocument): Promise<string | undefined> {
  const read = await readPlanText(uri);
  if (read.kind !== 'text') return undefined;
  return like === undefined ? read.text : withLineEnds(read.text, like.eol);
}

function withLineEnds(text: string, eol: vscode.EndOfLine): string {
  const plain = text.replaceAll(/\r\n?/g, '\n');
  return eol === vscode.EndOfLine.CRLF ? plain.replaceAll('\n', '\r\n') : plain;
}

/** Whether a document without unsaved text shows what is on disk; the editor follows by itself. */
export async function showsDisk(document: vscode.TextDocument): Promise<boolean> {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((done) => setTimeout(done, 30))) {
    const disk = await textOnDisk(document.uri, document);
    if (disk === undefined || disk === document.getText() || document.isDirty) return true;
  }
  return false;
}

/** Whether commands that act on the editor in use act on this document. */
export function isInFront(document: vscode.TextDocument): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText && toFile(input.uri) === toFile(document.uri);
}
