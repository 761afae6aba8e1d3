import { hasIdShape } from '../ids';
import { remembered } from '../remembered';
import { cut, isBlank, type Run, type WrittenField, withoutMarks } from './run';

const STATUS =
  /^(?:[✅☑✔✓🚧🔄⏸⏳]\uFE0F?\s*)?(?:done|completed?|closed|in[ -]progress|wip|not started|pending|to-?do|deferred|postponed|on hold|cancell?ed|skipped|shipped|claimed|doing|merged)$/iu;

const PRIORITY = /^(?:prio(?:rity)?\s+)?P[0-4]$/i;
const NO_BLOCKERS = /^no (?:dependenc(?:y|ies)|deps|blockers|prerequisites)$/i;
const OWNER = /^@[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;
const ESTIMATE =
  /^(?:(?:est(?:imate)?\.?|effort)\s+)?[~≈]?\s?\d+(?:[.,]\d+)?(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?\s?(?:m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/i;
export const BARE_NAMES: ReadonlySet<string> = new Set([
  'priority',
  'owner',
  'estimate',
  'status',
  'blocked by',
  'blocks',
  '',
]);

/** The field whose value a text is by the looks of it, told by its first character. */
const bareName = remembered((text): string | undefined => {
  const first = text[0]?.toLowerCase() ?? '';
  if (first === '@') return OWNER.test(text) ? 'owner' : undefined;
  if ('0123456789~≈e'.includes(first) && ESTIMATE.test(text)) return 'estimate';
  if (first === 'p' && PRIORITY.test(text)) return 'priority';
  if (first === 'n' && NO_BLOCKERS.test(text)) return 'blocked by';
  return STATUS.test(text) ? 'status' : undefined;
});

/** How each of these begins. */
const MAY_BE_BARE =
  /^\s*["`]?(?:P(?:\d|rio|end|ost)|@|[~≈]|\d|est|effort|done|complete|closed|in|wip|not|no |to|defer|cancel|ship|claim|doing|merged|skip|on hold|block|unblock|d[eé]pend|abh|hängt|is bl|due|nach\s|apr|desp|depois|dopo|dipende|requires|needs|after|once|can start|starts? |before|wait|[^\x20-\x7F])/i;

/** A value that says by itself what it is. */
export function bareField(run: Run): WrittenField | undefined {
  if (run.text.length > 200 || !MAY_BE_BARE.test(run.text)) return undefined;
  const value = withoutMarks(run);
  const name = bareName(value.text.replace(/\s/g, ' ').trim());
  if (name !== undefined) return { name, isBold: false, value, whole: value };
  const blockers = blockersAt(value, 0);
  return blockers !== undefined && isBlank(cut(value, blockers.end, value.text.length)) ? blockers.field : undefined;
}

/** `… — @maria, P1, due 2026-01-10`: values up to the next dash, and dates. */
export function bareFieldsAt(
  run: Run,
  at: number,
): { readonly fields: readonly WrittenField[]; readonly end: number } | undefined {
  const text = run.text.slice(at);
  if (!MAY_BE_BARE.test(text)) return undefined;
  const stop = text.search(/\s(?:—|–|--?)\s/);
  const end = stop < 0 ? run.text.length : at + stop;
  const fields: WrittenField[] = [];
  let from = at;
  for (const part of run.text.slice(at, end).split(/[,;]/)) {
    const field = bareField(cut(run, from, from + part.length));
    if (field === undefined && !DATE.test(part)) return undefined;
    if (field !== undefined) fields.push(field);
    from += part.length + 1;
  }
  return fields.length === 0 ? undefined : { fields, end };
}

const DATE = /^\s*(?:due|by|until|deadline:?)?\s*\d{4}-\d{2}-\d{2}\s*$/i;

/** `Draw the page @maria`, but not `Talk to @maria`. */
export function ownerBehind(run: Run): WrittenField | undefined {
  const owner = run.text.includes('@') ? OWNER_BEHIND.exec(run.text)?.[0] : undefined;
  if (owner === undefined) return undefined;
  const whole = cut(run, run.text.length - owner.length, run.text.length);
  return { name: 'owner', isBold: false, value: withoutMarks(whole), whole };
}

const OWNER_BEHIND =
  /(?<=\S)(?<!(?<![\p{L}\p{N}])(?:to|for|with|by|from|at|of|via|and|or|in|on|as|ask|tell|ping|cc|see|mail|email|call|add|use|install|import|remove|upgrade|update|mention))\s+@[\p{L}\p{N}][\p{L}\p{N}._-]*\s*$/iu;

const BLOCKERS =
  /^[^\p{L}\p{N}]*(?:((?:is )?blocked (?:by|on|until|till)|depends? on|dependent on|abhängig von|hängt ab von|dépend de|depende de|dipende da|blocks|unblocks)\s|(?:requires|needs|after|once|before|waits? for|waiting (?:for|on)|(?:can )?starts? (?:once|after|when)|nach|après|después de|depois de|dopo)\s|(?:依赖于?|依存)(?!\s*[:：])|←)\s*(?=\S)/iu;
const MAY_BLOCK =
  /^[^\p{L}\p{N}]*(?:(?:is )?block|depend|dépend|abh|hängt|unblock|requires|needs|after|once\s|before|nach\s|apr[eè]s|desp|depois|dopo|dipende|wait|can start|starts?\s|依|←)/iu;
const THING = /^(?:and\s+|all\s+|of\s+)*(?:phases?|stages?|milestones?|gates?|tasks?|beads?|steps?)\s+(?=\S)/iu;

const IS_DONE =
  /\s+(?:is|are|has been|have been)\s+(?:done|completed?|merged|closed|finished|ready|green|passed|in place)$/i;

/** `blocked by ft-1 and ft-2` without a colon: only ids may follow, so that prose stays prose. */
export function blockersAt(run: Run, at: number): { readonly field: WrittenField; readonly end: number } | undefined {
  if (!MAY_BLOCK.test(run.text.slice(at, at + 20))) return undefined;
  const phrase = BLOCKERS.exec(run.text.slice(at, at + 200));
  if (phrase === null) return undefined;
  const from = at + phrase[0].length;
  const stop = run.text.slice(from).search(/\s(?:—|–|--?)\s|[;.(]\s|\s[([]|\.$/);
  const end = stop < 0 ? run.text.length : from + stop;
  const value = withoutMarks(cut(run, from, end));
  const words = value.text
    .replace(THING, '')
    .replace(IS_DONE, '')
    .split(/\s+|[,，、]|\+|→/)
    .filter((word) => word !== '');
  const isList = words.every(
    (word) => /^(?:and|or|to|through|[&–—-]|phases?|gates?|tasks?|beads?|stages?|steps?)$/i.test(word) || isId(word),
  );
  const isLed = phrase[1] !== undefined && isId(words[0] ?? '');
  if (words.length === 0 || !(isList || isLed)) return undefined;
  const name = /^[^\p{L}\p{N}]*(?:(?:un)?blocks|before)\s/iu.test(phrase[0]) ? 'blocks' : 'blocked by';
  return { field: { name, isBold: false, value, whole: cut(run, at, end) }, end };
}

/** `… — done when 0 errors for an hour`, up to the next dash or sentence. */
export function doneWhenAt(run: Run, at: number): { readonly field: WrittenField; readonly end: number } | undefined {
  const phrase = /^[^\p{L}\p{N}]*done (?:when|once|if)\s+(?=\S)/iu.exec(run.text.slice(at, at + 40));
  if (phrase === null) return undefined;
  const from = at + phrase[0].length;
  const stop = run.text.slice(from).search(/\s(?:—|–|--?)\s|[.;]\s+(?=\p{Lu})/u);
  const end = stop < 0 ? run.text.length : from + stop;
  const value = withoutMarks(cut(run, from, end));
  return { field: { name: 'done when', isBold: false, value, whole: cut(run, at, end) }, end };
}

function isId(word: string): boolean {
  return hasIdShape(word.replace(/[.,:]+$/, ''));
}

/** `… — **in progress**` and `… ⏸️ deferred` end in the status; `… — 40 %` in how much is done. */
export const TRAILING_STATUS =
  /\b(?:done|completed?|closed|progress|wip|started|pending|to-?do|deferred|postponed|cancell?ed|skipped|shipped|claimed|doing|merged|hold|todo|blocked)\W*(?:\([^()]*\)\W*)?$|\d\s?%\W*$/i;

export function trailingStatus(
  run: Run,
  at: number,
): { readonly field: WrittenField; readonly end: number } | undefined {
  const { length } = run.text;
  if (length - at > 60 || !TRAILING_STATUS.test(run.text.slice(at))) return undefined;
  const value = withoutMarks(cut(run, at, length));
  const text = value.text.replace(/\s/g, ' ').trim();
  if (!STATUS.test(text.replace(/\s*\([^()]*\)$/, '')) && !/^\d{1,3}\s?%(?:\s(?:done|complete))?$/i.test(text))
    return undefined;
  return { field: { name: 'status', isBold: false, value, whole: value }, end: length };
}
