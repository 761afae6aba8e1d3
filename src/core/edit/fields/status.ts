import { lineAt, lineEnd, lineStart } from '../../language/lines';
import type { Bead, PlanPart, Status } from '../../model';
import { isOrnament, parseStatus, statusOfSign } from '../../notation/values';
import type { TextEdit } from '../../text';
import { isInYaml } from './encoding';
import { replaceValue } from './replace';
import { cased, isMark, statusWordsOf } from './statusWords';

export interface StatusEdits {
  readonly edits: readonly TextEdit[];
  /** What a field of its own has to say where nothing that stands there can. */
  readonly missing: string | undefined;
}

/**
 * Changes whatever one telling of a bead says of its status: check box, field, sign, struck title, all that there is.
 * `isExplicit`: a field has to say it, whatever a check box says: on a board the heading above has its say too.
 */
export function statusEdits(part: PlanPart, bead: Bead, status: Status, isExplicit = false): StatusEdits {
  const words = statusWordsOf(part);
  const { text } = part;
  const edits: TextEdit[] = [];
  const { statusAt } = bead;
  const box = isInYaml(part, bead.head.start) ? undefined : checkBoxOf(text, bead);
  let isSaid = false;
  const isStruck = statusAt !== undefined && isStruckThrough(text, statusAt);
  if (statusAt !== undefined && !isMark(text, statusAt.start, statusAt.end) && !isStruck) {
    edits.push(statusField(part, statusAt, status));
    isSaid = true;
  }
  const isInField = isSaid;
  if (box !== undefined) {
    const mark = words.mark(status);
    const written = mark ?? (isSaid ? (words.mark('open') ?? ' ') : undefined);
    if (written !== undefined) isSaid = true;
    const newText = written ?? words.mark('open') ?? ' ';
    if (newText !== text.slice(box.start, box.end)) edits.push({ range: box, newText });
  }
  if (status !== 'closed') edits.push(...unstruck(text, bead));
  // Without the tildes it is open again.
  if (isStruck && (status === 'closed' || status === 'open')) isSaid = true;
  edits.push(...signEdits(part, bead, status));
  return { edits, missing: isInField || (isSaid && !isExplicit) ? undefined : words.word(status) };
}

/** Whether a telling says something of the bead's status at all. */
export function tellsStatus(part: PlanPart, bead: Bead): boolean {
  return bead.statusAt !== undefined || (!isInYaml(part, bead.head.start) && checkBoxOf(part.text, bead) !== undefined);
}

const REMARK_BEHIND = /^\s*(?:[(,;—–·|]|-\s|by\s+@)/;

/** The word for the state in place of the one that is there; a remark behind it stays. */
function statusField(part: PlanPart, at: { readonly start: number; readonly end: number }, status: Status): TextEdit {
  const written = part.text.slice(at.start, at.end);
  if (/^\[[ xX]\]$/.test(written) && (status === 'open' || status === 'closed'))
    return { range: at, newText: status === 'closed' ? '[x]' : '[ ]' };
  if (/^(?:true|false)$/i.test(written) && (status === 'open' || status === 'closed'))
    return { range: at, newText: String(status === 'closed') };
  if (/^(?:yes|no)$/i.test(written) && (status === 'open' || status === 'closed'))
    return { range: at, newText: cased(status === 'closed' ? 'yes' : 'no', written) };
  if (/^\d{1,3}\s?%$/.test(written) && (status === 'open' || status === 'closed'))
    return { range: at, newText: status === 'closed' ? '100%' : '0%' };
  const first = /^(?:[^\p{L}\p{N}\s]{1,3}\s?)?[\p{L}]+(?:[ _-]\p{L}+)?/u.exec(written)?.[0] ?? '';
  const word = [first, first.replace(/[ _-]\p{L}+$/u, '')].find(
    (each) => each !== '' && parseStatus(each) !== undefined && REMARK_BEHIND.test(written.slice(each.length)),
  );
  if (word === undefined) return replaceValue(part, at, statusWordsOf(part).word(status, written));
  const end = at.start + word.length;
  return { range: { start: at.start, end }, newText: statusWordsOf(part).word(status, word) };
}

const CHECK_BOX = /^[ \t]*(?:>[ \t]*)*(?:[-*+]|\d{1,9}[.)])[ \t]+\[([^[\]\s]| )\](?=\s|$)/u;

/** What stands between the brackets of an item's check box. */
function checkBoxOf(text: string, { head }: Bead): { readonly start: number; readonly end: number } | undefined {
  const line = lineStart(text, head.start);
  const box = CHECK_BOX.exec(lineAt(text, line));
  if (box === null) return undefined;
  const end = line + box[0].length - 1;
  return { start: end - (box[1] ?? ' ').length, end };
}

function isStruckThrough(text: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const line = lineAt(text, start);
  return end - start > 2 && line.includes('~~') && parseStatus(text.slice(start, end)) === undefined;
}

/** Without the tildes around the title, or around the id. */
function unstruck(text: string, { head, idAt, title }: Bead): readonly TextEdit[] {
  const line = lineStart(text, head.start);
  return [...lineAt(text, line).matchAll(/~~(?=\S)([^~]+)~~/g)].flatMap(({ index, 0: whole }) => {
    const [start, end] = [line + index, line + index + whole.length];
    const isName = [idAt, title].some((at) => at !== undefined && at.start >= start && at.start < end);
    if (!isName) return [];
    return [start, end - 2].map((at) => ({ range: { start: at, end: at + 2 }, newText: '' }));
  });
}

const SIGN = /[\u231B\u23E9-\u23FA\u25B6\u2600-\u27BF\u2B1B-\u2B55\u{1F300}-\u{1FAFF}]\uFE0F?/gu;

/** Signs at either end of a heading or title that say another state, where a field says it too. */
function signEdits(part: PlanPart, bead: Bead, status: Status): readonly TextEdit[] {
  const { text } = part;
  if (isInYaml(part, bead.head.start)) return [];
  const line = lineStart(text, bead.head.start);
  const content = text.slice(line, lineEnd(text, line));
  if (content.trimStart().startsWith('|')) return [];
  const { statusAt, idAt, title } = bead;
  return [...content.matchAll(SIGN)].flatMap((match) => {
    const start = line + match.index;
    const end = start + match[0].length;
    const isSaid = statusAt !== undefined && statusAt.start <= start && end <= statusAt.end;
    const isInside = start > (idAt?.start ?? title.start) && content.slice(match.index + match[0].length).trim() !== '';
    const said = statusOfSign(match[0]);
    if (start < (idAt?.start ?? title.start) && isOrnament(match[0])) return [];
    if (said === undefined || said === status || isSaid || isInside) return [];
    return [{ range: { start, end }, newText: statusWordsOf(part).word(status, match[0]) }];
  });
}
