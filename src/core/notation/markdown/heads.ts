import type { Status, Tier } from '../../model';
import { hasIdShape, isStrongId, TOKEN } from '../ids';
import { FOREIGN_BEADS, FOREIGN_PHASES } from '../languages';
import { statusOfSign } from '../values';
import { BLANKED } from './inline';
import { cut, isBlank, type Run } from './run';

/** What the first words of a heading, a list item or a table cell name. */
export interface Head {
  readonly kind?: 'phase' | 'bead' | 'step' | 'gate' | 'scenario' | 'tier' | 'prompt';
  /** The word before the id, in lower case: `phase`, `stage`, `task` … */
  readonly word?: string;
  readonly id?: Id;
  /** What stands behind the id, or all of it. */
  readonly rest: Run;
  readonly tier?: Tier;
  /** A sign such as `✅` at either end. */
  readonly sign?: { readonly status: Status; readonly start: number; readonly end: number };
}

export interface Id {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /**
   * `strong` is hardly anything else than an id; `set-off` stands in bold or before a dash; `weak` only has a digit;
   * `ordinal` is a plain number before a full stop, bracket, dash or colon.
   */
  readonly strength: 'strong' | 'set-off' | 'weak' | 'ordinal';
  /** The last id of `T029–T034`. */
  readonly through?: { readonly value: string; readonly start: number; readonly end: number };
}

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
  /^\s*(?:\d+(?:\.\d+)*(?:[.)]\s+|(?<=\.\d+)\s+)|[IVX]+\.\s+)(?=\s*(?:phase|stage|milestone|gate|scenario|tier|prompt)\s)/iu;
const PHASE = new RegExp(
  `^\\s*(phase|stage|milestone|epic|${FOREIGN_PHASES})(?:\\s+|(?<=${IDEOGRAM}))#?(${TOKEN})`,
  'iu',
);
const IS_PHASE = new RegExp(`^\\s*(?:phase|stage|milestone|epic|${FOREIGN_PHASES})`, 'iu');
const BEAD = new RegExp(
  `^\\s*(bead|task|story|ticket|work item|work package|activity|step|${FOREIGN_BEADS})(?:\\s+|(?<=${IDEOGRAM}))#?(${TOKEN})`,
  'iu',
);
const GATE = new RegExp(
  `^\\s*((?:go\\s?/\\s?no-?go|decision|quality|human|external|approval|exit|review|release|readiness|feasibility|hard|stage|phase)\\s+)?gate(?![\\p{L}\\p{N}])\\s*#?(${TOKEN})?`,
  'iu',
);
const SCENARIO = new RegExp(`^\\s*(?:failure\\s+)?(?:scenario|failure(?:\\s+mode)?)\\s+#?(${TOKEN})`, 'iu');
const PROMPT = /^\s*(prompt)\s+#?(\d{1,4}[a-z]?)(?![\p{L}\p{N}])/iu;
const TIER = /^\s*tier[\s-]+(1|2|3|one|two|three|i{1,3})(?![\p{L}\p{N}])/iu;
const DOES_NOT_APPLY = /^\s*(?:(?:does|do) not apply|doesn['’]t apply|not applicable)(?![\p{L}\p{N}])/iu;
const BARE_ID = new RegExp(`^\\s*(?:\\[(?=[^\\]]*\\d)|\\((?=\\p{Lu}[^()\\s]*\\d[^()\\s]*\\)\\s))?#?(${TOKEN})`, 'u');

const TIERS: Readonly<Record<string, Tier>> = { '1': 1, one: 1, i: 1, '2': 2, two: 2, ii: 2, '3': 3, three: 3, iii: 3 };

/** How every head begins that is more than an id and a title. */
const MAY_BE_NAMED =
  /^\s*(?:[^\x20-\x7E]|aufg|taak|tar|etap|fase|meil|\d|[IVX]+\.|tier|do|not|phase|stage|mile|epic|bead|task|story|ticket|work|step|activ|prompt|scenario|fail|gate|go|deci|qual|human|ext|appr|exit|rev|rel|read|feas|hard)/i;

function readHead(run: Run): Head {
  const { run: bare, sign } = withoutSigns(run);
  if (!MAY_BE_NAMED.test(bare.text)) return bareHead(bare, sign);
  const numbering = NUMBERING.exec(bare.text)?.[0].length ?? 0;
  const text = bare.text.slice(numbering);
  const shared = sign === undefined ? {} : { sign };
  const from = (length: number) => cut(bare, numbering + length, bare.text.length);

  const tier = TIER.exec(text);
  if (tier !== null)
    return { ...shared, kind: 'tier', tier: TIERS[(tier[1] ?? '').toLowerCase()], rest: from(tier[0].length) };
  const excluded = DOES_NOT_APPLY.exec(text);
  if (excluded !== null) return { ...shared, kind: 'tier', tier: 'does-not-apply', rest: from(excluded[0].length) };

  for (const [kind, shape] of THINGS) {
    const match = shape.exec(text);
    if (match === null) continue;
    const [whole, word = '', token = ''] = match;
    const id = idAt(bare, numbering + whole.length - token.length, token, true);
    if (id === undefined) continue;
    const isStep = word.toLowerCase() === 'step';
    return {
      ...shared,
      kind: isStep ? 'step' : kind,
      word: word.toLowerCase(),
      id,
      rest: afterSeparator(cut(bare, endOf(id) - bare.start, bare.text.length)),
    };
  }
  const scenario = SCENARIO.exec(text);
  if (scenario !== null) {
    const token = scenario[1] ?? '';
    const id = idAt(bare, numbering + scenario[0].length - token.length, token, true);
    if (id !== undefined) {
      return {
        ...shared,
        kind: 'scenario',
        id,
        rest: afterSeparator(cut(bare, id.end - bare.start, bare.text.length)),
      };
    }
  }
  const gate = GATE.exec(text);
  if (gate !== null) return { ...shared, ...gateHead(bare, numbering, gate) };

  return bareHead(bare, sign);
}

function bareHead(bare: Run, sign: Head['sign']): Head {
  const shared = sign === undefined ? {} : { sign };
  const token = BARE_ID.exec(bare.text);
  const id = token === null ? undefined : idAt(bare, token[0].length - (token[1] ?? '').length, token[1] ?? '', false);
  if (id === undefined) return { ...shared, rest: bare };
  return { ...shared, id, rest: afterSeparator(cut(bare, endOf(id) - bare.start, bare.text.length)) };
}

const THINGS = [
  ['phase', PHASE],
  ['bead', BEAD],
  ['prompt', PROMPT],
] as const;

function gateHead(run: Run, numbering: number, match: RegExpExecArray): Head {
  const [whole, adjective = '', token = ''] = match;
  const at = numbering + whole.length - token.length;
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

const SEPARATOR = /^\]?\s*(?:—|–|--?|:|：|\.(?=\s|$)|\)|\||→)[ \t]*/;
const RANGE = new RegExp(`^\\s?[–—]\\s?(${TOKEN})`, 'u');
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
    return isBoldAlone(run, start, end) && !/^\s*:/.test(behind) ? { ...base, strength: 'set-off' } : undefined;
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
  if (isSetOff || range !== undefined) return { ...base, strength: 'set-off', ...through };
  return /^\p{Lu}\p{L}{0,3}\d/u.test(id) ? { ...base, strength: 'weak' } : undefined;
}

