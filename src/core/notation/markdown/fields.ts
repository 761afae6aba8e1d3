import { SYNONYMS } from '../fieldTable';
import { BARE_NAMES, bareField } from './bareFields';
import { nameAt } from './fieldNames';
import { readSegment } from './fieldSegments';
import { cut, isBlank, type Run, type WrittenField, type WrittenLine, withoutMarks } from './run';

export function writtenLine(run: Run): WrittenLine {
  run.written ??= mayHoldFields(run) ? readLine(run, false) : { lead: run, fields: NO_FIELDS };
  return run.written;
}

/** The same where a title comes first: in `Status: show it | P1` that is `Status: show it`. */
export function titledLine(run: Run): WrittenLine {
  run.titled ??= mayHoldFields(run) ? readLine(run, true) : { lead: run, fields: NO_FIELDS };
  return run.titled;
}

const NO_FIELDS: readonly WrittenField[] = Object.freeze([]);

/** A quick look that spares most prose the slow one. */
function mayHoldFields({ text }: Run): boolean {
  return (
    /[:：|·•([{@（←]|\s(?:—|–|--?)\s/.test(text) ||
    /^\s*P\d\s*$|\b(?:block|depend|requires|needs|after|wait)/i.test(text) ||
    SIGN_BEFORE_WORD.test(text)
  );
}

/** `⏸️ deferred` behind a title. */
const SIGN_BEFORE_WORD = /\s[\u2190-\uFFFF]+\s+[A-Za-z]/;

function readLine(run: Run, hasTitle: boolean): WrittenLine {
  const segments = divide(run);
  const fields: WrittenField[] = [];
  let lead: Run | undefined;
  for (const [index, segment] of segments.entries()) {
    const last = fields.at(-1);
    const name = nameAt(segment, 0);
    const bare = name?.isPlain ? undefined : bareField(segment);
    if (last !== undefined && HOLDS_DIVIDERS.has(last.name)) {
      fields[fields.length - 1] = goesOn(run, last, segment.end);
      continue;
    }
    if (bare !== undefined) {
      fields.push(bare);
      continue;
    }
    const part = readSegment(segment, name, { isTitle: hasTitle && index === 0 });
    if (isBlank(part.lead)) lead ??= part.lead;
    else if (last !== undefined && !BARE_NAMES.has(last.name)) {
      fields[fields.length - 1] = goesOn(run, last, part.lead.end);
    } else if (lead === undefined || isBlank(lead)) lead = part.lead;
    else fields.push({ name: '', isBold: false, value: withoutMarks(part.lead), whole: part.lead });
    fields.push(...part.fields);
  }
  return { lead: lead ?? cut(run, 0, 0), fields };
}

function goesOn(run: Run, field: WrittenField, end: number): WrittenField {
  const to = end - run.start;
  return {
    ...field,
    value: withoutMarks(cut(run, field.value.start - run.start, to)),
    whole: cut(run, field.whole.start - run.start, to),
  };
}

/** Values that are themselves divided: `Decision: Pass · 2026-05-02 · @maria`. */
const HOLDS_DIVIDERS: ReadonlySet<string> = new Set([...SYNONYMS.gate.decision, ...SYNONYMS.gate.approvals]);

/** `A | B · C` in its parts, when at least one of them is a field; else whole. */
function divide(run: Run): readonly Run[] {
  if (!/[|·•]/.test(run.text)) return [run];
  const parts: Run[] = [];
  let from = 0;
  for (let found = DIVIDER.exec(run.text); found !== null; found = DIVIDER.exec(run.text)) {
    parts.push(cut(run, from, found.index));
    from = found.index + 1;
  }
  if (from === 0) return [run];
  parts.push(cut(run, from, run.text.length));
  const filled = parts.filter((part) => !isBlank(part));
  const isDivided = filled.some((part) => nameAt(part, 0) !== undefined || bareField(part) !== undefined);
  return isDivided ? filled : [run];
}

const DIVIDER = /(?:^|(?<=\s))[|·•](?=\s|$)/g;
