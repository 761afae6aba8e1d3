import type { Range } from '../text';

/** White space in place of markup belongs to the step that it opens. */
const NUMBER = /(?:^|\s)(?:(\d{1,2})[.)]|\((\d{1,2})\))\u205F{0,3}[^\S\u205F]+(?=\S|\u205F)/g;

/**
 * Where the steps of `1) retry · 2) restore` stand in a text; nothing where it has no numbers that count on. `first` is
 * the number of what stands before `2)`, where the text itself does not give it. Linear.
 */
export function numberedSteps(text: string, first?: number): readonly Range[] {
  const marks: { start: number; end: number }[] = first === undefined ? [] : [{ start: 0, end: 0 }];
  let expected = first === undefined ? undefined : first + 1;
  for (const match of text.matchAll(NUMBER)) {
    const number = Number(match[1] ?? match[2]);
    if (expected === undefined ? number > 1 : number !== expected) continue;
    expected = number + 1;
    marks.push({ start: match.index, end: match.index + match[0].length });
  }
  return marks.map(({ end }, index) => {
    const stop = marks[index + 1]?.start ?? text.length;
    return { start: end, end: end + text.slice(end, stop).replace(/[\s;,·|•→>-]{1,10}$/, '').length };
  });
}
