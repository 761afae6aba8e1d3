import { Tree } from '@lezer/common';
import type { Block } from './blocks';
import {
  cellsIn,
  checked,
  closingMarks,
  codeLinesIn,
  linesIn,
  NO_LINES,
  NUMBERED,
  runIn,
  splitNumberedLines,
  trimmed,
} from './blockText';
import { writtenLine } from './fields';
import { parseBlocks } from './parser';
import { cut, isBlank, type Run } from './run';
import { type SingleLine, singleLineOf } from './singleLine';

const LISTS = new Set(['BulletList', 'OrderedList']);

/** The blocks of a chunk of Markdown, in their order. Offsets count from its start. */
export function blocksOf(text: string): readonly Block[] {
  const reader = new BlockReader(text);
  const line = singleLineOf(text);
  return line === undefined ? reader.read(parseBlocks(text)) : reader.readLine(line);
}

/** The same, always by the parser. */
export function parsedBlocksOf(text: string): readonly Block[] {
  return new BlockReader(text).read(parseBlocks(text));
}

class BlockReader {
  readonly #text: string;
  readonly #blocks: Block[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(document: Tree): readonly Block[] {
    this.#children(document, 0, 0);
    return this.#blocks;
  }

  readLine(line: SingleLine): readonly Block[] {
    if (line.kind === 'heading') {
      this.#heading(0, line.end, line.level, 0);
      for (const { start, end } of line.paragraphs) this.#paragraph(start, end, 0);
    } else this.#pushItem(0, line.end, 0, this.#numberAt(0), linesIn(this.#text, line.content, line.end));
    return this.#blocks;
  }

  /** Recursion goes as deep as lists nest, which `markdownSource` bounds. */
  #block(tree: Tree, at: number, depth: number): void {
    const { type } = tree;
    const end = at + tree.length;
    switch (type.name) {
      case 'ListItem':
        this.#item(tree, at, depth);
        break;
      case 'Paragraph':
        this.#paragraph(at, end, depth);
        break;
      case 'Table':
        this.#table(at, end, depth);
        break;
      case 'FencedCode':
        this.#blocks.push({ kind: 'code', start: at, end, depth, lines: codeLinesIn(this.#text, at, end) });
        break;
      case 'TagLine':
        this.#tag(at, end, depth);
        break;
      case 'Blockquote':
        this.#blocks.push({ kind: 'quote', start: at, end, depth });
        break;
      case 'HorizontalRule':
        this.#blocks.push({ kind: 'rule', start: at, end, depth });
        break;
      default:
        if (type.isAnonymous || LISTS.has(type.name)) this.#children(tree, at, depth);
        else if (type.name.startsWith('ATXHeading')) this.#heading(at, end, Number(type.name.slice(10)), depth);
        else if (type.name.startsWith('SetextHeading'))
          this.#setextHeading(at, end, Number(type.name.slice(13)), depth);
    }
  }

  #children(tree: Tree, at: number, depth: number): void {
    tree.children.forEach((child, index) => {
      if (child instanceof Tree) this.#block(child, at + (tree.positions[index] ?? 0), depth);
    });
  }

  #item(tree: Tree, at: number, depth: number): void {
    const content = partsOf(tree, at).filter(({ tree: { type } }) => type.name !== 'ListMark');
    const first = content[0];
    const startsWithText = first?.tree.type.name === 'Paragraph';
    const lines = startsWithText ? linesIn(this.#text, first.at, first.at + first.tree.length) : NO_LINES;
    const [own, rest] = splitNumberedLines(lines);
    this.#pushItem(at, at + tree.length, depth, this.#numberAt(at), own);
    this.#numbered(rest, depth + 1);
    for (const part of startsWithText ? content.slice(1) : content) this.#block(part.tree, part.at, depth + 1);
  }

  #numberAt(at: number): number | undefined {
    const digits = NUMBER.exec(this.#text.slice(at, at + 10))?.[0];
    return digits === undefined ? undefined : Number(digits);
  }

  #pushItem(start: number, end: number, depth: number, number: number | undefined, lines: readonly Run[]): void {
    const [first] = lines;
    const box = first === undefined ? undefined : checked(first);
    const own = box === undefined ? lines : [box.run, ...lines.slice(1)];
    this.#blocks.push({ kind: 'item', start, end, depth, number, check: box?.check, lines: own });
  }

  #paragraph(at: number, end: number, depth: number): void {
    const [lines, numbered] = splitNumberedLines(linesIn(this.#text, at, end));
    const first = lines[0];
    if (first !== undefined) {
      this.#blocks.push({ kind: 'paragraph', start: first.start, end: lines.at(-1)?.end ?? first.end, depth, lines });
    }
    this.#numbered(numbered, depth);
  }

  #numbered(lines: readonly Run[], depth: number): void {
    let from = 0;
    for (let to = 1; to <= lines.length; to++) {
      const next = lines[to];
      if (next !== undefined && !NUMBERED.test(next.text)) continue;
      const [first, ...others] = lines.slice(from, to);
      from = to;
      if (first === undefined) continue;
      const mark = NUMBERED.exec(first.text)?.[0] ?? '';
      const own = cut(first, mark.length, first.text.length);
      this.#pushItem(first.start, (others.at(-1) ?? first).end, depth, Number.parseInt(mark, 10), [own, ...others]);
    }
  }

  #heading(at: number, end: number, level: number, depth: number): void {
    const raw = this.#text.slice(at, end);
    const open = /^#{1,6}[ \t]*/.exec(raw)?.[0].length ?? 0;
    const close = closingMarks(raw, open);
    this.#pushHeading(at, end, level, depth, runIn(this.#text, at + open, at + close));
  }

  #pushHeading(start: number, end: number, level: number, depth: number, run: Run): void {
    const box = checked(run);
    this.#blocks.push({ kind: 'heading', start, end, depth, level, check: box?.check, run: box?.run ?? run });
  }

  /**
   * A line of prose with a rule directly under it is a heading to Markdown. Several lines, and lines such as
   * `**Checkpoint**: it works`, were meant as what they are.
   */
  #setextHeading(at: number, end: number, level: number, depth: number): void {
    const content = this.#text.slice(at, end);
    const underline = content.lastIndexOf('\n', content.trimEnd().length - 1);
    const lines = linesIn(this.#text, at, at + Math.max(0, underline));
    const [line] = lines;
    if (line === undefined) return;
    const { lead, fields } = writtenLine(line);
    if (lines.length === 1 && (fields.length === 0 || !isBlank(lead))) {
      this.#pushHeading(at, end, level, depth, line);
      return;
    }
    this.#paragraph(at, at + underline, depth);
    this.#blocks.push({ kind: 'rule', start: at + underline + 1, end, depth });
  }

  #table(start: number, end: number, depth: number): void {
    const lines: [number, number][] = [];
    for (let from = start; from < end; ) {
      const found = this.#text.indexOf('\n', from);
      const to = found < 0 || found > end ? end : found;
      lines.push(trimmed(this.#text, from, to));
      from = to + 1;
    }
    const [header, , ...rows] = lines.map(([from, to]) => ({
      start: from,
      end: to,
      cells: cellsIn(this.#text, from, to),
    }));
    this.#blocks.push({ kind: 'table', start, end, depth, header: header?.cells ?? [], rows });
  }

  #tag(start: number, end: number, depth: number): void {
    const line = this.#text.slice(start, end);
    const match = TAG.exec(line);
    if (match === null) return;
    const [opening = '', slash, name = ''] = match;
    const close = slash === '' ? line.lastIndexOf('</') : -1;
    const inner = close < opening.length ? undefined : runIn(this.#text, start + opening.length, start + close);
    this.#blocks.push({ kind: 'tag', start, end, depth, name: name.toLowerCase(), closes: slash === '/', inner });
  }
}

const NUMBER = /^\d{1,9}/;
const TAG = /^<(\/?)([a-zA-Z][\w-]*)(?:\s[^<>]*)?>/;

function partsOf(tree: Tree, at: number): { readonly tree: Tree; readonly at: number }[] {
  const parts: { readonly tree: Tree; readonly at: number }[] = [];
  tree.children.forEach((child, index) => {
    if (!(child instanceof Tree)) return;
    const start = at + (tree.positions[index] ?? 0);
    if (child.type.isAnonymous) parts.push(...partsOf(child, start));
    else parts.push({ tree: child, at: start });
  });
  return parts;
}
