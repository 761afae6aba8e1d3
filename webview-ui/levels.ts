import type { FlowLevel } from '../src/core/flowchart/levels';
import type { GraphView } from '../src/protocol';

/** How a level is drawn, whatever the level. */
export type ViewOptions = Pick<GraphView, 'direction' | 'hideClosed' | 'filter'>;

export function levelOf(view: GraphView): FlowLevel {
  const { direction: _direction, hideClosed: _hideClosed, filter: _filter, ...level } = view;
  return level;
}

export function optionsOf({ direction, hideClosed, filter }: GraphView): ViewOptions {
  return { direction, hideClosed, ...(filter && { filter }) };
}

/** The same for levels that are one place to somebody who goes back and forth: how far a neighbourhood reaches is not. */
export function placeKey(level: FlowLevel): string {
  switch (level.level) {
    case 'phase':
      return JSON.stringify([level.level, level.phase]);
    case 'neighbourhood':
    case 'blockers':
    case 'unblocks':
      return JSON.stringify([level.level, level.thing.kind, level.thing.id]);
    case 'waves':
      return JSON.stringify([level.level, level.wave, level.from]);
    default:
      return level.level;
  }
}

/** The way that edges run. Waves are columns, whatever else is asked for. */
export function directionOf(view: GraphView): 'TB' | 'LR' {
  return view.level === 'waves' ? 'LR' : view.direction;
}

/** The same for charts that are looked at in the same way: an edit of the plan keeps the eye's place. */
export function lookKey(plan: string, view: GraphView): string {
  return JSON.stringify([plan, placeKey(levelOf(view)), view.direction]);
}
