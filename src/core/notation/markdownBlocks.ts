import { Tree } from '@lezer/common';
import { plainInline } from './markdownInline';
import { cut, type Run, trimmed } from './markdownRun';

export interface CheckBox {
  /** The character between the brackets; a blank one is a space. */
  readonly mark: string;
  readonly start: number;
  readonly end: number;
}

export interface TableRow {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly Run[];
}

interface Placed {
  readonly start: number;
  readonly end: number;
  /** How many list items it stands in. */
  readonly depth: number;
}

export interface Heading extends Placed {
  readonly kind: 'heading';
  readonly level: number;
  readonly check?: CheckBox;
  readonly run: Run;
}

/** A list item. What stands in it, beyond its first paragraph, follows as blocks of greater depth. */
export interface Item extends Placed {
  readonly kind: 'item';
  /** The number it is written with. */
  readonly number?: number;
  readonly check?: CheckBox;
  readonly lines: readonly Run[];
}

export interface Paragraph extends Placed {
  readonly kind: 'paragraph';
  readonly lines: readonly Run[];
}

export interface Table extends Placed {
  readonly kind: 'table';
  readonly header: readonly Run[];
  readonly rows: readonly TableRow[];
}

export interface Code extends Placed {
  readonly kind: 'code';
  /** The lines of code, blank ones left out; no spans. */
  readonly lines: readonly Run[];
}

/** A line such as `<details>`, `</task>` or `<name>Title</name>`. */
export interface Tag extends Placed {
  readonly kind: 'tag';
  readonly name: string;
  readonly closes: boolean;
  /** What stands between the opening and the closing tag on the line. */
  readonly inner?: Run;
}

export interface Other extends Placed {
  readonly kind: 'quote' | 'rule';
}

export type Block = Heading | Item | Paragraph | Table | Code | Tag | Other;

/** A top-level block, or one item of a top-level list. Offsets inside count from its start. */
export interface Unit {
  readonly start: number;
  readonly blocks: readonly Block[];
}

const known = new WeakMap<Tree, readonly Block[]>();

/**
 * The blocks of a document in their order. What was read from a tree once is kept with it, so that after an edit only
 * the blocks that were parsed again are read again.
 */
export function blocksOf(tree: Tree, text: string): Unit[] {
  const units: Unit[] = [];
  const collect = (parent: Tree, start: number) => {
    parent.children.forEach((child, index) => {
      if (!(child instanceof Tree)) return;
      const at = start + (parent.positions[index] ?? 0);
      if (child.type.isAnonymous || LISTS.has(child.type.name)) {
        collect(child, at);
        return;
      }
      let blocks = known.get(child);
      if (blocks === undefined) {
        blocks = new BlockReader(text, at).read(child);
        known.set(child, blocks);
      }
      if (blocks.length > 0) units.push({ start: at, blocks });
    });
  };
  collect(tree, 0);
  return units;
}

const LISTS = new Set(['BulletList', 'OrderedList']);

class BlockReader {
  readonly #text: string;
  readonly #base: number;
  readonly #blocks: Block[] = [];

  /** Offsets of the blocks count from `base`. */
  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  read(tree: Tree): readonly Block[] {
    this.#block(tree, this.#base, 0);
    return this.#blocks;
  }

  /** Recursion goes as deep as lists nest, which `markdownSource` bounds. */
  #block(tree: Tree, at: number, depth: number): void {
    const { name } = tree.type;
    const end = at + tree.length;
    const place = { start: at - this.#base, end: end - this.#base, depth };
    if (name === 'ListItem') this.#item(tree, at, depth);
    else if (LISTS.has(name) || tree.type.isAnonymous) this.#children(tree, at, depth);
    else if (name === 'Paragraph') this.#paragraph(at, end, depth);
    else if (name.startsWith('ATXHeading')) this.#heading(at, end, Number(name.slice(10)), depth);
    else if (name.startsWith('SetextHeading')) this.#setextHeading(at, end, Number(name.slice(13)), depth);
    else if (name === 'Table') this.#table(at, end, depth);
    else if (name === 'FencedCode') this.#blocks.push({ kind: 'code', ...place, lines: this.#codeLines(at, end) });
    else if (name === 'TagLine') this.#tag(at, end, depth);
    else if (name === 'Blockquote') this.#blocks.push({ kind: 'quote', ...place });
    else if (name === 'HorizontalRule') this.#blocks.push({ kind: 'rule', ...place });
  }

