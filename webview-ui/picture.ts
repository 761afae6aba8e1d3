import type { FlowEdge, FlowNode } from '../src/core/flowchart/flowchart';
import type { NodeThing, PageStrings } from '../src/protocol';
import { describe } from './description';
import { MARK_SIZE, markOf } from './marks';

const SVG = 'http://www.w3.org/2000/svg';

/** A node of the picture: its element, and what it shows. */
export interface Shape {
  readonly element: SVGGElement;
  readonly node: FlowNode;
}

/** The picture that stands in the page. It finds elements once, and from then on only changes what shows states. */
export class Picture {
  readonly svg: SVGSVGElement;
  readonly #strings: PageStrings;
  readonly #plan: string;
  readonly #elements: ReadonlyMap<string, SVGGElement>;
  readonly #edges: ReadonlyMap<string, Element>;
  #nodes: ReadonlyMap<string, FlowNode> = new Map();
  #edgeList: readonly FlowEdge[] = [];

  constructor(svg: SVGSVGElement, plan: string, strings: PageStrings) {
    this.svg = svg;
    this.#plan = plan;
    this.#strings = strings;
    this.#elements = indexNodes(svg);
    this.#edges = indexEdges(svg);
  }

  get shapes(): readonly Shape[] {
    return [...this.#nodes.values()].flatMap((node) => {
      const element = this.#elements.get(node.id);
      return element === undefined ? [] : [{ element, node }];
    });
  }

  get edges(): readonly FlowEdge[] {
    return this.#edgeList;
  }

  shape(id: string | undefined): Shape | undefined {
    const node = id === undefined ? undefined : this.#nodes.get(id);
    const element = node === undefined ? undefined : this.#elements.get(node.id);
    return node === undefined || element === undefined ? undefined : { node, element };
  }

  shapeOf(thing: NodeThing | undefined): Shape | undefined {
    if (thing === undefined) return undefined;
    for (const node of this.#nodes.values()) {
      if (node.kind === thing.kind && node.thing === thing.id) return this.shape(node.id);
    }
    return undefined;
  }

  /** The innermost node around an element of the page. */
  shapeAt(target: EventTarget | null): Shape | undefined {
    const element = target instanceof Element ? target.closest('[data-node]') : null;
    return this.shape(element?.getAttribute('data-node') ?? undefined);
  }

  /** Shows these states; gives the nodes whose state is new. The picture's geometry stays. */
  update(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): readonly FlowNode[] {
    const before = this.#nodes;
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#edgeList = edges;
    const changed = nodes.filter((node) => {
      const element = this.#elements.get(node.id);
      const known = before.get(node.id);
      if (element === undefined || (known !== undefined && sameLook(known, node))) return false;
      this.#dress(element, node);
      return known !== undefined && known.state !== node.state;
    });
    for (const edge of edges) {
      const path = this.#edges.get(edgeKey(edge.from, edge.to));
      path?.setAttribute('data-kind', edge.kind);
      path?.classList.toggle('critical', edge.critical);
    }
    return changed;
  }

  select(id: string | undefined): void {
    for (const [node, element] of this.#elements) {
      element.classList.toggle('selected', node === id);
      if (node === id) element.setAttribute('aria-current', 'true');
      else element.removeAttribute('aria-current');
    }
    for (const { from, to } of this.#edgeList) {
      this.#edges.get(edgeKey(from, to))?.classList.toggle('touched', from === id || to === id);
    }
  }

  #dress(element: SVGGElement, node: FlowNode): void {
    const { id, kind, state, form, critical, inHand, progress } = node;
    element.setAttribute('data-node', id);
    element.setAttribute('data-kind', kind);
    element.setAttribute('data-form', form);
    element.setAttribute('data-state', state);
    element.classList.toggle('critical', critical);
    element.classList.toggle('in-hand', inHand === true);
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', describe(node, this.#strings));
    if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
    element.setAttribute('data-vscode-context', contextOf(this.#plan, node));
    setTitle(element, describe(node, this.#strings));
    setProgress(element, progress);
    if (progress !== undefined && (kind === 'phase' || kind === 'rest')) setBar(element, progress);
    setMark(element, node);
  }
}

/** What VS Code hands to the commands of the context menu: a reference to the thing, and what menus ask for. */
function contextOf(plan: string, { kind, thing }: FlowNode): string {
  const section = kind === 'rest' ? { webviewSection: 'canvas' } : { webviewSection: kind, plan, kind, id: thing };
  return JSON.stringify({ ...section, preventDefaultContextMenuItems: true });
}

function sameLook(a: FlowNode, b: FlowNode): boolean {
  return (
    a.state === b.state &&
    a.critical === b.critical &&
    a.inHand === b.inHand &&
    a.title === b.title &&
    a.thing === b.thing &&
    a.progress?.closed === b.progress?.closed &&
    a.waitsFor.join('\n') === b.waitsFor.join('\n')
  );
}

function setTitle(element: Element, text: string): void {
  const known = element.querySelector(':scope > title');
  const title = known ?? document.createElementNS(SVG, 'title');
  title.textContent = text;
  if (known === null) element.prepend(title);
}

function setProgress(element: Element, progress: FlowNode['progress']): void {
  const label = element.querySelector(':scope > .label, :scope > .cluster-label');
  const place = [...(label?.querySelectorAll('small') ?? [])].at(-1);
  if (progress !== undefined && place !== undefined) place.textContent = `${progress.closed}/${progress.total}`;
}

const BAR = 3;

/** How much is done, as a line along the lower side of a phase's card or the upper side of its box. */
function setBar(element: SVGGElement, { closed, total }: NonNullable<FlowNode['progress']>): void {
  const outline = element.querySelector(':scope > rect');
  if (outline === null) return;
  element.querySelector(':scope > .bar')?.remove();
  // To ask the browser for the box would lay out the page for each node.
  const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) =>
    Number(outline.getAttribute(name)),
  );
  const inset = 10;
  const top = element.matches('.cluster') ? y : y + height - BAR;
  const whole = Math.max(0, width - 2 * inset);
  const bar = document.createElementNS(SVG, 'g');
  bar.setAttribute('class', 'bar');
  bar.append(
    rectangle('bar-whole', x + inset, top, whole, BAR),
    rectangle('bar-part', x + inset, top, total === 0 ? 0 : (whole * closed) / total, BAR),
  );
  element.append(bar);
}

