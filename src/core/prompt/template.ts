import type { Diagnostic } from '../model';
import { nearest } from '../nearest';
import type { Range } from '../text';

/** A template that parsed: `{{name}}`, `{{#if name}} … {{else}} … {{/if}}`, and `\{{` for two plain braces. */
export type Template = readonly TemplateNode[];

type TemplateNode = Literal | Placeholder | Condition;

interface Literal {
  readonly kind: 'text';
  readonly text: string;
}

interface Placeholder {
  readonly kind: 'value';
  readonly name: string;
  /** Nothing else stands on its line: the line goes when the value is empty. */
  readonly alone: boolean;
}

interface Condition {
  readonly kind: 'if';
  readonly name: string;
  readonly whenGiven: TemplateNode[];
  readonly whenMissing: TemplateNode[];
}

/** The template, or what is wrong with it: never both. */
export type ParsedTemplate =
  | { readonly template: Template; readonly diagnostics: readonly [] }
  | { readonly template?: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Far beyond what a person nests; it bounds the recursion for templates from strangers. */
const DEEPEST = 20;

/**
 * Reads a template in one pass. A line that holds only `{{#if …}}`, `{{else}}` or `{{/if}}` leaves nothing behind.
 * `known` are the names that the template may use.
 */
export function parseTemplate(file: string, text: string, known: readonly string[]): ParsedTemplate {
  const reader = new TemplateReader(file, known);
  for (const line of linesOf(text)) {
    if (!reader.readLine(text, line)) break;
  }
  return reader.finish();
}

interface OpenSection {
  readonly condition: Condition;
  readonly range: Range;
  hasElse: boolean;
}

class TemplateReader {
  readonly #file: string;
  readonly #known: readonly string[];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #root: TemplateNode[] = [];
  readonly #open: OpenSection[] = [];

  constructor(file: string, known: readonly string[]) {
    this.#file = file;
    this.#known = known;
  }

  /** False when reading on makes no sense. */
  readLine(text: string, line: Range): boolean {
    const tags = this.#tagsOf(text, line);
    const [first] = tags;
    if (first !== undefined && tags.length === 1 && isAlone(text, line, first)) {
      if (isSectionTag(first.content)) this.#section(first);
      else {
        this.#text(text.slice(line.start, first.start));
        this.#placeholder(first, true);
        this.#text(text.slice(first.end, line.end));
      }
      return this.#open.length <= DEEPEST;
    }
    let from = line.start;
    for (const tag of tags) {
      this.#text(text.slice(from, tag.start));
      if (isSectionTag(tag.content)) this.#section(tag);
      else this.#placeholder(tag, false);
      from = tag.end;
      if (this.#open.length > DEEPEST) return false;
    }
    this.#text(text.slice(from, line.end));
    return true;
  }

  finish(): ParsedTemplate {
    if (this.#open.length <= DEEPEST) {
      for (const { range, condition } of this.#open) {
        this.#report(range, `This section is not closed: write “{{/if}}” where “${condition.name}” ends.`);
      }
    }
    if (this.#diagnostics.length === 0) return { template: this.#root, diagnostics: [] };
    return { diagnostics: this.#diagnostics.toSorted((a, b) => a.location.start - b.location.start) };
  }

  #tagsOf(text: string, line: Range): Tag[] {
    const tags: Tag[] = [];
    const content = text.slice(line.start, line.end);
    let from = 0;
    for (let at = content.indexOf('{{'); at !== -1; at = content.indexOf('{{', from)) {
      from = at + 2;
      if (content[at - 1] === '\\') continue;
      const close = content.indexOf('}}', at);
      if (close === -1) {
        const range = { start: line.start + at, end: line.start + content.trimEnd().length };
        this.#report(range, 'This placeholder is not closed: write “}}” on the same line.');
        break;
      }
      from = close + 2;
      tags.push({ content: content.slice(at + 2, close).trim(), start: line.start + at, end: line.start + from });
    }
    return tags;
  }

  #text(written: string): void {
    const text = written.replaceAll('\\{{', '{{').replaceAll('\r\n', '\n');
    if (text === '') return;
    const last = this.#into.at(-1);
    if (last?.kind === 'text') this.#into[this.#into.length - 1] = { kind: 'text', text: last.text + text };
    else this.#into.push({ kind: 'text', text });
  }

  #placeholder(tag: Tag, alone: boolean): void {
    this.#checkName(tag.content, tag);
    this.#into.push({ kind: 'value', name: tag.content, alone });
  }

  #section(tag: Tag): void {
    const innermost = this.#open.at(-1);
    const name = /^#if\s+(\S+)$/.exec(tag.content)?.[1];
    if (name !== undefined) {
      this.#checkName(name, tag);
      const condition: Condition = { kind: 'if', name, whenGiven: [], whenMissing: [] };
      this.#into.push(condition);
      this.#open.push({ condition, range: { start: tag.start, end: tag.end }, hasElse: false });
      if (this.#open.length > DEEPEST) this.#report(tag, `Sections nest at most ${DEEPEST} deep: take this one out.`);
    } else if (tag.content === '/if') {
      if (innermost === undefined) this.#report(tag, 'This “{{/if}}” closes nothing: no “{{#if …}}” is open here.');
      this.#open.pop();
    } else if (tag.content !== 'else') {
      this.#report(
        tag,
        `Templates know “{{name}}”, “{{#if name}}”, “{{else}}” and “{{/if}}”, not “{{${tag.content}}}”.`,
      );
    } else if (innermost === undefined || innermost.hasElse) {
      this.#report(tag, 'This “{{else}}” belongs to no section: it needs a “{{#if …}}” of its own before it.');
    } else {
      innermost.hasElse = true;
    }
  }

  get #into(): TemplateNode[] {
    const innermost = this.#open.at(-1);
    if (innermost === undefined) return this.#root;
    return innermost.hasElse ? innermost.condition.whenMissing : innermost.condition.whenGiven;
  }

  #checkName(name: string, at: Range): void {
    if (this.#known.includes(name)) return;
    const near = nearest(name, this.#known);
    const hint = near === undefined ? `Use ${this.#known.join(', ')}.` : `Did you mean “${near}”?`;
    this.#report(at, `There is no placeholder “${name}”. ${hint}`);
  }

  #report({ start, end }: Range, message: string): void {
    const location = { file: this.#file, start, end };
    this.#diagnostics.push({ code: 'broken-template', severity: 'error', message, location });
  }
}

