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
