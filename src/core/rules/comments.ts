import type { Diagnostic, Plan } from '../model';
import type { Location } from '../text';

const MARK = 'phasewise-disable-';

/** `<!-- phasewise-disable-next-line vague-done-when -->`, `# phasewise-disable-line`; several rules, or all. */
const COMMENT = /(?:<!--|#)[ \t]*phasewise-disable-(next-line|line)((?:[ \t,]+[a-z][a-z-]*)*)/g;

interface Silence {
  /** Offsets of the line. */
  readonly start: number;
  readonly end: number;
  /** None: every rule. */
  readonly rules: ReadonlySet<string>;
}

/** Leaves out what a comment in the plan's files takes back for its line. Files without such a comment cost one search. */
export function withoutSilenced(plan: Plan, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const silences = new Map<string, readonly Silence[]>();
  for (const file of plan.files) {
    const text = plan.textOf(file) ?? '';
    if (text.includes(MARK)) silences.set(file, silencesIn(text));
  }
  if (silences.size === 0) return diagnostics;
  return diagnostics.filter(({ code, location }) => !isSilenced(code, location, silences.get(location.file) ?? []));
}

function isSilenced(code: string, { start }: Location, silences: readonly Silence[]): boolean {
  return silences.some(
    (silence) =>
      start >= silence.start && start <= silence.end && (silence.rules.size === 0 || silence.rules.has(code)),
  );
}

function silencesIn(text: string): readonly Silence[] {
  return [...text.matchAll(COMMENT)].map((match) => {
    const [whole, where, words = ''] = match;
    const rules = new Set(words.split(/[\s,]+/).filter((word) => /[a-z]/.test(word)));
    const own = { start: startOfLine(text, match.index), end: endOfLine(text, match.index + whole.length) };
    if (where === 'line') return { ...own, rules };
    const start = endOfLine(text, match.index + whole.length) + 1;
    return { start, end: endOfLine(text, start), rules };
  });
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', Math.max(offset - 1, 0)) + 1;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
