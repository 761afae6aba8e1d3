/** A heading or a list item whose only block is one line of text. */
export type SingleLine =
  | { readonly kind: 'heading'; readonly level: number; readonly end: number }
  | { readonly kind: 'item'; readonly content: number; readonly end: number };

const HEADING = /^(#{1,6})[ \t]+[^\n]*/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)/;
/** What may begin a block of another kind, or a link's target, and a few characters that never do so but are rare. */
const MAY_BEGIN_BLOCK = /(?:[-+#>`~<=|:_\\&]|\*(?!\*[\p{L}\p{N}])|\d{1,9}[.)](?!\S)|\[[^\]\n]*\]:)/uy;

/**
 * Most chunks of a plan are one line, whose structure is plain to see: this spares them the parser, which costs ten times
 * as much. Nothing, where only the parser can tell. `end` is without the line break.
 */
export function singleLineOf(chunk: string): SingleLine | undefined {
  const found = chunk.indexOf('\n');
  const end = found < 0 ? chunk.length : found;
  for (let at = end; at < chunk.length; at++) if (!isBlank(chunk.charCodeAt(at))) return undefined;
  if (chunk.charCodeAt(0) === HASH) {
    const heading = HEADING.exec(chunk);
    return heading === null ? undefined : { kind: 'heading', level: heading[1]?.length ?? 0, end };
  }
  const content = ITEM.exec(chunk)?.[0].length;
  if (content === undefined || content >= end) return undefined;
  MAY_BEGIN_BLOCK.lastIndex = content;
  return MAY_BEGIN_BLOCK.test(chunk) ? undefined : { kind: 'item', content, end };
}

const HASH = '#'.charCodeAt(0);

function isBlank(code: number): boolean {
  return code === 10 || code === 32 || code === 9;
}