/**
 * Values go in as they are: nothing in them is expanded. Where a part that was left out would leave
 * several blank lines, one stays. The result ends in exactly one line break.
 */
export function renderTemplate(template: Template, values: ReadonlyMap<string, string>): string {
  let out = '';
  const addLiteral = (text: string) => {
    const before = out === '' ? 2 : newlinesAtEnd(out);
    const own = newlinesAtStart(text);
    out += text.slice(Math.max(0, Math.min(own, before + own - 2)));
  };
  /** Set after an empty value that stood alone: its line break goes with it. */
  let dropLineBreak = false;
  const add = (nodes: Template) => {
    for (const node of nodes) {
      if (node.kind === 'if') {
        add(values.get(node.name) ? node.whenGiven : node.whenMissing);
      } else if (node.kind === 'value') {
        const value = values.get(node.name) ?? '';
        out += value;
        dropLineBreak = node.alone && value === '';
      } else {
        addLiteral(dropLineBreak ? node.text.replace(/^[ \t]*\n/, '') : node.text);
        dropLineBreak = false;
      }
    }
  };
  add(template);
  return `${out.trimEnd()}\n`;
}

/** What stands between `{{` and `}}`; the range includes both. */
interface Tag extends Range {
  readonly content: string;
}

function isSectionTag(content: string): boolean {
  return content === 'else' || content.startsWith('#') || content.startsWith('/');
}

function isAlone(text: string, line: Range, tag: Tag): boolean {
  return text.slice(line.start, tag.start).trim() === '' && text.slice(tag.end, line.end).trim() === '';
}

/** Each line with its line break. */
function* linesOf(text: string): Generator<Range> {
  for (let start = 0; start < text.length; ) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak === -1 ? text.length : lineBreak + 1;
    yield { start, end };
    start = end;
  }
}

function newlinesAtEnd(text: string): number {
  let count = 0;
  while (text[text.length - 1 - count] === '\n') count++;
  return count;
}

function newlinesAtStart(text: string): number {
  let count = 0;
  while (text[count] === '\n') count++;
  return count;
}
