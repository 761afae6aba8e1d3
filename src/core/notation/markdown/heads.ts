import type { Tier } from '../../model';
import { hasIdShape, isStrongId } from '../ids';
import { FOREIGN_BEADS, FOREIGN_PHASES } from '../languages';
import { isCapitalAt, isWordAt, plainWordAt, tokenAt } from '../letters';
import { isOrnament, statusOfSign } from '../values';
import { BLANKED } from './inline';
import { cut, type Head, type Id, isBlank, type Run } from './run';

export function headOf(run: Run): Head {
  run.head ??= readHead(run);
  return run.head;
}

const SIGN = '(?:\\p{Extended_Pictographic}[\\uFE0F\\u200D\\u20E3]*|[✓✔☑☐✗✘])';
const LEADING_SIGNS = new RegExp(`^(?:\\s|${SIGN})+`, 'u');
const TRAILING_SIGNS = new RegExp(`(?:\\s|${SIGN}){1,40}$`, 'u');
const SIGNS = new RegExp(SIGN, 'gu');

/** What white space need not follow. */
const IDEOGRAM = '[\\u3040-\\u30FF\\u4E00-\\u9FFF\\uAC00-\\uD7A3]';

const NUMBERING =
  /^\s*(?:(?:(?:implementation )?plan|prd)\s*(?:[:—–]|\s-)\s+|\d+(?:\.\d+)*(?:[.)]\s+|(?<=\.\d+)\s+)|[IVX]+\.\s+)(?=\s*(?:phase|stage|milestone|gate|scenario|tier|prompt)\s)/i;
/** The words that say what a head names, up to its id: `tokenAt` reads that. */
const PHASE = new RegExp(`^\\s*(phase|stage|milestone|epic|${FOREIGN_PHASES})(?:\\s+|(?<=${IDEOGRAM}))#?`, 'i');
const IS_PHASE = new RegExp(`^\\s*(?:phase|stage|milestone|epic|${FOREIGN_PHASES})`, 'i');
const BEAD = new RegExp(
  `^\\s*(bead|task|story|ticket|work item|work package|activity|step|${FOREIGN_BEADS})(?:\\s+|(?<=${IDEOGRAM}))#?`,
  'i',
);
const GATE =
  /^\s*((?:go\s?\/\s?no-?go|decision|quality|human|external|approval|exit|review|release|readiness|feasibility|hard|stage|phase)\s+)?gate/i;
