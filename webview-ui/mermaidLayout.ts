import type { InternalHelpers, LayoutData, LayoutLoaderDefinition, SVG } from 'mermaid';
import { LabelSizes, sizeOfLabel } from './labels';
import type { Box, Point, Size } from './layout/geometry';
import { AROUND } from './layout/titles';
import type { LayoutNode } from './layout/tree';
import { type NestedLayout, nestedLayoutSteps } from './nestedLayout';
import {
  groundOf,
  insetOf,
  isPlainEdge,
  type MermaidEdge,
  type MermaidNode,
  nodeSize,
  type Part,
  partOf,
  pathOf,
  shapeBox,
  shapeNode,
} from './parts';
import { svgElement } from './svg';
import { fontInUse } from './theme';
import { Turns } from './turns';

/** Our layout under the name by which mermaid's configuration asks for it. */
export const NESTED = 'phasewise';

/** A picture without the `<svg>` around it. */
export interface Drawing {
  readonly root: SVGGElement;
  readonly area: { readonly x: number; readonly y: number } & Size;
}

export interface DrawingHooks {
  readonly take: (drawing: Drawing) => void;
  /** Hears how much is done, from 0 to 1. */
  readonly progress: (done: number) => void;
  /** Ends the drawing that is under way. */
  readonly signal: () => AbortSignal | undefined;
}

/**
 * The layout that takes mermaid's nodes and edges, and draws them with the layout of boxes in boxes. The picture is
 * taken out of mermaid's hands and given to `take`: mermaid would only write it as text and read that again, twice.
 */
export function nestedLayoutLoader({ take, progress, signal }: DrawingHooks): LayoutLoaderDefinition {
  const sizes = new LabelSizes();
  const render = async (data: LayoutData, svg: SVG, helpers: InternalHelpers) => {
    const root = svg.select<SVGGElement>('g').node();
    if (root === null) return;
    // Nodes are drawn and placed, edges drawn.
    const turns = new Turns({ expected: 2 * data.nodes.length + data.edges.length, progress, signal: signal() });
    take({ root, area: await new Draft(root, data, svg, helpers, sizes, turns).draw() });
    root.remove();
  };
  return { name: NESTED, loader: async () => ({ render }) };
}

/** Pixels around the picture. */
const MARGIN = 8;

/** A node or a box with its element: one of ours, or one that mermaid has drawn. */
interface Drawn {
  readonly node: MermaidNode;
  readonly part?: Part;
  readonly element: SVGGElement;
  /** What decides how large the label is. */
  readonly key: string;
}

class Draft {
  readonly #root: SVGGElement;
  readonly #data: LayoutData;
  readonly #svg: SVG;
  readonly #helpers: InternalHelpers;
  readonly #sizes: LabelSizes;
  readonly #turns: Turns;
  readonly #diagram: string;
  readonly #direction: 'TB' | 'LR';
  // Edges run over the grounds of boxes, but under their titles.
  readonly #grounds = svgElement('g', { class: 'grounds' });
  readonly #paths = svgElement('g', { class: 'edgePaths' });
  readonly #boxes = svgElement('g', { class: 'clusters' });
  readonly #nodes = svgElement('g', { class: 'nodes' });

  constructor(
    root: SVGGElement,
    data: LayoutData,
    svg: SVG,
    helpers: InternalHelpers,
    sizes: LabelSizes,
    turns: Turns,
  ) {
    this.#root = root;
    this.#data = data;
    this.#svg = svg;
    this.#helpers = helpers;
    this.#sizes = sizes;
    this.#turns = turns;
    this.#diagram = data.diagramId ?? '';
    this.#direction = data.direction === 'LR' ? 'LR' : 'TB';
  }

  async draw(): Promise<Drawing['area']> {
    const { markers, type, diagramId } = this.#data;
    this.#helpers.insertMarkers(this.#svg.select<SVGGElement>('g'), markers, type, diagramId);
    this.#root.append(this.#grounds, this.#paths, this.#boxes, this.#nodes);
    const drawn = await this.#drawAll();
    const layout = await this.#layOut(await this.#measure(drawn));
    await this.#place(drawn, layout.boxes);
    await this.#drawEdges(layout.routes);
    return areaOf(layout);
  }

