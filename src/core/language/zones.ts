import type { PlanPart } from '../model';
import type { Range } from '../text';

/** Stretches of Markdown whose words are not the plan's own. */
export interface Zone extends Range {
  readonly kind: 'code' | 'comment' | 'quote';
}

const known = new WeakMap<PlanPart, readonly Zone[]>();
const NO_ZONES: readonly Zone[] = [];

/** Fenced code, HTML comments and block quotes, in the order of the file. Worked out once for each reading; linear. */
export function zonesOf(part: PlanPart): readonly Zone[] {
  if (part.notation !== 'markdown') return NO_ZONES;
  const before = known.get(part);
  if (before !== undefined) return before;
  const zones = zonesIn(part.text);
  known.set(part, zones);
  return zones;
}

export function zoneAt(part: PlanPart, offset: number): Zone | undefined {
  return zoneAmong(zonesOf(part), offset);
}

/** The one of these zones, in the order of the file, that holds the offset. Logarithmic. */
export function zoneAmong(zones: readonly Zone[], offset: number): Zone | undefined {
  let low = 0;
  let high = zones.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((zones[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const zone = zones[low];
  return zone !== undefined && zone.start <= offset ? zone : undefined;
}

const START = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,}|>|<!--)/gm;

/** The same of a text in Markdown that belongs to no reading. */
export function zonesIn(text: string): readonly Zone[] {
  const zones: Zone[] = [];
  START.lastIndex = 0;
  for (let match = START.exec(text); match !== null; match = START.exec(text)) {
    const mark = match[1] ?? '';
    const start = match.index;
    let end: number;
    if (mark === '>') end = lineEnd(text, start);
    else if (mark === '<!--') {
      const close = text.indexOf('-->', start);
      end = close < 0 ? text.length : close + 3;
    } else end = fenceEnd(text, start, mark);
    zones.push({ kind: mark === '>' ? 'quote' : mark === '<!--' ? 'comment' : 'code', start, end });
    START.lastIndex = end;
  }
  return zones;
}

function fenceEnd(text: string, start: number, mark: string): number {
  for (let line = lineEnd(text, start); line < text.length; line = lineEnd(text, line + 1)) {
    const content = text.slice(line + 1, lineEnd(text, line + 1)).trim();
    const isClosing = content.startsWith(mark) && content === (mark[0] ?? '').repeat(content.length);
    if (isClosing) return lineEnd(text, line + 1);
  }
  return text.length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
