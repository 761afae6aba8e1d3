import type { FlowLevel } from '../src/core/flowchart/levels';
import type { FoundThing, NodeThing } from '../src/protocol';
import type { FindActions } from './find';
import { post } from './host';
import type { Lighting } from './lighting';
import type { NodeFocus } from './nodeFocus';
import type { Picture } from './picture';

/** What of the page finding has to do with. */
export interface FindingPlace {
  readonly picture: () => Picture | undefined;
  readonly lighting: Lighting;
  readonly focus: NodeFocus;
  readonly select: (thing: NodeThing) => void;
  readonly goTo: (level: FlowLevel) => void;
  /** The keyboard goes to the selected node. */
  readonly takeFocus: () => void;
}

/** What becomes of the picture while somebody looks for something, and when it is found. */
export function findingIn({ picture, lighting, focus, select, goTo, takeFocus }: FindingPlace): FindActions {
  return {
    search: (query) => post({ type: 'search', query }),
    look: (thing) => {
      const shape = picture()?.shapeOf(thing) ?? picture()?.shapeOf(standsFor(thing));
      lighting.light(shape);
      focus.reveal(shape);
    },
    choose: (found) => {
      const thing = { kind: found.kind, id: found.id };
      const shape = picture()?.shapeOf(thing);
      select(thing);
      post({ type: 'select', thing });
      if (shape === undefined) goTo(found.level);
      else {
        focus.reveal(shape);
        takeFocus();
      }
    },
    close: takeFocus,
  };
}

/** Where a thing is not shown itself, its phase may be. */
function standsFor(thing: FoundThing | undefined): NodeThing | undefined {
  return thing?.level.level === 'phase' ? { kind: 'phase', id: thing.level.phase } : undefined;
}
