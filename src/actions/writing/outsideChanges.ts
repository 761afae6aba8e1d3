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
  /** What stands in the editor, as long as nothing in it is unsaved. */
  clean?: { readonly version: number; readonly text: string } | undefined;
  /** What the editor saved last: its own writing is no news. */
  saved?: string;
  /** What was on disk when the user was asked last. */
  asked?: string | undefined;
  /** Whether what is on disk is in the text, and the editor has not loaded it: it would refuse to save. */
  isNotLoaded?: boolean;
}

/**
 * Looks after plan files that hold unsaved text while others write to them. The editor itself would refuse to save over
 * what changed on disk; here both are brought together in the editor, so that the next save keeps both.
 *
 * The editor learns anew what is on disk only when it reverts: the text is taken back to what is on disk, and what the
 * user typed is put in again, as edits that can be undone. It reverts only the file in front: in one behind, what is new
 * on disk is put in as an edit, and the rest follows when it comes to the front.
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
        if (followed !== undefined)
          Object.assign(followed, { saved: document.getText(), asked: undefined, isNotLoaded: false });
        this.#note(document);
      }),
      workspace.onDidChangeTextDocument(({ document }) => this.#note(document)),
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
   * Brings what changed on disk into a document with unsaved text. False when something is still different: both sides
   * changed the same words and the user has not decided, or can not be asked because the document is not in front.
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
    this.#note(document);
  }

  #forget(file: string): void {
    this.#followed.get(file)?.watching.dispose();
    this.#followed.delete(file);
  }

  /**
   * A text without unsaved words is what VS Code has read from disk or written to it. That something is unsaved is told
   * right behind the change, as an event of its own; so a version counts once another one follows and no such word came.
   */
  #note(document: vscode.TextDocument): void {
    const followed = this.#followed.get(toFile(document.uri));
    if (followed === undefined) return;
    const { clean } = followed;
    if (clean !== undefined && clean.version !== document.version) followed.base = clean.text;
    followed.clean = document.isDirty ? undefined : { version: document.version, text: document.getText() };
    if (!document.isDirty) followed.isNotLoaded = false;
  }

  #look(uri: vscode.Uri): void {
    const file = toFile(uri);
    if (!this.#followed.has(file)) return;
    clearTimeout(this.#waiting.get(file));
    const look = () => {
      this.#waiting.delete(file);
      const document = openDocument(uri);
      if (document?.isDirty === true) void this.takeIn(document).catch(() => undefined);
    };
    this.#waiting.set(file, setTimeout(look, settling));
  }

  async #takeIn(document: vscode.TextDocument): Promise<boolean> {
    const followed = this.#followed.get(toFile(document.uri));
    const disk = await textOnDisk(document.uri, document);
    if (disk === undefined || !document.isDirty) return true;
    const base = followed?.base;
    const isForEditor = followed?.isNotLoaded === true && isInFront(document);
    if (base === disk && !isForEditor) return true;
    if (followed === undefined) return false;
    if (!isForEditor && (disk === followed.saved || disk === document.getText())) {
      followed.base = disk;
      return true;
    }
    if (base === undefined) return false;
    if (!isInFront(document)) {
      if (!(await putIn(document, base, disk))) return false;
      Object.assign(followed, { base: disk, isNotLoaded: true });
    } else {
      const { conflicts } = merge(base, document.getText(), disk);
      if (conflicts > 0 && !(await this.#mayKeepMine(document, followed, disk))) return false;
      const loaded = await bringTogether(document, base);
      Object.assign(followed, { base: loaded, asked: undefined, isNotLoaded: false });
    }
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

/** Puts what is new on disk into the text, as an edit. False where both changed the same words. */
async function putIn(document: vscode.TextDocument, base: string, disk: string): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries++) {
    const mine = document.getText();
    const { text, conflicts } = merge(base, mine, disk);
    if (conflicts > 0) return false;
    if (text === mine || (await replaceWith(document, mine, text))) return true;
  }
  return false;
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
