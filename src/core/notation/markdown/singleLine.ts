import type { Range } from '../../text';
import { isLetterAt, isWordAt } from '../letters';

/** A list item whose only block is one line of text, or a heading with nothing below but paragraphs of one line each. */
export type SingleLine =
  | { readonly kind: 'heading'; readonly level: number; readonly end: number; readonly paragraphs: readonly Range[] }
  | { readonly kind: 'item'; readonly content: number; readonly end: number };

const HEADING = /^(#{1,6})[ \t]+[^\n]*/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)/;
/** What may begin a block of another kind, or a link's target, and a few characters that never do so but are rare. */
const MAY_BEGIN_BLOCK = /[-+#>`~<=|:_\\&]|\d{1,9}[.)](?!\S)|\[[^\]\n]*\]:/y;

/**
 * Most chunks of a plan are one line, whose structure is plain to see: this spares them the parser, which costs ten times
 * as much. Nothing, where only the parser can tell. `end` is without the line break.
 */
export function singleLineOf(chunk: string): SingleLine | undefined {
  const found = chunk.indexOf('\n');
  const end = found < 0 ? chunk.length : found;
  if (chunk.charCodeAt(0) === HASH) {
    const level = HEADING.exec(chunk)?.[1]?.length;
    const paragraphs = level === undefined ? undefined : paragraphsOf(chunk, end);
    return level === undefined || paragraphs === undefined ? undefined : { kind: 'heading', level, end, paragraphs };
  }
  for (let at = end; at < chunk.length; at++) if (!isBlank(chunk.charCodeAt(at))) return undefined;
  const content = ITEM.exec(chunk)?.[0].length;
  if (content === undefined || content >= end) return undefined;
  if (chunk.charCodeAt(content) === STAR) {
    const isBold = chunk.charCodeAt(content + 1) === STAR && isWordAt(chunk, content + 2);
    return isBold ? { kind: 'item', content, end } : undefined;
  }
  MAY_BEGIN_BLOCK.lastIndex = content;
  return MAY_BEGIN_BLOCK.test(chunk) ? undefined : { kind: 'item', content, end };
}

const NO_PARAGRAPHS: readonly Range[] = Object.freeze([]);

/** The lines from a line break on, where each is blank or a paragraph by itself. */
function paragraphsOf(chunk: string, from: number): readonly Range[] | undefined {
  let paragraphs: Range[] | undefined;
  let isOpen = false;
  for (let start = from + 1; start < chunk.length; ) {
    const found = chunk.indexOf('\n', start);
    const end = found < 0 ? chunk.length : found;
    let at = start;
    while (at < end && isBlank(chunk.charCodeAt(at))) at++;
    if (at === end) isOpen = false;
    else {
      if (isOpen || !isLetterAt(chunk, chunk.startsWith('**', start) ? start + 2 : start)) return undefined;
      isOpen = true;
      paragraphs ??= [];
      paragraphs.push({ start, end });
    }
    start = end + 1;
  }
  return paragraphs ?? NO_PARAGRAPHS;
}

const HASH = '#'.charCodeAt(0);
const STAR = '*'.charCodeAt(0);

function isBlank(code: number): boolean {
  return code === 10 || code === 32 || code === 9;
}
