import * as vscode from 'vscode';
import { toUri } from '../convert';
import type { Plan } from '../core/model';

/** The path on this machine of one of the core's files; undefined in a virtual workspace. */
export function pathOf(file: string): string | undefined {
  const uri = toUri(file);
  return uri.scheme === 'file' ? uri.fsPath : undefined;
}

/** Paths of the folders that are open in this window. */
export function openFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => (uri.scheme === 'file' ? [uri.fsPath] : []));
}

/** The file whose place decides where a plan's work happens. */
export function mainFile(plan: Plan): string | undefined {
  return plan.files[0];
}
