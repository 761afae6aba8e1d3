import type { FlowNode } from '../src/core/flowchart/flowchart';

const SVG = 'http://www.w3.org/2000/svg';

/** Pixels, both ways. */
export const MARK_SIZE = 16;

interface Mark {
  /** Drawn in the state's colour. */
  readonly solid?: string;
  /** Outlined in the state's colour. */
  readonly line?: string;
  /** Drawn in the colour of the node's ground, on top of `solid`. */
  readonly cut?: string;
}

const disc = 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z';
const ring = 'M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 1 1 0-11.5z';
const diamond = 'M8 .9L15.1 8L8 15.1L.9 8z';
const tick = 'M4.9 8.3l2.2 2.2l4.2-4.6';
const lock = 'M5.25 7.5V5.4a2.75 2.75 0 0 1 5.5 0V7.5M3.75 7.5h8.5v6.25h-8.5z';

/** Each state has a shape of its own: nobody has to tell two of them apart by colour. */
const MARKS: Readonly<Record<FlowNode['state'], Mark>> = {
  ready: { line: ring },
  in_progress: { line: ring, solid: 'M8 5a3 3 0 1 1 0 6a3 3 0 1 1 0-6z' },
  blocked: { line: `${ring}M4 4l8 8` },
  closed: { solid: disc, cut: tick },
  deferred: { line: `${ring}M8 4.8V8l2.4 1.6` },
  waiting: { line: 'M4 2.5h8M4 13.5h8M5 2.5v2.2L8 8l3-3.3V2.5M5 13.5v-2.2L8 8l3 3.3v2.2' },
  due: { solid: diamond, cut: 'M8 4.4v4.2M8 10.9v.3' },
  passed: { solid: diamond, cut: 'M5.2 8.1l2 2l3.6-4' },
  adjusted: { line: `${diamond}M8 4.9v3.6M6.2 6.7h3.6M6.2 10.4h3.6` },
  aborted: { solid: disc, cut: 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8' },
  guarded: { line: lock },
  open: { line: ring },
  satisfied: { solid: disc, cut: tick },
};

/** The sign of a state, 16 by 16 pixels, for a node or the legend. */
export function markOf(state: FlowNode['state']): SVGGElement {
  const group = document.createElementNS(SVG, 'g');
  group.setAttribute('class', 'mark');
  for (const part of ['solid', 'line', 'cut'] as const) {
    const shape = MARKS[state]?.[part];
    if (shape === undefined) continue;
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', `mark-${part}`);
    path.setAttribute('d', shape);
    group.append(path);
  }
  return group;
}
