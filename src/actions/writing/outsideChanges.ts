import { basename } from 'node:path';
import * as vscode from 'vscode';
import { toFile, toTextEdit } from '../../convert';
import { lineEdits, merge } from '../../core/merge/merge';
import { LineStarts, type TextEdit } from '../../core/text';
import { messageOf } from '../../log';
import type { Services } from '../../services';
import { isInFront, openDocument, textOnDisk } from './documents';

/** Milliseconds after a change on disk: programs write in several steps. */
const settling = 80;
const mostTries = 5;

interface Followed {
  readonly watching: vscode.Disposable;
  /** What was on disk and in the editor alike, last. Unknown for text that came unsaved from an earlier session. */
  base?: string;
  /** What the editor saved last: its own writing is no news. */
  saved?: string;
  /** What was on disk when the user was asked last. */
  asked?: string;
}

/**
 * Looks after plan files that hold unsaved text while others write to them. The editor itself would refuse to save over
 * what changed on disk; here both are brought together in the editor, so that the next save keeps both.
 *
 * The editor learns anew what is on disk only when it reverts: the text is taken back to what is on disk, and what the
 * user typed is put in again, as edits that can be undone.
 */
export class OutsideChanges implements vscode.Disposable {
  readonly #services: Services;
  readonly #followed = new Map<string, Followed>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #listening: vscode.Disposable;
  #work: Promise<unknown> = Promise.resolve();

  constructor(services: Services) {
    this.#services = services;
    const { workspace, window } = vscode;
    this.#listening = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#follow(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#forget(toFile(uri))),
      workspace.onDidSaveTextDocument((document) => {
        const followed = this.#followed.get(toFile(document.uri));
        if (followed !== undefined) followed.saved = document.getText();
        void this.#remember(document);
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (!document.isDirty) void this.#remember(document);
      }),
      services.index.onDidChange(() => this.#followAll()),
      window.onDidChangeActiveTextEditor((editor) => editor && this.#look(editor.document.uri)),
      window.onDidChangeWindowState(({ focused }) => {
        if (focused) for (const { uri, isDirty } of workspace.textDocuments) if (isDirty) this.#look(uri);
      }),
    );
    this.#followAll();
  }

  dispose(): void {
    this.#listening.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const { watching } of this.#followed.values()) watching.dispose();
  }

  /**
   * Brings what changed on disk into a document with unsaved text. False when something is still different: the document
   * is not in front, or both sides changed the same words and the user has not decided.
   */
  takeIn(document: vscode.TextDocument): Promise<boolean> {
    const work = this.#work.then(() => this.#takeIn(document));
    this.#work = work.catch((error: unknown) => this.#services.log.warn(`${document.uri}: ${messageOf(error)}`));
    return work;
  }

  #followAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#follow(document);
  }

  #follow(document: vscode.TextDocument): void {
    const file = toFile(document.uri);
    if (document.isClosed || this.#followed.has(file) || this.#services.index.part(file) === undefined) return;
    const name = new vscode.RelativePattern(
      vscode.Uri.joinPath(document.uri, '..'),
      escaped(basename(document.uri.path)),
    );
    const watcher = vscode.workspace.createFileSystemWatcher(name);
    const look = () => this.#look(document.uri);
    watcher.onDidChange(look);
    watcher.onDidCreate(look);
    this.#followed.set(file, { watching: watcher });
    if (!document.isDirty) void this.#remember(document);
  }

  #forget(file: string): void {
    this.#followed.get(file)?.watching.dispose();
    this.#followed.delete(file);
  }

  /** Only what was read from disk counts: a document's own word that nothing is unsaved can come late. */
  async #remember(document: vscode.TextDocument): Promise<void> {
    const followed = this.#followed.get(toFile(document.uri));
    if (followed === undefined) return;
    const text = document.getText();
    if ((await textOnDisk(document.uri, document)) === text) followed.base = text;
  }

  #look(uri: vscode.Uri): void {
    const file = toFile(uri);
    if (!this.#followed.has(file)) return;
    clearTimeout(this.#waiting.get(file));
    const look = () => {
      this.#waiting.delete(file);
      const document = openDocument(uri);
      if (document?.isDirty === true && isInFront(document)) void this.takeIn(document).catch(() => undefined);
    };
    this.#waiting.set(file, setTimeout(look, settling));
  }

  async #takeIn(document: vscode.TextDocument): Promise<boolean> {
    const followed = this.#followed.get(toFile(document.uri));
    const disk = await textOnDisk(document.uri, document);
    if (disk === undefined || !document.isDirty) return true;
    const base = followed?.base;
    if (base === disk) return true;
    if (followed === undefined) return false;
    if (disk === followed.saved || disk === document.getText()) {
      followed.base = disk;
      return true;
    }
    if (base === undefined) return false;
    if (!isInFront(document)) return false;
    const { conflicts } = merge(base, document.getText(), disk);
    if (conflicts > 0 && !(await this.#mayKeepMine(document, followed, disk))) return false;
    followed.base = await bringTogether(document, base);
    this.#look(document.uri);
    const name = basename(document.uri.path);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Took in what changed on disk in {0}', name), 5_000);
    return true;
  }

  async #mayKeepMine(document: vscode.TextDocument, followed: Followed, disk: string): Promise<boolean> {
    if (followed.asked === disk) return false;
    followed.asked = disk;
    const name = basename(document.uri.path);
    const message = vscode.l10n.t(
      'Another program changed {0} at the words that you are changing, too. Keep yours there and take in the rest, or compare first.',
      name,
    );
    const keep = vscode.l10n.t('Keep Mine There');
    const compare = vscode.l10n.t('Compare');
    const answer = await vscode.window.showWarningMessage(message, keep, compare);
    if (answer === compare) {
      followed.asked = undefined;
      await vscode.commands.executeCommand('workbench.files.action.compareWithSaved', document.uri);
    }
    return answer === keep && isInFront(document);
  }
}

/** The document must be in front. What is typed meanwhile is kept. Gives what was on disk. */
async function bringTogether(document: vscode.TextDocument, base: string): Promise<string> {
  let mine = document.getText();
  const file = toFile(document.uri);
  const typing = vscode.workspace.onDidChangeTextDocument((event) => {
    if (toFile(event.document.uri) === file && event.document.isDirty) mine = event.document.getText();
  });
  const editors = vscode.window.visibleTextEditors.filter((editor) => toFile(editor.document.uri) === file);
  const carets = editors.map(({ selections }) =>
    selections.map(({ anchor, active }) => [document.offsetAt(anchor), document.offsetAt(active)] as const),
  );
  const before = mine;
  try {
    await vscode.commands.executeCommand('workbench.action.files.revert');
  } finally {
    typing.dispose();
  }
  const disk = document.getText();
  let theirs = disk;
  let text = merge(base, mine, theirs).text;
  for (let tries = 0; tries < mostTries && text !== theirs; tries++) {
    if (await replaceWith(document, theirs, text)) break;
    // Somebody typed in between.
    const now = document.getText();
    text = merge(theirs, text, now).text;
    theirs = now;
  }
  if (mine !== before || document.getText() !== text) return disk;
  const moves = lineEdits(before, text);
  editors.forEach((editor, index) => {
    editor.selections = (carets[index] ?? []).map(
      ([anchor, active]) =>
        new vscode.Selection(document.positionAt(moved(anchor, moves)), document.positionAt(moved(active, moves))),
    );
  });
  return disk;
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

function escaped(name: string): string {
  return name.replaceAll(/[[\]{}*?]/g, '?');
}
