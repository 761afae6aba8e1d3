import type { Field, ProgressEntry, Reference } from '../../model';
import { hasIdShape, isStrongId, TOKEN } from '../ids';
import { markdownSource } from '../markdown/source';
import { parseReferences } from '../references';
import { rowsIn } from './rows';
import { endOf, FileText, type Section, sectionsOf, topItems } from './sections';
import { yamlLog } from './yamlLog';

/** The entries of a progress file, in its order, in Markdown, plain text or YAML. Linear; never throws. */
export function progressEntriesIn(file: string, text: string): readonly ProgressEntry[] {
  if (/\.ya?ml$/i.test(file)) return yamlLog(file, text, 0).progressEntries;
  const plain = markdownSource(text).text;
  return entriesIn(sectionsOf(plain), new FileText(file, plain));
}

const PROGRESS = /\bprogress\b|^(?:work|session|activity|execution) log\b|^journal$/i;

/** Those under headings about progress. */
export function progressIn(sections: readonly Section[], source: FileText): readonly ProgressEntry[] {
  const about = sections.filter(({ title, around }) => [...around, title].some((each) => PROGRESS.test(each)));
  return entriesIn(about, source);
}

/** What has a date of its own or stands below a heading with one: anything else is no event. */
function entriesIn(sections: readonly Section[], source: FileText): readonly ProgressEntry[] {
  return sections.flatMap((section) => {
    const titleAt = section.head.start + section.head.text.indexOf(section.title);
    const below = dateAt(source, titleAt, titleAt + section.title.length)?.date;
    return [...tabled(section, source, below), ...listed(section, source, below)];
  });
}

function tabled(section: Section, source: FileText, below: Field<string> | undefined): readonly ProgressEntry[] {
  return rowsIn(section.lines, 'progressEntry', source).flatMap(({ line, cell, columns }) => {
    const written = cell('date');
    const date = (written === undefined ? undefined : dateAt(source, written.start, written.end)?.date) ?? below;
    if (date === undefined || !(columns.has('what') || columns.has('about'))) return [];
    const end = endOf(line);
    const [who, evidence, named] = [cell('who'), cell('evidence'), cell('about')];
    const [about] = named === undefined ? [] : parseReferences(named.value, named);
    return {
      ...source.at(line.start, end),
      date,
      what: cell('what') ?? { value: '', ...source.at(end, end) },
      ...(about === undefined ? {} : { about }),
      ...(who === undefined ? {} : { who }),
      ...(evidence === undefined ? {} : { evidence }),
    };
  });
}

function listed(section: Section, source: FileText, below: Field<string> | undefined): readonly ProgressEntry[] {
  return topItems(section.lines).flatMap(({ mark, line, lines }) => {
    const start = line.start + mark.length;
    const end = Math.max(start, endOf(line));
    const own = dateAt(source, start, end);
    const date = own?.date ?? below;
    if (date === undefined) return [];
    const last = lines.findLast(({ text }) => text.trim() !== '') ?? line;
    return { ...source.at(line.start, Math.max(end, endOf(last))), date, ...saidIn(source, own?.end ?? start, end) };
  });
}

const DATE =
  /^[\s*_`[(]{0,4}(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?)[\s*_`\]):,]*/;

/** The date that a text begins with, and where what follows it begins. */
function dateAt(
  source: FileText,
  start: number,
  end: number,
): { readonly date: Field<string>; readonly end: number } | undefined {
  const found = DATE.exec(source.text.slice(start, end));
  const value = found?.[1];
  if (found === null || value === undefined) return undefined;
  const at = start + found[0].indexOf(value);
  return { date: { value, ...source.at(at, at + value.length) }, end: start + found[0].length };
}

/** Divides the parts of a line: `ft-0001.1 · closed · @tomas · 9 of 9 answered`. */
const DIVIDER = /[ \t](?:[·•|—–]|--?)(?=[ \t])/g;
const ABOUT = new RegExp(`^[\`*_]{0,3}(?:(?:bead|gate|phase|task|scenario)[ \\t]+)?(${TOKEN})[\`*_:]{0,4}$`, 'iu');
const LEADING = new RegExp(`^[\`*_]{0,3}(${TOKEN})[\`*_:,]{0,4}[ \\t]+(?=\\S)`, 'u');
const VERB =
  /^(?:closed?|claimed|released|reopened|deferred|started|finished|done|completed|decided|passed|began|begun)[ \t]+(?:bead|gate|phase|task)?[ \t]*[`*_]{0,3}/i;
const WHO = /^(?:by:?[ \t]+)?@[\p{L}\p{N}][\p{L}\p{N}._-]*$/iu;

function saidIn(
  source: FileText,
  start: number,
  end: number,
): Pick<ProgressEntry, 'about' | 'what' | 'who' | 'evidence'> {
  const parts = partsIn(source, start, end);
  const who = parts.find(({ value }) => WHO.test(value));
  const others = parts.filter((part) => part !== who);
  const { about, rest } = aboutIn(source, others);
  const [what = { value: '', ...source.at(end, end) }, ...more] = rest;
  const [first] = more;
  const evidence = first === undefined ? undefined : source.field(first.start, more.at(-1)?.end ?? first.end);
  return {
    what,
    ...(about === undefined ? {} : { about }),
    ...(who === undefined ? {} : { who: named(who) }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

/** What the first part names, and the parts without it. */
function aboutIn(
  source: FileText,
  parts: readonly Field<string>[],
): { readonly about?: Reference; readonly rest: readonly Field<string>[] } {
  const [first, ...others] = parts;
  if (first === undefined) return { rest: parts };
  const alone = ABOUT.exec(first.value)?.[1];
  if (alone !== undefined && hasIdShape(alone)) {
    const [about] = parseReferences(first.value, first);
    if (about !== undefined) return { about, rest: others };
  }
  const leading = LEADING.exec(first.value);
  const token = leading?.[1] ?? '';
  if (leading !== null && isStrongId(token)) {
    const at = first.start + leading[0].indexOf(token);
    const rest = source.field(first.start + leading[0].length, first.end);
    return { about: { value: token, ...source.at(at, at + token.length) }, rest: rest ? [rest, ...others] : others };
  }
  const verb = VERB.exec(first.value)?.[0] ?? '';
  const id = verb === '' ? '' : (new RegExp(`^${TOKEN}`, 'u').exec(first.value.slice(verb.length))?.[0] ?? '');
  if (!hasIdShape(id)) return { rest: parts };
  const at = first.start + verb.length;
  return { about: { value: id, ...source.at(at, at + id.length) }, rest: parts };
}

function partsIn(source: FileText, start: number, end: number): readonly Field<string>[] {
  const text = source.text.slice(start, end);
  const parts: Field<string>[] = [];
  let from = 0;
  for (const { 0: mark, index } of ` ${text}`.matchAll(DIVIDER)) {
    const at = Math.max(0, index - 1);
    const part = source.field(start + from, start + at);
    if (part !== undefined) parts.push(part);
    from = at + mark.length - (index === 0 ? 1 : 0);
  }
  const last = source.field(start + from, end);
  return last === undefined ? parts : [...parts, last];
}

/** `by @maria` is @maria. */
function named(who: Field<string>): Field<string> {
  const at = who.value.indexOf('@');
  return { ...who, value: who.value.slice(at), start: who.start + at };
}
