import { knownNames, mayNameField, plainName, SEVERAL, SYNONYMS } from '../fields';
import { hasIdShape } from '../ids';
import { BLANKED, type Span } from './inline';
import { cut, isBlank, type Run, withoutMarks } from './run';

/** A field as a line writes it. Whose field it is follows from where the line stands. */
export interface WrittenField {
  /** In its plain form; the usual name of a value that needs none (`P0`, `@maria`, `3h`, `after T1`); empty for a remark. */
  readonly name: string;
  readonly isBold: boolean;
  readonly value: Run;
  /** Name and value. */
  readonly whole: Run;
}

/** A line in its parts: `Title (2h) | P0 | Blocked by: ft-1`. */
export interface WrittenLine {
  /** What stands before the first field. */
  readonly lead: Run;
  readonly fields: readonly WrittenField[];
}

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

const FIELD_NAMES: ReadonlySet<string> = new Set(
  (['plan', 'phase', 'verification', 'bead', 'gate', 'scenario'] as const).flatMap(knownNames),
);

/** Whether anything has a field of this name. */
export function isFieldName(name: string): boolean {
  if (!mayNameField(name) || !/^[^\p{L}\p{N}#]*[\p{L}#]/u.test(name)) return false;
  const plain = plainName(name);
  if (FIELD_NAMES.has(plain)) return true;
  return SEVERAL.test(plain) && plain.split(SEVERAL).some((part) => FIELD_NAMES.has(part.trim()));
}

function readLine(run: Run, hasTitle: boolean): WrittenLine {
  const segments = divide(run);
  const fields: WrittenField[] = [];
  let lead: Run | undefined;
  for (const [index, segment] of segments.entries()) {
    const last = fields.at(-1);
    const bare = bareField(segment);
    if (last !== undefined && HOLDS_DIVIDERS.has(last.name)) {
      fields[fields.length - 1] = goesOn(run, last, segment.end);
      continue;
    }
    if (bare !== undefined) {
      fields.push(bare);
      continue;
    }
    const part = readSegment(segment, { isTitle: hasTitle && index === 0 });
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
  for (const match of run.text.matchAll(/(?:^|(?<=\s))[|·•](?=\s|$)/g)) {
    parts.push(cut(run, from, match.index));
    from = match.index + 1;
  }
  if (from === 0) return [run];
  parts.push(cut(run, from, run.text.length));
  const filled = parts.filter((part) => !isBlank(part));
  const isDivided = filled.some((part) => bareField(part) !== undefined || nameAt(part, 0) !== undefined);
  return isDivided ? filled : [run];
}

type Boundary = 'dash' | 'stop' | 'comma' | 'bracket' | 'mark';

/** Places inside a segment where a field may begin; before a sign, an arrow or bold text only one that needs no name. */
const BOUNDARY =
  /\s(?:—|–|--?)\s|[;.,]\s|[；，。]|[([{（]|[ \t](?=[←⏸⏳⏹\u2600-\u27BF\uD83C-\uD83E])|[ \t](?=\u205F{2,3}[A-Za-z])/g;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '（': '）' };

function boundaryOf(mark: string): Boundary {
  const char = mark.trim()[0] ?? '';
  if (char === '') return 'mark';
  if (char in CLOSING) return 'bracket';
  if (char === ',' || char === '，') return 'comma';
  return /[;.；。]/.test(char) ? 'stop' : 'dash';
}

/** The fields of a stretch without dividers: `Title (after T1) — owner: @jo. If it fails: see F3`. */
function readSegment(run: Run, { isBracket = false, isTitle = false }): WrittenLine {
  const { text } = run;
  const fields: WrittenField[] = [];
  const first = nameAt(run, 0, true);
  // `**Task 1.1: Timeout per lift:**` ends in a colon that leads to nothing on its line.
  const isOnlyTitle = first !== undefined && (!first.isBold || isBlank(cut(run, first.valueAt, text.length)));
  let open = isTitle && isOnlyTitle ? undefined : first;
  let leadEnd = open === undefined ? undefined : 0;
  let from = 0;
  const closeOpen = (at: number) => {
    if (open === undefined) return;
    const { name, isBold, start, valueAt } = open;
    const whole = cut(run, start, at);
    fields.push({ name, isBold, value: withoutMarks(cut(run, valueAt, at)), whole });
    open = undefined;
  };
  /** Text that follows a field in brackets makes the brackets a part of the lead. */
  const leadGoesOn = (at: number) => {
    if (leadEnd !== undefined && open === undefined && !/^[\s.,;:—–-]*$/.test(text.slice(from, at)))
      leadEnd = undefined;
  };
  const blockers = open === undefined && !isTitle ? blockersAt(run, 0) : undefined;
  if (blockers !== undefined) {
    fields.push(blockers.field);
    leadEnd = 0;
    from = blockers.end;
  }
  // Behind a field, only another name can end it; before one, only a name, brackets or blockers count.
  const hasMore =
    open === undefined
      ? /[:：([{（←]|\b(?:block|depend|requires|needs|after|wait)/i.test(text) || TRAILING_STATUS.test(text)
      : /[:：]/.test(text.slice(open.valueAt));
  for (const match of hasMore ? text.matchAll(BOUNDARY) : []) {
    const at = match.index;
    if (at < from) continue;
    const kind = boundaryOf(match[0]);
    const after = at + match[0].length;
    const isOpen = open !== undefined;
    const name = kind === 'mark' ? undefined : nameAfter(run, after, kind, isOpen, isBracket);
    if (name !== undefined && kind !== 'bracket') {
      leadGoesOn(at);
      closeOpen(at);
      leadEnd ??= at;
      open = name;
      from = name.valueAt;
      continue;
    }
    if (isOpen) continue;
    const close = kind === 'bracket' ? text.indexOf(CLOSING[match[0]] ?? ')', after) : -1;
    if (close >= 0) {
      const inside = readBracket(cut(run, after, close));
      if (inside === undefined) continue;
      leadGoesOn(at);
      leadEnd ??= at;
      fields.push(...inside);
      from = close + 1;
    } else if (kind !== 'bracket') {
      const found = blockersAt(run, after) ?? (kind === 'comma' ? undefined : trailingStatus(run, after));
      if (found === undefined) continue;
      leadGoesOn(at);
      leadEnd ??= at;
      fields.push(found.field);
      from = found.end;
    }
  }
  leadGoesOn(text.length);
  closeOpen(text.length);
  return { lead: cut(run, 0, leadEnd ?? text.length), fields };
}

/** `… — **in progress**` and `… ⏸️ deferred` end in the status; `… — 40 %` in how much is done. */
const TRAILING_STATUS =
  /\b(?:done|completed?|closed|progress|wip|started|pending|to-?do|deferred|postponed|cancell?ed|skipped|shipped|claimed|doing|merged|hold|todo|blocked)\W*(?:\([^()]*\)\W*)?$|\d\s?%\W*$/i;

function trailingStatus(run: Run, at: number): { readonly field: WrittenField; readonly end: number } | undefined {
  const { length } = run.text;
  if (length - at > 60 || !TRAILING_STATUS.test(run.text.slice(at))) return undefined;
  const value = withoutMarks(cut(run, at, length));
  const text = value.text.replace(/\s/g, ' ').trim();
  if (!STATUS.test(text.replace(/\s*\([^()]*\)$/, '')) && !/^\d{1,3}\s?%(?:\s(?:done|complete))?$/i.test(text))
    return undefined;
  return { field: { name: 'status', isBold: false, value, whole: value }, end: length };
}

function nameAfter(run: Run, after: number, kind: Boundary, isOpen: boolean, isBracket: boolean): Name | undefined {
  if (kind === 'bracket' || (kind === 'comma' && !isBracket)) return undefined;
  const name = nameAt(run, after);
  // After a full stop, a word in lower case goes on with the prose.
  if (name === undefined || (run.text[after - 2] === '.' && !/^\W*\p{Lu}/u.test(run.text.slice(after, after + 12))))
    return undefined;
  return isOpen && name.isBold && !isFieldName(name.name) ? undefined : name;
}

interface Name {
  readonly name: string;
  readonly isBold: boolean;
  /** Offset in the text of the run, as is the next. */
  readonly start: number;
  readonly valueAt: number;
}

const LONGEST_NAME = 64;
/** The name of a field at an offset: a known one before a colon, or, where a line begins, any in bold. */
function nameAt(run: Run, at: number, isLineStart = at === 0): Name | undefined {
  const { text } = run;
  const bold = isLineStart ? boldAt(run, at) : undefined;
  const colon = colonAt(text, at);
  const next = text.charCodeAt(colon + 1);
  const isWide = text[colon] === '：';
  const isColon =
    colon >= 0 && colon - at <= LONGEST_NAME && (Number.isNaN(next) || next <= 32 || next === BLANK || isWide);
  const name = isColon ? text.slice(at, colon) : '';
  const behind = bold === undefined ? -1 : bold.end - run.start;
  const isBold = isColon && behind >= 0 && behind <= colon + 1 && REMARK.test(text.slice(behind, colon + 1));
  if (!isColon || !(isFieldName(name) || (isBold && MAY_BE_NAME.test(name)))) {
    return bold === undefined ? undefined : dashedName(run, bold);
  }
  return {
    name: plainName(name),
    isBold,
    start: at,
    valueAt: colon + 1,
  };
}

/** The first colon, of either width. */
function colonAt(text: string, from: number): number {
  const colon = text.indexOf(':', from);
  const wide = text.indexOf('：', from);
  return colon < 0 || (wide >= 0 && wide < colon) ? wide : colon;
}

const BLANK = BLANKED.charCodeAt(0);
const REMARK = /^\s*(?:\([^()]*\)\s*)?[:：]?$/;
const MAY_BE_NAME = /^[^|·•;\n]*\p{L}[^|·•;\n]*$/u;

/** `**Goal** — build it`. */
function dashedName(run: Run, bold: Span): Name | undefined {
  const name = run.text.slice(bold.start - run.start, bold.end - run.start);
  const dash = /^\s*(?:\([^()]{0,60}\)\s*)?(?:—|–|--?|:|：)(?:\s|$)/.exec(
    run.text.slice(bold.end - run.start, bold.end - run.start + 80),
  );
  if (dash === null || !isFieldName(name)) return undefined;
  return {
    name: plainName(name),
    isBold: true,
    start: bold.outerStart - run.start,
    valueAt: bold.end - run.start + dash[0].length,
  };
}

function boldAt(run: Run, at: number): Span | undefined {
  if (run.spans.length === 0) return undefined;
  const first = run.text.slice(at).search(/\S/);
  const start = run.start + at + Math.max(0, first);
  return run.spans.find(({ kind, start: from, end }) => kind === 'strong' && from <= start && end > start);
}

/** Fields in brackets: all of it must be fields, or it is a remark. */
function readBracket(run: Run): readonly WrittenField[] | undefined {
  const bare = bareField(run);
  if (bare !== undefined) return [bare];
  if (/[:：]/.test(run.text)) {
    const { lead, fields } = readSegment(run, { isBracket: true });
    if (fields.length === 0) return undefined;
    if (isBlank(lead)) return fields;
    const first = bareField(lead);
    return first === undefined ? undefined : [first, ...fields];
  }
  if (!run.text.includes(',')) return undefined;
  const fields: WrittenField[] = [];
  let hasBlockers = false;
  let isRemark = false;
  let from = 0;
  for (const part of run.text.split(',')) {
    const field = bareField(cut(run, from, from + part.length));
    hasBlockers ||= field?.name === 'blocked by';
    isRemark ||= field === undefined && !/^\s*[\p{L}-]{1,20}\s*$/u.test(part);
    if (field !== undefined) fields.push(field);
    from += part.length + 1;
  }
  // `(decision, after A1)`: a single word beside blockers says what kind of thing it is.
  const isAll = fields.length === run.text.split(',').length;
  return isAll || (hasBlockers && !isRemark) ? fields : undefined;
}

const STATUS =
  /^(?:[✅☑✔✓🚧🔄⏸⏳]\uFE0F?\s*)?(?:done|completed?|closed|in[ -]progress|wip|not started|pending|to-?do|deferred|postponed|on hold|cancell?ed|skipped|shipped|claimed|doing|merged)$/iu;

const BARE: readonly (readonly [string, RegExp])[] = [
  ['priority', /^(?:prio(?:rity)?\s+)?P[0-4]$/i],
  ['owner', /^@[\p{L}\p{N}][\p{L}\p{N}._-]*$/u],
  [
    'estimate',
    /^(?:(?:est(?:imate)?\.?|effort)\s+)?[~≈]?\s?\d+(?:[.,]\d+)?(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?\s?(?:m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/i,
  ],
  ['status', STATUS],
];
const BARE_NAMES: ReadonlySet<string> = new Set([...BARE.map(([name]) => name), 'blocked by', 'blocks', '']);

/** How each of these begins. */
const MAY_BE_BARE =
  /^\s*["`]?(?:P(?:\d|rio|end|ost)|@|[~≈]|\d|est|effort|done|complete|closed|in|wip|not|to|defer|cancel|ship|claim|doing|merged|skip|on hold|block|unblock|d[eé]pend|abh|nach\s|requires|needs|after|wait|[^\x20-\x7F])/i;

/** A value that says by itself what it is. */
function bareField(run: Run): WrittenField | undefined {
  if (run.text.length > 200 || !MAY_BE_BARE.test(run.text)) return undefined;
  const value = withoutMarks(run);
  const text = value.text.replace(/\s/g, ' ').trim();
  const name = BARE.find(([, shape]) => shape.test(text))?.[0];
  if (name !== undefined) return { name, isBold: false, value, whole: value };
  const blockers = blockersAt(value, 0);
  return blockers !== undefined && isBlank(cut(value, blockers.end, value.text.length)) ? blockers.field : undefined;
}

const BLOCKERS =
  /^[^\p{L}\p{N}]*(?:(blocked (?:by|on|until|till)|depends? on|dependent on|abhängig von|dépend de|depende de|blocks|unblocks)\s|(?:requires|needs|after|waits? for|waiting (?:for|on)|nach)\s|←)\s*(?=\S)/iu;
const MAY_BLOCK = /^[^\p{L}\p{N}]*(?:block|depend|dépend|abh|unblock|requires|needs|after|nach\s|wait|←)/iu;
const THING = /^(?:and\s+|all\s+|of\s+)*(?:phases?|stages?|milestones?|gates?|tasks?|beads?|steps?)\s+(?=\S)/iu;

/** `blocked by ft-1 and ft-2` without a colon: only ids may follow, so that prose stays prose. */
function blockersAt(run: Run, at: number): { readonly field: WrittenField; readonly end: number } | undefined {
  if (!MAY_BLOCK.test(run.text.slice(at, at + 20))) return undefined;
  const phrase = BLOCKERS.exec(run.text.slice(at, at + 200));
  if (phrase === null) return undefined;
  const from = at + phrase[0].length;
  const stop = run.text.slice(from).search(/\s(?:—|–|--?)\s|[;.(]\s|\s[([]|\.$/);
  const end = stop < 0 ? run.text.length : from + stop;
  const value = withoutMarks(cut(run, from, end));
  const words = value.text
    .replace(THING, '')
    .split(/\s+|,|\+|→/)
    .filter((word) => word !== '');
  const isList = words.every(
    (word) => /^(?:and|or|to|through|[&–—-]|phases?|gates?|tasks?|beads?|stages?|steps?)$/i.test(word) || isId(word),
  );
  const isLed = phrase[1] !== undefined && isId(words[0] ?? '');
  if (words.length === 0 || !(isList || isLed)) return undefined;
  const name = /^(?:un)?blocks$/i.test(phrase[1] ?? '') ? 'blocks' : 'blocked by';
  return { field: { name, isBold: false, value, whole: cut(run, at, end) }, end };
}

function isId(word: string): boolean {
  return hasIdShape(word.replace(/[.,:]+$/, ''));
}
