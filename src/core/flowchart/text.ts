/**
 * Plan text for a label in mermaid's flowchart language, such that mermaid shows exactly this text: no markup, no
 * Markdown, no formula, no icon, no directive comes out of it. To be put between double quotes.
 *
 * Held by tests against mermaid 12 in a browser; numeric character references are what earlier versions know, too.
 * White space is folded; characters that a document cannot carry become U+FFFD.
 */
export function mermaidText(text: string): string {
  return visible(text).split(MEANING_TOGETHER).map(escapePiece).join(NOTHING);
}

/** The same text on one line, without the characters that a document cannot carry. */
export function visible(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd');
}

/** At most `length` characters as people count them; an `…` stands for what is left out. */
export function shorten(text: string, length: number): string {
  const line = visible(text);
  if (line.length <= length) return line;
  let count = 0;
  let end = 0;
  for (const { index, segment } of graphemes.segment(line.slice(0, length * LONGEST_GRAPHEME))) {
    count++;
    if (count < length) end = index + segment.length;
    if (count > length) return `${line.slice(0, end).trimEnd()}…`;
  }
  return line.length > length * LONGEST_GRAPHEME ? `${line.slice(0, end)}…` : line;
}

function escapePiece(piece: string): string {
  return (
    piece
      .replace(SPECIAL, (character) => `#${character.codePointAt(0)};`)
      // mermaid eats a semicolon on lines that hold one of these words, a colon and an entity.
      .replaceAll('style', '#115;tyle')
      .replaceAll('classDef', '#99;lassDef')
      // It looks for this statement anywhere in a line, inside quotes too.
      .replaceAll('direction', '#100;irection')
      .replace(/^(\d+)([.)])/, (_, digits: string, mark: string) => `${digits}#${mark.charCodeAt(0)};`)
      .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}#46;`)
  );
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** In UTF-16 units: a family emoji has 11. Only a pile of combining marks is longer, and is cut. */
const LONGEST_GRAPHEME = 40;

/** What mermaid, Markdown or HTML could read as more than text, and the characters of mermaid's own escapes. */
const SPECIAL = /[!"#$%&*+:;<=>@[\\\]^_`{|}~ﬂ°¶ß]|^-/g;

/**
 * Between two characters that mermaid joins to something else even when both are escaped: formulas (`$$`), line breaks
 * (`\n`), icons (`fa:fa-check`) and its own escapes.
 */
const MEANING_TOGETHER = /(?<=\$)(?=\$)|(?<=\\)(?=n)|(?<=fa[bklrs]?:)(?=fa-)|(?<=ﬂ)(?=°)|(?<=¶)(?=ß)/;

/** Markup that has no width and no text. */
const NOTHING = '<i></i>';
