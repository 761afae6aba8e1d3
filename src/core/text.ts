/** Half-open span of UTF-16 code units from the start of a file's text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file. `file` is opaque to the core: a URI string in the editor, a path on the command line. */
export interface Location extends Range {
  readonly file: string;
}

/** Zero-based line and UTF-16 character, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Offsets of line starts. Built in one pass; look-ups are logarithmic. `\n`, `\r\n` and a lone `\r` end a line. */
export class LineStarts {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.#starts = starts;
    this.#length = text.length;
  }

  /** Offsets outside the text are clamped to it. */
  positionAt(offset: number): Position {
    const clamped = Math.min(Math.max(offset, 0), this.#length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - (this.#starts[low] ?? 0) };
  }
}
