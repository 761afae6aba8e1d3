import * as vscode from 'vscode';

/** The "Phasewise" output channel; people set its level with "Developer: Set Log Level…". */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Phasewise', { log: true });
}

/** One line for the log from whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
