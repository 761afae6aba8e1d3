import { fieldOf } from '../notation/fields';
import { cellsOf, tableAround } from '../rules/tables';
import type { Location } from '../text';
import { decisionOf, verdictOf } from './decision';
import type { LoggedCritique, LoggedDecision, LoggedPrompt, PlanLog, ReadinessPass } from './planLog';

interface Line {
  readonly text: string;
  readonly start: number;
}

interface Section {
  readonly title: string;
  readonly level: number;
  readonly head: Line;
  readonly lines: readonly Line[];
  /** Titles of the headings around it. */
  readonly around: readonly string[];
}

const HEADING = /^(#{1,6})[ \t]+(.*?)[ \t#]*$/;
const FENCE = /^[ \t]{0,3}(?:```|~~~)/;
const PROMPT = /^\W*Prompt[ \t]+#?([\w.]+)\W*(?:[—–:.-]+[ \t]*)?(.*)$/i;
const ITEM = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?/;

/** Prompts, critiques and readiness passes under the headings that say so. Fenced code says nothing. */
export function markdownLog(file: string, text: string): PlanLog {
  const sections = sectionsOf(text);
  const at = (start: number, end: number): Location => ({ file, start, end });
  return {
    prompts: sections.flatMap((section) => promptOf(section, at) ?? []),
    critiques: sections
      .filter(({ title }) => /\b(?:feedback|critiques?|criticisms?|adversarial review)\b/i.test(title))
      .flatMap((section) => critiquesIn(section, text, at)),
    passes: sections
      .filter(({ title }) => /\breadiness\b/i.test(title))
      .flatMap((section) => passesIn(section, text, at)),
    unranked: sections.filter(({ title }) => isUntiered(title)).flatMap((section) => unrankedIn(section, at)),
  };
}

type Place = (start: number, end: number) => Location;

function sectionsOf(text: string): readonly Section[] {
  const sections: (Section & { readonly lines: Line[] })[] = [];
  const around: { readonly level: number; readonly title: string }[] = [];
  let isCode = false;
  let start = 0;
  for (const raw of text.split('\n')) {
    const line = { text: raw.replace(/\r$/, ''), start };
    start += raw.length + 1;
    if (FENCE.test(line.text)) isCode = !isCode;
    else if (!isCode) {
      const [, marks = '', title = ''] = HEADING.exec(line.text) ?? [];
      if (marks === '') sections.at(-1)?.lines.push(line);
      else {
        while ((around.at(-1)?.level ?? 0) >= marks.length) around.pop();
        sections.push({ title, level: marks.length, head: line, lines: [], around: around.map((each) => each.title) });
        around.push({ level: marks.length, title });
      }
    }
  }
  return withParts(sections);
}

/** A prompt's own sub-headings, such as `Key decisions`, are told as labels of it. */
function withParts(sections: readonly Section[]): readonly Section[] {
  const result: Section[] = [];
  let prompt: { section: Section; lines: Line[] } | undefined;
  for (const section of sections) {
    if (prompt !== undefined && section.level > prompt.section.level) {
      prompt.lines.push({ text: `**${section.title}:**`, start: section.head.start }, ...section.lines);
      continue;
    }
    prompt = undefined;
    if (PROMPT.test(section.title)) {
      const lines = [...section.lines];
      prompt = { section, lines };
      result.push({ ...section, lines });
    } else result.push(section);
  }
  return result;
}

// ── prompts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const LABEL = /^[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?([A-Za-z][A-Za-z ]{1,40}?)(?:\*\*|__)?:(?:\*\*|__)?[ \t]*(.*)$/;

function promptOf({ title, head, lines }: Section, at: Place): LoggedPrompt | undefined {
  const [, number, name = ''] = PROMPT.exec(title) ?? [];
  if (number === undefined) return undefined;
  const decisions: LoggedDecision[] = [];
  let field: string | undefined;
  for (const line of lines) {
    if (/^[ \t]*>/.test(line.text)) continue;
    const [, label = '', value = ''] = LABEL.exec(line.text) ?? [];
    const named = label === '' ? undefined : fieldOf('prompt', label);
    if (named !== undefined) {
      field = named;
      if (field === 'decisions' && value !== '') decisions.push(...inline(line, value, at));
    } else if (field === 'decisions') {
      const mark = ITEM.exec(line.text)?.[0].length;
      const content = mark === undefined ? '' : line.text.slice(mark).trimEnd();
      if (mark !== undefined && content !== '' && !/\(append here\)/i.test(content)) {
        const start = line.start + mark;
        decisions.push(decisionOf(content, at(start, start + content.length)));
      }
    }
  }
  const last = lines.at(-1) ?? head;
  const location = at(head.start, last.start + last.text.length);
  return { ...location, number, title: name.trim(), head: at(head.start, head.start + head.text.length), decisions };
}

/** `plan first; tokens are a hard constraint`. */
function inline(line: Line, value: string, at: Place): readonly LoggedDecision[] {
  let from = line.start + line.text.length - value.length;
  return value.split(';').flatMap((piece) => {
    const start = from + (piece.length - piece.trimStart().length);
    from += piece.length + 1;
    const content = piece.trim();
    return content === '' ? [] : [decisionOf(content, at(start, start + content.length))];
  });
}

// ── critiques ───────────────────────────────────────────────────────────────────────────────────────────────────────

function critiquesIn(section: Section, text: string, at: Place): readonly LoggedCritique[] {
  const rows = rowsIn(section, text).map(({ line, cell }) => ({
    ...at(line.start, line.start + line.text.trimEnd().length),
    id: cell('critique', 'id'),
    text: cell('critique', 'text'),
    source: cell('critique', 'source'),
    verdict: verdictOf(cell('critique', 'verdict')),
    reason: cell('critique', 'reason'),
    landed: cell('critique', 'landed'),
  }));
  let around = verdictOf(section.title);
  const items = section.lines.flatMap((line) => {
    const mark = ITEM.exec(line.text);
    // `**Blockers (all adopted):**` speaks for what is listed below it.
    if (mark === null && /^(?:\*\*|__)/.test(line.text)) around = verdictOf(line.text);
    if (mark === null || (mark[1] ?? '') !== '') return [];
    const start = line.start + mark[0].length;
    const content = line.text.slice(mark[0].length).trim();
    const [, id = ''] = /^(?:\*\*|__)?([A-Z]+\d+)\b/.exec(content) ?? [];
    const said =
      /(?:—|–|→|->|:|\(|\[)[ \t]*(?:verdict:?[ \t]*)?((?:adopt|accept|reject|declin|refus|dismiss|open\b|pending|defer|fixed|applied)\w*)[\])*_]*[ \t]*(?:[—–:;,.(-][ \t]*(.*))?$/i.exec(
        content,
      );
    const [, verdict = '', reason = ''] = said ?? [];
    const place = at(start, start + content.length);
    return [
      {
        ...place,
        id,
        text: content,
        source: '',
        verdict: verdictOf(verdict) ?? around,
        reason: verdict === '' && around !== undefined ? content : withoutBracket(reason),
        landed: '',
      },
    ];
  });
  return [...rows, ...items];
}

/** The end of a remark in brackets is no part of it. */
function withoutBracket(text: string): string {
  const plain = text.trim();
  return plain.endsWith(')') && !plain.includes('(') ? plain.slice(0, -1) : plain;
}

// ── readiness ───────────────────────────────────────────────────────────────────────────────────────────────────────

function passesIn(section: Section, text: string, at: Place): readonly ReadinessPass[] {
  return rowsIn(section, text).map(({ line, cell }) => {
    const gaps = cell('readinessPass', 'gaps');
    const count = /^\D{0,3}(\d{1,3})(?!\d)/.exec(gaps)?.[1];
    const listed = /^\W*(?:none|no|0)?\W*$/i.test(gaps) ? [] : gaps.split(/;|<br\s*\/?>/i).map((gap) => gap.trim());
    return {
      ...at(line.start, line.start + line.text.trimEnd().length),
      number: cell('readinessPass', 'number'),
      date: cell('readinessPass', 'date'),
      reviewer: cell('readinessPass', 'reviewer'),
      rating: cell('readinessPass', 'rating'),
      gaps: count === undefined ? listed : Array.from({ length: Number(count) }, () => gaps),
    };
  });
}

// ── insights ────────────────────────────────────────────────────────────────────────────────────────────────────────

function isUntiered(title: string): boolean {
  return /\binsights?\b/i.test(title) && !/\btier\b|does not apply/i.test(title);
}

function unrankedIn({ lines }: Section, at: Place): readonly Location[] {
  let isTiered = false;
  return lines.flatMap(({ text, start }) => {
    if (/^\W*(?:tier[ \t]+\w+|does not apply|not applicable)/i.test(text)) isTiered = true;
    const mark = ITEM.exec(text);
    if (isTiered || mark === null || (mark[1] ?? '') !== '' || /\btier\b/i.test(text)) return [];
    return [at(start + mark[0].length, start + text.trimEnd().length)];
  });
}

// ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Row {
  readonly line: Line;
  /** The text of the cell in the column of a field; empty where there is none. */
  cell(owner: 'critique' | 'readinessPass', field: string): string;
}

function rowsIn({ lines }: Section, text: string): readonly Row[] {
  const first = lines.find((line) => /^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|/.test(line.text));
  const table = first === undefined ? undefined : tableAround(text, first.start);
  if (table === undefined) return [];
  const names = cellsOf(text, table.header).map(({ start, end }) => text.slice(start, end));
  const byStart = new Map(lines.map((line) => [line.start, line]));
  return table.rows.flatMap((start) => {
    const line = byStart.get(start);
    if (line === undefined) return [];
    const cells = cellsOf(text, start);
    const cell: Row['cell'] = (owner, field) => {
      const range = cells[names.findIndex((name) => fieldOf(owner, name) === field)];
      const content = range === undefined ? '' : text.slice(range.start, range.end).trim();
      return /^[—–-]$/.test(content) ? '' : content;
    };
    return [{ line, cell }];
  });
}
