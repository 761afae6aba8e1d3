import type { FlowEdge, FlowNode } from '../src/core/flowchart/flowchart';
import type { PageStrings } from '../src/protocol';
import { element } from './dom';
import { markOf } from './marks';

type State = FlowNode['state'];

const PHASES: readonly State[] = ['open', 'in_progress', 'guarded', 'satisfied'];
const BEADS: readonly State[] = ['ready', 'in_progress', 'blocked', 'closed', 'deferred'];
const GATES: readonly State[] = ['waiting', 'due', 'passed', 'adjusted', 'aborted'];
const EDGES: readonly FlowEdge['kind'][] = ['blocks', 'gate', 'order'];

/** Outlines in a field of 28 by 18. */
const box = (x: number, y: number, width: number, height: number): string =>
  `M${x + 2} ${y}h${width - 4}a2 2 0 0 1 2 2v${height - 4}a2 2 0 0 1 -2 2h${4 - width}a2 2 0 0 1 -2 -2v${4 - height}a2 2 0 0 1 2 -2z`;
const OUTLINES = {
  phase: [box(1, 1, 26, 16), 'M4.5 5.5h9'],
  bead: [box(3, 4, 22, 10)],
  parts: [box(1, 1, 26, 16), box(3.5, 6, 9.5, 7), box(15, 6, 9.5, 7)],
  gate: ['M7 2.5h14l5 6.5l-5 6.5h-14l-5 -6.5z'],
  human: ['M9 2.5h10a6.5 6.5 0 0 1 0 13h-10a6.5 6.5 0 0 1 0 -13z'],
  external: ['M7 3h19l-5 12h-19z'],
} as const;

/** What shapes, signs and lines mean. */
export function legend(strings: PageStrings): HTMLElement {
  const { kinds, states } = strings;
  const shape = (name: keyof typeof OUTLINES, text: string) => {
    const sign = drawing('0 0 28 18', 'outline');
    sign.append(...OUTLINES[name].map((outline) => path(outline)));
    if (name === 'phase') sign.append(path('M4 1.5h12', 'done'));
    return entry({ 'data-shape': name }, sign, text);
  };
  const state = (name: State) => {
    const sign = drawing('0 0 16 16', 'sign');
    sign.append(markOf(name));
    return entry({ 'data-state': name }, sign, states[name]);
  };
  const line = (kind: FlowEdge['kind'] | 'critical') => {
    const sign = drawing('0 0 28 16', 'line');
    sign.append(path('M1 8h21M18 4l5 4l-5 4'));
    return entry({ 'data-kind': kind }, sign, kind === 'critical' ? strings.critical : strings.edges[kind]);
  };
  return element(
    'div',
    { class: 'legend', role: 'dialog', 'aria-label': strings.legend, tabindex: '-1' },
    section(strings.shapes, [
      shape('phase', kinds.phase),
      shape('bead', kinds.bead),
      shape('parts', strings.beadWithParts),
      shape('gate', kinds.gate),
      shape('human', kinds.human),
      shape('external', kinds.external),
    ]),
    section(strings.arrows, [
      element('li', { class: 'note' }, element('span', {}, strings.arrowsPoint)),
      ...[...EDGES, 'critical' as const].map(line),
    ]),
    section(kinds.phase, PHASES.map(state)),
    section(kinds.bead, BEADS.map(state)),
    section(kinds.gate, GATES.map(state)),
  );
}

function section(title: string, entries: readonly HTMLElement[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), element('ul', {}, ...entries));
}

function entry(attributes: Readonly<Record<string, string>>, sign: Element, text: string): HTMLElement {
  return element('li', attributes, sign, element('span', {}, text));
}

function drawing(viewBox: string, className: string): Element {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

function path(outline: string, className?: string): Element {
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  made.setAttribute('d', outline);
  if (className !== undefined) made.setAttribute('class', className);
  return made;
}
