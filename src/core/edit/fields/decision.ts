import { spellingOf } from '../../language/completion/spelling';
import { lineAt, lineBelow, lineEnd, lineStart } from '../../language/lines';
import type { Gate, PlanPart, Verdict } from '../../model';
import { fieldOf } from '../../notation/fields';
import { cellsOf, tableAround } from '../../rules/tables';
import type { Range, TextEdit } from '../../text';
import { emptyField, replacing } from './emptyField';
import { encoded, isInYaml } from './encoding';
import { newFieldEdits } from './newFieldEdits';
import { isTableRow } from './replace';
import { isRow } from './tableCell';

export interface NewDecision {
  readonly verdict: Verdict;
  readonly date: string;
  /** With its `@`. */
  readonly by: string;
  readonly measured?: string;
  readonly note?: string;
}

/** Ways to write a gate's decision in place of the one it has, or as its first one; the most usual form first. */
export function* waysToDecide(part: PlanPart, gate: Gate, decision: NewDecision): Iterable<readonly TextEdit[]> {
  if (isInYaml(part, gate.location.start)) {
    yield* inYaml(part, gate, decision);
    return;
  }
  const { text } = part;
  const line = decisionLine(decision);
  const written = gate.decision ?? emptyDecision(text, gate);
  if (written !== undefined) {
    yield [{ range: written, newText: isTableRow(text, written.start) ? encoded(line, 'cell') : line }];
    return;
  }
  if (isRow(part, gate)) {
    for (const field of ['decision', 'status']) {
      if (field === 'decision' && !hasColumn(part, gate, 'decision') && hasColumn(part, gate, 'status')) continue;
      const edits = newFieldEdits(part, gate, new Map([[field, line]]));
      if (edits !== undefined) yield edits;
    }
    return;
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = text.slice(0, gate.location.end).trimEnd().length;
  const named = spellingOf(part).line('gate', 'decision', line);
  if (!/^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/.test(lineAt(text, gate.head.start)))
    yield [{ range: { start: end, end }, newText: `${eol}${eol}${named}` }];
  const below = newFieldEdits(part, gate, new Map([['decision', line]]));
  if (below !== undefined) yield below;
}

/** `Pass · 2026-05-02 · @maria · p95 = 3210 · note: …`. */
function decisionLine({ verdict, date, by, measured, note }: NewDecision): string {
  const word = verdict.charAt(0).toUpperCase() + verdict.slice(1);
  return [word, date, by, measured, note === undefined ? undefined : `note: ${note}`]
    .filter((each) => each !== undefined)
    .join(' · ');
}

function hasColumn({ text }: PlanPart, gate: Gate, field: string): boolean {
  const table = tableAround(text, lineStart(text, gate.head.start));
  return (
    table !== undefined &&
    cellsOf(text, table.header).some(({ start, end }) => fieldOf('gate', text.slice(start, end)) === field)
  );
}

const NAMED = /^([ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?)([\p{L}][\p{L} ]{0,30}?)(?:\*\*|__)?:(?:\*\*|__)?[ \t]*/u;

/** The value of a line `Decision: pending`, which says nothing yet. */
function emptyDecision(text: string, { location, head }: Gate): Range | undefined {
  for (
    let at: number | undefined = lineBelow(text, head.start);
    at !== undefined && at < location.end;
    at = lineBelow(text, at)
  ) {
    const line = lineAt(text, at);
    const label = NAMED.exec(line);
    if (label === null || fieldOf('gate', label[2] ?? '') !== 'decision') continue;
    const start = at + label[0].length;
    return { start, end: lineEnd(text, at) };
  }
  return undefined;
}

// ── YAML ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function* inYaml(part: PlanPart, gate: Gate, decision: NewDecision): Iterable<readonly TextEdit[]> {
  const { text } = part;
  const { start, end } = gate.location;
  const asText = isToldAsText(part);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (text[start] === '{') {
    const value = asText ? encoded(decisionLine(decision), 'yaml', true) : flow(decision);
    const empty = emptyField(part, gate, 'decision');
    if (empty !== undefined) yield [replacing(empty, value)];
    else if (gate.decision !== undefined) yield [{ range: withQuotes(text, gate.decision), newText: value }];
    else if (text[end - 1] === '}') {
      const at = text.slice(0, end - 1).trimEnd().length;
      yield [{ range: { start: at, end: at }, newText: `, decision: ${value}` }];
    }
    return;
  }
  const column = start - lineStart(text, start);
  const name = spellingOf(part).name('gate', 'decision');
  const indent = ' '.repeat(column);
  const value = asText ? ` ${encoded(decisionLine(decision), 'yaml')}` : block(decision, `${indent}  `, eol);
  const key = keyLine(text, gate, column);
  if (key !== undefined) {
    const to =
      gate.decision === undefined
        ? lineEnd(text, key)
        : Math.max(lineEnd(text, key), withQuotes(text, gate.decision).end);
    yield [{ range: { start: key, end: to }, newText: value }];
    return;
  }
  const at = text.slice(0, end).trimEnd().length;
  yield [{ range: { start: at, end: at }, newText: `${eol}${indent}${name}:${value}` }];
}

function withQuotes(text: string, { start, end }: Range): Range {
  const quote = text[start - 1];
  return (quote === '"' || quote === "'") && text[end] === quote ? { start: start - 1, end: end + 1 } : { start, end };
}

/** Whether the plan's decisions are written as one text each. */
function isToldAsText({ gates, text }: PlanPart): boolean {
  const told = gates.flatMap(({ decision }) =>
    decision === undefined ? [] : text.slice(decision.start, decision.end),
  );
  return told.length > 0 && told.every((each) => !/^\{|^["']?[A-Za-z_]+["']?[ \t]*:/.test(each));
}

/** Behind the colon of the gate's own key for decisions. */
function keyLine(text: string, { location }: Gate, column: number): number | undefined {
  for (
    let at: number | undefined = lineStart(text, location.start);
    at !== undefined && at < location.end;
    at = lineBelow(text, at)
  ) {
    const line = lineAt(text, at);
    const key = /^([ \t]*(?:-[ \t]+)*)["']?([\p{L}_][\p{L}\d_ -]*)["']?[ \t]*:/u.exec(line);
    if (key !== null && key[1]?.length === column && fieldOf('gate', key[2] ?? '') === 'decision')
      return at + key[0].length;
  }
  return undefined;
}

function entries(decision: NewDecision): readonly (readonly [string, string])[] {
  const { verdict, date, by, measured, note } = decision;
  return Object.entries({ verdict, date, by, measured, note }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
}

function block(decision: NewDecision, indent: string, eol: string): string {
  return entries(decision)
    .map(([name, value]) => `${eol}${indent}${name}: ${name === 'date' ? value : encoded(value, 'yaml')}`)
    .join('');
}

function flow(decision: NewDecision): string {
  return `{ ${entries(decision)
    .map(([name, value]) => `${name}: ${name === 'date' ? value : encoded(value, 'yaml', true)}`)
    .join(', ')} }`;
}
