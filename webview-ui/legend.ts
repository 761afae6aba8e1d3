import type { FlowEdge, FlowNode } from '../src/core/flowchart/flowchart';
import type { PageStrings } from '../src/protocol';
import { element } from './dom';
import { markOf } from './marks';

const BEADS: readonly FlowNode['state'][] = ['ready', 'in_progress', 'blocked', 'closed', 'deferred'];
const GATES: readonly FlowNode['state'][] = ['waiting', 'due', 'passed', 'adjusted', 'aborted'];
const EDGES: readonly FlowEdge['kind'][] = ['blocks', 'gate', 'order'];

/** What signs and lines mean. */
export function legend(strings: PageStrings): HTMLElement {
  const state = (name: FlowNode['state']) => {
    const sign = drawing('0 0 16 16', 'sign');
    sign.append(markOf(name));
    return element('li', { 'data-state': name }, sign, strings.states[name]);
  };
  const line = (kind: FlowEdge['kind'] | 'critical') => {
    const sign = drawing('0 0 28 16', 'line');
    const path = document.createElementNS(sign.namespaceURI, 'path');
    path.setAttribute('d', 'M1 8h21M18 4l5 4l-5 4');
    sign.append(path);
    const text = kind === 'critical' ? strings.critical : strings.edges[kind];
    return element('li', { 'data-kind': kind }, sign, text);
  };
  return element(
    'div',
    { class: 'legend' },
    element('h2', {}, strings.kinds.bead),
    element('ul', {}, ...BEADS.map(state)),
    element('h2', {}, strings.kinds.gate),
    element('ul', {}, ...GATES.map(state)),
    element('h2', {}, strings.arrows),
    element('ul', {}, ...EDGES.map(line), line('critical')),
  );
}

function drawing(viewBox: string, className: string): Element {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}
