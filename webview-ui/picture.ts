import type { FlowEdge, FlowNode } from '../src/core/flowchart/flowchart';
import type { NodeThing, PageStrings } from '../src/protocol';
import { edgeKey, type Lit } from './cones';
import { describe } from './description';
import { ornament } from './ornaments';

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
  #selected: string | undefined;

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
      // Over the others: they may run the same way for a while.
      if (edge.critical && path?.classList.contains('critical') === false) path.parentElement?.append(path);
      path?.classList.toggle('critical', edge.critical);
      path?.classList.toggle('faint', this.#isFaint(edge.from) || this.#isFaint(edge.to));
    }
    return changed;
  }

  /** The node that is selected. */
  get selected(): string | undefined {
    return this.#selected;
  }

  select(id: string | undefined): void {
    this.#selected = id;
    for (const [node, element] of this.#elements) {
      element.classList.toggle('selected', node === id);
      if (node === id) element.setAttribute('aria-current', 'true');
      else element.removeAttribute('aria-current');
    }
    for (const { from, to } of this.#edgeList) {
      this.#edges.get(edgeKey(from, to))?.classList.toggle('touched', from === id || to === id);
    }
  }

  /** Everything else steps back; without anything, nothing does. */
  light(lit: Lit | undefined): void {
    this.svg.classList.toggle('lighting', lit !== undefined);
    for (const [id, element] of this.#elements) element.classList.toggle('lit', lit?.nodes.has(id) === true);
    for (const [key, path] of this.#edges) path.classList.toggle('lit', lit?.edges.has(key) === true);
  }

  #isFaint(id: string): boolean {
    const node = this.#nodes.get(id);
    return node?.faint === true || node?.aside === true;
  }

  #dress(element: SVGGElement, node: FlowNode): void {
    const { id, kind, state, form, critical, inHand, faint, aside } = node;
    element.setAttribute('data-node', id);
    element.setAttribute('data-kind', kind);
    element.setAttribute('data-form', form);
    element.setAttribute('data-state', state);
    element.toggleAttribute('data-faint', faint === true);
    element.toggleAttribute('data-aside', aside === true);
    element.classList.toggle('critical', critical);
    element.classList.toggle('in-hand', inHand === true);
    element.setAttribute('role', 'button');
    element.setAttribute('aria-label', describe(node, this.#strings));
    if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
    element.setAttribute('data-vscode-context', contextOf(this.#plan, node));
    setTitle(element, describe(node, this.#strings));
    ornament(element, node);
  }
}

/** What VS Code hands to the commands of the context menu: a reference to the thing, and what menus ask for. */
export function contextOf(plan: string, { kind, thing, state, exported }: FlowNode): string {
  const isThing = kind === 'phase' || kind === 'bead' || kind === 'gate';
  const section = isThing
    ? { webviewSection: `${kind}.${state}${exported ? '.exported' : ''}`, plan, kind, id: thing }
    : { webviewSection: 'canvas' };
  return JSON.stringify({ ...section, preventDefaultContextMenuItems: true });
}

function sameLook(a: FlowNode, b: FlowNode): boolean {
  return (
    a.state === b.state &&
    a.critical === b.critical &&
    a.inHand === b.inHand &&
    a.faint === b.faint &&
    a.aside === b.aside &&
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