function rectangle(className: string, x: number, y: number, width: number, height: number): SVGRectElement {
  const made = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({ class: className, x, y, width, height, rx: height / 2 })) {
    made.setAttribute(name, String(value));
  }
  return made;
}

/** The sign stands where the label leaves room for it: before its first line, in the upper corner of a diamond. */
function setMark(element: SVGGElement, { state, form }: FlowNode): void {
  const mark = markOf(state);
  const known = element.querySelector(':scope > .mark');
  if (known !== null) {
    mark.setAttribute('transform', known.getAttribute('transform') ?? '');
    known.replaceWith(mark);
    return;
  }
  const at = form === 'decision' ? cornerOfDiamond(element) : startOfLabel(element);
  if (at === undefined) return;
  mark.setAttribute('transform', `translate(${at.x} ${at.y})`);
  element.append(mark);
}

function startOfLabel(element: SVGGElement): { readonly x: number; readonly y: number } | undefined {
  const label = element.querySelector(':scope > .label, :scope > .cluster-label');
  const at = /translate\(\s*([-\d.]+)[ ,]+([-\d.]+)/.exec(label?.getAttribute('transform') ?? '');
  return at === null ? undefined : { x: Number(at[1]), y: Number(at[2]) + 1.5 };
}

function cornerOfDiamond(element: SVGGElement): { readonly x: number; readonly y: number } | undefined {
  const height = element.querySelector<SVGGraphicsElement>(':scope > polygon')?.getBBox().height;
  return height === undefined ? undefined : { x: -MARK_SIZE / 2, y: 12 - height / 2 };
}

/** Node ids are ours and hold no hyphen; mermaid puts its own words and a counter around them. */
function indexNodes(svg: SVGSVGElement): ReadonlyMap<string, SVGGElement> {
  const elements = new Map<string, SVGGElement>();
  for (const element of svg.querySelectorAll<SVGGElement>('g.node, g.cluster')) {
    const id = /-flowchart-(\w+)-\d+$/.exec(element.id)?.[1] ?? /-(\w+)$/.exec(element.id)?.[1];
    if (id !== undefined) elements.set(id, element);
  }
  return elements;
}

function indexEdges(svg: SVGSVGElement): ReadonlyMap<string, Element> {
  const edges = new Map<string, Element>();
  for (const path of svg.querySelectorAll('path[data-id]')) {
    const ends = /^L_([a-z]+\d*)_([a-z]+\d*)_\d+$/.exec(path.getAttribute('data-id') ?? '');
    if (ends?.[1] !== undefined && ends[2] !== undefined) edges.set(edgeKey(ends[1], ends[2]), path);
  }
  return edges;
}

function edgeKey(from: string, to: string): string {
  return `${from} ${to}`;
}
