import type { Critique, PlanLog, ReadinessPass } from '../../model';
import type { Location } from '../../text';
import { markdownSource } from '../markdown/source';
import { critiqueVerdict, verdictIn } from './decision';
import { progressIn } from './progress';
import { promptsIn, withoutPromptParts } from './prompts';
import { rowsIn } from './rows';
import { endOf, FileText, itemMark, type Section, sectionsOf, topItems } from './sections';
import { yamlLog } from './yamlLog';

/** What stands under the headings that say so, and in the front matter. Fenced code and comments say nothing. */
export function markdownLog(file: string, original: string): PlanLog {
  const { text, frontMatter } = markdownSource(original);
  const source = new FileText(file, text);
  const all = sectionsOf(text);
  const sections = withoutPromptParts(all);
  const matter =
    frontMatter === undefined
      ? undefined
      : yamlLog(file, original.slice(frontMatter.start, frontMatter.end), frontMatter.start);
  return {
    prompts: [...(matter?.prompts ?? []), ...promptsIn(all, source)],
    critiques: [
      ...(matter?.critiques ?? []),
      ...sections.filter(({ title }) => CRITIQUES.test(title)).flatMap((section) => critiquesIn(section, source)),
    ],
    readinessPasses: [
      ...(matter?.readinessPasses ?? []),
      ...sections.filter(({ title }) => READINESS.test(title)).flatMap((section) => passesIn(section, source)),
    ],
    progressEntries: [...(matter?.progressEntries ?? []), ...progressIn(sections, source)],
    unrankedInsights: [
      ...(matter?.unrankedInsights ?? []),
      ...sections.filter(({ title }) => isUntiered(title)).flatMap((section) => unrankedIn(section, source)),
    ],
  };
}

const CRITIQUES = /\b(?:feedback|critiques?|criticisms?|adversarial review)\b/i;
const READINESS = /\breadiness\b/i;

// ── critiques ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** `— adopted: it is`, `(rejected: no gain)`, `→ verdict: open` at the end of an item. */
const SAID =
  /(?:—|–|→|->|:|\(|\[)[ \t]*(?:verdict:?[ \t]*)?((?:adopt|accept|reject|declin|refus|dismiss|open\b|pending|defer|fixed|applied)\w*)[\])*_]*[ \t]*(?:(?:[—–:;,.(-]|because|since|as)[ \t]*(.*))?$/i;

function critiquesIn(section: Section, source: FileText): readonly Critique[] {
  const rows = rowsIn(section.lines, 'critique', source).map(({ line, cell }): Critique => {
    const end = endOf(line);
    return {
      ...source.at(line.start, end),
      ...said({ id: cell('id'), source: cell('source'), reason: cell('reason'), landed: cell('landed') }),
      ...said({ verdict: verdictIn(cell('verdict')) }),
      text: cell('text') ?? { value: '', ...source.at(end, end) },
    };
  });
  const ofSection = critiqueVerdict(section.title);
  const items = topItems(section.lines).map(({ mark, line, intro }): Critique => {
    const start = line.start + mark.length;
    const end = Math.max(start, endOf(line));
    const text = source.field(start, end) ?? { value: '', ...source.at(start, end) };
    const [, id = ''] = /^(?:\*\*|__)?([A-Z]+\d+)\b/.exec(text.value) ?? [];
    const found = SAID.exec(text.value);
    const [, verdict = '', written = ''] = found ?? [];
    // `**Blockers (all adopted):**` speaks for what is listed below it.
    const around = intro === undefined ? ofSection : critiqueVerdict(intro);
    const own = critiqueVerdict(verdict) === undefined ? undefined : placeIn(text, verdict, found?.index ?? 0);
    const reason = verdict === '' && around !== undefined ? text : reasonIn(text, written, source);
    return {
      ...source.at(text.start, text.end),
      text,
      ...said({ id: id === '' ? undefined : { ...placeIn(text, id, 0), value: id } }),
      ...said({ reason }),
      ...said({ verdict: own === undefined ? around && { ...text, value: around } : verdictIn(own) }),
    };
  });
  return [...rows, ...items];
}

function placeIn(text: Location & { readonly value: string }, part: string, from: number) {
  const start = text.start + text.value.indexOf(part, from);
  return { value: part, file: text.file, start, end: start + part.length };
}

/** Without the bracket that closes the remark. */
function reasonIn(text: Location, written: string, source: FileText) {
  const plain = written.trimEnd();
  const isClosing = plain.endsWith(')') && !plain.includes('(');
  return source.field(text.end - written.length, text.end - (written.length - plain.length) - (isClosing ? 1 : 0));
}

/** Only what is there. */
function said<T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { readonly [K in keyof T]?: Exclude<T[K], undefined> };
}

// ── readiness ───────────────────────────────────────────────────────────────────────────────────────────────────────

function passesIn(section: Section, source: FileText): readonly ReadinessPass[] {
  return rowsIn(section.lines, 'readinessPass', source).flatMap(({ line, cell, columns }) => {
    if (columns.size < 2) return [];
    const written = cell('gaps');
    const newGaps = written === undefined ? [] : gapsIn(written, source);
    const count = /^\D{0,3}(\d{1,3})(?!\d)/.exec(written?.value ?? '')?.[1];
    return {
      ...source.at(line.start, endOf(line)),
      ...said({ number: cell('number'), date: cell('date'), reviewer: cell('reviewer') }),
      ...said({ rating: cell('rating'), changed: cell('changed') }),
      newGaps,
      gapCount: count === undefined ? newGaps.length : Number(count),
    };
  });
}

/** `order; rollback`; a number alone and a word for none list nothing. */
function gapsIn({ value, start }: Location & { readonly value: string }, source: FileText) {
  if (/^\W*(?:(?:none|no|\d{1,3})(?: new)?(?: gaps?)?)?\W*$/i.test(value)) return [];
  let from = start;
  return value.split(/(;|<br[ \t]*\/?>)/i).flatMap((piece, index) => {
    const at = from;
    from += piece.length;
    return index % 2 === 1 ? [] : (source.field(at, at + piece.length) ?? []);
  });
}

// ── insights ────────────────────────────────────────────────────────────────────────────────────────────────────────

function isUntiered(title: string): boolean {
  return /\binsights?\b/i.test(title) && !/\btier\b|does not apply/i.test(title);
}

function unrankedIn({ lines }: Section, source: FileText): readonly Location[] {
  let isTiered = false;
  return lines.flatMap((line) => {
    const { text, start, isCode } = line;
    if (isCode) return [];
    if (/^\W*(?:tier[ \t]+\w+|does not apply|not applicable)/i.test(text)) isTiered = true;
    const mark = itemMark(text);
    if (isTiered || mark === undefined || mark.indent > 0 || /\btier\b/i.test(text)) return [];
    return [source.at(start + mark.length, Math.max(start + mark.length, endOf(line)))];
  });
}
