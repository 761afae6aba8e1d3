import type { InternalHelpers, LayoutData, LayoutLoaderDefinition, SVG } from 'mermaid';
import { ABOVE_TITLE, AROUND, type LayoutNode, nestedLayout, type Point, type Size } from './nestedLayout';

type MermaidNode = LayoutData['nodes'][number];
type MermaidEdge = LayoutData['edges'][number];
type Group = Awaited<ReturnType<InternalHelpers['labelHelper']>>['shapeSvg'];

/** Our layout under the name by which mermaid's configuration asks for it. */
export const NESTED = 'phasewise';

export const nestedLayoutLoader: LayoutLoaderDefinition = { name: NESTED, loader: async () => ({ render }) };

/** Titles of boxes break at this width, or at that of the box where it is wider. */
const WIDEST_TITLE = 280;
const TITLE_LINE = 19;

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
      return { id: node.id, ...parent, size: { width, height } };
    }),
  );
  const edges = data.edges.flatMap(({ id, start, end }) =>
    start === undefined || end === undefined ? [] : [{ id, from: start, to: end }],
  );
  const layout = nestedLayout(measured, edges, direction);

  const titles = new Map(measured.map(({ id, size }) => [id, size]));
  for (const node of data.nodes) {
    const box = layout.boxes.get(node.id);
    if (box === undefined) continue;
    Object.assign(node, box);
    if (node.isGroup) await drawBox(boxes, grounds, node, titles.get(node.id), helpers);
    else elements.get(node.id)?.setAttribute('transform', `translate(${box.x}, ${box.y})`);
  }
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  for (const edge of data.edges) drawEdge(paths, edge, layout.routes.get(edge.id), byId, data, helpers);
}

async function titleSize(place: Group, node: MermaidNode, helpers: InternalHelpers): Promise<Size> {
  const { shapeSvg, bbox } = await helpers.labelHelper(place, { ...node }, 'title-measure');
  shapeSvg.remove();
  const width = Math.min(bbox.width, WIDEST_TITLE);
  // Words do not fill lines to the end: a little more than the width asks for.
  const lines = bbox.width <= WIDEST_TITLE ? 1 : Math.ceil((bbox.width * 1.15) / WIDEST_TITLE);
  return { width, height: lines * TITLE_LINE };
}

async function drawBox(
  place: Group,
  grounds: Group,
  node: MermaidNode,
  title: Size | undefined,
  helpers: InternalHelpers,
): Promise<void> {
  const { x = 0, y = 0, width = 0, height = 0 } = node;
  const room = Math.max(title?.width ?? 0, width - 2 * AROUND);
  const holder = place.append<SVGGElement>('g').attr('style', `--title-width: ${room}px`);
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
  { type, diagramId }: LayoutData,
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
  helpers.insertEdge(place, { ...edge, points }, new Map(), type, start, end, diagramId, true);
}

function trim(points: Point[], node: MermaidNode): void {
  const next = points[1];
  if (node.isGroup || node.shape === 'squareRect' || next === undefined || node.intersect === undefined) return;
  points[0] = node.intersect(next) as Point;
}
