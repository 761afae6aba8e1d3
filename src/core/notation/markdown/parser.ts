import type { Tree } from '@lezer/common';
import { type BlockContext, parser as commonMark, type Line, type MarkdownConfig, Table } from '@lezer/markdown';

/**
 * Lines that hold nothing but tags (`<details>`, `<task type="auto">`, `<name>Title</name>`) stand for themselves, so that
 * what is between them is read as the Markdown that it is.
 */
const tagLines: MarkdownConfig = {
  defineNodes: [{ name: 'TagLine', block: true }],
  parseBlock: [
    {
      name: 'TagLine',
      before: 'HTMLBlock',
      parse(cx: BlockContext, line: Line) {
        if (!isTagLine(line)) return false;
        const start = cx.lineStart + line.pos;
        const end = cx.lineStart + line.text.length;
        cx.nextLine();
        cx.addElement(cx.elt('TagLine', start, end));
        return true;
      },
      endLeaf: (_, line) => isTagLine(line),
    },
  ],
};

const TAG_LINE =
  /^<(?:\/?(?:details|summary|div|br|p|center)\b[^<>]*>.*|\/?(?!(?:pre|script|style|textarea)\b)[a-zA-Z][\w-]*(?:\s[^<>]*)?>\s*|([a-zA-Z][\w-]*)(?:\s[^<>]*)?>.*<\/\1>\s*)$/;

function isTagLine(line: Line): boolean {
  return line.next === 60 && TAG_LINE.test(line.text.slice(line.pos));
}

const parser = commonMark.configure([Table, tagLines]);
// Blocks only: `plainInline` reads emphasis and code where they matter, at half the price and in linear time.
parser.parseInline = () => [];

/** The block structure of a text. Linear, for texts from `markdownSource`. */
export function parseBlocks(text: string): Tree {
  return parser.parse(text);
}