  async #drawAll(): Promise<readonly Drawn[]> {
    const font = fontInUse();
    const drawn: Drawn[] = [];
    for (const node of this.#data.nodes) {
      const part = partOf(node, this.#diagram);
      const key = `${node.cssClasses} ${node.shape} ${font} ${node.label}`;
      if (part !== undefined) {
        (node.isGroup ? this.#boxes : this.#nodes).append(part.element);
        drawn.push({ node, part, element: part.element, key });
      } else if (!node.isGroup) {
        const place = this.#svg.select<SVGGElement>('g.nodes');
        const config = { config: this.#data.config, dir: this.#direction };
        const made = await this.#helpers.insertNode(place, node, config);
        drawn.push({ node, element: made.node() as SVGGElement, key });
      }
      await this.#turns.next();
    }
    return drawn;
  }

  /** All that is not known is asked for in a row: the page is laid out once for all of them. */
  async #measure(all: readonly Drawn[]): Promise<readonly LayoutNode[]> {
    for (const { part, element, key } of all) {
      if (this.#sizes.get(key) !== undefined) continue;
      this.#sizes.set(key, part === undefined ? sizeOf(element) : sizeOfLabel(part.label));
    }
    await this.#turns.next();
    const inTextOrder = [
      ...all.filter(({ node }) => node.isGroup).reverse(),
      ...all.filter(({ node }) => !node.isGroup),
    ];
    const waves = this.#waves();
    const nodes = inTextOrder.map(({ node, part, key }): LayoutNode => {
      const size = this.#sizes.get(key) ?? { width: 0, height: 0 };
      const parent = node.parentId === undefined ? {} : { parent: node.parentId };
      return {
        id: node.id,
        ...parent,
        size: node.isGroup || part === undefined ? size : nodeSize(node, size),
        isPointed: !node.isGroup && node.shape !== 'squareRect',
        // Several waves are columns. One alone is a block that is as wide as it is high.
        isRanked: waves.size > 1 && waves.has(node.id),
      };
    });
    return evenlyWide(nodes, waves);
  }

  #waves(): ReadonlySet<string> {
    return new Set(this.#data.nodes.flatMap(({ id, cssClasses }) => (isWave(cssClasses) ? [id] : [])));
  }

  async #layOut(nodes: readonly LayoutNode[]): Promise<NestedLayout> {
    // Waves follow each other, though no arrow says so.
    const waves = this.#waves();
    const edges = this.#data.edges.flatMap(({ id, start, end, thickness }) =>
      start === undefined || end === undefined
        ? []
        : [{ id, from: start, to: end, isHidden: thickness === 'invisible' && !waves.has(start) }],
    );
    const steps = nestedLayoutSteps(nodes, edges, this.#direction);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      await this.#turns.next();
    }
  }

  async #place(all: readonly Drawn[], boxes: ReadonlyMap<string, Box>): Promise<void> {
    const broken: SVGForeignObjectElement[] = [];
    for (const { node, part, element, key } of all) {
      const box = boxes.get(node.id);
      const label = this.#sizes.get(key);
      if (box === undefined || label === undefined) continue;
      Object.assign(node, box);
      if (node.isGroup && part !== undefined) {
        const room = box.width - 2 * AROUND;
        shapeBox(part, box, label);
        if (label.width > room) broken.push(part.label);
        const holder = svgElement('g', { style: `--title-width: ${room}px` });
        element.replaceWith(holder);
        holder.append(element);
        this.#grounds.append(groundOf(box, node.cssClasses ?? ''));
      } else {
        if (part !== undefined) shapeNode(part, node, box, label);
        element.setAttribute('transform', `translate(${box.x}, ${box.y})`);
      }
      await this.#turns.next();
    }
    const sizes = broken.map(sizeOfLabel);
    broken.forEach((label, index) => {
      const { width, height } = sizes[index] ?? { width: 0, height: 0 };
      label.setAttribute('width', String(width));
      label.setAttribute('height', String(height));
    });
  }

  async #drawEdges(routes: NestedLayout['routes']): Promise<void> {
    const nodes = new Map(this.#data.nodes.map((node) => [node.id, node]));
    for (const edge of this.#data.edges) {
      const route = routes.get(edge.id);
      const start = nodes.get(edge.start ?? '');
      const end = nodes.get(edge.end ?? '');
      if (route === undefined || start === undefined || end === undefined || edge.thickness === 'invisible') continue;
      this.#drawEdge(edge, this.#trimmed(this.#trimmed(route, start).toReversed(), end).toReversed(), start, end);
      await this.#turns.next();
    }
  }

  /** The end is cut at the outline of the node: the route only knows the box around it. */
  #trimmed(points: readonly Point[], node: MermaidNode): readonly Point[] {
    const [first, next, ...rest] = points;
    if (node.isGroup || first === undefined || next === undefined) return points;
    if (node.intersect !== undefined) return [node.intersect(next) as Point, next, ...rest];
    const inset = insetOf(node, this.#direction);
    return inset === 0
      ? points
      : [{ x: first.x + Math.sign((node.x ?? 0) - first.x) * inset, y: first.y }, next, ...rest];
  }

  #drawEdge(edge: MermaidEdge, points: readonly Point[], start: MermaidNode, end: MermaidNode): void {
    const { type } = this.#data;
    if (isPlainEdge(edge)) {
      const marker = `${this.#diagram}_${type}-pointEnd`;
      this.#paths.append(pathOf(edge, points, this.#direction, this.#diagram, marker));
      return;
    }
    const place = this.#svg.select<SVGGElement>('g.edgePaths');
    const curve = this.#direction === 'LR' ? 'bumpX' : 'bumpY';
    const whole = { ...edge, points: [...points], curve };
    this.#helpers.insertEdge(place, whole, new Map(), type, start, end, this.#diagram, true);
  }
}

function isWave(classes: string | undefined): boolean {
  return classes?.split(' ').includes('wave') === true;
}

/** What stands in these boxes is as wide as the widest of it. */
function evenlyWide(nodes: readonly LayoutNode[], boxes: ReadonlySet<string>): readonly LayoutNode[] {
  const inside = ({ parent }: LayoutNode) => parent !== undefined && boxes.has(parent);
  const width = Math.max(0, ...nodes.filter(inside).map(({ size }) => size.width));
  return nodes.map((node) => (inside(node) ? { ...node, size: { ...node.size, width } } : node));
}

function sizeOf(element: SVGGElement): Size {
  const { width, height } = element.getBBox();
  return { width, height };
}

function areaOf({ size, routes }: NestedLayout): Drawing['area'] {
  let [left, top, right, bottom] = [0, 0, size.width, size.height];
  for (const route of routes.values()) {
    for (const { x, y } of route) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  return {
    x: left - MARGIN,
    y: top - MARGIN,
    width: right - left + 2 * MARGIN,
    height: bottom - top + 2 * MARGIN,
  };
}
