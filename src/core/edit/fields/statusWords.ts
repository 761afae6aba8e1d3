import type { PlanPart, Status } from '../../model';
import { parseStatus, statusOfSign } from '../../notation/values';

/** How a file writes states. */
export interface StatusWords {
  /** What to write for a state in place of `now`, or in a field of its own. */
  word(status: Status, now?: string): string;
  /** The mark of a check box that says it; undefined where the file's check boxes only know open and done. */
  mark(status: Status): string | undefined;
}

const SIGNS: Readonly<Record<Status, string>> = { open: '⏳', in_progress: '🚧', closed: '✅', deferred: '⏸️' };

/** Words for a state that say more than the state. */
const SPECIAL =
  /^(?:blocked|waiting|up next|next|proposed|draft|ready|queued|incomplete|unfinished|not done|in[- _]?review|review|testing|reopened|partial|cancel|abandon|drop|obsolete|supersed|revert|skip|won'?t|not needed|out of scope|removed|rejected|duplicate|merged|released|shipped|deployed|verified|passed|fixed|claimed|hooked|unclaimed|next)/i;
/** Values that say it where a column or key asks whether something is done. */
const FLAG = /^(?:true|false|yes|no|x)$/i;
/** A word or two, maybe with a sign in front. */
const PLAIN = /^(?:[^\p{L}\p{N}\s"'`*]{1,3}\s?)?\p{L}[\p{L} _-]{0,20}$/u;

const known = new WeakMap<PlanPart, StatusWords>();

/** Worked out once for each reading. */
export function statusWordsOf(part: PlanPart): StatusWords {
  const before = known.get(part);
  if (before !== undefined) return before;
  const words = new WordsOfFile(part);
  known.set(part, words);
  return words;
}

class WordsOfFile implements StatusWords {
  readonly #isYaml: boolean;
  /** How often each is written in fields, by state. */
  readonly #words = new Map<Status, Map<string, number>>();
  readonly #marks = new Map<Status, Map<string, number>>();

  constructor({ text, notation, beads, phases }: PlanPart) {
    this.#isYaml = notation === 'yaml';
    const places = [
      ...beads.flatMap(({ status, statusAt }) => (statusAt === undefined ? [] : { ...statusAt, value: status })),
      ...phases.flatMap(({ status }) => status ?? []),
    ];
    for (const { start, end, value } of places) {
      const written = text.slice(start, end);
      if (isMark(text, start, end)) count(this.#marks, value, written);
      else if (isUsual(written) && parseStatus(written) === value) count(this.#words, value, written);
    }
  }

  word(status: Status, now = ''): string {
    const isSignAlone = now !== '' && bare(now) === '' && statusOfSign(now.trim()) !== undefined;
    if (isSignAlone) return SIGNS[status];
    const usual = mostOften(this.#words.get(status), (word) => now === '' || hasSign(word) === hasSign(now));
    if (usual !== undefined) return usual;
    const model = PLAIN.test(now) ? now : (mostOften(this.#all()) ?? '');
    const word = cased(this.#plainWord(status), bare(model));
    return hasSign(model) ? `${SIGNS[status]} ${word}` : word;
  }

  mark(status: Status): string | undefined {
    const usual = mostOften(this.#marks.get(status));
    if (usual !== undefined) return usual;
    if (status === 'closed') return 'x';
    return status === 'open' ? ' ' : undefined;
  }

  #plainWord(status: Status): string {
    const all = [...this.#all().keys()].map((word) => bare(word).toLowerCase());
    switch (status) {
      case 'in_progress': {
        const divider = all.map((word) => /(?:in|to|not)([_-])/.exec(word)?.[1]).find((each) => each !== undefined);
        return `in${divider ?? (this.#isYaml ? '_' : ' ')}progress`;
      }
      case 'closed':
        return all.some((word) => /^(?:to[- _]?do|doing|pending)/.test(word)) ? 'done' : 'closed';
      case 'open':
        return all.some((word) => /^(?:doing|done)/.test(word)) ? 'todo' : 'open';
      case 'deferred':
        return 'deferred';
    }
  }

  #all(): ReadonlyMap<string, number> {
    const all = new Map<string, number>();
    for (const words of this.#words.values()) for (const [word, times] of words) all.set(word, times);
    return all;
  }
}

function isUsual(written: string): boolean {
  return PLAIN.test(written) && !SPECIAL.test(bare(written)) && !FLAG.test(written);
}

/** Whether a place is what stands between the brackets of a check box. */
export function isMark(text: string, start: number, end: number): boolean {
  return text[start - 1] === '[' && text[end] === ']' && end - start <= 2;
}

/** Without a sign in front. */
function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+/u, '').trim();
}

function hasSign(word: string): boolean {
  return statusOfSign(word.trim()) !== undefined;
}

export function cased(word: string, model: string): string {
  if (/^\p{Lu}{2}/u.test(model)) return word.toUpperCase();
  return /^\p{Lu}/u.test(model) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

function count(counts: Map<Status, Map<string, number>>, status: Status, word: string): void {
  const own = counts.get(status) ?? new Map<string, number>();
  counts.set(status, own);
  own.set(word, (own.get(word) ?? 0) + 1);
}

function mostOften(words: ReadonlyMap<string, number> | undefined, is = (_: string) => true): string | undefined {
  let best: string | undefined;
  for (const [word, times] of words ?? []) {
    if (is(word) && (best === undefined || times > (words?.get(best) ?? 0))) best = word;
  }
  return best;
}
