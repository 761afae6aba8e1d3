/** A Markdown file's text as the parser gets it. Every character stands where it stands in the file. */
export interface MarkdownSource {
  readonly text: string;
  /** The YAML between the lines of `---` at the top, where there is any. */
  readonly frontMatter?: { readonly start: number; readonly end: number };
}

/** Longer lines are read up to here. */
const LONGEST_LINE = 20_000;
/** A line that is indented or nested deeper than anybody writes is left out: nesting costs the parser its square. */
const TOO_DEEP = /[ \t]{160}|[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|>[ \t]*){40}/y;
const SHORTEST_DEEP_LINE = 40;

/**
 * Blanks out what must not be read as Markdown (front matter, byte order mark) and what would take too long, and makes
 * every line end with `\n`. Linear.
 */
export function markdownSource(original: string): MarkdownSource {
  let text = original.includes('\r') ? original.replace(/\r\n/g, ' \n').replace(/\r/g, '\n') : original;
  if (text.startsWith('\uFEFF')) text = ` ${text.slice(1)}`;
  const frontMatter = frontMatterOf(text);
  const head = frontMatter === undefined ? 0 : endOfLine(text, frontMatter.end);
  if (head > 0) text = blank(text.slice(0, head)) + text.slice(head);
  return { text: closedDelimiterRows(tamed(text)), frontMatter };
}

/** The parser does not take a table whose delimiter row ends with white space, as each does in files with `\r\n`. */
function closedDelimiterRows(text: string): string {
  return text.replace(/\|([ \t]+)$/gm, (row, space: string, at: number) => {
    const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
    return /^[ \t>:|-]*$/.test(line) ? `${space}|` : row;
  });
}

function frontMatterOf(text: string): MarkdownSource['frontMatter'] {
  const opening = /^ ?---[ \t]*\n/.exec(text);
  if (opening === null) return undefined;
  const start = opening[0].length;
  const closing = /^(?:---|\.\.\.)[ \t]*$/gm;
  closing.lastIndex = start;
  const close = closing.exec(text);
  if (close === null) return undefined;
  // A rule at the top of a file and another one further down hold prose between them, not keys.
  const inner = text.slice(start, close.index);
  if (!/^\s*(?:#[^\n]*\n\s*)*["']?[\p{L}_][^\n:]{0,80}:(?:\s|$)/u.test(inner)) return undefined;
  return { start, end: close.index };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function tamed(text: string): string {
  let pieces = '';
  let copied = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (end - start >= SHORTEST_DEEP_LINE) {
      TOO_DEEP.lastIndex = start;
      const from = TOO_DEEP.test(text) && TOO_DEEP.lastIndex <= end ? start : start + LONGEST_LINE;
      if (from < end) {
        pieces += text.slice(copied, from) + ' '.repeat(end - from);
        copied = end;
      }
    }
    start = end + 1;
  }
  return copied === 0 ? text : pieces + text.slice(copied);
}
