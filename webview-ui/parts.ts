import type { LayoutData } from 'mermaid';
import { htmlLabel, labelParts, plainText } from './labels';
import type { Box, Point, Size } from './layout/geometry';
import { ABOVE_TITLE, AROUND } from './layout/titles';
import { svgElement } from './svg';

export type MermaidNode = LayoutData['nodes'][number];
export type MermaidEdge = LayoutData['edges'][number];

/** A node or a box that is drawn here, in the same elements as mermaid's own, so that style sheets need not know. */
export interface Part {
  readonly element: SVGGElement;
  readonly label: SVGForeignObjectElement;
}

/** `undefined` for shapes and labels that mermaid has to draw; the title of a box is text if it is nothing else. */
export function partOf(node: MermaidNode, diagram: string): Part | undefined {
  if (!node.isGroup && outlineOf(node) === undefined) return undefined;
  const text = typeof node.label === 'string' ? node.label : '';
  const parts = labelParts(text) ?? (node.isGroup ? plainText(text) : undefined);
  if (parts === undefined) return undefined;
  const label = htmlLabel(parts);
  const [className, labelClass] = node.isGroup ? ['cluster', 'cluster-label title-measure'] : ['node', 'label'];
  const element = svgElement(
    'g',
    {
      class: `${className} ${node.cssClasses ?? ''}`.trim(),
      id: node.domId ?? `${diagram}-${node.id}`,
      'data-look': 'classic',
    },
    node.isGroup
      ? svgElement('rect')
      : cornersOf(node, { width: 0, height: 0 }) === undefined
        ? svgElement('rect', { class: 'basic label-container' })
        : svgElement('polygon', { class: 'label-container' }),
    svgElement('g', { class: labelClass }, label),
  );
  return { element, label };
}

/** The size of a node around a label of this size, by mermaid's own measure. */
export function nodeSize(node: MermaidNode, label: Size): Size {
  const padding = node.padding ?? 0;
  const [width, height] = [label.width + padding, label.height + padding];
  switch (outlineOf(node)) {
    case 'diamond':
      return { width: width + height, height: width + height };
    case 'hexagon':
    case 'stadium':
      return { width: width + height / 2, height };
    case 'leaning':
      return { width: width + height, height };
    default:
      return { width: label.width + 4 * padding, height: label.height + 2 * padding };
  }
}

/** Gives a node the shape of its size, around the middle that it will be moved to. */
export function shapeNode({ element, label }: Part, node: MermaidNode, size: Size, labelSize: Size): void {
  const { width, height } = size;
  // In a rectangle that is wider than it need be, the label stays at the left.
  const left = outlineOf(node) === 'rectangle' ? 2 * (node.padding ?? 0) - width / 2 : -labelSize.width / 2;
  setSize(label, labelSize);
  label.parentElement?.setAttribute('transform', `translate(${left}, ${-labelSize.height / 2})`);
  const shape = element.firstElementChild;
  const corners = cornersOf(node, size);
  if (corners === undefined) {
    setAttributes(shape, { x: -width / 2, y: -height / 2, width, height });
    if (outlineOf(node) === 'stadium') setAttributes(shape, { rx: height / 2 });
  } else shape?.setAttribute('points', corners.map(({ x, y }) => `${x},${y}`).join(' '));
}

/** How far inside its box a node's outline is, in the middle of the side at which edges end. */
export function insetOf(node: MermaidNode, direction: 'TB' | 'LR'): number {
  return direction === 'LR' && outlineOf(node) === 'leaning' ? (node.height ?? 0) / 4 : 0;
}

type Outline = 'rectangle' | 'stadium' | 'diamond' | 'hexagon' | 'leaning';

const OUTLINES: ReadonlyMap<string, Outline> = new Map([
  ['squareRect', 'rectangle'],
  ['stadium', 'stadium'],
  ['diamond', 'diamond'],
  ['question', 'diamond'],
  ['hexagon', 'hexagon'],
  ['lean_right', 'leaning'],
]);

function outlineOf({ shape }: MermaidNode): Outline | undefined {
  return OUTLINES.get(shape ?? '');
}

