import * as vscode from 'vscode';
import { toFile } from '../convert';
import { END_MARKER, mayHoldGraphs } from '../core/documentGraph/blocks';
import { type GraphRequest, graphSource } from '../core/documentGraph/request';
import { insertedGraph, updateGraphs } from '../core/documentGraph/update';
import type { TextEdit } from '../core/text';
import type { PlanIndex } from '../planIndex';
import type { Services } from '../services';
import { isOn } from './settings';

/** Keeps the graphs between markers up to date when their document is saved. */
export function updateGraphsOnSave({ index, log }: Services): vscode.Disposable {
  return vscode.workspace.onWillSaveTextDocument((event) => {
    const { document } = event;
    if (document.languageId !== 'markdown' || !vscode.workspace.isTrusted) return;
    if (!mayHoldGraphs(document.getText()) || !isOn('updateGraphsOnSave', document)) return;
    const update = updateOf(index, document);
    if (update === undefined) return;
    for (const { at, why } of update.troubles) {
      const line = document.positionAt(at.start).line + 1;
      log.warn(`${vscode.workspace.asRelativePath(document.uri)}:${line}: this graph was left as it is: ${why}`);
    }
    if (update.edits.length > 0) event.waitUntil(Promise.resolve(update.edits.map(toEdit(document))));
  });
}

/** Brings the graphs of the document in front up to date, as one edit, and says what came of it. */
export async function updateGraphsHere({ index }: Services): Promise<void> {
  const document = writableDocument();
  if (document === undefined) return;
  const update = updateOf(index, document);
  if (update === undefined) return sayNoPlan();
  const [trouble] = update.troubles;
  if (trouble !== undefined) {
    const line = document.positionAt(trouble.at.start).line + 1;
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The graph in line {0} was left as it is: {1}.', line, trouble.why),
    );
  } else if (update.count === 0) {
    const insert = vscode.l10n.t('Insert Graph');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no graph in this document yet.'),
      insert,
    );
    if (chosen === insert) await vscode.commands.executeCommand('phasewise.insertGraphInDocument');
    return;
  }
  if (update.edits.length > 0) await apply(document, update.edits);
  else if (trouble === undefined) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('The graph is up to date'), 3_000);
  }
}

/** Asks which graph, and puts it in before the line of the cursor, between markers that keep it up to date. */
export async function insertGraphHere({ index }: Services): Promise<void> {
  const document = writableDocument();
  if (document === undefined) return;
  if (index.sourceOf(document) === undefined) return sayNoPlan();
  const request = await askForGraph(index, document);
  // The document may have changed while the user chose.
  const source = request === undefined ? undefined : index.sourceOf(document);
  if (request === undefined || source === undefined) return;
  const answer = graphSource(source.snapshot, request);
  if ('refused' in answer) {
    void vscode.window.showWarningMessage(vscode.l10n.t('No graph was inserted: {0}.', answer.refused));
    return;
  }
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  const at = document.offsetAt(editor?.selection.active ?? new vscode.Position(0, 0));
  const edit = insertedGraph(document.getText(), at, source.snapshot, request);
  await apply(document, [edit]);
  const end = document.getText().indexOf(END_MARKER, edit.range.start);
  editor?.revealRange(
    new vscode.Range(document.positionAt(edit.range.start), document.positionAt(end < 0 ? edit.range.start : end)),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

function updateOf(index: PlanIndex, document: vscode.TextDocument) {
  const source = index.sourceOf(document);
  const part = source?.part(toFile(document.uri));
  return source === undefined || part === undefined ? undefined : updateGraphs(document.getText(), source.snapshot);
}

/** The Markdown document in front. Says why where there is none, or none that may be written. */
function writableDocument(): vscode.TextDocument | undefined {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Trust this workspace to change its plans.'));
    return undefined;
  }
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === 'markdown') return document;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('Open a Markdown file of a plan first: its graph is put into it.'),
  );
  return undefined;
}

function sayNoPlan(): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('This document belongs to no plan, so there is no graph for it.'),
  );
}

async function askForGraph(index: PlanIndex, document: vscode.TextDocument): Promise<GraphRequest | undefined> {
  const phases = index.planOf(document.uri)?.plan.phases ?? [];
  const items: (vscode.QuickPickItem & { readonly request?: GraphRequest })[] = [
    { label: vscode.l10n.t('As much as can be read'), request: {} },
    { label: vscode.l10n.t('Overview of phases'), request: { level: 'overview' } },
    { label: vscode.l10n.t('Waves'), request: { level: 'waves' } },
    { label: vscode.l10n.t('Whole plan'), request: { level: 'all' } },
    { label: vscode.l10n.t('One phase'), kind: vscode.QuickPickItemKind.Separator },
    ...phases.map(({ id, title }) => ({
      label: title.value || id,
      description: id,
      request: { level: 'phase', phase: id } as const,
    })),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Insert Graph in Document'),
    matchOnDescription: true,
  });
  return chosen?.request;
}

async function apply(document: vscode.TextDocument, edits: readonly TextEdit[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, edits.map(toEdit(document)));
  await vscode.workspace.applyEdit(edit);
}

function toEdit(document: vscode.TextDocument): (edit: TextEdit) => vscode.TextEdit {
  return ({ range, newText }) =>
    vscode.TextEdit.replace(
      new vscode.Range(document.positionAt(range.start), document.positionAt(range.end)),
      newText,
    );
}
