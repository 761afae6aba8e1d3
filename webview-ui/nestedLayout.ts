import { type Content, type Contents, contentsOf } from './layout/contents';
import { type Box, type Point, type Size, turned, turnedBox, turnedSize } from './layout/geometry';
import { routeOf } from './layout/routes';
import { aboveContent, brokenTitle } from './layout/titles';
import { type LayoutEdge, type LayoutNode, spanOf, type Tree, treeOf } from './layout/tree';

/**
 * Places boxes in boxes. Each box is laid out alone, from the innermost out, and then stands as one node in the box
 * around it; an edge between two boxes counts there as one between the nodes that hold its ends. So all of one box
 * comes before all of the next, the cost is that of many small graphs instead of a large one, and a box whose content
 * is as it was keeps its layout.
 */

export interface NestedLayout {
  readonly size: Size;
  readonly boxes: ReadonlyMap<string, Box>;
  /** By edge, from the border of one end to the border of the other. None where one end stands in the other. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

const NO_SIZE: Size = { width: 0, height: 0 };

export function nestedLayout(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  direction: 'TB' | 'LR',
): NestedLayout {
  const steps = nestedLayoutSteps(nodes, edges, direction);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps, so that others have a turn in between. */
export function* nestedLayoutSteps(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  direction: 'TB' | 'LR',
): Generator<void, NestedLayout> {
  const tree = treeOf(nodes);
  const spans = edges.flatMap((edge) => spanOf(edge, tree) ?? []);
  const turn = direction === 'LR';
  const contents = yield* contentsOf(tree, spans, turn);
  const boxes = placeAll(tree, contents, turn);
  const routes = new Map<string, readonly Point[]>();
  for (const span of spans) {
    const route = routeOf(span, tree, contents, boxes);
    routes.set(span.edge.id, turn ? route.map(turned) : route);
    if (routes.size % ROUTES_IN_A_STEP === 0) yield;
  }
  const { size } = contents.of.get('') ?? { size: NO_SIZE };
  return {
    size: turn ? turnedSize(size) : size,
    boxes: turn ? new Map([...boxes].map(([id, box]) => [id, turnedBox(box)])) : boxes,
    routes,
  };
}

const ROUTES_IN_A_STEP = 50;

function placeAll(tree: Tree, { of: contents, sizes }: Contents, turn: boolean): ReadonlyMap<string, Box> {
  const placed = new Map<string, Box>();
  for (const box of [...tree.insideOut].reverse()) {
    const corner = cornerOf(box, placed, contents, tree, turn);
    for (const [child, at] of contents.get(box)?.places ?? []) {
      placed.set(child, { x: corner.x + at.x, y: corner.y + at.y, ...(sizes.get(child) ?? NO_SIZE) });
    }
  }
  return placed;
}

/** Where the content of a placed box begins. */
function cornerOf(
  box: string,
  placed: ReadonlyMap<string, Box>,
  contents: ReadonlyMap<string, Content>,
  tree: Tree,
  turn: boolean,
): Point {
  const at = placed.get(box);
  const content = contents.get(box)?.size;
  if (at === undefined || content === undefined) return { x: 0, y: 0 };
  const around = turn ? turnedBox(at) : at;
  const inside = turn ? turnedSize(content) : content;
  const title = brokenTitle(tree.nodes.get(box)?.size ?? NO_SIZE, inside.width);
  const corner = {
    x: around.x - inside.width / 2,
    y: around.y - around.height / 2 + aboveContent(title),
  };
  return turn ? turned(corner) : corner;
}