/** `1.2 GB arrived`. */
function isAmount(id: string, behind: string): boolean {
  return (
    /^\d+\.\d+$/.test(id) &&
    /^\s?(?:%|(?:[kmgt]i?b|[kmnµ]?s|[kcmn]?m|[km]?g|hz|x|times|hours?|days?)(?![\p{L}\p{N}]))/iu.test(behind)
  );
}

/** `1.` and `T1:` end in punctuation that is none of theirs; `1's` is a possessive. */
function withoutTail(token: string): string {
  return token.replace(/['’]s$/u, '');
}

function namedId(
  base: { value: string; start: number; end: number },
  behind: string,
  isPhase: boolean,
): Id | undefined {
  const { value } = base;
  if (isPhase && ABOUT_PHASES.test(behind)) return undefined;
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

/** `Phase 2 complete`, `Phase 1 tasks`: about a phase, not its name. */
const ABOUT_PHASES =
  /^\s+(?:completed?|done|checklist|details?|summary|overview|notes?|status|progress|tasks?|results?|dependencies|prerequisites|verification|checkpoint|gates?|goals?|deliverables|vs\.?|and|or|to|through|is|are|was|will|must|timeline|review|started|starts|only|enhancements?|items)(?![\p{L}\p{N}])/iu;

/** What stands behind `Phase`, `Task` and the like in headings that name none. */
const NO_IDS = new Set(
  'details detail overview dependencies dependency numbering summary structure plan planning order ordering gates status goals goal list breakdown notes note progress tasks task results review checklist deliverables timeline completion complete criteria template format prompt prompts organization organisation model management tracking table map graph flow exit entry transition transitions types id ids name names description mapping points point type kind size owner time effort estimate duration priority state count complexity category title labels'.split(
    ' ',
  ),
);

function rangeBehind(run: Run, at: number, id: string): Id['through'] {
  const match = RANGE.exec(run.text.slice(at, at + 100));
  const token = match?.[1];
  if (match === null || token === undefined) return undefined;
  const shape = (text: string) => text.replace(/\d+/g, '0');
  if (shape(token) !== shape(id)) return undefined;
  const start = run.start + at + match[0].length - token.length;
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
  const sign = signIn(run, 0, leading.length) ?? signIn(run, run.text.length - trailing.length, run.text.length);
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

function signIn(run: Run, from: number, to: number): Head['sign'] {
  for (const match of run.text.slice(from, to).matchAll(SIGNS)) {
    const status = statusOfSign(match[0]);
    if (status === undefined) continue;
    const start = run.start + from + match.index;
    return { status, start, end: start + match[0].length };
  }
  return undefined;
}
