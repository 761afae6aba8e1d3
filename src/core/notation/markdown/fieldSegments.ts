import {
  bareField,
  bareFieldsAt,
  blockersAt,
  doneWhenAt,
  ownerBehind,
  TRAILING_STATUS,
  trailingStatus,
} from './bareFields';
import { isFieldName, type Name, nameAt } from './fieldNames';
import { cut, isBlank, type Run, type WrittenField, type WrittenLine, withoutMarks } from './run';

type Boundary = 'dash' | 'stop' | 'comma' | 'bracket' | 'mark';

/** Places inside a segment where a field may begin; before a sign, an arrow or bold text only one that needs no name. */
const BOUNDARY =
  /\s(?:—|–|--?)\s|[;.,]\s|[；，。]|[([{（]|[ \t](?=[←→⏸⏳⏹\u2600-\u27BF\uD83C-\uD83E])|[ \t](?=\u205F{2,3}[A-Za-z])/g;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '（': '）' };

function boundaryOf(mark: string): Boundary {
  const char = mark.trim()[0] ?? '';
  if (char === '') return 'mark';
  if (char in CLOSING) return 'bracket';
  if (char === ',' || char === '，') return 'comma';
  return /[;.；。]/.test(char) ? 'stop' : 'dash';
}

interface SegmentOptions {
  readonly isBracket?: boolean;
  readonly isTitle?: boolean;
}

/**
 * The fields of a stretch without dividers: `Title (after T1) — owner: @jo. If it fails: see F3`. `first` is the name at
 * its start.
 */
export function readSegment(run: Run, first: Name | undefined, options: SegmentOptions): WrittenLine {
  const isAlone = first !== undefined && options.isTitle !== true && !/[:：]/.test(run.text.slice(first.valueAt));
  if (isAlone) return { lead: cut(run, 0, 0), fields: [namedField(run, first, run.text.length)] };
  return readMixed(run, first, options);
}

/** A field up to an offset. */
function namedField(run: Run, { name, isBold, start, valueAt }: Name, end: number): WrittenField {
  return { name, isBold, value: withoutMarks(cut(run, valueAt, end)), whole: cut(run, start, end) };
}

function readMixed(
  run: Run,
  first: Name | undefined,
  { isBracket = false, isTitle = false }: SegmentOptions,
): WrittenLine {
  const { text } = run;
  const fields: WrittenField[] = [];
  // `**Task 1.1: Timeout per lift:**` ends in a colon that leads to nothing on its line.
  const isOnlyTitle = first !== undefined && (!first.isBold || isBlank(cut(run, first.valueAt, text.length)));
  let open = isTitle && isOnlyTitle ? undefined : first;
  let leadEnd = open === undefined ? undefined : 0;
  let from = 0;
  // Where the last brackets stand that hold more than fields.
  let remarkStart = 0;
  let remarkEnd = 0;
  const closeOpen = (at: number) => {
    if (open === undefined) return;
    fields.push(namedField(run, open, at));
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
      ? /[:：([{（←@]|\s[—–-]{1,2}\s+(?:P\d|[~≈]?\d)|\b(?:block|d[eé]pend|dipende|abh|requires|needs|after|once|nach|apr[eè]s|desp|depois|dopo|wait|done when)|hängt|依/i.test(
          text,
        ) || TRAILING_STATUS.test(text)
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
      if (inside === undefined) {
        remarkStart = at;
        remarkEnd = close + 1;
        continue;
      }
      leadGoesOn(at);
      leadEnd ??= at;
      fields.push(...inside);
      from = close + 1;
    } else if (kind !== 'bracket') {
      const bare = kind === 'dash' ? bareFieldsAt(run, after) : undefined;
      if (bare !== undefined) {
        leadGoesOn(at);
        leadEnd ??= at < remarkEnd ? remarkStart : at;
        fields.push(...bare.fields);
        from = bare.end;
        continue;
      }
      const found =
        blockersAt(run, after) ??
        (kind === 'comma' ? undefined : trailingStatus(run, after)) ??
        (kind === 'dash' || kind === 'stop' ? doneWhenAt(run, after) : undefined);
      if (found === undefined) continue;
      leadGoesOn(at);
      leadEnd ??= at < remarkEnd ? remarkStart : at;
      fields.push(found.field);
      from = Math.max(found.end, at < remarkEnd ? remarkEnd : 0);
    }
  }
  leadGoesOn(text.length);
  closeOpen(text.length);
  const owner = isTitle && fields.length === 0 ? ownerBehind(run) : undefined;
  if (owner !== undefined) {
    fields.push(owner);
    leadEnd = owner.whole.start - run.start;
  }
  return { lead: cut(run, 0, leadEnd ?? text.length), fields };
}

function nameAfter(run: Run, after: number, kind: Boundary, isOpen: boolean, isBracket: boolean): Name | undefined {
  if (kind === 'bracket' || (kind === 'comma' && !isBracket)) return undefined;
  const name = nameAt(run, after);
  // After a full stop, a word in lower case goes on with the prose.
  if (name === undefined || (run.text[after - 2] === '.' && !/^\W*\p{Lu}/u.test(run.text.slice(after, after + 12))))
    return undefined;
  return isOpen && name.isBold && !isFieldName(name.name) ? undefined : name;
}

/** Fields in brackets: all of it must be fields, or it is a remark. */
export function readBracket(run: Run): readonly WrittenField[] | undefined {
  const bare = bareField(run);
  if (bare !== undefined) return [bare];
  if (/[:：]/.test(run.text)) {
    const { lead, fields } = readSegment(run, nameAt(run, 0), { isBracket: true });
    if (fields.length === 0) return undefined;
    if (isBlank(lead)) return fields;
    const first = bareField(lead);
    return first === undefined ? undefined : [first, ...fields];
  }
  const parts = run.text.split(/[,;]/);
  if (parts.length === 1) return undefined;
  const fields: WrittenField[] = [];
  let hasBlockers = false;
  let isRemark = false;
  let from = 0;
  for (const part of parts) {
    const field = bareField(cut(run, from, from + part.length));
    hasBlockers ||= field?.name === 'blocked by';
    isRemark ||= field === undefined && !/^\s*[\p{L}-]{1,20}\s*$/u.test(part);
    if (field !== undefined) fields.push(field);
    from += part.length + 1;
  }
  // `(decision, after A1)`: a single word beside blockers says what kind of thing it is.
  const isAll = fields.length === parts.length;
  // `(P0; depends on A1; beside A3)`: what begins with a priority is no remark.
  return isAll || (hasBlockers && !isRemark) || fields[0]?.name === 'priority' ? fields : undefined;
}
