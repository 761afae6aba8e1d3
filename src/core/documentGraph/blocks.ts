import type { Range } from '../text';
import { type GraphLevel, type GraphRequest, graphLevels } from './request';

/** What stands between two markers. */
export interface GraphBlock {
  /** From the end of the first marker's line to the start of the last one's. */
  readonly inside: Range;
  readonly request: GraphRequest;
  /** White space before the first marker. */
  readonly indent: string;
}

/** Markers that mean nothing, with what is wrong. */
export interface BrokenBlock {
  /** Of the marker. */
  readonly at: Range;
  readonly why: string;
}

/**
 * The places of a Markdown document in which graphs are kept up to date, by the comments around them. What stands in
 * fenced code is no marker. A place that holds anything but one fenced mermaid block is broken: nobody's text is
 * overwritten. Linear.
 */
export function graphBlocks(text: string): {
  readonly blocks: readonly GraphBlock[];
  readonly broken: readonly BrokenBlock[];
} {
  const blocks: GraphBlock[] = [];
  const broken: BrokenBlock[] = [];
  let open: { readonly line: Line; readonly indent: string; readonly words: string } | undefined;
  let fence: { readonly mark: string; readonly isGraph: boolean } | undefined;
  let fences = 0;
  let others = 0;
  for (const line of linesOf(text)) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line.text)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence.mark) === true && line.text.trim() === mark) fence = undefined;
      continue;
    }
    if (mark !== undefined) {
      fence = { mark, isGraph: /^mermaid\b/.test(line.text.trim().slice(mark.length)) };
      fences++;
      if (!fence.isGraph) others++;
      continue;
    }
    const start = START.exec(line.text);
    if (start !== null) {
      if (open !== undefined) broken.push({ at: open.line, why: 'there is no <!-- /phasewise:graph --> after it' });
      open = { line, indent: start[1] ?? '', words: start[2] ?? '' };
      [fences, others] = [0, 0];
    } else if (END.test(line.text)) {
      if (open === undefined) broken.push({ at: line, why: 'there is no <!-- phasewise:graph --> before it' });
      else {
        const request = requestOf(open.words);
        if (typeof request === 'string') broken.push({ at: open.line, why: request });
        else if (fences > 1 || others > 0) {
          broken.push({ at: open.line, why: 'something else than a mermaid block stands there, which would be lost' });
        } else blocks.push({ inside: { start: open.line.next, end: line.start }, request, indent: open.indent });
      }
      open = undefined;
    } else if (open !== undefined && line.text.trim() !== '') others++;
  }
  if (open !== undefined) broken.push({ at: open.line, why: 'there is no <!-- /phasewise:graph --> after it' });
  return { blocks, broken };
}

/** The marker before a graph. */
export function startMarker({ level, phase, direction }: GraphRequest): string {
  const words = [
    level === undefined ? '' : ` level=${level}`,
    phase === undefined ? '' : ` phase="${phase.replace(/["\s]+/g, ' ')}"`,
    direction === undefined ? '' : ` direction=${direction}`,
  ];
  return `<!-- phasewise:graph${words.join('')} -->`;
}

export const END_MARKER = '<!-- /phasewise:graph -->';

/** Whether a text has anything for this file to look at; cheap. */
export function mayHoldGraphs(text: string): boolean {
  return text.includes('phasewise:graph');
}

const START = /^([ \t]*)<!--[ \t]*phasewise:graph(?=[ \t-])([^\n>]*?)-->[ \t]*$/;
const END = /^[ \t]*<!--[ \t]*\/phasewise:graph[ \t]*-->[ \t]*$/;
const WORD = /([a-z]+)=(?:"([^"]*)"|([^\s"]+))\s*/y;

/** The request, or what is wrong with it. */
function requestOf(words: string): GraphRequest | string {
  const trimmed = words.trim();
  let request: GraphRequest = {};
  WORD.lastIndex = 0;
  while (WORD.lastIndex < trimmed.length) {
    const at = WORD.lastIndex;
    const found = WORD.exec(trimmed);
    if (found === null) return `“${trimmed.slice(at, at + 40)}” is not understood`;
    const value = found[2] ?? found[3] ?? '';
    if (found[1] === 'level' && isLevel(value)) request = { ...request, level: value };
    else if (found[1] === 'phase') request = { ...request, phase: value };
    else if (found[1] === 'direction' && (value === 'TB' || value === 'LR')) request = { ...request, direction: value };
    else return `“${found[0].trim()}” is not understood: level is one of ${graphLevels.join(', ')}, direction TB or LR`;
  }
  return request;
}

function isLevel(word: string): word is GraphLevel {
  return (graphLevels as readonly string[]).includes(word);
}

interface Line extends Range {
  readonly text: string;
  /** Where the next line begins. */
  readonly next: number;
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const at = text.indexOf('\n', start);
    const next = at < 0 ? text.length : at + 1;
    const end = at < 0 ? text.length : text[at - 1] === '\r' ? at - 1 : at;
    yield { start, end, next, text: text.slice(start, end) };
    start = next;
  }
}
