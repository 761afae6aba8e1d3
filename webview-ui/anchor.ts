import type { FlowNode } from '../src/core/flowchart/flowchart';
import type { NodeThing } from '../src/protocol';
import type { PanZoom } from './panZoom';
import type { Picture, Shape } from './picture';
import type { Viewport } from './viewport';

/** A thing, and where on the page it was. */
export interface Anchor {
  readonly thing: NodeThing;
  readonly at: DOMRect;
}

/** Below this zoom labels cannot be read: a picture that only fits so small opens on the work at hand instead. */
const SMALLEST_READABLE = 0.75;
/** A picture that is too wide for the panel is made smaller than that, if then it is not cut off at its sides. */
const SMALLEST_ACROSS = 0.6;
const OPENING_ZOOM = 0.85;
/** Where there is a choice, a large picture opens on the first node in one of these states. */
const AT_HAND: readonly FlowNode['state'][] = ['in_progress', 'due', 'ready'];

export function thingOf({ kind, thing }: FlowNode): NodeThing | undefined {
  return kind === 'phase' || kind === 'bead' || kind === 'gate' ? { kind, id: thing } : undefined;
}

export function isSameThing(a: NodeThing | undefined, b: NodeThing | undefined): boolean {
  return a?.kind === b?.kind && a?.id === b?.id;
}

/** The nodes that should not move under the user's eyes: the selected one, then those nearest to the middle. */
export function anchorsOf(picture: Picture, selected: NodeThing | undefined, canvas: HTMLElement): readonly Anchor[] {
  const room = canvas.getBoundingClientRect();
  const [x, y] = [room.x + room.width / 2, room.y + room.height / 2];
  const anchors = picture.shapes.flatMap(({ node, element }) => {
    const thing = thingOf(node);
    if (thing === undefined || node.form === 'group') return [];
    const at = element.getBoundingClientRect();
    const distance = isSameThing(thing, selected) ? -1 : Math.hypot(at.x + at.width / 2 - x, at.y + at.height / 2 - y);
    return [{ thing, at, distance }];
  });
  return anchors.sort((a, b) => a.distance - b.distance);
}

/** The viewport, moved so that the first anchor that is still there stands where it stood. */
export function keepPlace(
  panZoom: PanZoom,
  picture: Picture | undefined,
  viewport: Viewport,
  anchors: readonly Anchor[],
): void {
  panZoom.moveTo(viewport);
  for (const { thing, at } of anchors) {
    const shape = picture?.shapeOf(thing);
    if (shape === undefined) continue;
    const now = shape.element.getBoundingClientRect();
    panZoom.panBy(at.x - now.x, at.y - now.y);
    return;
  }
}

/** Where a picture is first looked at: as a whole where that can be read, else where the work is. */
export function openPicture(
  panZoom: PanZoom,
  picture: Picture | undefined,
  selected: NodeThing | undefined,
  direction: 'TB' | 'LR',
): void {
  if (panZoom.fittingZoom() >= SMALLEST_READABLE) {
    panZoom.fit();
    return;
  }
  const across = panZoom.fittingZoomAcross(direction === 'LR' ? 'height' : 'width');
  const zoom = across < SMALLEST_ACROSS ? SMALLEST_READABLE : Math.min(across, OPENING_ZOOM);
  panZoom.moveTo({ x: 0, y: 0, zoom });
  const first = picture && placeToStart(picture, picture.shapeOf(selected));
  if (first !== undefined) panZoom.centre(first.element.getBoundingClientRect());
}

/** The selected node, or the work at hand in the selected box or the whole picture. */
function placeToStart(picture: Picture, selected: Shape | undefined): Shape | undefined {
  if (selected !== undefined && selected.node.form !== 'group') return selected;
  const isInside = ({ node }: Shape): boolean => {
    if (selected === undefined || node.parent === selected.node.id) return true;
    const box = picture.shape(node.parent);
    return box !== undefined && isInside(box);
  };
  const nodes = picture.shapes.filter(
    (shape) => shape.node.form !== 'group' && shape.node.aside === undefined && isInside(shape),
  );
  const atHand = AT_HAND.flatMap((state) => nodes.filter(({ node }) => node.state === state));
  return atHand[0] ?? selected ?? nodes[0];
}
