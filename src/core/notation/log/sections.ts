import type { Field } from '../../model';

/** A line of a file, without its line break. */
export interface Line {
  readonly text: string;
  readonly start: number;
  /** A line inside of a fence of code; the fences themselves are left out. */
  readonly isCode?: true;
}

/** A heading and the lines up to the next one. */
export interface Section {
  readonly title: string;
  readonly level: number;
  readonly head: Line;
  readonly lines: readonly Line[];
  /** Titles of the headings around it, the outermost first. */
  readonly around: readonly string[];
}

/** Turns a span of a file into a place, or into a value with its place. */
export class FileText {
  readonly file: string;
  readonly text: string;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  at(start: number, end: number) {
    return { file: this.file, start, end };
  }

  /** What stands between two offsets, without the white space around it; undefined for none at all. */
  field(start: number, end: number): Field<string> | undefined {
    const written = this.text.slice(start, end);
    const value = written.trim();
    if (value === '') return undefined;
    const from = start + (written.length - written.trimStart().length);
    return { value, ...this.at(from, from + value.length) };
  }
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
const FENCE = /^[ \t]{0,3}(`{3,}|~{3,})/;

/** `text` has lines that end with `\n`. What stands above the first heading is a section without a title. Linear. */
export function sectionsOf(text: string): readonly Section[] {
  const sections: (Section & { readonly lines: Line[] })[] = [];
  const around: { readonly level: number; readonly title: string }[] = [];
  let current: Line[] = [];
  let fence: string | undefined;
  let isComment = false;
  let start = 0;
  const top = { title: '', level: 0, head: { text: '', start: 0 }, lines: current, around: [] };
  sections.push(top);
  for (const raw of text.split('\n')) {
    const line = { text: raw, start };
    start += raw.length + 1;
    const mark = isComment ? undefined : FENCE.exec(raw)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && raw.trim() === mark) fence = undefined;
      else current.push({ ...line, isCode: true });
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    if (isComment || raw.trimStart().startsWith('<!--')) {
      isComment = !raw.includes('-->', isComment ? 0 : raw.indexOf('<!--') + 4);
      continue;
    }
    const [, marks = '', title = ''] = HEADING.exec(raw) ?? [];
    if (marks === '') {
      current.push(line);
      continue;
    }
    while ((around.at(-1)?.level ?? 0) >= marks.length) around.pop();
    current = [];
    const plain = withoutClosing(title);
    sections.push({
      title: plain,
      level: marks.length,
      head: line,
      lines: current,
      around: around.map((each) => each.title),
    });
    around.push({ level: marks.length, title: plain });
  }
  return sections;
}

/** `Title ##` is `Title`. */
function withoutClosing(title: string): string {
  const trimmed = title.trimEnd();
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === '#') end--;
  return end === 0 || /[ \t]/.test(trimmed[end - 1] ?? '') ? trimmed.slice(0, end).trimEnd() : trimmed;
}

/** Behind the last character of a line that is no white space. */
export function endOf({ start, text }: Line): number {
  return start + text.trimEnd().length;
}

const ITEM = /^([ \t]*)(?:[-*+]|(\d{1,9})[.)])[ \t]+(?:\[.\][ \t]+)?/;

/** The mark in front of a list item's text. */
export interface ItemMark {
  readonly indent: number;
  readonly length: number;
  /** Of an ordered list. */
  readonly number: string | undefined;
}

export function itemMark(text: string): ItemMark | undefined {
  const mark = ITEM.exec(text);
  return mark === null ? undefined : { indent: (mark[1] ?? '').length, length: mark[0].length, number: mark[2] };
}

/** An item that stands furthest out in its list, with all lines that belong to it. */
export interface TopItem {
  readonly mark: ItemMark;
  readonly line: Line;
  readonly lines: readonly Line[];
  /** The last line in bold above it that introduces the list. */
  readonly intro: string | undefined;
}

export function topItems(lines: readonly Line[]): readonly TopItem[] {
  const items: (TopItem & { readonly lines: Line[] })[] = [];
  let open: Line[] | undefined;
  let intro: string | undefined;
  for (const line of lines) {
    const mark = line.isCode ? undefined : itemMark(line.text);
    if (mark !== undefined && mark.indent === 0) {
      open = [];
      items.push({ mark, line, lines: open, intro });
    } else if (/^[ \t]/.test(line.text) || line.isCode) {
      open?.push(line);
    } else if (line.text !== '') {
      if (/^(?:\*\*|__)/.test(line.text)) intro = line.text;
      open = undefined;
    }
  }
  return items;
}
