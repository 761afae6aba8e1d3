import * as vscode from 'vscode';
import { toFile, toRange, toUri } from '../convert';
import type { PlanSource } from '../core/language/planSource';
import type { PlanPart } from '../core/model';
import type { Location, Range } from '../core/text';
import type { PlanIndex } from '../planIndex';

/** Where the features of plans are offered; whether a file is a plan file, each of them asks the index. */
export const writtenByPeople: vscode.DocumentSelector = [{ language: 'markdown' }, { language: 'yaml' }];
/** With what the Beads tracker exports. */
export const anyNotation: vscode.DocumentSelector = [...writtenByPeople, { pattern: '**/.beads/*.jsonl' }];

/** An open document of a plan, as its text is now. Good for one turn: what is typed later is not in it. */
export class PlanDocument {
  readonly source: PlanSource;
  readonly part: PlanPart;
  readonly file: string;
  readonly #document: vscode.TextDocument;

  private constructor(document: vscode.TextDocument, source: PlanSource, part: PlanPart) {
    this.#document = document;
    this.source = source;
    this.part = part;
    this.file = part.file;
  }

  /** Undefined for a document that is no plan file. */
  static of(index: PlanIndex, document: vscode.TextDocument): PlanDocument | undefined {
    const source = index.sourceOf(document);
    const part = source?.part(toFile(document.uri));
    return source === undefined || part === undefined ? undefined : new PlanDocument(document, source, part);
  }

  offsetAt(position: vscode.Position): number {
    return this.#document.offsetAt(position);
  }

  range({ start, end }: Range): vscode.Range {
    return new vscode.Range(this.#document.positionAt(start), this.#document.positionAt(end));
  }

  /** In offsets. */
  stretch(range: vscode.Range): Range {
    return { start: this.#document.offsetAt(range.start), end: this.#document.offsetAt(range.end) };
  }
}

/** A place in any file of the index; undefined when the file went meanwhile. */
export function toLocation(index: PlanIndex, location: Location): vscode.Location | undefined {
  const lines = index.linesOf(location.file);
  return lines && new vscode.Location(toUri(location.file), toRange(lines, location));
}
