import type { Field, Reference, Texts, Verification } from '../model';
import type { Location } from '../text';
import { orNothing } from './empty';
import type { Value } from './markdownDrafts';
import { BLANKED } from './markdownInline';
import { cut, type Run, withoutMarks } from './markdownRun';
import { parseReferences } from './references';
import { isNone } from './values';

/** The file that values are taken from. */
export interface Origin {
  readonly file: string;
  readonly text: string;
  readonly isKnown: (id: string) => boolean;
}

/** The value as its characters stand in the file, without emphasis around all of it; lines are folded. */
export function textOf({ run, at }: Value, origin: Origin): Field<string> {
  const { start, end } = withoutMarks(run);
  const location = { file: origin.file, start: at + start, end: at + end };
  return { ...location, value: folded(origin.text.slice(location.start, location.end)) };
}

export function textsOf(values: readonly Value[] | undefined, origin: Origin): Texts {
  if (values === undefined) return orNothing([]);
  return orNothing(values.map((value) => textOf(value, origin)).filter(({ value }) => !isNone(value)));
}

/** A title: no emphasis anywhere, and no punctuation that leads over to what follows. */
export function titleOf(value: Value, origin: Origin): Field<string> {
  const run = withoutMarks(withoutTail(withoutMarks(value.run)));
  const start = value.at + run.start;
  let title = '';
  for (let i = 0; i < run.text.length; i++) {
    const written = origin.text[start + i] ?? '';
    if (run.text[i] !== BLANKED || written === '`') title += written;
  }
  return { file: origin.file, start, end: value.at + run.end, value: folded(title) };
}

function withoutTail(run: Run): Run {
  const tail = /[ \t:—–-]{0,20}$/.exec(run.text.slice(-20))?.[0] ?? '';
  return tail === '' ? run : cut(run, 0, run.text.length - tail.length);
}

function folded(text: string): string {
  if (!/[\n\r]| {2}/.test(text)) return text;
  return text
    .split(/[\n\r]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

export function locationOf({ run, at }: Value, origin: Origin): Location {
  const { start, end } = withoutMarks(run);
  return { file: origin.file, start: at + start, end: at + end };
}

export function referencesOf(values: readonly Value[] | undefined, origin: Origin): readonly Reference[] {
  if (values === undefined) return orNothing([]);
  return orNothing(
    values.flatMap((value) =>
      parseReferences(withoutMarks(value.run).text, locationOf(value, origin), { isKnown: origin.isKnown }),
    ),
  );
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
  const marks: { start: number; end: number }[] = first === undefined ? [] : [{ start: 0, end: 0 }];
  let expected = first === undefined ? undefined : first + 1;
  for (const match of run.text.matchAll(/(?:^|\s)(\d{1,2})[.)]\s+(?=\S)/g)) {
    const number = Number(match[1]);
    if (expected === undefined ? number > 1 : number !== expected) continue;
    expected = number + 1;
    marks.push({ start: match.index, end: match.index + match[0].length });
  }
  if (marks.length === 0) return [value];
  return marks.map(({ end }, index) => {
    const stop = marks[index + 1]?.start ?? run.text.length;
    const step = run.text.slice(end, stop).replace(/[\s;,·|•→>-]{1,10}$/, '');
    return { run: cut(run, end, end + step.length), at };
  });
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