/** The first behind which an id stands counts: `Failure mode 3` names 3, `Failure Mode: lost` names Mode. */
const SCENARIO = [
  /^\s*(?:failure\s+)?(?:scenario|failure\s+mode)\s+#?/i,
  /^\s*(?:failure\s+)?failure\s+#?/i,
  /^\s*failure\s+#?/i,
];
const PROMPT = /^\s*(prompt)\s+#?(\d{1,4}[a-z]?)/i;
const TIER = /^\s*tier[\s-]+(1|2|3|one|two|three|i{1,3})/i;
const DOES_NOT_APPLY = /^\s*(?:(?:does|do) not apply|doesn['’]t apply|not applicable)/i;
/** What stands before an id without a word: `[T001]`, `(B2) `, `#12`. */
const MARK = /^\s*(?:\[(?=[^\]]*\d)|(\()(?=[^()\s]+\d[^()\s]*\)\s))?#?/;

const TIERS: Readonly<Record<string, Tier>> = { '1': 1, one: 1, i: 1, '2': 2, two: 2, ii: 2, '3': 3, three: 3, iii: 3 };

/** How every head begins that is more than an id and a title. */
const MAY_BE_NAMED =
  /^\s*(?:[^\x20-\x7E]|aufg|taak|tar|etap|fase|meil|\d|[IVX]+\.|tier|do|not|phase|stage|mile|epic|bead|task|story|ticket|work|step|activ|prompt|plan|prd|impl|scenario|fail|gate|go|deci|qual|human|ext|appr|exit|rev|rel|read|feas|hard)/i;

/** `"Phase J" — Provision`, and the same in quotes as a whole. */
const QUOTED = /^\s*["“„«](?=(?:phase|stage|milestone)\s)/i;

function withoutQuotes(run: Run): Run {
  const quote = QUOTED.exec(run.text)?.[0].length;
  if (quote === undefined) return run;
  const behind = /["”“»]\s*$/.exec(run.text)?.index ?? run.text.length;
  return cut(run, quote, behind);
}

function readHead(run: Run): Head {
  const { run: signed, sign } = withoutSigns(run);
  const bare = withoutQuotes(signed);
  const head = (MAY_BE_NAMED.test(bare.text) ? namedHead(bare) : undefined) ?? bareHead(bare);
  return sign === undefined ? head : { ...head, sign };
}

/** A head that begins with a word such as `Phase`. */
function namedHead(bare: Run): Head | undefined {
  const numbering = NUMBERING.exec(bare.text)?.[0].length ?? 0;
  const text = numbering === 0 ? bare.text : bare.text.slice(numbering);
  const from = (length: number) => cut(bare, numbering + length, bare.text.length);

  const tier = wholeWord(TIER.exec(text), text);
  if (tier !== null) return { kind: 'tier', tier: TIERS[(tier[1] ?? '').toLowerCase()], rest: from(tier[0].length) };
  const excluded = wholeWord(DOES_NOT_APPLY.exec(text), text);
  if (excluded !== null) return { kind: 'tier', tier: 'does-not-apply', rest: from(excluded[0].length) };

  const thing = (kind: Head['kind'], word: string | undefined, token: string, at: number): Head | undefined => {
    const id = token === '' ? undefined : idAt(bare, numbering + at, token, true);
    if (id === undefined) return undefined;
    const rest = afterSeparator(cut(bare, endOf(id) - bare.start, bare.text.length));
    return word === undefined ? { kind, id, rest } : { kind, word, id, rest };
  };
  for (const [kind, shape] of THINGS) {
    const [whole, written = ''] = shape.exec(text) ?? [];
    if (whole === undefined) continue;
    const word = written.toLowerCase();
    const found = thing(word === 'step' ? 'step' : kind, word, tokenAt(text, whole.length), whole.length);
    if (found !== undefined) return found;
  }
  const prompt = wholeWord(PROMPT.exec(text), text);
  if (prompt !== null) {
    const [whole, word = '', number = ''] = prompt;
    const found = thing('prompt', word.toLowerCase(), number, whole.length - number.length);
    if (found !== undefined) return found;
  }
  for (const shape of SCENARIO) {
    const at = shape.exec(text)?.[0].length;
    const token = at === undefined ? '' : tokenAt(text, at);
    if (at === undefined || token === '') continue;
    const found = thing('scenario', undefined, token, at);
    if (found !== undefined) return found;
    break;
  }
  const gate = wholeWord(GATE.exec(text), text);
  return gate === null ? undefined : gateHead(bare, numbering, gate);
}

/** What was found, when no letter or digit goes on with its last word. */
function wholeWord(found: RegExpExecArray | null, text: string): RegExpExecArray | null {
  return found !== null && isWordAt(text, found[0].length) ? null : found;
}

/** A head that is an id and a title, or a title alone. */
function bareHead(bare: Run): Head {
  const { text } = bare;
  const [mark = '', bracket] = MARK.exec(text) ?? [];
  const at = mark.length;
  const token = bracket === undefined || isCapitalAt(text, text.indexOf('(') + 1) ? tokenAt(text, at) : '';
  const id = token === '' ? undefined : idAt(bare, at, token, false);
  if (id === undefined) return { rest: bare };
  return { id, rest: afterSeparator(cut(bare, endOf(id) - bare.start, text.length)) };
}

const THINGS = [
  ['phase', PHASE],
  ['bead', BEAD],
] as const;

function gateHead(run: Run, numbering: number, match: RegExpExecArray): Head {
  const [whole, adjective = ''] = match;
  const at = numbering + whole.length + (/^\s*#?/.exec(run.text.slice(numbering + whole.length))?.[0].length ?? 0);
  const token = tokenAt(run.text, at);
  const id = token === '' ? undefined : idAt(run, at, token, true);
  const end = id === undefined ? at : endOf(id) - run.start;
  const rest = cut(run, end, run.text.length);
  // `Gate review notes` names no gate; `Gate: reviewed`, `Gate G1` and `Decision gate after G0` do.
  const isNamed = id !== undefined || adjective !== '' || isBlank(rest) || SEPARATOR.test(rest.text);
  if (!isNamed) return { rest: run };
  return { kind: 'gate', word: adjective.trim().toLowerCase(), ...(id && { id }), rest: afterSeparator(rest) };
}

function endOf(id: Id): number {
  return id.through?.end ?? id.end;
}

const SEPARATOR = /^[\]"”“»]?\s*(?:—|–|--?|:|：|\.(?=\s|$)|\)|\||·|→)[ \t]*/;
const RANGE = /^\s?[–—]\s?/;
const NUMBER_WORDS = new Set('zero one two three four five six seven eight nine ten final'.split(' '));

/** The id that a token at an offset is, if it stands as one there. `isNamed`: a word such as `Phase` is before it. */
function idAt(run: Run, at: number, token: string, isNamed: boolean): Id | undefined {
  const start = run.start + at;
  const id = withoutTail(token);
  const end = start + id.length;
  const behind = run.text.slice(at + id.length);
  const isSetOff = SEPARATOR.test(behind) || isBold(run, start, end);
  const base = { value: id, start, end };
  if (isNamed) return namedId(base, behind, IS_PHASE.test(run.text));
  if (!/\d/.test(id) && !hasIdShape(id)) {
    return isBoldAlone(run, start, end) && !/^\s*:/.test(behind) ? { ...base, strength: 'word' } : undefined;
  }
  if (!hasIdShape(id) || isAmount(id, behind)) return undefined;
  const range = rangeBehind(run, at + id.length, id);
  const through = range === undefined ? {} : { through: range };
  if (isStrongId(id)) return { ...base, strength: 'strong', ...through };
  if (/^\d+$/.test(id)) {
    // `#5 Paint`: an issue's number.
    if (run.text[at - 1] === '#' && /^\s/.test(behind)) return { ...base, strength: 'set-off' };
    if (isBold(run, start, end) || SEPARATOR.test(behind)) return { ...base, strength: 'ordinal' };
    return undefined;
  }
  if (/^\p{L}$/u.test(id) && /^\s*[.)]/.test(behind)) return { ...base, strength: 'ordinal' };
  // `API: add the route` is about the API.
  if (/^\p{Lu}{2,}$/u.test(id) && /^\s*[:：]/.test(behind) && !isBold(run, start, end)) return undefined;
  if (isSetOff || range !== undefined) return { ...base, strength: 'set-off', ...through };
  return WEAK.test(id) ? { ...base, strength: 'weak' } : undefined;
}

/** `S3`, `2a`; not the letter of an amount, nor `3d`. */
const WEAK = /^(?:\p{Lu}\p{L}{0,3}\d|(?![23]d)\d{1,3}[a-f]$)/u;

/** `1.2 GB arrived`. */
function isAmount(id: string, behind: string): boolean {
  return (
    /^\d+\.\d+$/.test(id) &&
    /^\s?(?:%|(?:[kmgt]i?b|[kmnµ]?s|[kcmn]?m|[km]?g|hz|x|times|hours?|days?)(?![\p{L}\p{N}]))/iu.test(behind)
  );
}

/** `1.` and `T1:` end in punctuation that is none of theirs; `1's` is a possessive. */
function withoutTail(token: string): string {
  return token.endsWith('s') ? token.replace(/['’]s$/, '') : token;
}

function namedId(
  base: { value: string; start: number; end: number },
  behind: string,
  isPhase: boolean,
): Id | undefined {
  const { value } = base;
  if (isPhase && isAboutPhases(behind)) return undefined;
  const other = isPhase ? OTHER_NAME.exec(behind) : null;
  if (other !== null) {
    const [whole = '', , second = ''] = other;
    const end = base.end + whole.length;
    return { ...base, strength: 'set-off', through: { value: second, start: end - second.length, end } };
  }
  if (/^['’]s\b/.test(behind) || /^\s*(?:\+|\/|&|[–—]\s?\d)/.test(behind)) return undefined;
  const range = /^(\d+)-(\d+)$/.exec(value);
  if (range !== null && Number(range[1]) < Number(range[2])) return undefined;
  const isPlain = /\d/.test(value) || /^\p{L}$/u.test(value) || /^[IVX]+$/.test(value);
  if (isPlain) return { ...base, strength: isStrongId(value) ? 'strong' : 'set-off' };
  if (hasIdShape(value) || NUMBER_WORDS.has(value.toLowerCase())) return { ...base, strength: 'set-off' };
  return /^\p{Lu}/u.test(value) && /^\s*(?:—|–|-|:|：)\s*\S/.test(behind) && !NO_IDS.has(value.toLowerCase())
    ? { ...base, strength: 'set-off' }
    : undefined;
}

/** `Phase 0.5 / 1b — Set up` has two names, and is found by the first. */
const OTHER_NAME = /^(\s*[/&+]\s*)(\d[\d.]{0,5}[a-z]?)(?=\s*(?:—|–|:|\s-\s)\s*\p{L})/iu;

/** `Phase 2 complete`, `Phase 1 tasks`: about a phase, not its name. */
const ABOUT_PHASES =
  /^(?:completed?|done|checklist|details?|summary|overview|notes?|status|progress|tasks?|results?|dependencies|prerequisites|verification|checkpoint|gates?|goals?|deliverables|vs|and|or|to|through|is|are|was|will|must|timeline|review|started|starts|only|enhancements?|items)$/;

function isAboutPhases(behind: string): boolean {
  const space = /^\s+/.exec(behind)?.[0].length;
  if (space === undefined) return false;
  const word = plainWordAt(behind, space);
  return ABOUT_PHASES.test(word) && !isWordAt(behind, space + word.length);
}

/** What stands behind `Phase`, `Task` and the like in headings that name none. */
const NO_IDS = new Set(
  'details detail overview dependencies dependency numbering summary structure plan planning order ordering gates status goals goal list breakdown notes note progress tasks task results review checklist deliverables timeline completion complete criteria template format prompt prompts organization organisation model management tracking table map graph flow exit entry transition transitions types id ids name names description mapping points point type kind size owner time effort estimate duration priority state count complexity category title labels'.split(
    ' ',
  ),
);

function rangeBehind(run: Run, at: number, id: string): Id['through'] {
  const dash = RANGE.exec(run.text.slice(at, at + 3))?.[0];
  const token = dash === undefined ? '' : tokenAt(run.text, at + dash.length);
  if (dash === undefined || token === '') return undefined;
  const shape = (text: string) => text.replace(/\d+/g, '0');
  if (shape(token) !== shape(id)) return undefined;
  const start = run.start + at + dash.length;
  return { value: token, start, end: start + token.length };
}

function isBold(run: Run, start: number, end: number): boolean {
  return run.spans.some(
    (span) => (span.kind === 'strong' || span.kind === 'code') && span.start <= start && span.end >= end,
  );
}

function isBoldAlone(run: Run, start: number, end: number): boolean {
  return run.spans.some(
    (span) =>
      span.kind === 'strong' &&
      span.start <= start &&
      span.end >= end &&
      /^[\s:.]*$/.test(run.text.slice(end - run.start, span.end - run.start)),
  );
}

/** Without the dash, colon or full stop that divides an id from its title. */
function afterSeparator(run: Run): Run {
  const separator = SEPARATOR.exec(run.text)?.[0] ?? /^\]/.exec(run.text)?.[0] ?? '';
  return separator === '' ? run : cut(run, separator.length, run.text.length);
}

function withoutSigns(run: Run): { readonly run: Run; readonly sign?: Head['sign'] } {
  if (!isSign(run.text, 0) && !isSign(run.text, run.text.length - 1)) return { run };
  const leading = LEADING_SIGNS.exec(run.text)?.[0] ?? '';
  const trailing = leading.length < run.text.length ? (TRAILING_SIGNS.exec(run.text)?.[0] ?? '') : '';
  // Emphasis that opens with the text must stay a part of it.
  const open = /[^\S]*$/.exec(leading)?.[0] ?? '';
  const from = leading.length - (open.includes(BLANKED) ? open.length : 0);
  const sign = signIn(run, 0, leading.length, true) ?? signIn(run, run.text.length - trailing.length, run.text.length);
  const isStatus = signIn(run, run.text.length - trailing.length, run.text.length) !== undefined;
  const to = run.text.length - (isStatus ? trailing.length : 0);
  return { run: from === 0 && to === run.text.length ? run : cut(run, from, to), ...(sign && { sign }) };
}

/** Whether a text may begin or end with a sign there: emphasis is looked through. */
function isSign(text: string, at: number): boolean {
  const step = at === 0 ? 1 : -1;
  let index = at;
  while (text[index] === BLANKED || text[index] === ' ') index += step;
  return text.charCodeAt(index) > 0x20ff;
}

function signIn(run: Run, from: number, to: number, isLeading = false): Head['sign'] {
  for (const match of run.text.slice(from, to).matchAll(SIGNS)) {
    const status = statusOfSign(match[0]);
    if (status === undefined || (isLeading && isOrnament(match[0]))) continue;
    const start = run.start + from + match.index;
    return { status, start, end: start + match[0].length };
  }
  return undefined;
}
