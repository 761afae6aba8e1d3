import type { Range } from '../text';

/** Where the line begins that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line ends that holds an offset, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** The line that holds an offset, without its line break. */
export function lineAt(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), lineEnd(text, offset));
}

/** The start of the line above; undefined for the first one. `start` is where a line begins. */
export function lineAbove(text: string, start: number): number | undefined {
  return start === 0 ? undefined : lineStart(text, start - 1);
}

/** The start of the line below; undefined for the last one. */
export function lineBelow(text: string, start: number): number | undefined {
  const end = text.indexOf('\n', start);
  return end < 0 ? undefined : end + 1;
}

/** How far a line is looked at beside a stretch: readers read lines up to here, and people write none that are longer. */
const BESIDE = 20_000;

/** The lines that a stretch touches; of very long ones what is near it. */
export function linesAround(text: string, from: number, to: number): Range {
  const start = lineStart(text, from);
  const end = lineEnd(text, to);
  return { start: Math.max(start, from - BESIDE), end: Math.min(end, Math.max(to, from) + BESIDE) };
}
