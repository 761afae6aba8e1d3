import * as vscode from 'vscode';
import { toUri } from '../convert';
import { extentOf } from '../core/flowchart/limits';
import type { Plan } from '../core/model';

export type ExportFormat = 'svg' | 'png' | 'mmd';

/** Asks where to, writes, and says so. Nothing is written when the user thinks better of it. */
export async function saveExport(plan: Plan, format: ExportFormat, content: Uint8Array): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Trust this workspace to save files. Copy Mermaid works without it.'),
    );
    return;
  }
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Graph'),
    defaultUri: suggestion(plan, format),
    filters: { [FORMAT_NAMES[format]]: [format] },
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The graph could not be saved: {0}', reason));
    return;
  }
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('Saved the graph of {0}.', plan.title), open);
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', target);
}

/** A sentence when other renderers will refuse the text as too large. */
export function limitWarning(source: string): string | undefined {
  const { edges, characters, isUsual } = extentOf(source);
  if (isUsual) return undefined;
  return vscode.l10n.t(
    'This graph is larger than many Mermaid renderers take by default ({0} edges, {1} characters).',
    edges,
    characters,
  );
}

const FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = { svg: 'SVG', png: 'PNG', mmd: 'Mermaid' };

function suggestion(plan: Plan, format: ExportFormat): vscode.Uri {
  const name = `${plan.id.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || 'plan'}.${format}`;
  const [file] = plan.files;
  return file === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(toUri(file), '..', name);
}
