import type { Range } from '../text';
import { lineAbove, lineAt, lineEnd, lineStart } from './lines';

const LABEL =
  /(?:^|[|·])[ \t]*(?:[-*+][ \t]+)*(?:\*\*|__)?["']?[\p{L}_][\p{L}_ -]{0,40}["']?(?:\*\*|__)?[ \t]*:(?:\*\*|__)?[ \t]*["'{[]?[ \t]*$/u;

const ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+["'{[]?[ \t]*$/;
const LONE_LABEL =
  /^[ \t]*(?:[-*+][ \t]+)*(?:\*\*|__)?["']?[\p{L}_][\p{L}_ -]{0,40}["']?(?:\*\*|__)?[ \t]*:(?:\*\*|__)?[ \t]*(?:[|>][-+]?\d?)?[ \t]*$/u;

/** A field's value with its name, back to where the line or the divider before it ends; an item with the name above it. */
export function withLabel(text: string, { start, end }: Range): Range {
  const line = lineStart(text, start);
  const before = text.slice(line, start);
  const rest = lineEnd(text, end);
  const behind = /^["'}\]]?[ \t]*$/.test(text.slice(end, rest)) ? rest : end;
  if (ITEM.test(before)) return { start: labelAbove(text, line) ?? line, end: behind };
  const label = LABEL.exec(before);
  if (label === null) {
    // Between the brackets of YAML: with the comma or the name before it, and the bracket that ends a list.
    const entry = /(?:[,{][ \t]*["']?[\p{L}_][\p{L}\d_-]*["']?[ \t]*:[ \t]*\[?|,)[ \t]*["']?$/u.exec(before);
    if (entry !== null) {
      const closing = /^["']?(?:[ \t]*\])?/.exec(text.slice(end, rest))?.[0].length ?? 0;
      return { start: line + entry.index + (entry[0].startsWith('{') ? 1 : 0), end: end + closing };
    }
    const above = before.trim() === '' ? labelAbove(text, line) : undefined;
    return { start: above ?? start, end: above === undefined ? end : behind };
  }
  return { start: line + label.index, end: /^[|·]/.test(label[0]) ? end : behind };
}

/** The line with nothing but a field's name right above a list. */
export function labelAbove(text: string, start: number): number | undefined {
  let line = lineAbove(text, start);
  while (line !== undefined && lineAt(text, line).trim() === '') line = lineAbove(text, line);
  return line !== undefined && LONE_LABEL.test(lineAt(text, line)) ? line : undefined;
}
