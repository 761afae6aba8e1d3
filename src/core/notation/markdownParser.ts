import { type Tree, TreeFragment } from '@lezer/common';
import { type BlockContext, parser as commonMark, type Line, type MarkdownConfig, Table } from '@lezer/markdown';
import { differenceOf } from './difference';

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

/** Blocks only: `plainInline` reads emphasis and code where they matter, at half the price. */
const parser = commonMark.configure([
  Table,
  tagLines,
  {
    remove: ['Escape', 'Entity', 'InlineCode', 'HTMLTag', 'Emphasis', 'HardBreak', 'Link', 'Image', 'LinkEnd'],
  },
]);

export interface ParsedMarkdown {
  readonly text: string;
  readonly tree: Tree;
}

/** Blocks that the change does not touch are the same `Tree` objects as in `previous`. */
export function parseMarkdown(text: string, previous?: ParsedMarkdown): ParsedMarkdown {
  if (previous === undefined) return { text, tree: parser.parse(text) };
  const difference = differenceOf(previous.text, text);
  if (difference === undefined) return previous;
  const { start, end, newEnd } = difference;
  const change = { fromA: start, toA: end, fromB: start, toB: newEnd };
  const fragments = TreeFragment.applyChanges(TreeFragment.addTree(previous.tree), [change]);
  return { text, tree: parser.parse(text, fragments) };
}
