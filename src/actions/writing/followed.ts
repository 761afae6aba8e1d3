import type * as vscode from 'vscode';

/** Milliseconds after which a save that did not end is taken for one that failed: VS Code does not tell. */
const longestSave = 3_000;

/** What is known of a plan file in an editor, beside its text. */
export class Followed {
  /** What was on disk and in the editor alike, last. Unknown for text that came unsaved from an earlier session. */
  base: string | undefined;
  /** What was on disk when the user was asked last. */
  asked: string | undefined;
  /** Whether what is on disk is in the text, and the editor has not loaded it: it would refuse to save. */
  isNotLoaded = false;
  /** What stands in the editor, as long as nothing in it is unsaved. */
  #clean: { readonly version: number; readonly text: string } | undefined;
  /** What the last save can have written: what stood in the editor from its beginning to its end. */
  readonly #written = new Set<string>();
  #savingSince: number | undefined;

  /** Whether the editor is writing at this moment: what is on disk can then be cut short, or not there at all. */
  get isSaving(): boolean {
    return this.#savingSince !== undefined && performance.now() - this.#savingSince < longestSave;
  }

  /** Whether this is what the editor itself wrote last. */
  isOwn(text: string): boolean {
    return this.#written.has(text);
  }

  saveBegins(document: vscode.TextDocument): void {
    this.#written.clear();
    this.#written.add(document.getText());
    this.#savingSince = performance.now();
  }

  saveEnds(document: vscode.TextDocument): void {
    this.#written.add(document.getText());
    this.#savingSince = undefined;
    this.asked = undefined;
    this.isNotLoaded = false;
    this.noteText(document);
  }

  /** The editor refuses to save: it does not know what is on disk, whatever its text is. */
  saveFails(): void {
    this.#savingSince = undefined;
    this.isNotLoaded = true;
  }

  /** What somebody else wrote is in the text now; `isLoaded` when the editor knows of it, too. */
  takesIn(disk: string, isLoaded: boolean): void {
    this.base = disk;
    this.asked = undefined;
    this.isNotLoaded = !isLoaded;
    this.#written.clear();
  }

  /**
   * A text without unsaved words is what VS Code has read from disk or written to it. That something is unsaved is told
   * right behind the change, as an event of its own; so a version counts once another one follows and no such word came.
   */
  noteText(document: vscode.TextDocument): void {
    if (this.isSaving) this.#written.add(document.getText());
    if (this.#clean !== undefined && this.#clean.version !== document.version) this.base = this.#clean.text;
    this.#clean = document.isDirty ? undefined : { version: document.version, text: document.getText() };
    if (!document.isDirty) this.isNotLoaded = false;
  }
}
