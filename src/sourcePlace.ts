import * as vscode from 'vscode';
import { toPosition, toUri } from './convert';
import type { Location } from './core/text';
import type { PlanIndex } from './planIndex';

export interface SourcePlace {
  readonly uri: vscode.Uri;
  readonly position: vscode.Position;
}

/** Where a location of the current snapshot starts, for an editor. Undefined when its file is gone. */
export function sourceOf(index: PlanIndex, location: Location | undefined): SourcePlace | undefined {
  const lines = location && index.linesOf(location.file);
  return lines && { uri: toUri(location.file), position: toPosition(lines, location.start) };
}

/** Opens it the way the editor opens files from its own trees: preview on a click, focus stays with the keyboard. */
export function openCommand({ uri, position }: SourcePlace): vscode.Command {
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(position, position) };
  return { command: 'vscode.open', title: vscode.l10n.t('Go to Source'), arguments: [uri, options] };
}
