import type { Field, Reference, Texts, Verification } from '../../model';
import type { Location } from '../../text';
import { numberedSteps } from '../cascade';
import { NOTHING, orNothing } from '../empty';
import { parseReferences } from '../references';
import { isNone } from '../values';
import type { Value } from './drafts';
import { BLANKED } from './inline';
import { cut, type Run, withoutMarks } from './run';

/** Where values are taken from: a stretch of a file. */
export interface Origin {
  readonly file: string;
  readonly text: string;
  /** Offset of `text` in the file. Offsets of values count from here. */
  readonly base: number;
  readonly isKnown: (id: string) => boolean;
}

/** The value as its characters stand in the file, without emphasis around all of it; lines are folded. */
export function textOf({ run, at }: Value, { file, text, base }: Origin): Field<string> {
  const plain = withoutMarks(run);
  const start = at + plain.start;
  const end = at + plain.end;
  return { file, start: base + start, end: base + end, value: folded(text.slice(start, end)) };
}

export function textsOf(values: readonly Value[] | undefined, origin: Origin): Texts {
  if (values === undefined || values.length === 0) return NOTHING;
  const texts: Field<string>[] = [];
  for (const value of values) {
    const text = textOf(value, origin);
    if (!isNone(text.value)) texts.push(text);
  }
  return orNothing(texts);
}

/** A title: no emphasis anywhere, and no punctuation that leads over to what follows. */
export function titleOf(value: Value, { file, text, base }: Origin): Field<string> {
  const run = withoutMarks(withoutTail(withoutMarks(value.run)));
  const start = value.at + run.start;
  const raw = text.slice(start, value.at + run.end);
  return { file, start: base + start, end: base + value.at + run.end, value: folded(withoutBlanked(run, raw)) };
}

function withoutBlanked(run: Run, raw: string): string {
  if (!run.text.includes(BLANKED)) return raw;
  let title = '';
  for (let i = 0; i < raw.length; i++) if (run.text[i] !== BLANKED || raw[i] === '`') title += raw[i];
  return title;
}

function withoutTail(run: Run): Run {
  let end = run.text.length;
  while (end > 0 && TAIL.includes(run.text[end - 1] ?? '')) end--;
  return end === run.text.length ? run : cut(run, 0, end);
}

const TAIL = ' \t:—–-';

function folded(text: string): string {
  if (!text.includes('\n') && !text.includes('\r') && !text.includes('  ')) return text;
  return text
    .split(/[\n\r]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

export function locationOf({ run, at }: Value, { file, base }: Origin): Location {
  const { start, end } = withoutMarks(run);
  return { file, start: base + at + start, end: base + at + end };
}

export function referencesOf(values: readonly Value[] | undefined, origin: Origin): readonly Reference[] {
  if (values === undefined || values.length === 0) return NOTHING;
  const references: Reference[] = [];
  for (const value of values) {
    references.push(...parseReferences(withoutMarks(value.run).text, locationOf(value, origin), origin));
  }
  return orNothing(references);
}

/** Commands stand as code and nothing else; everything else is for a person to do. */
export function verificationOf(value: Value, origin: Origin, isCommand = false): Verification | undefined {
  const run = withoutMarks(value.run);
  const code = run.spans.find((span) => span.kind === 'code' && span.outerStart === run.start);
  const isAllCode = code !== undefined && /^[\s.;]*$/.test(run.text.slice(code.outerEnd - run.start));
  if (code !== undefined && (isAllCode || isCommand)) {
    const inside = { run: cut(run, code.start - run.start, code.end - run.start), at: value.at };
    return { ...textOf(inside, origin), kind: 'command' };
  }
  const text = textOf(value, origin);
  if (isNone(text.value)) return undefined;
  return { ...text, kind: value.isCode || isCommand ? 'command' : 'manual' };
}

/** `1) first · 2) second` as its steps; a text without numbers is one. `first`: the number of what stands before `2)`. */
export function splitNumbered(value: Value, first?: number): readonly Value[] {
  const { run, at } = value;
  const steps = numberedSteps(run.text, first);
  return steps.length === 0 ? [value] : steps.map(({ start, end }) => ({ run: cut(run, start, end), at }));
}

/** Where run-in numbering begins in a text, if it does. */
export function numberedFrom({ run }: Value): number | undefined {
  const first = /(?:^|\s)[01][.)]\s+(?=\S)/.exec(run.text);
  return first !== null && /\s2[.)]\s|\s1[.)]\s/.test(run.text.slice(first.index + 1)) ? first.index : undefined;
}

/** `docs`, `data` as two values. */
export function splitList(value: Value): readonly Value[] {
  const run = withoutMarks(value.run);
  const parts: Value[] = [];
  let from = 0;
  for (const part of run.text.split(/[,;]/)) {
    parts.push({ run: cut(run, from, from + part.length), at: value.at });
    from += part.length + 1;
  }
  return parts.filter((part) => part.run.text.trim() !== '');
}

/** A path or name, without the code marks around it. */
export function nameOf(value: Value, origin: Origin): Field<string> {
  const run = withoutMarks(value.run);
  const code = run.spans.find(({ kind, outerStart }) => kind === 'code' && outerStart === run.start);
  const isAll = code !== undefined && code.outerEnd === run.end;
  return textOf(isAll ? { run: cut(run, code.start - run.start, code.end - run.start), at: value.at } : value, origin);
}
