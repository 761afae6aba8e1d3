import type { Field, KeyDecision, Prompt } from '../../model';
import { fieldOf } from '../fields';
import { topicOf } from '../markdown/topics';
import { decisionOf } from './decision';
import { rowsIn } from './rows';
import { endOf, type FileText, itemMark, type Line, type Section, topItems } from './sections';

/** `Prompt 7 — More data`, maybe in bold. */
const PROMPT = /^[^\p{L}\p{N}]{0,8}prompt[ \t]+#?(\d[\w.]{0,9})(?![\p{L}\p{N}])/iu;
const BESIDE_TITLE = /^[\s*_—–:.-]+/;
const LABEL = /^[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?([A-Za-z][A-Za-z ]{1,40}?)(?:\*\*|__)?:(?:\*\*|__)?[ \t]*(.*)$/;

/** Prompts with a heading of their own, and under a heading about prompts those in lists and tables. */
export function promptsIn(sections: readonly Section[], source: FileText): readonly Prompt[] {
  const prompts: Prompt[] = [];
  for (const [index, section] of sections.entries()) {
    const found = PROMPT.exec(section.title);
    if (found !== null) {
      const { head } = section;
      const titleAt = head.start + head.text.indexOf(section.title);
      const lines = partsOf(sections, index).flatMap((part) =>
        part === section ? part.lines : [labelOf(part), ...part.lines],
      );
      prompts.push(promptOf(head, titleAt, found, section.title, lines, source));
    } else if (topicOf(section.title) === 'prompt' && !section.around.some((title) => PROMPT.test(title))) {
      prompts.push(...listed(section, source), ...tabled(section, source));
    }
  }
  return prompts;
}

/** Without the headings inside of prompts, which say how the prompt is divided. */
export function withoutPromptParts(sections: readonly Section[]): readonly Section[] {
  return sections.filter(({ around }) => !around.some((title) => PROMPT.test(title)));
}

/** A prompt's section and those below it. */
function partsOf(sections: readonly Section[], index: number): readonly Section[] {
  const level = sections[index]?.level ?? 0;
  let end = index + 1;
  while (end < sections.length && (sections[end]?.level ?? 0) > level) end++;
  return sections.slice(index, end);
}

/** A sub-heading such as `Key decisions` counts as a label, where it stands. */
function labelOf({ title, head }: Section): Line {
  return { text: `**${title}:**`, start: head.start };
}

function promptOf(
  head: Line,
  nameAt: number,
  found: RegExpExecArray,
  name: string,
  lines: readonly Line[],
  source: FileText,
): Prompt {
  const number = found[1] ?? '';
  const numberAt = nameAt + found[0].length - number.length;
  const behind = nameAt + found[0].length;
  const rest = name.slice(found[0].length);
  const skipped = BESIDE_TITLE.exec(rest)?.[0].length ?? 0;
  const last = lines.findLast(({ text }) => text.trim() !== '') ?? head;
  const title = source.field(behind + skipped, nameAt + name.length);
  return {
    ...source.at(head.start, Math.max(endOf(head), Math.min(endOf(last), source.text.length))),
    head: source.at(head.start, endOf(head)),
    number: { value: number, ...source.at(numberAt, numberAt + number.length) },
    ...(title === undefined ? {} : { title: withoutMarks(title) }),
    ...bodyOf(lines, source),
  };
}

/** `**Prompt 3 — Money**` in an item ends in bold marks. */
function withoutMarks(title: Field<string>): Field<string> {
  const value = title.value.replace(/[*_:]{1,5}$/, '').trimEnd();
  return { ...title, value, end: title.start + value.length };
}

interface Body {
  readonly date?: Field<string>;
  readonly words: readonly Field<string>[];
  readonly decisions: readonly KeyDecision[];
}

/** The words are what is quoted; where nothing is, what is fenced; else the prose above the first field. */
function bodyOf(lines: readonly Line[], source: FileText): Body {
  const decisions: KeyDecision[] = [];
  const quoted = new Passages(source, (text) => text.replace(/^[ \t]*> ?/, ''));
  const fenced = new Passages(source, (text) => text);
  const prose = new Passages(source, (text) => text.trim());
  let date: Field<string> | undefined;
  let field: string | undefined;
  for (const line of lines) {
    if (line.isCode) {
      quoted.end();
      fenced.add(line);
      continue;
    }
    fenced.end();
    const isQuote = /^[ \t]*>/.test(line.text);
    const mark = isQuote ? undefined : itemMark(line.text);
    const label = isQuote ? undefined : labelled(line);
    // A paragraph in a quotation goes on without marks.
    const goesOn = quoted.isOpen && label === undefined && mark === undefined && !/^[ \t]*(?:$|\||#)/.test(line.text);
    if (isQuote || goesOn) {
      quoted.add(line);
      continue;
    }
    quoted.end();
    if (label !== undefined) {
      prose.end();
      field = label.field === 'date' || label.field === 'title' ? field : label.field;
      const value = source.field(label.valueAt, line.start + line.text.length);
      if (label.field === 'date') date ??= value;
      else if (field === 'words' && value !== undefined) prose.add({ text: value.value, start: value.start });
      else if (field === 'decisions' && value !== undefined) decisions.push(...inline(value, source));
    } else if (field === 'decisions') {
      const start = line.start + (mark?.length ?? 0);
      const written = mark === undefined ? undefined : source.field(start, Math.max(start, endOf(line)));
      if (written !== undefined && !/\(append here\)/i.test(written.value)) decisions.push(decisionOf(written));
    } else {
      if (line.text.trim() === '') prose.end();
      else prose.add(line);
    }
  }
  const words = [quoted, fenced, prose].map((each) => each.all()).find((each) => each.length > 0) ?? [];
  return { ...(date === undefined ? {} : { date }), words, decisions };
}

/** A line that begins with the name of one of a prompt's fields. */
function labelled(line: Line): { readonly field: string; readonly valueAt: number } | undefined {
  const found = LABEL.exec(line.text);
  const field = found === null ? undefined : fieldOf('prompt', found[1] ?? '');
  if (found === null || field === undefined || field === 'id') return undefined;
  return { field, valueAt: line.start + line.text.length - (found[2] ?? '').length };
}

/** `plan first; tokens are a hard constraint`. */
function inline({ value, start }: Field<string>, source: FileText): readonly KeyDecision[] {
  let from = start;
  return value.split(';').flatMap((piece) => {
    const field = source.field(from, from + piece.length);
    from += piece.length + 1;
    return field === undefined ? [] : decisionOf(field);
  });
}

/** Lines that stand together, each group as one text. */
class Passages {
  readonly #source: FileText;
  readonly #plain: (text: string) => string;
  readonly #fields: Field<string>[] = [];
  #open: Line[] = [];

  constructor(source: FileText, plain: (text: string) => string) {
    this.#source = source;
    this.#plain = plain;
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  add(line: Line): void {
    this.#open.push(line);
  }

  end(): void {
    const [first] = this.#open;
    const last = this.#open.at(-1);
    if (first === undefined || last === undefined) return;
    const value = this.#open.map(({ text }) => this.#plain(text).trimEnd()).join('\n');
    const start = first.start + (first.text.length - first.text.trimStart().length);
    if (value.trim() !== '') this.#fields.push({ value: value.trim(), ...this.#source.at(start, endOf(last)) });
    this.#open = [];
  }

  all(): readonly Field<string>[] {
    this.end();
    return this.#fields;
  }
}

// ── in lists and tables ─────────────────────────────────────────────────────────────────────────────────────────────

/** `- **Prompt 1 — Pace:** …` with its decisions below, and `1. "The words"`. */
function listed(section: Section, source: FileText): readonly Prompt[] {
  return topItems(section.lines).flatMap(({ mark, line, lines }): readonly Prompt[] => {
    const start = line.start + mark.length;
    const content = line.text.slice(mark.length).trimEnd();
    const found = PROMPT.exec(content);
    if (found !== null) return [promptOf(line, start, found, content, lines, source)];
    const words = mark.number === undefined ? undefined : source.field(start, start + content.length);
    if (mark.number === undefined || words === undefined) return [];
    const numberAt = line.start + mark.indent;
    const body = bodyOf(lines, source);
    const last = lines.findLast(({ text }) => text.trim() !== '') ?? line;
    return [
      {
        ...source.at(line.start, Math.max(endOf(line), endOf(last))),
        head: source.at(line.start, endOf(line)),
        number: { value: mark.number, ...source.at(numberAt, numberAt + mark.number.length) },
        ...body,
        words: [unquoted(words)],
      },
    ];
  });
}

/** A row is a prompt when its table has a column for the words or the decisions. */
function tabled(section: Section, source: FileText): readonly Prompt[] {
  return rowsIn(section.lines, 'prompt', source).flatMap(({ line, cell, columns }): readonly Prompt[] => {
    if (!columns.has('decisions') && !columns.has('words')) return [];
    const [number, title, date, words, decisions] = [
      cell('id'),
      cell('title'),
      cell('date'),
      cell('words'),
      cell('decisions'),
    ];
    const place = source.at(line.start, endOf(line));
    return [
      {
        ...place,
        head: place,
        ...(number === undefined ? {} : { number }),
        ...(title === undefined ? {} : { title }),
        ...(date === undefined ? {} : { date }),
        words: words === undefined ? [] : [unquoted(words)],
        decisions: decisions === undefined ? [] : inline(decisions, source),
      },
    ];
  });
}

function unquoted(field: Field<string>): Field<string> {
  const quotes = /^["“”'](.*)["“”']$/s.exec(field.value)?.[1];
  return quotes === undefined ? field : { file: field.file, value: quotes, start: field.start + 1, end: field.end - 1 };
}
