/** What differs between two texts: `[start, end)` of the old one became `[start, newEnd)` of the new one. */
export interface Difference {
  readonly start: number;
  readonly end: number;
  readonly newEnd: number;
}

/** Compared this many characters at a time, as long as these are equal. */
const STRIDE = 2048;

/** The smallest span outside of which both texts are equal. Linear; undefined when they are equal throughout. */
export function differenceOf(before: string, after: string): Difference | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + STRIDE <= shorter && before.slice(start, start + STRIDE) === after.slice(start, start + STRIDE)) {
    start += STRIDE;
  }
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = before.length;
  let newEnd = after.length;
  while (
    end - STRIDE >= start &&
    newEnd - STRIDE >= start &&
    before.slice(end - STRIDE, end) === after.slice(newEnd - STRIDE, newEnd)
  ) {
    end -= STRIDE;
    newEnd -= STRIDE;
  }
  while (end > start && newEnd > start && before.charCodeAt(end - 1) === after.charCodeAt(newEnd - 1)) {
    end--;
    newEnd--;
  }
  return { start, end, newEnd };
}
