import type { Approval, Decision, Field, Priority, Status, Verdict } from '../model';
import type { Location } from '../text';
import { firstWordFrom, isLetterAt, isWordAt } from './letters';
import { remembered } from './remembered';

/**
 * What written values mean, the same in every notation. All of these take the text as it stands, with emphasis or
 * without, and give `undefined` where it says nothing they know.
 */

const NONE =
  /^(?:none|(?:nothing|nobody|keine?r?|aucune?|ninguna?|nenhuma?|nessun[oa]?)(?!\s+(?!yet\b|else\b|needed\b|required\b)[\p{L}\p{N}])|nil|null|n\/?a|n\.\s?a\.|not applicable|no (?:dependenc(?:y|ies)|deps|blockers|prerequisites)|无|没有|なし)(?![\p{L}\p{N}_/-])|^(?:tb[ad]|to be (?:determined|decided|defined)|unassigned|not assigned|unknown)\s*(?:$|[(.,;:–—-])/iu;
const DASH = /^(?:-{1,40}|[–—∅])\s*(?:$|\()/;

/** `—`, `-`, `none`, `n/a`, `TBD` and their like, also with a remark behind (`None (standalone)`). Empty text is none too. */
export function isNone(text: string): boolean {
  return !MAY_NOT_BE_NONE.test(text) && saysNone(text);
}

const saysNone = remembered((text) => {
  const plain = undecorated(text);
  return plain === '' || DASH.test(plain) || NONE.test(plain);
});

/** Begins as no word for nothing does. */
const MAY_NOT_BE_NONE = /^(?!tb[ad]|to be |un[ak])[a-jl-mo-z\d([<>=≥≤]/i;

const PRIORITY_WORDS: readonly (readonly [RegExp, Priority])[] = [
  [/^(?:(?:critical|urgent|blocker|highest|kritisch|dringend|critique|urgente?|crítica)\b|紧急)/i, 0],
  [/^(?:(?:high|hoch|haute|élevée|alta)\b|h$|高)/i, 1],
  [/^(?:(?:medium|normal|moderate|med|mittel|moyenne|m[eé]dia)\b|m$|中)/i, 2],
  [/^(?:(?:low|niedrig|bassa|basse|faible|bai?xa|baja)\b|l$|低)/i, 3],
  [/^(?:lowest|trivial)\b/i, 4],
];

const PLAIN_PRIORITY = /^[Pp]?[0-4]$/;

/** `P0` to `P4`, the bare digit, or a word such as `High`. */
export const parsePriority = remembered((text): Priority | undefined => {
  const plain = fromFirstWord(undecorated(text));
  if (PLAIN_PRIORITY.test(plain)) return Number(plain.at(-1)) as Priority;
  const digit = /^P?([0-4])(?![\p{L}\p{N}.])/iu.exec(plain)?.[1];
  if (digit !== undefined) return Number(digit) as Priority;
  const inside = /(?:^|[\s(])P([0-4])(?![\p{L}\p{N}])/u.exec(plain)?.[1];
  if (inside !== undefined) return Number(inside) as Priority;
  return PRIORITY_WORDS.find(([word]) => word.test(plain))?.[1];
});

/** Whether the words of a status say that something else is in the way. */
export function saysBlocked(status: string): boolean {
  return /^\W*blocked(?![a-z\d])/i.test(status);
}

/** Whether words say of something that nobody does it any more. */
export function saysDropped(text: string): boolean {
  return DROPPED.test(text);
}

const DROPPED =
  /\b(?:reverted|cancell?ed|dropped|removed|abandoned|obsolete|superseded|skipped|won['’]?t|not needed|out of scope|n\/a|duplicate|rejected|entfallen|annulée?|cancelad[oa]|annullat[oa])\b/i;

/** Where the text goes on with a letter of another script, these are no words: `isWordAt` tells. */
const STATUS_WORDS: readonly (readonly [RegExp, Status])[] = [
  [
    /^(?:not (?:yet )?started|not done|incomplete|unfinished|pending|to[- ]?do|open|planned|queued|ready|new|blocked|waiting|unclaimed|up next|next|proposed|draft|offen|ausstehend|geplant|à faire|pendiente|por hacer|pendente|a fazer|da fare|in attesa|не начато|запланировано|대기|예정|차단됨|未开始|待办|待处理|未着手)(?![a-z\d])/i,
    'open',
  ],
  [
    /^(?:in[- _]?progress|in[- _]?review|in[- _]?work|doing|wip|work in progress|active|current|started|claimed|hooked|ongoing|underway|building|executing|implementing|partial(?:ly)?|reopened|review|testing|in arbeit|begonnen|en cours|en curso|en progreso|em andamento|em curso|in corso|в работе|в процессе|진행 중|진행중|进行中|进行|進行中)(?![a-z\d])/i,
    'in_progress',
  ],
  [
    /^(?:done|closed?|complete|completed|finished|shipped|merged|resolved|released|deployed|implemented|fixed|verified|passed|cancell?ed|abandoned|dropped|obsolete|superseded|reverted|skipped|won['’]?t[ -]?(?:do|fix)|not needed|out of scope|removed|rejected|duplicate|erledigt|fertig|abgeschlossen|entfallen|terminée?|faite?|annulée?|hecho|terminad[oa]|completad[oa]|cancelad[oa]|conclu[ií]d[oa]|feit[oa]|completat[oa]|fatt[oa]|annullat[oa]|выполнено|выполнен|готово|завершено|отменено|완료|취소|已完成|完成|完了)(?![a-z\d])/i,
    'closed',
  ],
  [
    /^(?:deferred|postponed|on[- ]?hold|parked|paused|later|someday|backlog|icebox|frozen|zurückgestellt|verschoben|reportée?|aplazad[oa]|adiad[oa]|rinviat[oa]|отложено|보류)(?![a-z\d])/i,
    'deferred',
  ],
];

const STATUS_SIGNS: readonly (readonly [RegExp, Status])[] = [
  [/^(?:✅|☑|✔|✓|🎉|🏁|🟢)/u, 'closed'],
  [/^(?:🚧|🔄|🏗|⚙|🛠|🔨|▶|🟡|🔵)/u, 'in_progress'],
  [/^(?:⏸|💤|🧊)/u, 'deferred'],
  [/^(?:⏳|⌛|🔜|📋|⬜|🔲|⭕|⚪|⚫|🔴|❌|⛔|☐|🆕|📝)/u, 'open'],
];

/** The words in use for states (pending, doing, done …) or, where no word says it, a sign such as `✅`. */
export const parseStatus = remembered((text): Status | undefined => {
  const plain = undecorated(text);
  const word = fromFirstWord(plain);
  const said = STATUS_WORDS.find(([words]) => {
    const found = words.exec(word)?.[0];
    return found !== undefined && !isWordAt(word, found.length);
  })?.[1];
  if (said !== undefined) return said;
  const percent = /^(\d{1,3})\s?%/.exec(word)?.[1];
  if (percent !== undefined) return percent === '100' ? 'closed' : Number(percent) === 0 ? 'open' : 'in_progress';
  if (/^(?:yes|x|true)$/i.test(plain)) return 'closed';
  if (/^(?:no|false)$/i.test(plain)) return 'open';
  const box = /^\[(.?)\]$/u.exec(plain)?.[1];
  if (box === 'x' || box === 'X') return 'closed';
  if (box === ' ' || box === '') return 'open';
  return STATUS_SIGNS.find(([sign]) => sign.test(box ?? plain))?.[1];
});

/** Signs that decorate a heading more often than they say a status, where they stand in front. */
const ORNAMENTS = /^(?:🎉|🏁|🏗|⚙|🛠|🔨|📋|📝|🆕)/u;

export function isOrnament(sign: string): boolean {
  return ORNAMENTS.test(sign);
}

/** `✅`, `🚧` and the like alone. */
export function statusOfSign(sign: string): Status | undefined {
  return STATUS_SIGNS.find(([signs]) => signs.test(sign))?.[1];
}

const HOURS: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 8, w: 40 };
const AMOUNT =
  /(\d{1,6}(?:[.,]\d{1,4})?)(?:\s?(?:-|–|—|to)\s?(\d{1,6}(?:[.,]\d{1,4})?))?\s?-?(minutes?|mins?|m|hours?|hrs?|hr|h|stunden?|std|working days?|days?|d|tage?|weeks?|wks?|w|wochen?)(?![\p{L}])/giu;
const PLAIN_AMOUNT = /^(\d{1,6})\s?([mhdw])$/;
const BARE_NUMBER = /^[~≈<≤]?\s?(\d{1,6}(?:[.,]\d{1,4})?)(?:\s?(?:-|–|to)\s?(\d{1,6}(?:[.,]\d{1,4})?))?$/;

/** In hours; a day has 8, a week 40, and of a range the middle counts. A bare number is hours. */
export const parseEstimate = remembered((text): number | undefined => {
  const plain = undecorated(text);
  const bare = BARE_NUMBER.exec(plain);
  if (bare !== null) return middle(bare[1], bare[2]);
  const [, amount, unit] = PLAIN_AMOUNT.exec(plain) ?? [];
  if (amount !== undefined && unit !== undefined) return Number(amount) * unitOf(unit);
  let hours = 0;
  let end = -1;
  for (const match of plain.matchAll(AMOUNT)) {
    // Amounts add up only when they stand together: `1h 30m`, not `2h, was 3h`.
    if (end >= 0 && !/^(?:\s|and|,)*$/.test(plain.slice(end, match.index))) break;
    if (end >= 0 && plain.slice(end, match.index).includes(',')) break;
    end = match.index + match[0].length;
    hours += middle(match[1], match[2]) * unitOf(match[3] ?? 'h');
  }
  return end < 0 ? undefined : hours;
});

function unitOf(unit: string): number {
  const first = unit.toLowerCase();
  if (first.startsWith('st')) return 1;
  if (first.startsWith('t') || first.startsWith('working')) return 8;
  return HOURS[first[0] ?? 'h'] ?? 1;
}

function middle(from = '0', to = from): number {
  return (numberOf(from) + numberOf(to)) / 2;
}

function numberOf(text: string): number {
  return Number(text.replace(',', '.'));
}

const TRUE = /^(?:true|yes|on|1)$/i;
const FALSE = /^(?:false|no|off|0)$/i;

export function parseBoolean(text: string): boolean | undefined {
  const plain = undecorated(text);
  if (TRUE.test(plain)) return true;
  return FALSE.test(plain) ? false : undefined;
}

/** Who is named in the words of a status: `claimed by @maria`. `at` is where they stand. */
export function ownerInStatus(status: string, at: Location): Field<string> | undefined {
  const person = /(?<!blocked )\bby\s+(@[\p{L}\p{N}][\p{L}\p{N}._-]*)/iu.exec(status);
  if (person === null) return undefined;
  const [whole, value = ''] = person;
  const start = at.start + person.index + whole.length - value.length;
  return { file: at.file, start, end: start + value.length, value };
}

/** What says since when somebody has a bead: `(2026-05-02)`, `since 2026-05-02`. */
const SINCE = /^\s*(?:[,·]\s*)?\(?\s*(?:(?:since|from|on)\s+)?\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?\s*\)?/i;

/** How many characters behind an owner say since when. */
export function sinceBehind(text: string, end: number): number {
  return SINCE.exec(text.slice(end, end + 40))?.[0].length ?? 0;
}

/** `@maria (2026-05-02)` as the owner alone. */
export function ownerOf(field: Field<string> | undefined): Field<string> | undefined {
  const since =
    field === undefined
      ? null
      : /(?:\s*[,·])?\s*\(?(?:(?:since|from|on)\s+)?\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?\)?$/i.exec(field.value);
  if (field === undefined || since === null || since.index === 0) return field;
  const value = field.value.slice(0, since.index);
  return { ...field, value, end: field.end - (field.value.length - value.length) };
}

const VERDICTS: readonly (readonly [RegExp, Verdict])[] = [
  [/^(?:pass(?:ed)?|go|proceed|approved|continue)\b(?![- ]?no)/i, 'pass'],
  [/^(?:adjust(?:ed)?|adapt(?:ed)?|iterate|conditional)\b/i, 'adjust'],
  [/^(?:abort(?:ed)?|stop(?:ped)?|fail(?:ed)?|no[- ]?go|escalated?|killed?|rejected)\b/i, 'abort'],
];

export function parseVerdict(text: string): Verdict | undefined {
  const bare = undecorated(text);
  let start = 0;
  while (start < bare.length && !isLetterAt(bare, start)) start++;
  const plain = bare.slice(start);
  return VERDICTS.find(([words]) => words.test(plain))?.[1];
}

const DATE = /\b\d{4}-\d{2}-\d{2}\b/;
const PERSON = /(?<![\p{L}\p{N}.])@[\p{L}\p{N}][\p{L}\p{N}._-]*/u;
function personIn(text: string): string | undefined {
  return text.includes('@') ? PERSON.exec(text)?.[0] : undefined;
}

const HASH = /\bsha256:([0-9a-f]{6,64})\b/i;

/** `Pass · 2026-05-02 · @maria · p95 = 3210`, its parts in any order after the verdict. `at` is where `text` stands. */
export function parseDecision(text: string, at: Location): Decision | undefined {
  const verdict = parseVerdict(text);
  if (verdict === undefined) return undefined;
  const parts = text.split(/\s[·|•]\s|;\s/).slice(1);
  let measured: string | undefined;
  const notes: string[] = [];
  for (const part of parts) {
    const plain = part.trim();
    if (plain === '' || plain === DATE.exec(plain)?.[0] || plain === personIn(plain)) continue;
    if (measured === undefined && /[=<>≤≥]|\d/.test(plain) && !/^note:/i.test(plain))
      measured = plain.replace(/^measured:\s*/i, '');
    else notes.push(plain.replace(/^note:\s*/i, ''));
  }
  return {
    ...at,
    verdict,
    date: DATE.exec(text)?.[0],
    by: personIn(text),
    measured,
    note: notes.length > 0 ? notes.join(' · ') : undefined,
  };
}

/** `@maria on 2026-05-02 (sha256:1a2b3c4d)`. Without a name there is no approval. `at` is where `text` stands. */
export function parseApproval(text: string, at: Location): Approval | undefined {
  if (isNone(text) || /^(?:pending|tbd|open|waiting|not yet)\b/i.test(undecorated(text))) return undefined;
  const person =
    personIn(text) ??
    undecorated(text)
      .split(/\s+on\s+|[,;(·|]|\s[–—-]\s/)[0]
      ?.trim();
  if (person === undefined || person === '') return undefined;
  return { ...at, by: person, date: DATE.exec(text)?.[0], hash: HASH.exec(text)?.[1] };
}

function fromFirstWord(text: string): string {
  return text.slice(firstWordFrom(text, 0));
}

/** Without the emphasis, code marks and white space around it. */
function undecorated(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isDecoration(text.charCodeAt(start))) start++;
  while (end > start && isDecoration(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** White space, blanked markup, and `*_`~"“”`. */
function isDecoration(code: number): boolean {
  if (code < 128) return code <= 32 || code === 42 || code === 95 || code === 96 || code === 126 || code === 34;
  return code === 160 || code === 0x205f || code === 0x201c || code === 0x201d;
}
