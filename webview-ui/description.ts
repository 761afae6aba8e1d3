import type { FlowNode } from '../src/core/flowchart/flowchart';
import type { PageStrings } from '../src/protocol';
import { fill } from './strings';

/** A node in words: what it is called, what it is, how it stands and what it waits for. */
export function describe(node: FlowNode, strings: PageStrings): string {
  const { name, title } = node;
  return [name === '' ? title : `${name} ${title}`, ...factsOf(node, strings)].join(' · ');
}

/** The same without what it is called. */
export function factsOf(node: FlowNode, strings: PageStrings): readonly string[] {
  const { state, progress, critical, inHand, waitsFor, priority, aside } = node;
  const facts = [
    strings.kinds[kindOf(node)],
    priority === undefined ? '' : `P${priority}`,
    strings.states[state],
    inHand === true ? strings.inHand : '',
    progress === undefined ? '' : fill(strings.progress, progress.closed, progress.total),
    waitsFor.length === 0 ? '' : fill(strings.waitsFor, waitsFor.join(', ')),
    critical ? strings.onCriticalPath : '',
    aside ? strings.aside : '',
  ];
  return facts.filter((fact) => fact !== '');
}

function kindOf({ kind, form }: FlowNode): keyof PageStrings['kinds'] {
  return kind === 'gate' && (form === 'human' || form === 'external') ? form : kind;
}
