import type { InternalHelpers, LayoutData, LayoutLoaderDefinition, SVG } from 'mermaid';
import { ABOVE_TITLE, AROUND, type LayoutNode, nestedLayout, type Point, type Size } from './nestedLayout';

type MermaidNode = LayoutData['nodes'][number];
type MermaidEdge = LayoutData['edges'][number];
type Group = Awaited<ReturnType<InternalHelpers['labelHelper']>>['shapeSvg'];

/** Our layout under the name by which mermaid's configuration asks for it. */
export const NESTED = 'phasewise';

export const nestedLayoutLoader: LayoutLoaderDefinition = { name: NESTED, loader: async () => ({ render }) };

/** mermaid measures and draws nodes, boxes and edges; in between they are placed. */
async function render(data: LayoutData, svg: SVG, helpers: InternalHelpers): Promise<void> {
  const root = svg.select<SVGGElement>('g');
  helpers.insertMarkers(root, data.markers, data.type, data.diagramId);
  // Edges run over the grounds of boxes, but under their titles.
  const grounds = root.append<SVGGElement>('g').attr('class', 'grounds');
  const paths = root.append<SVGGElement>('g').attr('class', 'edgePaths');
  const boxes = root.append<SVGGElement>('g').attr('class', 'clusters');
  const nodes = root.append<SVGGElement>('g').attr('class', 'nodes');
  const direction = data.direction === 'LR' ? 'LR' : 'TB';

  const elements = new Map<string, SVGGElement>();
  const measured: LayoutNode[] = await Promise.all(
    data.nodes.map(async (node) => {
      const parent = node.parentId === undefined ? {} : { parent: node.parentId };
      if (node.isGroup) return { id: node.id, ...parent, size: await titleSize(boxes, node, helpers) };
      const element = (await helpers.insertNode(nodes, node, { config: data.config, dir: direction })).node();
      const { width, height } = (element as SVGGElement).getBBox();
      elements.set(node.id, element as SVGGElement);
      return { id: node.id, ...parent, size: { width, height }, isPointed: !isRectangle(node) };
    }),
  );
  const edges = data.edges.flatMap(({ id, start, end }) =>
    start === undefined || end === undefined ? [] : [{ id, from: start, to: end }],
  );
  const layout = nestedLayout(inTextOrder(measured, data.nodes), edges, direction);

  for (const node of data.nodes) {
    const box = layout.boxes.get(node.id);
    if (box === undefined) continue;
    Object.assign(node, box);
    if (node.isGroup) await drawBox(boxes, grounds, node, helpers);
    else elements.get(node.id)?.setAttribute('transform', `translate(${box.x}, ${box.y})`);
  }
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  for (const edge of data.edges) drawEdge(paths, edge, layout.routes.get(edge.id), byId, data, helpers);
}

/** mermaid hands over boxes from the last to the first. */
function inTextOrder(measured: readonly LayoutNode[], nodes: readonly MermaidNode[]): readonly LayoutNode[] {
  const isBox = (_: LayoutNode, index: number) => nodes[index]?.isGroup === true;
  const others = measured.filter((node, index) => !isBox(node, index));
  return [...measured.filter(isBox).reverse(), ...others];
}

async function titleSize(place: Group, node: MermaidNode, helpers: InternalHelpers): Promise<Size> {
  const { shapeSvg, bbox } = await helpers.labelHelper(place, { ...node }, 'title-measure');
  shapeSvg.remove();
  return { width: bbox.width, height: bbox.height };
}

async function drawBox(place: Group, grounds: Group, node: MermaidNode, helpers: InternalHelpers): Promise<void> {
  const { x = 0, y = 0, width = 0, height = 0 } = node;
  const holder = place.append<SVGGElement>('g').attr('style', `--title-width: ${width - 2 * AROUND}px`);
  await helpers.insertCluster(holder, { ...node, padding: 0 } as never);
  const corner = { x: x - width / 2, y: y - height / 2 };
  holder.select('.cluster-label').attr('transform', `translate(${corner.x + AROUND}, ${corner.y + ABOVE_TITLE})`);
  const ground = grounds.append('rect').attr('class', node.cssClasses ?? '');
  for (const [name, value] of Object.entries({ ...corner, width, height })) ground.attr(name, value);
}

/** Ends are cut at the outline of the node: of a diamond the route only knows the box around it. */
function drawEdge(
  place: Group,
  edge: MermaidEdge,
  route: readonly Point[] | undefined,
  nodes: ReadonlyMap<string, MermaidNode>,
  { type, diagramId, direction }: LayoutData,
  helpers: InternalHelpers,
): void {
  const start = nodes.get(edge.start ?? '');
  const end = nodes.get(edge.end ?? '');
  if (route === undefined || start === undefined || end === undefined || edge.thickness === 'invisible') return;
  const points = [...route];
  trim(points, start);
  points.reverse();
  trim(points, end);
  points.reverse();
  const curve = direction === 'LR' ? 'bumpX' : 'bumpY';
  helpers.insertEdge(place, { ...edge, points, curve }, new Map(), type, start, end, diagramId, true);
}

function trim(points: Point[], node: MermaidNode): void {
  const next = points[1];
  if (node.isGroup || isRectangle(node) || next === undefined || node.intersect === undefined) return;
  points[0] = node.intersect(next) as Point;
}

function isRectangle({ shape }: MermaidNode): boolean {
  return shape === 'squareRect' || shape === 'roundedRect';
}
