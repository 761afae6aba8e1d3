import type { TextEdit } from '../text';
import { type Change, difference } from './difference';

export interface Merged {
  /** Where both sides changed the same characters, `mine` stands. */
  readonly text: string;
  /** How many places both sides changed in ways that do not go together. */
  readonly conflicts: number;
}

/**
 * Brings together what two writers made of one text: by lines and, within lines that both changed, by words. What both
 * put in at one place is kept, `theirs` first. Lines end as they do in the texts; the caller makes the line ends equal.
 */
export function merge(base: string, mine: string, theirs: string): Merged {
  if (mine === theirs || base === theirs) return { text: mine, conflicts: 0 };
  if (base === mine) return { text: theirs, conflicts: 0 };
  return mergeUnits(linesOf(base), linesOf(mine), linesOf(theirs), (...sides) => {
    const [from, own, other] = sides.map((lines) => wordsOf(lines.join(''))) as [string[], string[], string[]];
    return mergeUnits(from, own, other, (_, kept) => ({ text: kept.join(''), conflicts: 1 }));
  });
}

/** The edits by whole lines that make `after` of `before`. */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  const [from, to] = [linesOf(before), linesOf(after)];
  const starts = [0];
  for (const line of from) starts.push((starts.at(-1) ?? 0) + line.length);
  return difference(from, to).map(({ start, end, otherStart, otherEnd }) => ({
    range: { start: starts[start] ?? before.length, end: starts[end] ?? before.length },
    newText: to.slice(otherStart, otherEnd).join(''),
  }));
}

type Clash = (base: readonly string[], mine: readonly string[], theirs: readonly string[]) => Merged;

function mergeUnits(base: readonly string[], mine: readonly string[], theirs: readonly string[], clash: Clash): Merged {
  const [own, other] = [[...difference(base, mine)], [...difference(base, theirs)]];
  let text = '';
  let conflicts = 0;
  let at = 0;
  while (own.length > 0 || other.length > 0) {
    const start = Math.min(own[0]?.start ?? Infinity, other[0]?.start ?? Infinity);
    let end = start;
    const [ownHere, otherHere]: [Change[], Change[]] = [[], []];
    // Changes that share characters, or stand at one place, belong together.
    for (let grew = true; grew; ) {
      grew = false;
      for (const [queue, here] of [
        [own, ownHere],
        [other, otherHere],
      ] as const) {
        const [next] = queue;
        const isFirst = ownHere.length === 0 && otherHere.length === 0;
        if (
          next === undefined ||
          !(next.start < end || (next.start === start && (isFirst || standTogether(next, end, start))))
        )
          continue;
        queue.shift();
        here.push(next);
        end = Math.max(end, next.end);
        grew = true;
      }
    }
    text += base.slice(at, start).join('');
    at = end;
    if (otherHere.length === 0) text += side(mine, ownHere, start, end).join('');
    else if (ownHere.length === 0) text += side(theirs, otherHere, start, end).join('');
    else {
      const sides = [
        base.slice(start, end),
        side(mine, ownHere, start, end),
        side(theirs, otherHere, start, end),
      ] as const;
      const merged = together(...sides, clash);
      text += merged.text;
      conflicts += merged.conflicts;
    }
  }
  return { text: text + base.slice(at).join(''), conflicts };
}

/** Both put something in at one place. */
function standTogether(next: Change, end: number, start: number): boolean {
  return next.end === start && end === start;
}

/** What a writer made of `base[start, end)`: outside of the changes both lists are the same. */
function side(list: readonly string[], changes: readonly Change[], start: number, end: number): readonly string[] {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return [];
  return list.slice(first.otherStart - (first.start - start), last.otherEnd + (end - last.end));
}

function together(base: readonly string[], mine: readonly string[], theirs: readonly string[], clash: Clash): Merged {
  const [own, other] = [mine.join(''), theirs.join('')];
  if (own === other) return { text: own, conflicts: 0 };
  if (base.length === 0 && own.endsWith('\n'))
    return { text: (other.endsWith('\n') ? other : `${other}\n`) + own, conflicts: 0 };
  return clash(base, mine, theirs);
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}
