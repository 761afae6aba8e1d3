import { isNone } from '../notation/values';
import type { Range } from '../text';
import { lineAt, lineBelow, lineStart } from './lines';
import { zoneAmong, zonesIn } from './zones';

/** The name of a field with nothing behind it, or a word for nothing; the range is that word's, or right behind the colon. */
export interface EmptyField extends Range {
  readonly name: string;
  /** Where the name stands on its line. */
  readonly column: number;
  /** Between the brackets of YAML. */
  readonly isFlow: boolean;
}

/** Fields without a value in a file of YAML, or of Markdown, maybe with front matter. */
export function emptyFieldsIn(text: string, isYaml: boolean): readonly EmptyField[] {
  if (isYaml) return [...emptyFieldsInYaml(text, 0, text.length)];
  const matter = /^\uFEFF?---[ \t]*\r?\n/.test(text) ? Math.max(0, text.indexOf('\n---', 3)) : 0;
  return [...emptyFieldsInYaml(text, 0, matter), ...emptyFieldsInMarkdown(text, matter, text.length)];
}

/**
 * Fields without a value on the lines between two offsets: `- Owner: —`, `Status: open | Owner: TBD`. Not in code,
 * comments and quotes, whose words are not the plan's. Linear in the whole text.
 */
export function* emptyFieldsInMarkdown(text: string, start: number, end: number): Iterable<EmptyField> {
  const zones = zonesIn(text);
  for (const { index, 0: whole, groups } of text.slice(start, end).matchAll(LABELLED)) {
    const { before = '', name = '', value = '' } = groups ?? {};
    const at = start + index + whole.length - value.length;
    const line = lineStart(text, at);
    if (!isNone(value) || hasList(text, line) || zoneAmong(zones, at) !== undefined) continue;
    yield { name, column: before.length, isFlow: false, ...inside(value, at) };
  }
}

const LABELLED =
  /(?<before>^[ \t]*(?:[-*+][ \t]+)?|[|·][ \t]+)(?:\*\*|__)?(?<name>\p{L}[\p{L} /-]{0,40}?)(?:\*\*|__)?:(?:\*\*|__)?(?<value>[^|·\n\r]{0,80}?)(?=[ \t]*(?:[|·]|\r?$))/gmu;

/** Whether the value is a list below the line. */
function hasList(text: string, line: number): boolean {
  const below = lineBelow(text, line);
  return below !== undefined && ITEM.test(lineAt(text, below)) && indentOf(text, below) > indentOf(text, line);
}

const ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/;

/** The same in YAML: `owner: null`, `evidence: []`, also in a mapping on one line. */
export function* emptyFieldsInYaml(text: string, start: number, end: number): Iterable<EmptyField> {
  for (const { index, 0: whole, groups } of text.slice(start, end).matchAll(KEY_IN_BRACKETS)) {
    const { name = '', value = '' } = groups ?? {};
    if (isNoValue(value))
      yield { name, column: 0, isFlow: true, ...inside(value, start + index + whole.length - value.length) };
  }
  for (
    let line: number | undefined = lineStart(text, start);
    line !== undefined && line < end;
    line = lineBelow(text, line)
  ) {
    const content = lineAt(text, line);
    const key = KEY.exec(content);
    if (key === null) continue;
    const { before = '', name = '' } = key.groups ?? {};
    const value = content.slice(key[0].length).replace(/(?:^|\s)#.*$/, '');
    if (!isNoValue(value) || goesOn(text, line, before.length)) continue;
    yield { name, column: before.length, isFlow: false, ...inside(value, line + key[0].length) };
  }
}

const KEY = /^(?<before>[ \t]*(?:-[ \t]+)*)(?<quote>["']?)(?<name>[\p{L}_][\p{L}\d_ -]{0,40})\k<quote>[ \t]*:(?=\s|$)/u;
const KEY_IN_BRACKETS =
  /[{,][ \t]*(?<quote>["']?)(?<name>[\p{L}_][\p{L}\d_ -]{0,40})\k<quote>[ \t]*:(?<value>[^,{}[\]\n]{0,80}(?:\[\s*\])?)(?=[,}])/gu;

function isNoValue(value: string): boolean {
  return isNone(value.trim().replace(/^(?:"\s*"|'\s*'|\[\s*\]|\{\s*\}|~)$/, ''));
}

/** Whether the value of a key stands below it. */
function goesOn(text: string, line: number, column: number): boolean {
  let below = lineBelow(text, line);
  while (below !== undefined && /^\s*(?:#|$)/.test(lineAt(text, below))) below = lineBelow(text, below);
  const indent = below === undefined ? '' : (/^[ \t]*(?:-[ \t])?/.exec(lineAt(text, below))?.[0] ?? '');
  return indent.length > column;
}

function inside(value: string, at: number): Range {
  const written = value.trim();
  const start = written === '' ? at : at + value.indexOf(written);
  return { start, end: start + written.length };
}

function indentOf(text: string, line: number): number {
  return /^[ \t]*/.exec(lineAt(text, line))?.[0].length ?? 0;
}