  #children(tree: Tree, at: number, depth: number): void {
    tree.children.forEach((child, index) => {
      if (child instanceof Tree) this.#block(child, at + (tree.positions[index] ?? 0), depth);
    });
  }

  #item(tree: Tree, at: number, depth: number): void {
    const parts = partsOf(tree, at);
    const mark = parts.find(({ tree: { type } }) => type.name === 'ListMark');
    const content = parts.filter(({ tree: { type } }) => type.name !== 'ListMark');
    const number = mark === undefined ? Number.NaN : Number.parseInt(this.#text.slice(mark.at, mark.at + 10), 10);
    const first = content[0];
    const startsWithText = first?.tree.type.name === 'Paragraph';
    const { lines, check } = startsWithText
      ? this.#checkedLines(first.at, first.at + first.tree.length)
      : { lines: [], check: undefined };
    const [own, rest] = this.#splitNumberedLines(lines);
    this.#blocks.push({
      kind: 'item',
      start: at - this.#base,
      end: at + tree.length - this.#base,
      depth,
      ...(Number.isNaN(number) ? {} : { number }),
      ...(check === undefined ? {} : { check }),
      lines: own,
    });
    this.#numbered(rest, depth + 1);
    for (const part of startsWithText ? content.slice(1) : content) this.#block(part.tree, part.at, depth + 1);
  }

  #paragraph(at: number, end: number, depth: number): void {
    const [lines, numbered] = this.#splitNumberedLines(this.#lines(at, end));
    if (lines.length > 0) this.#pushParagraph(lines, depth);
    this.#numbered(numbered, depth);
  }

  #pushParagraph(lines: readonly Run[], depth: number): void {
    const start = lines[0]?.start ?? 0;
    this.#blocks.push({ kind: 'paragraph', start, end: lines.at(-1)?.end ?? start, depth, lines });
  }

  /**
   * Lines such as `5. Measure first` after a line of prose: no list to Markdown, which lets only a list that begins with
   * 1 follow without a blank line, but one to every reader.
   */
  #splitNumberedLines(lines: readonly Run[]): [readonly Run[], readonly Run[]] {
    const first = lines.findIndex((line, index) => index > 0 && NUMBERED.test(line.text));
    return first < 0 ? [lines, []] : [lines.slice(0, first), lines.slice(first)];
  }

  #numbered(lines: readonly Run[], depth: number): void {
    let item: Run[] = [];
    const push = () => {
      const [first, ...others] = item;
      if (first === undefined) return;
      const mark = NUMBERED.exec(first.text)?.[0] ?? '';
      const start = first.start + mark.length;
      const { lines: own, check } = checkedLines([
        { ...first, start, text: first.text.slice(mark.length), spans: first.spans },
        ...others,
      ]);
      this.#blocks.push({
        kind: 'item',
        start: first.start,
        end: item.at(-1)?.end ?? first.end,
        depth,
        number: Number.parseInt(mark, 10),
        ...(check === undefined ? {} : { check }),
        lines: own,
      });
    };
    for (const line of lines) {
      if (NUMBERED.test(line.text)) {
        push();
        item = [];
      }
      item.push(line);
    }
    push();
  }

  #heading(at: number, end: number, level: number, depth: number): void {
    const raw = this.#text.slice(at, end);
    const open = /^#{1,6}[ \t]*/.exec(raw)?.[0].length ?? 0;
    const close = closingMarks(raw, open);
    this.#pushHeading(at, end, level, depth, this.#run(at + open, at + close));
  }

  #pushHeading(at: number, end: number, level: number, depth: number, run: Run): void {
    const { run: text, check } = checked(run);
    this.#blocks.push({
      kind: 'heading',
      start: at - this.#base,
      end: end - this.#base,
      depth,
      level,
      ...(check === undefined ? {} : { check }),
      run: text,
    });
  }

  /**
   * A line of prose with a rule directly under it is a heading to Markdown. Several lines, and lines such as
   * `**Checkpoint**: it works`, were meant as what they are.
   */
  #setextHeading(at: number, end: number, level: number, depth: number): void {
    const content = this.#text.slice(at, end);
    const underline = content.lastIndexOf('\n', content.trimEnd().length - 1);
    const lines = this.#lines(at, at + Math.max(0, underline));
    const [line] = lines;
    if (line === undefined) return;
    if (lines.length === 1 && !/:\s/.test(line.text) && !line.text.includes(' | ')) {
      this.#pushHeading(at, end, level, depth, line);
      return;
    }
    this.#paragraph(at, at + underline, depth);
    this.#blocks.push({ kind: 'rule', start: at + underline + 1 - this.#base, end: end - this.#base, depth });
  }

  #table(at: number, end: number, depth: number): void {
    let header: readonly Run[] | undefined;
    const rows: TableRow[] = [];
    let lineStart = at;
    for (let index = 0; lineStart < end; index++) {
      const found = this.#text.indexOf('\n', lineStart);
      const lineEnd = found < 0 || found > end ? end : found;
      if (index === 0) header = this.#cells(lineStart, lineEnd);
      else if (index > 1) {
        const cells = this.#cells(lineStart, lineEnd);
        const [start, stop] = trimmed(this.#text, lineStart, lineEnd);
        rows.push({ start: start - this.#base, end: stop - this.#base, cells });
      }
      lineStart = lineEnd + 1;
    }
    this.#blocks.push({
      kind: 'table',
      start: at - this.#base,
      end: end - this.#base,
      depth,
      header: header ?? [],
      rows,
    });
  }

  #cells(at: number, end: number): Run[] {
    const [start, stop] = trimmed(this.#text, at, end);
    const cells: Run[] = [];
    let from = this.#text[start] === '|' ? start + 1 : start;
    for (let bar = from; from < stop; bar++) {
      bar = this.#text.indexOf('|', bar);
      if (bar < 0 || bar >= stop) bar = stop;
      else if (this.#text[bar - 1] === '\\') continue;
      cells.push(this.#run(from, bar));
      from = bar + 1;
    }
    return cells;
  }

  #tag(at: number, end: number, depth: number): void {
    const match = TAG.exec(this.#text.slice(at, end));
    if (match === null) return;
    const [opening = '', slash, name = ''] = match;
    const closing = this.#text.lastIndexOf('</', end);
    const hasInner = slash === '' && closing >= at + opening.length;
    this.#blocks.push({
      kind: 'tag',
      start: at - this.#base,
      end: end - this.#base,
      depth,
      name: name.toLowerCase(),
      closes: slash === '/',
      ...(hasInner ? { inner: this.#run(at + opening.length, closing) } : {}),
    });
  }

  #codeLines(at: number, end: number): Run[] {
    const lines: Run[] = [];
    let start = this.#text.indexOf('\n', at) + 1;
    while (start > 0 && start < end) {
      const found = this.#text.indexOf('\n', start);
      const stop = found < 0 || found > end ? end : found;
      const [from, to] = trimmed(this.#text, start, stop);
      const text = this.#text.slice(from, to);
      if (from < to && !/^(?:`{3,}|~{3,})$/.test(text)) {
        lines.push({ start: from - this.#base, end: to - this.#base, text, spans: [] });
      }
      start = stop + 1;
    }
    return lines;
  }

  #checkedLines(at: number, end: number): { lines: readonly Run[]; check: CheckBox | undefined } {
    return checkedLines(this.#lines(at, end));
  }

  #lines(at: number, end: number): Run[] {
    const [start, stop] = trimmed(this.#text, at, end);
    const plain = plainInline(this.#text.slice(start, stop), start - this.#base);
    const lines: Run[] = [];
    let from = 0;
    while (from <= plain.text.length) {
      const found = plain.text.indexOf('\n', from);
      const to = found < 0 ? plain.text.length : found;
      const run = cut({ start: start - this.#base, text: plain.text, spans: plain.spans }, from, to);
      if (run.start < run.end) lines.push(run);
      from = to + 1;
    }
    return lines;
  }

  #run(at: number, end: number): Run {
    const [start, stop] = trimmed(this.#text, at, end);
    const plain = plainInline(this.#text.slice(start, stop), start - this.#base);
    return { start: start - this.#base, end: stop - this.#base, ...plain };
  }
}

const NUMBERED = /^\d{1,3}[.)][ \t]+(?=\S)/;
const TAG = /^<(\/?)([a-zA-Z][\w-]*)(?:\s[^<>]*)?>/;
const CHECK_BOX = /^\[([ xX~/>!?.+✓✔☑✗✘✅-]?)\]\*?(?=\s|$)\s*/u;

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

/** Where the text of `## Title ##` ends. */
function closingMarks(raw: string, open: number): number {
  let end = raw.length;
  while (end > open && /\s/.test(raw[end - 1] ?? '')) end--;
  let marks = end;
  while (marks > open && raw[marks - 1] === '#') marks--;
  if (marks === end || (marks > open && !/\s/.test(raw[marks - 1] ?? ''))) return end;
  return marks;
}

function checkedLines(lines: readonly Run[]): { lines: readonly Run[]; check: CheckBox | undefined } {
  const [first, ...others] = lines;
  if (first === undefined) return { lines, check: undefined };
  const { run, check } = checked(first);
  return { lines: check === undefined ? lines : [run, ...others], check };
}

/** `[x] text` without its box, and the box. Other marks than Markdown's own are in use: `[~]`, `[-]`, `[/]`. */
function checked(run: Run): { run: Run; check: CheckBox | undefined } {
  const box = CHECK_BOX.exec(run.text);
  if (box === null) return { run, check: undefined };
  const [whole, mark = ''] = box;
  const start = run.start + 1;
  return {
    run: { ...run, start: run.start + whole.length, text: run.text.slice(whole.length) },
    check: { mark: mark === '' ? ' ' : mark, start, end: start + mark.length },
  };
}
