import * as vscode from 'vscode';
import { toFile, toTextEdit } from '../../convert';
import { lineEdits, merge } from '../../core/merge/merge';
import { LineStarts, type TextEdit } from '../../core/text';
import { textOnDisk } from './documents';

const mostTries = 5;

/**
 * Lets the editor load what is on disk, and puts what the user typed in again. The document must be in front. What is
 * typed meanwhile is kept. Gives what was loaded; undefined when another editor came to the front at the same moment, and
 * nothing was done.
 */
export async function bringTogether(document: vscode.TextDocument, base: string): Promise<string | undefined> {
  const file = toFile(document.uri);
  const editors = vscode.window.visibleTextEditors.filter((editor) => toFile(editor.document.uri) === file);
  const carets = editors.map(({ selections }) =>
    selections.map(({ anchor, active }) => [document.offsetAt(anchor), document.offsetAt(active)] as const),
  );
  const before = document.getText();
  const reverted = await revert(document);
  if (reverted === undefined) return undefined;
  const { mine, loaded = '' } = reverted;
  let theirs = document.getText();
  let text = merge(loaded, merge(base, mine, loaded).text, theirs).text;
  for (let tries = 0; tries < mostTries && text !== theirs; tries++) {
    if (await replaceWith(document, theirs, text)) break;
    // Somebody typed in between.
    const now = document.getText();
    text = merge(theirs, text, now).text;
    theirs = now;
  }
  if (mine !== before || document.getText() !== text) return loaded;
  const moves = lineEdits(before, text);
  editors.forEach((editor, index) => {
    editor.selections = (carets[index] ?? []).map(
      ([anchor, active]) =>
        new vscode.Selection(document.positionAt(moved(anchor, moves)), document.positionAt(moved(active, moves))),
    );
  });
  return loaded;
}

/** Puts what is new on disk into the text, as an edit. False where both changed the same words. */
export async function putIn(document: vscode.TextDocument, base: string, disk: string): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries++) {
    const mine = document.getText();
    const { text, conflicts } = merge(base, mine, disk);
    if (conflicts > 0) return false;
    if (text === mine || (await replaceWith(document, mine, text))) return true;
  }
  return false;
}

/** The command acts on whatever editor is in front when it arrives: if that was another one, its text is put back. */
async function revert(document: vscode.TextDocument): Promise<Loading | undefined> {
  const file = toFile(document.uri);
  const others = vscode.workspace.textDocuments.filter((other) => other.isDirty && toFile(other.uri) !== file);
  const texts = others.map((other) => other.getText());
  const loading = new Loading(document);
  const listening = vscode.workspace.onDidChangeTextDocument((event) => {
    if (toFile(event.document.uri) === file) loading.changed(event);
  });
  try {
    for (let tries = 0; tries < mostTries; tries++) {
      await vscode.commands.executeCommand('workbench.action.files.revert');
      loading.ended(document);
      // Who writes slowly may have been in the middle of it.
      if (loading.loaded === undefined || loading.loaded === (await textOnDisk(document.uri, document))) break;
    }
  } finally {
    listening.dispose();
  }
  for (const [index, other] of others.entries()) {
    const text = texts[index] ?? '';
    if (!other.isDirty && !other.isClosed && other.getText() !== text) await replaceWith(other, other.getText(), text);
  }
  return loading.loaded === undefined ? undefined : loading;
}

/** Tells what was loaded from what was typed, before and behind it. */
class Loading {
  /** What stood in the document, with what was typed between two loads. */
  mine: string;
  loaded: string | undefined;
  /** What is loaded, with what was typed on. */
  #typedOn: string | undefined;
  /** Loaded, unless the next event says that it is unsaved: that comes right behind the change, on its own. */
  #perhaps: { readonly version: number; readonly text: string } | undefined;

  constructor(document: vscode.TextDocument) {
    this.mine = document.getText();
  }

  changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const text = document.getText();
    if (document.isDirty) {
      this.#perhaps = undefined;
      if (this.loaded === undefined) this.mine = text;
      else this.#typedOn = text;
      return;
    }
    if (this.#perhaps !== undefined && this.#perhaps.version !== document.version) this.#load(this.#perhaps.text);
    if (contentChanges.length === 0) this.#load(text);
    else this.#perhaps = { version: document.version, text };
  }

  ended({ isDirty }: vscode.TextDocument): void {
    if (!isDirty && this.#perhaps !== undefined) this.#load(this.#perhaps.text);
  }

  #load(text: string): void {
    if (this.loaded !== undefined && this.#typedOn !== undefined)
      this.mine = merge(this.loaded, this.#typedOn, this.mine).text;
    this.loaded = text;
    this.#typedOn = undefined;
    this.#perhaps = undefined;
  }
}

async function replaceWith(document: vscode.TextDocument, from: string, to: string): Promise<boolean> {
  const lines = new LineStarts(from);
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    lineEdits(from, to).map((each) => toTextEdit(lines, each)),
  );
  return vscode.workspace.applyEdit(edit);
}

/** Where an offset is after the edits; in a line that changed, as far behind its start as before. */
function moved(offset: number, edits: readonly TextEdit[]): number {
  let by = 0;
  for (const { range, newText } of edits) {
    if (range.end <= offset) by += newText.length - (range.end - range.start);
    else break;
  }
  return offset + by;
}