function cornersOf(node: MermaidNode, { width, height }: Size): readonly Point[] | undefined {
  const [right, bottom] = [width / 2, height / 2];
  switch (outlineOf(node)) {
    case 'diamond':
      return [
        { x: right, y: 0 },
        { x: 0, y: bottom },
        { x: -right, y: 0 },
        { x: 0, y: -bottom },
      ];
    case 'hexagon':
      return [
        { x: right, y: 0 },
        { x: right - height / 4, y: bottom },
        { x: height / 4 - right, y: bottom },
        { x: -right, y: 0 },
        { x: height / 4 - right, y: -bottom },
        { x: right - height / 4, y: -bottom },
      ];
    case 'leaning':
      return [
        { x: -right, y: bottom },
        { x: right - height / 2, y: bottom },
        { x: right, y: -bottom },
        { x: height / 2 - right, y: -bottom },
      ];
    default:
      return undefined;
  }
}

/** Puts a box where it stands, with its title in its upper corner. */
export function shapeBox({ element, label }: Part, box: Box, title: Size): void {
  const corner = cornerOf(box);
  setAttributes(element.firstElementChild, { ...corner, width: box.width, height: box.height });
  const place = label.parentElement;
  place?.setAttribute('class', 'cluster-label');
  place?.setAttribute('transform', titlePlace(box));
  setSize(label, title);
}

export function titlePlace(box: Box): string {
  const { x, y } = cornerOf(box);
  return `translate(${x + AROUND}, ${y + ABOVE_TITLE})`;
}

export function groundOf(box: Box, className: string): SVGRectElement {
  return svgElement('rect', { class: className, ...cornerOf(box), width: box.width, height: box.height });
}

/** Pixels by which a line ends before the tip of its arrow. */
const TIP = 4;

/** The path of an edge with an arrow's head: upright (or level) at each of its points, and curved between them. */
export function pathOf(
  edge: MermaidEdge,
  points: readonly Point[],
  direction: 'TB' | 'LR',
  diagram: string,
  marker: string,
): SVGPathElement {
  const { pattern = 'solid', thickness = 'normal' } = edge;
  return svgElement('path', {
    d: curve(endingBefore(points), direction),
    id: `${diagram}-${edge.id}`,
    class: `edge-thickness-${thickness} edge-pattern-${pattern} flowchart-link`,
    'data-edge': 'true',
    'data-id': edge.id,
    'marker-end': `url(#${marker})`,
  });
}

/** What `pathOf` can draw; mermaid draws the rest. */
export function isPlainEdge({ arrowTypeEnd, arrowTypeStart, label }: MermaidEdge): boolean {
  const hasStart = arrowTypeStart !== undefined && arrowTypeStart !== 'none' && arrowTypeStart !== 'arrow_open';
  return arrowTypeEnd === 'arrow_point' && !hasStart && (label === undefined || label === '');
}

function endingBefore(points: readonly Point[]): readonly Point[] {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (last === undefined || before === undefined) return points;
  const length = Math.hypot(last.x - before.x, last.y - before.y);
  if (length <= TIP) return points;
  const share = TIP / length;
  return [...points.slice(0, -1), { x: last.x - (last.x - before.x) * share, y: last.y - (last.y - before.y) * share }];
}

/** Cubic curves whose control points lie half-way (d3's bump curves). */
function curve(points: readonly Point[], direction: 'TB' | 'LR'): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      if (before === undefined) return `M${rounded(point.x)},${rounded(point.y)}`;
      if (direction === 'TB' ? before.x === point.x : before.y === point.y) {
        return `L${rounded(point.x)},${rounded(point.y)}`;
      }
      const middle = direction === 'TB' ? (before.y + point.y) / 2 : (before.x + point.x) / 2;
      const [first, second] =
        direction === 'TB'
          ? [`${rounded(before.x)},${rounded(middle)}`, `${rounded(point.x)},${rounded(middle)}`]
          : [`${rounded(middle)},${rounded(before.y)}`, `${rounded(middle)},${rounded(point.y)}`];
      return `C${first} ${second} ${rounded(point.x)},${rounded(point.y)}`;
    })
    .join('');
}

function cornerOf({ x, y, width, height }: Box): Point {
  return { x: x - width / 2, y: y - height / 2 };
}

function setSize(element: Element, { width, height }: Size): void {
  setAttributes(element, { width, height });
}

function setAttributes(element: Element | null, attributes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(attributes)) element?.setAttribute(name, String(value));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
