import { basename } from 'node:path';
import * as vscode from 'vscode';
import { toFile, toUri } from '../../convert';
import { merge } from '../../core/merge/merge';
import { messageOf } from '../../log';
import type { Services } from '../../services';
import { bringTogether, putIn } from './bringTogether';
import { isInFront, openDocument, showsDisk, textOnDisk } from './documents';
import { Followed } from './followed';

/** Milliseconds after a change on disk: programs write in several steps. */
const settling = 80;
/** How often the disk is looked at until it stands still. */
const mostLooks = 70;

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
      workspace.onDidCloseTextDocument(({ uri }) => this.#followed.delete(toFile(uri))),
      workspace.onWillSaveTextDocument(({ document }) => this.#of(document)?.saveBegins(document)),
      workspace.onDidSaveTextDocument((document) => this.#of(document)?.saveEnds(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#of(document)?.noteText(document)),
      services.index.onDidChange(() => this.#followAll()),
      services.index.onDidTouchFiles((files) => files.forEach((file) => void this.#look(file))),
      window.onDidChangeActiveTextEditor((editor) => editor && this.#look(toFile(editor.document.uri))),
    );
    this.#followAll();
  }

  dispose(): void {
    this.#listening.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
  }

  /**
   * Brings what changed on disk into a document with unsaved text. False when something is still different: both sides
   * changed the same words, and the user is asked where the document is in front.
   */
  takeIn(document: vscode.TextDocument): Promise<boolean> {
    return this.meanwhile(() => this.#takeIn(document));
  }

  /**
   * The same for a document that the editor has just refused to save.
   * @param base What was on disk when it was edited, where that is not known here: in a file that holds no plan.
   */
  takeInUnsaved(document: vscode.TextDocument, base: string): Promise<boolean> {
    const followed = this.#of(document) ?? new Followed();
    followed.base ??= base;
    followed.saveFails();
    this.#followed.set(toFile(document.uri), followed);
    return this.takeIn(document);
  }

  /**
   * Makes the editor show what is on disk, in a document without unsaved text: it does so by itself, but not where its
   * own watcher misses the change. False when it does not: only in front it can be made to.
   */
  async catchUp(document: vscode.TextDocument, { mayShow = false } = {}): Promise<boolean> {
    if (await showsDisk(document)) return true;
    if (mayShow) await vscode.window.showTextDocument(document);
    return this.meanwhile(async () => {
      if (isInFront(document)) await bringTogether(document, document.getText());
      return showsDisk(document);
    });
  }

  /** Does some work while nothing is taken in. Each waits for the one before. */
  meanwhile<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(work);
    this.#work = result.catch(() => undefined);
    return result;
  }

  #followAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#follow(document);
  }

  #follow(document: vscode.TextDocument): void {
    const file = toFile(document.uri);
    if (document.isClosed || this.#followed.has(file) || this.#services.index.part(file) === undefined) return;
    const followed = new Followed();
    this.#followed.set(file, followed);
    followed.noteText(document);
  }

  #of(document: vscode.TextDocument): Followed | undefined {
    return this.#followed.get(toFile(document.uri));
  }

  #look(file: string): void {
    if (!this.#followed.has(file)) return;
    clearTimeout(this.#waiting.get(file));
    const look = () => {
      this.#waiting.delete(file);
      const document = openDocument(toUri(file));
      if (document === undefined) return;
      const looking = document.isDirty ? this.takeIn(document) : this.catchUp(document);
      looking.catch((error: unknown) => this.#services.log.warn(`${file}: ${messageOf(error)}`));
    };
    this.#waiting.set(file, setTimeout(look, settling));
  }

  /** @param keepMine What was on disk when the user decided for the words in the editor. */
  async #takeIn(document: vscode.TextDocument, keepMine?: string): Promise<boolean> {
    const followed = this.#of(document);
    const disk =
      followed === undefined ? await textOnDisk(document.uri, document) : await stillText(document, followed);
    if (disk === undefined || !document.isDirty) return true;
    const base = followed?.base;
    const isForEditor = followed?.isNotLoaded === true && isInFront(document);
    if (base === disk && !isForEditor) return true;
    if (followed === undefined) return false;
    if (!isForEditor && (followed.isOwn(disk) || disk === document.getText())) {
      followed.base = disk;
      return true;
    }
    if (base === undefined) return false;
    if (!isInFront(document)) {
      if (!(await putIn(document, base, disk))) return false;
      followed.takesIn(disk, false);
    } else {
      const { conflicts } = merge(base, document.getText(), disk);
      if (conflicts > 0 && keepMine !== disk) {
        void this.#ask(document, followed, disk);
        return false;
      }
      const loaded = await bringTogether(document, base);
      if (loaded === undefined) return false;
      followed.takesIn(loaded, true);
    }
    this.#look(toFile(document.uri));
    const name = basename(document.uri.path);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Took in what changed on disk in {0}', name), 5_000);
    return true;
  }

  /** Once for each text on disk. Nothing waits for the answer. */
  async #ask(document: vscode.TextDocument, followed: Followed, disk: string): Promise<void> {
    if (followed.asked === disk) return;
    followed.asked = disk;
    const name = basename(document.uri.path);
    const message = vscode.l10n.t(
      'Another program changed {0} at the words that you are changing, too. Keep yours there and take in the rest, or compare first.',
      name,
    );
    const keep = vscode.l10n.t('Keep Mine There');
    const compare = vscode.l10n.t('Compare');
    const answer = await vscode.window.showWarningMessage(message, keep, compare);
    if (answer === undefined) return;
    followed.asked = undefined;
    if (answer === keep) await this.meanwhile(() => this.#takeIn(document, disk));
    else await vscode.commands.executeCommand('workbench.files.action.compareWithSaved', document.uri);
  }
}

/** What is on disk, once neither the editor nor anybody else is in the middle of writing it. */
async function stillText(document: vscode.TextDocument, followed: Followed): Promise<string | undefined> {
  let text = await textOnDisk(document.uri, document);
  for (let looks = 0; looks < mostLooks; looks++) {
    if (text === undefined || text === followed.base || followed.isOwn(text) || text === document.getText()) break;
    await new Promise((done) => setTimeout(done, settling));
    const before = text;
    text = await textOnDisk(document.uri, document);
    if (text === before && !followed.isSaving) break;
  }
  return text;
}
