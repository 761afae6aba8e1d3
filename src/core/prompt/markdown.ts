/**
 * Builds Markdown around plan text. The text itself goes in as it was written; what is built around it
 * keeps an unclosed fence or comment inside its own list item, fence or cell.
 */

/** Headings, titles and table cells are one line each. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** One text whose lines cannot open a block becomes a paragraph; everything else a list. */
export function prose(texts: readonly string[]): string {
  const [only, ...others] = texts.map(tidy).filter((text) => text !== '');
  if (only !== undefined && others.length === 0 && !only.split('\n').some(opensBlock)) return only;
  return bullets(texts);
}

export function bullets(texts: readonly string[]): string {
  return items(texts.map((text) => ({ mark: '- ', text })));
}

export function numbered(texts: readonly string[]): string {
  return items(texts.map((text, index) => ({ mark: `${index + 1}. `, text })));
}

export function checkList(steps: readonly { readonly text: string; readonly done: boolean }[]): string {
  return items(steps.map(({ text, done }) => ({ mark: '- ', text: `[${done ? 'x' : ' '}] ${tidy(text)}` })));
}

/** `- **Name:** text`, with several texts as a list below the name. Empty without texts. */
export function field(name: string, texts: readonly string[]): string {
  const value = prose(texts);
  if (value === '') return '';
  const inside = indent(value, 2);
  return value.startsWith('- ') ? `- **${name}:**\n${inside}` : `- **${name}:** ${inside.trimStart()}`;
}

/** The fence is longer than any run of back-ticks inside. */
export function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRunOfTicks(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), `| ${header.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Puts blocks one below the other with a blank line between them; empty ones are left out. */
export function blocks(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** `a`, `a and b`, `a, b and c`. */
export function sentenceList(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** Blank lines stay blank. */
export function indent(text: string, columns: number): string {
  const space = ' '.repeat(columns);
  return text.replace(/^(?=[^\n])/gm, space);
}

function opensBlock(line: string): boolean {
  return line === '' || /^\s*(?:[#>|<=~]|```|-+\s*$|[-+*](?:\s|$)|\d+[.)](?:\s|$))/.test(line);
}

function items(entries: readonly { readonly mark: string; readonly text: string }[]): string {
  return entries
    .map(({ mark, text }) => ({ mark, text: tidy(text) }))
    .filter(({ text }) => text !== '')
    .map(({ mark, text }) => mark + indent(text, mark.length).trimStart())
    .join('\n');
}

function cell(text: string): string {
  return oneLine(text).replace(/\\?\|/g, '\\|');
}

function longestRunOfTicks(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** Without outer blank space, without the indentation that continuation lines have in the plan file, with plain line ends. */
function tidy(text: string): string {
  const [first = '', ...rest] = text.trim().replace(/\r\n?/g, '\n').split('\n');
  let common = Number.POSITIVE_INFINITY;
  for (const line of rest) {
    if (line.trim() !== '') common = Math.min(common, line.length - line.trimStart().length);
  }
  return [first, ...rest.map((line) => (line.trim() === '' ? '' : line.slice(common)))].join('\n');
}
