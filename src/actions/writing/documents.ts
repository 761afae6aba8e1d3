import * as vscode from 'vscode';
import { toFile } from '../../convert';
import { readPlanText } from '../../planFiles/read';

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
  const plain = text.replaceAll('\r\n', '\n');
  return eol === vscode.EndOfLine.CRLF ? plain.replaceAll('\n', '\r\n') : plain;
}

/** Whether commands that act on the editor in use act on this document. */
export function isInFront(document: vscode.TextDocument): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText && toFile(input.uri) === toFile(document.uri);
}
