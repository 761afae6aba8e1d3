import type { PlanSnapshot } from '../snapshot';
import type { Range, TextEdit } from '../text';
import { END_MARKER, graphBlocks, mayHoldGraphs, startMarker } from './blocks';
import { type GraphRequest, graphSource } from './request';

/** A graph that could not be brought up to date. */
export interface GraphTrouble {
  readonly at: Range;
  /** In the middle of a sentence. */
  readonly why: string;
}

export interface GraphUpdate {
  /** For what is out of date; only the lines that differ. */
  readonly edits: readonly TextEdit[];
  readonly troubles: readonly GraphTrouble[];
  /** How many graphs the document holds. */
  readonly count: number;
}

/** Brings the graphs between markers up to date, in a Markdown file of the plan. Everything else stays to the byte. */
export function updateGraphs(text: string, snapshot: PlanSnapshot): GraphUpdate {
  if (!mayHoldGraphs(text)) return { edits: [], troubles: [], count: 0 };
  const { blocks, broken } = graphBlocks(text);
  const edits: TextEdit[] = [];
  const troubles: GraphTrouble[] = broken.map(({ at, why }) => ({ at, why }));
  const lineEnd = lineEndOf(text);
  for (const { inside, request, indent } of blocks) {
    const answer = graphSource(snapshot, request);
    if ('refused' in answer) troubles.push({ at: inside, why: answer.refused });
    else {
      const lines = fenced(answer.text, answer.note).map((line) => (line === '' ? '' : indent + line));
      const edit = difference(text, inside, `${lines.join(lineEnd)}${lineEnd}`);
      if (edit !== undefined) edits.push(edit);
    }
  }
  return { edits, troubles, count: blocks.length };
}

/** A new graph with its markers, to be put in at an offset: on lines of its own, with an empty one before and after. */
export function insertedGraph(text: string, at: number, snapshot: PlanSnapshot, request: GraphRequest): TextEdit {
  const lineEnd = lineEndOf(text);
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const answer = graphSource(snapshot, request);
  const content = 'refused' in answer ? [] : fenced(answer.text, answer.note);
  const before = text.slice(0, lineStart);
  const after = text.slice(lineStart);
  const lines = [
    ...(before === '' || /\n\r?\n$/.test(before) ? [] : ['']),
    startMarker(request),
    ...content,
    END_MARKER,
    ...(after === '' || /^\r?\n/.test(after) ? [] : ['']),
  ];
  return { range: { start: lineStart, end: lineStart }, newText: `${lines.join(lineEnd)}${lineEnd}` };
}

function fenced(source: string, note: string | undefined): readonly string[] {
  const [first = '', ...rest] = source.trimEnd().split('\n');
  return ['```mermaid', first, ...(note === undefined ? [] : [`  %% ${note}`]), ...rest, '```'];
}

function lineEndOf(text: string): string {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** From the first line that differs to the last. */
function difference(text: string, { start, end }: Range, wanted: string): TextEdit | undefined {
  const before = text.slice(start, end);
  if (before === wanted) return undefined;
  const [old, now] = [linesWithEnds(before), linesWithEnds(wanted)];
  let same = 0;
  while (same < Math.min(old.length, now.length) && old[same] === now[same]) same++;
  let sameAtEnd = 0;
  while (
    sameAtEnd < Math.min(old.length, now.length) - same &&
    old[old.length - 1 - sameAtEnd] === now[now.length - 1 - sameAtEnd]
  ) {
    sameAtEnd++;
  }
  const length = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length, 0);
  return {
    range: { start: start + length(old.slice(0, same)), end: end - length(old.slice(old.length - sameAtEnd)) },
    newText: now.slice(same, now.length - sameAtEnd).join(''),
  };
}

function linesWithEnds(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
