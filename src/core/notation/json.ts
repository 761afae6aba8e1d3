import type { Range } from '../text';

/**
 * Where the values of a JSON object stand, by key; the last of a repeated key counts, as for `JSON.parse`. The text from
 * `start` to `end` must be one valid JSON object.
 */
export function membersOf(text: string, { start, end }: Range): Map<string, Range> {
  const members = new Map<string, Range>();
  let at = skipSpace(text, start) + 1;
  while (at < end) {
    at = skipSpace(text, at);
    if (text[at] !== '"') break;
    const keyEnd = endOfValue(text, at, end);
    const key: unknown = JSON.parse(text.slice(at, keyEnd));
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    at = endOfValue(text, value, end);
    if (typeof key === 'string') members.set(key, { start: value, end: at });
    at = skipSpace(text, at) + 1;
  }
  return members;
}

/** Where the elements of a JSON array stand. The same is asked of the text. */
export function elementsOf(text: string, { start, end }: Range): Range[] {
  const elements: Range[] = [];
  if (text[start] !== '[') return elements;
  let at = skipSpace(text, start + 1);
  while (at < end && text[at] !== ']') {
    const elementEnd = endOfValue(text, at, end);
    elements.push({ start: at, end: elementEnd });
    at = skipSpace(text, skipSpace(text, elementEnd) + 1);
  }
  return elements;
}

/** The text of a JSON string and the range between its quotes; undefined for any other value. */
export function stringIn(text: string, range: Range): (Range & { readonly value: string }) | undefined {
  if (text[range.start] !== '"') return undefined;
  const value: unknown = JSON.parse(text.slice(range.start, range.end));
  return typeof value === 'string' ? { value, start: range.start + 1, end: range.end - 1 } : undefined;
}

/** The lines of a JSON string that are not blank, each at its place. */
export function linesIn(text: string, range: Range): (Range & { readonly value: string })[] {
  const inner = stringIn(text, range);
  if (inner === undefined) return [];
  const lines: (Range & { readonly value: string })[] = [];
  let start = inner.start;
  for (let at = inner.start; at <= inner.end; at++) {
    const isEnd = at === inner.end;
    if (!isEnd && text[at] !== '\\') continue;
    if (isEnd || text[at + 1] === 'n') {
      const value: unknown = JSON.parse(`"${text.slice(start, at)}"`);
      if (typeof value === 'string' && value.trim() !== '') lines.push({ value: value.trim(), start, end: at });
      start = at + 2;
    }
    at++;
  }
  return lines;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return at;
    at++;
  }
}

/** Behind the value that begins at `from`. */
function endOfValue(text: string, from: number, end: number): number {
  let depth = 0;
  let at = from;
  while (at < end) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at, end);
      if (depth === 0) return at;
      continue;
    }
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (character === ',' || /\s/.test(character ?? ''))) return at;
    at++;
  }
  return end;
}

function endOfString(text: string, from: number, end: number): number {
  for (let at = from + 1; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return end;
}

const MARK_OR_LITERAL = /([{}[\],:])|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null)/iy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-f]{4})/iy;

/** Behind the JSON string that begins at `from`; undefined when it is none. */
function endOfWholeString(text: string, from: number, end: number): number | undefined {
  if (text[from] !== '"') return undefined;
  for (let at = from + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code < 32) return undefined;
    if (code !== 92) continue;
    ESCAPE.lastIndex = at;
    if (!ESCAPE.test(text)) return undefined;
    at = ESCAPE.lastIndex - 1;
  }
  return undefined;
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end';

/** Where JSON that does not parse goes wrong: at the first token that cannot stand where it stands. Linear. */
export function jsonErrorAt(text: string, { start, end }: Range): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = start;
  for (;;) {
    const tokenAt = skipSpace(text, at);
    const stringEnd = endOfWholeString(text, tokenAt, end);
    MARK_OR_LITERAL.lastIndex = tokenAt;
    const [token, mark, literal] = stringEnd === undefined ? (MARK_OR_LITERAL.exec(text) ?? []) : [];
    if ((token === undefined && stringEnd === undefined) || tokenAt >= end) return Math.min(tokenAt, end);
    const inside = open.at(-1);
    if (mark === '{' || mark === '[') {
      if (!expected.startsWith('value')) return tokenAt;
      open.push(mark);
      expected = mark === '{' ? 'key or }' : 'value or ]';
    } else if (mark === '}' || mark === ']') {
      const closes = mark === '}' ? inside === '{' && expected !== 'key' : inside === '[' && expected !== 'value';
      if (!closes || (expected !== ', or end' && !expected.endsWith(mark))) return tokenAt;
      open.pop();
      expected = ', or end';
    } else if (mark === ',') {
      if (expected !== ', or end' || inside === undefined) return tokenAt;
      expected = inside === '{' ? 'key' : 'value';
    } else if (mark === ':') {
      if (expected !== ':') return tokenAt;
      expected = 'value';
    } else if (stringEnd !== undefined && expected.startsWith('key')) expected = ':';
    else if (expected.startsWith('value') && (stringEnd ?? literal) !== undefined) expected = ', or end';
    else return tokenAt;
    at = stringEnd ?? tokenAt + (token ?? '').length;
  }
}
