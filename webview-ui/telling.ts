import type { FlowNode } from '../src/core/flowchart/flowchart';
import type { PageStrings, ShowChart } from '../src/protocol';
import { fill } from './strings';

/** What to say where there is nothing to see, or only the thing itself. */
export function emptinessOf({ nodes, view }: ShowChart, strings: PageStrings): string | undefined {
  if (nodes.length === 0) return strings.empty;
  const [only, ...others] = nodes.filter(({ form }) => form !== 'group');
  if (only === undefined || others.length > 0) return undefined;
  const name = only.name || only.title;
  const isDone = only.state === 'closed' || only.state === 'satisfied' || only.state === 'passed';
  if (view.level === 'blockers') return fill(isDone ? strings.isDone : strings.notBlocked, name);
  return view.level === 'unblocks' ? fill(strings.unblocksNothing, name) : undefined;
}

/** What a screen reader is told of nodes whose state is new. */
export function changesOf(changed: readonly FlowNode[], strings: PageStrings): string | undefined {
  const [first, ...others] = changed;
  if (first === undefined) return undefined;
  return others.length === 0
    ? fill(strings.changed, first.name || first.title, strings.states[first.state])
    : fill(strings.changedMany, changed.length);
}
