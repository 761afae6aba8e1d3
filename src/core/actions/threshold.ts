import { inUnitOf, measuredQuantity, NUMBER, type Quantity, quantityOf } from './quantity';

/** What a cell of a gate's table asks of a value, as far as a program can tell. */
export interface Threshold {
  readonly low?: Bound;
  readonly high?: Bound;
  readonly unit: string;
  readonly factor: number;
  /** It asks for something else as well (`…, and no course below 97 %`): a value alone does not meet it. */
  readonly asksMore: boolean;
  /** Something else meets it too (`…, or the job is refused twice`): a value alone does not fail it. */
  readonly hasOther: boolean;
}

interface Bound {
  readonly value: number;
  readonly isIncluded: boolean;
}

type Op = '<' | '<=' | '>' | '>=' | '=';
type Token =
  | { readonly kind: 'op'; readonly op: Op }
  | { readonly kind: 'number'; readonly quantity: Quantity }
  | { readonly kind: 'up' | 'down' | 'to' | 'or' | 'between' | 'and' }
  | { readonly kind: 'word'; readonly text: string };

const OPS: readonly (readonly [RegExp, Op])[] = [
  [
    /^(?:<=|=<|≤|⩽|(?:at most|no (?:more|higher|longer|later|greater) than|not (?:more|over) than|not over|up to|max(?:imum)?\b(?: of)?|within|höchstens)(?![\p{L}]))/iu,
    '<=',
  ],
  [
    /^(?:>=|=>|≥|⩾|(?:at least|no (?:less|fewer|lower) than|not (?:less|under) than|min(?:imum)?\b(?: of)?|from|mindestens)(?![\p{L}]))/iu,
    '>=',
  ],
  [/^(?:<|(?:under|below|(?:less|fewer|lower|shorter|faster|smaller|cheaper) than|unter)(?![\p{L}]))/iu, '<'],
  [/^(?:>|(?:over|above|(?:more|greater|higher|longer|larger|slower) than|exceeds|exceeding|über)(?![\p{L}]))/iu, '>'],
  [/^(?:==?|(?:exactly|equals?|equal to)(?![\p{L}]))/iu, '='],
];
const UP = /^(?:\+|(?:or|and) (?:more|higher|above|over|greater|longer|better|up))(?![\p{L}])/iu;
const DOWN = /^(?:or|and) (?:fewer|less|lower|below|under|shorter)(?![\p{L}])/iu;
const TO = /^(?:to(?![\p{L}])|–|—|-(?=\s?\d)|\.\.\.?|…|bis(?![\p{L}]))/iu;
const NONE = /^(?:none|zero|nothing)\b/i;
const SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** `at least 80 %`, `4,097 to 8,192 tokens: Scenario F4`, `p95 ≤ 6 s`, `3 or more`, `none`; undefined for anything else. */
export function parseThreshold(text: string): Threshold | undefined {
  const { asked, rest } = divided(text.trim().slice(0, LONGEST));
  const tokens = tokensOf(asked);
  const asksMore = /^(?:and|with|if|unless|provided|but|without|only)\b/i.test(rest);
  const hasOther = /^or\b/i.test(rest);
  if (NONE.test(asked) && tokens.every(({ kind }) => kind === 'word')) {
    const zero = { value: 0, isIncluded: true };
    return { low: zero, high: zero, unit: '', factor: 1, asksMore, hasOther };
  }
  const first = tokens.findIndex(({ kind }) => kind === 'op' || kind === 'number' || kind === 'between');
  const found = first < 0 ? undefined : rangeOf(tokens.slice(first), first === 0);
  if (found === undefined) return undefined;
  const behind = tokens.slice(first + found.used).find(({ kind }) => kind === 'word' || kind === 'and');
  const condition = behind?.kind === 'and' || (behind?.kind === 'word' && CONDITION.test(behind.text));
  return { ...found.range, asksMore: asksMore || condition, hasOther };
}

