import { toFile } from '../convert';
import type { Candidate } from './folders';

/** A candidate that was read, whether or not a plan is in it. */
export interface KnownFile extends Candidate {
  /** Time and size when it was last read from disk; absent while an editor's text stands for it. */
  stamp?: string;
}

/** Every candidate that was read, by its URI. */
export class KnownFiles {
  readonly #files = new Map<string, KnownFile>();
  /** Every folder above a known file; undefined after the known files changed. */
  #parents: ReadonlySet<string> | undefined;

  get(file: string): KnownFile | undefined {
    return this.#files.get(file);
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  names(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** The known files below a folder; asking for any other path costs next to nothing. */
  below(folder: string): readonly string[] {
    this.#parents ??= new Set([...this.#files.keys()].flatMap(parentsOf));
    return this.#parents.has(folder) ? this.names().filter((file) => file.startsWith(`${folder}/`)) : [];
  }

  /** With its stamp, where it was read before. */
  as(candidate: Candidate): KnownFile {
    const known = this.#files.get(toFile(candidate.uri));
    return known?.root === candidate.root ? known : candidate;
  }

  /** Whether it was not known before. */
  add(file: string, known: KnownFile): boolean {
    const before = this.#files.get(file);
    if (before === known) return false;
    this.#files.set(file, known);
    this.#parents = undefined;
    return before === undefined;
  }

  remove(file: string): void {
    const known = this.#files.get(file);
    if (known === undefined) return;
    // A read that is under way must not take the text for one that is still there.
    delete known.stamp;
    this.#files.delete(file);
    this.#parents = undefined;
  }
}

function parentsOf(file: string): readonly string[] {
  const parents: string[] = [];
  for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) parents.push(file.slice(0, end));
  return parents;
}
