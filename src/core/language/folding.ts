import type { PlanPart } from '../model';
import type { Range } from '../text';
import { thingsIn } from './enclosing';
import { lineStart } from './lines';

/**
 * Stretches that can be folded where the editor's own folding, which goes by headings, lists and indentation, sees
 * nothing: the front matter of Markdown, and things whose title is a line in bold.
 */
export function foldsOf(part: PlanPart): readonly Range[] {
  if (part.notation !== 'markdown') return [];
  const { text } = part;
  const folds: Range[] = [];
  const matter = /^\uFEFF?---[ \t]*\r?\n[\s\S]*?\n---[ \t]*(?=\r?\n|$)/.exec(text.slice(0, 50_000));
  if (matter !== null) folds.push({ start: 0, end: matter[0].length });
  for (const { head, location } of thingsIn(part)) {
    const start = lineStart(text, head.start);
    const isBold = /^(?:\*\*|__)/.test(text.slice(start, start + 2));
    if (isBold && text.slice(head.end, location.end).includes('\n')) folds.push({ start, end: location.end });
  }
  return folds;
}