const LONGEST = 400;
const CONDITION = /^(?:that|which|if|when|unless|with|without|where|only|provided|but|except)$/i;

/** What is asked, and what stands behind it: what to do then, another way to meet it, a further condition. */
function divided(text: string): { readonly asked: string; readonly rest: string } {
  const end = /(?::(?=\s)|;|,\s(?!\d)|\s[—–]\s(?!\d)|\.\s|\(|→|->)/.exec(text);
  if (end === null) return { asked: text, rest: '' };
  // `p95: at most 6 s`: what is measured stands in front.
  if (end[0] === ':' && !/\d|none|zero/i.test(text.slice(0, end.index).replace(/\p{L}+\d+/gu, '')))
    return divided(text.slice(end.index + 1).trim());
  return { asked: text.slice(0, end.index), rest: text.slice(end.index + end[0].length).trim() };
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text.replace(/[*_`~“”"]/g, '');
  const take = (length: number, token: Token | undefined) => {
    if (token !== undefined) tokens.push(token);
    rest = rest.slice(length);
  };
  while (rest !== '' && tokens.length < 60) {
    const blank = /^[\s,]+/.exec(rest)?.[0].length ?? 0;
    if (blank > 0) {
      take(blank, undefined);
      continue;
    }
    const up = UP.exec(rest)?.[0] ?? '';
    const down = up === '' ? (DOWN.exec(rest)?.[0] ?? '') : '';
    const to = tokens.at(-1)?.kind === 'number' ? (TO.exec(rest)?.[0] ?? '') : '';
    const op = OPS.find(([words]) => words.test(rest));
    if (up !== '') take(up.length, { kind: 'up' });
    else if (down !== '') take(down.length, { kind: 'down' });
    else if (to !== '') take(to.length, { kind: 'to' });
    else if (op !== undefined) take(op[0].exec(rest)?.[0].length ?? 1, { kind: 'op', op: op[1] });
    else {
      const number = NUMBER.exec(rest);
      // A number that is none, as in `2.3.10`, is a word too.
      const word = /^(?:[\p{L}_][\p{L}\d_'/-]*|\d[\d.,]*)/u.exec(rest)?.[0];
      const small = SMALL.indexOf(word?.toLowerCase() ?? '?');
      if (number?.index === 0 && number.groups !== undefined && !/^\.\d/.test(rest.slice(number[0].length))) {
        const { hasUnit, ...quantity } = quantityOf(number.groups);
        const length = number[0].length - (hasUnit ? 0 : (number.groups.unit ?? '').length);
        take(length, { kind: 'number', quantity });
      } else if (small >= 0 && word !== undefined)
        take(word.length, { kind: 'number', quantity: { value: small, unit: '', factor: 1 } });
      else if (word === undefined) take(1, undefined);
      else if (/^(?:or|between|and)$/i.test(word)) take(word.length, { kind: word.toLowerCase() as 'or' });
      else take(word.length, { kind: 'word', text: word });
    }
  }
  return tokens;
}

interface Range {
  readonly low?: Bound;
  readonly high?: Bound;
  readonly unit: string;
  readonly factor: number;
}

/** The range that tokens begin with, and how many of them say it. */
function rangeOf(
  tokens: readonly Token[],
  isFirst: boolean,
): { readonly range: Range; readonly used: number } | undefined {
  const [a, b, c, d] = tokens;
  if (a?.kind === 'between' && b?.kind === 'number' && (c?.kind === 'and' || c?.kind === 'to') && d?.kind === 'number')
    return { range: between(b.quantity, d.quantity, true), used: 4 };
  if (a?.kind === 'op' && b?.kind === 'number') {
    const next = c?.kind === 'and' || c?.kind === 'to' ? 3 : 2;
    const [other, last] = [tokens[next], tokens[next + 1]];
    if (other?.kind === 'op' && last?.kind === 'number' && isUpper(other.op) !== isUpper(a.op))
      return { range: joined(bounded(a.op, b.quantity), bounded(other.op, last.quantity)), used: next + 2 };
    if (c?.kind === 'to' && d?.kind === 'number' && a.op === '>=')
      return { range: between(b.quantity, d.quantity, true), used: 4 };
    return { range: bounded(a.op, b.quantity), used: 2 };
  }
  if (a?.kind !== 'number') return undefined;
  if (b?.kind === 'up') return { range: bounded('>=', a.quantity), used: 2 };
  if (b?.kind === 'down') return { range: bounded('<=', a.quantity), used: 2 };
  if (b?.kind === 'to' && c?.kind === 'number') return { range: between(a.quantity, c.quantity, true), used: 3 };
  if (b?.kind === 'to' && c?.kind === 'op' && d?.kind === 'number' && isUpper(c.op))
    return { range: between(a.quantity, d.quantity, c.op === '<='), used: 4 };
  if (b?.kind === 'or' && c?.kind === 'number' && c.quantity.value === a.quantity.value + 1)
    return { range: between(a.quantity, c.quantity, true), used: 3 };
  if (b?.kind === 'op' && c?.kind === 'word' && d?.kind === 'op' && tokens[4]?.kind === 'number')
    return { range: joined(bounded(turned(b.op), a.quantity), bounded(d.op, tokens[4].quantity)), used: 5 };
  return isFirst ? { range: bounded('=', a.quantity), used: 1 } : undefined;
}

function isUpper(op: Op): boolean {
  return op === '<' || op === '<=';
}

function turned(op: Op): Op {
  return ({ '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=' } as const)[op];
}

function bounded(op: Op, { value, unit, factor }: Quantity): Range {
  const bound = { value, isIncluded: op.includes('=') };
  if (op === '=') return { low: bound, high: bound, unit, factor };
  return isUpper(op) ? { high: bound, unit, factor } : { low: bound, unit, factor };
}

function between(low: Quantity, high: Quantity, isHighIncluded: boolean): Range {
  return joined(bounded('>=', low), bounded(isHighIncluded ? '<=' : '<', high));
}

/** Two bounds in one unit: `2 to 10 s` are both seconds, `500 ms to 2 s` become seconds. */
function joined(a: Range, b: Range): Range {
  const { unit, factor } = b.unit === '' ? a : b;
  const moved = ({ low, high, ...own }: Range): Range => {
    const by = own.unit === '' || own.unit !== unit ? 1 : own.factor / factor;
    const bound = (each: Bound | undefined) => each && { ...each, value: each.value * by };
    return { ...(low && { low: bound(low) as Bound }), ...(high && { high: bound(high) as Bound }), unit, factor };
  };
  return { ...moved(a), ...moved(b) };
}

/** Whether a measured value is what a cell asks for; undefined when that takes a person. */
export function meets(measured: string, cell: string): boolean | undefined {
  const words = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replace(/[\s*_`.]+/g, ' ')
      .trim();
  if (words(measured) !== '' && words(measured) === words(cell)) return true;
  const threshold = parseThreshold(cell);
  const quantity = measuredQuantity(measured);
  if (threshold === undefined || quantity === undefined) return undefined;
  // A share says nothing of a count, unless it is none at all.
  if (quantity.unit === '%' && threshold.unit === '' && quantity.value !== 0) return undefined;
  const share = threshold.unit === '%' && quantity.unit !== '%' ? quantity.share : undefined;
  const compared = share ?? inUnitOf(quantity, threshold);
  if (compared === undefined) return undefined;
  const isInside = isWithin(compared, threshold);
  if (isInside && threshold.asksMore) return undefined;
  return !isInside && threshold.hasOther ? undefined : isInside;
}

function isWithin(value: number, { low, high }: Threshold): boolean {
  const isAbove = low === undefined || value > low.value || (low.isIncluded && value === low.value);
  const isBelow = high === undefined || value < high.value || (high.isIncluded && value === high.value);
  return isAbove && isBelow;
}
