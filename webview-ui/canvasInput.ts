import { handleKey, type LevelKeys, onHistoryKeys } from './keyboard';
import type { LevelWalk } from './levelWalk';
import type { NodeFocus } from './nodeFocus';
import type { PanZoom } from './panZoom';
import type { Picture, Shape } from './picture';
import type { Selection } from './selection';

/** What of the page the pointer and the keys have to do with. */
export interface InputPlace {
  readonly picture: () => Picture | undefined;
  readonly selection: Selection;
  readonly focus: NodeFocus;
  readonly panZoom: PanZoom;
  readonly walk: LevelWalk;
  readonly levelKeys: LevelKeys;
}

/** Listens to the pointer and the keys over the picture. */
export function listenTo(canvas: HTMLElement, place: InputPlace): void {
  const { picture, selection, focus, panZoom, walk, levelKeys } = place;
  const at = (event: Event) => picture()?.shapeAt(event.target);
  const withFocused = (run: (shape: Shape) => void) => {
    const shape = focus.current;
    if (shape !== undefined) run(shape);
  };
  canvas.addEventListener('click', (event) => {
    const shape = at(event);
    if (shape === undefined) selection.leave();
    else selection.choose(shape.node);
  });
  canvas.addEventListener('dblclick', (event) => {
    const shape = at(event);
    if (shape !== undefined) selection.openNode(shape.node);
  });
  canvas.addEventListener('contextmenu', (event) => {
    const shape = at(event);
    if (shape !== undefined) selection.selectHere(shape);
  });
  const key = (event: KeyboardEvent) =>
    handleKey(event, {
      ...levelKeys,
      move: (direction) => focus.move(direction),
      first: () => focus.take(focus.first),
      last: () => focus.take(focus.last),
      open: () => withFocused(({ node }) => selection.enter(node)),
      choose: () => withFocused(({ node }) => selection.choose(node)),
      leave: () => selection.leave(),
      zoomBy: (factor) => panZoom.zoomBy(factor),
      actualSize: () => panZoom.zoomTo(1),
      panBy: (x, y) => panZoom.panBy(x, y),
    });
  canvas.addEventListener('keydown', key);
  // Before anything on the page has been chosen, keys are for the picture.
  document.body.addEventListener('keydown', (event) => {
    if (event.target === document.body) key(event);
  });
  onHistoryKeys((by) => walk.step(by));
}
