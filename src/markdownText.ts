/** Longest stretch of a plan's text that a tooltip repeats. */
const longest = 500;

/** Plan text as itself in a Markdown string: nothing in it becomes markup, a link or an icon. One line. */
export function literal(text: string): string {
  return escaped(oneLine(text));
}

/** The same, but code between backticks is shown as code. Not for table cells, where a bar would end the cell. */
export function prose(text: string): string {
  const pieces = oneLine(text).split(/`([^`]+)`/);
  return pieces.map((piece, i) => (i % 2 === 0 ? escaped(piece) : code(piece))).join('');
}

/** Whether icons are drawn in code is for the editor to say; a zero-width space keeps it from ever being one. */
function code(text: string): string {
  return `\`${text.replaceAll('$(', '$\u200b(')}\``;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${cut(line)}…` : line;
}

function escaped(text: string): string {
  return text.replace(icon, '\\$&').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Drawn as an icon, after Markdown has taken its own escapes away, unless a backslash is left before it. */
const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

/** Never between the two halves of one character. */
function cut(text: string): string {
  const last = text.charCodeAt(longest - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? longest - 1 : longest);
}
