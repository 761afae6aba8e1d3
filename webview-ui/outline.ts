import type { FlowEdge, FlowNode } from '../src/core/flowchart/flowchart';
import type { NodeThing, PageStrings } from '../src/protocol';
import { isSameThing, thingOf } from './anchor';
import { factsOf } from './description';
import { element } from './dom';
import { markOf } from './marks';
import { contextOf } from './picture';
import { fill } from './strings';

export interface OutlineActions {
  readonly select: (node: FlowNode) => void;
  /** Enter or a double click. */
  readonly open: (node: FlowNode) => void;
  /** Space: tells about the node, or opens the level that it stands for. */
  readonly choose: (node: FlowNode, row: HTMLElement) => void;
  /** Any other key: those of the graph. */
  readonly key: (event: KeyboardEvent) => void;
}

/** The same graph as a tree to read: what stands in what, in the same order, with state and blockers. */
export class Outline {
  readonly #place: HTMLElement;
  readonly #strings: PageStrings;
  readonly #actions: OutlineActions;
  readonly #rows = new Map<string, HTMLElement>();
  readonly #closed = new Set<string>();
  #nodes: ReadonlyMap<string, FlowNode> = new Map();
  #edges: readonly FlowEdge[] = [];
  #plan = '';
  #label = '';

  constructor(place: HTMLElement, strings: PageStrings, actions: OutlineActions) {
    this.#place = place;
    this.#strings = strings;
    this.#actions = actions;
    place.addEventListener('keydown', (event) => this.#key(event));
    place.addEventListener('click', (event) => {
      const row = rowAt(event.target);
      const node = this.#nodeOf(row);
      if (row === undefined || node === undefined) return;
      if (event.target instanceof Element && event.target.closest('.twistie') !== null) this.#toggle(node);
      else this.#actions.choose(node, row);
      this.#focus(row);
    });
    place.addEventListener('dblclick', (event) => {
      const node = this.#nodeOf(rowAt(event.target));
      if (node !== undefined) this.#actions.open(node);
    });
    place.addEventListener('focusin', (event) => {
      const row = rowAt(event.target);
      if (row !== undefined) this.#tabStop(row);
    });
  }

  get isOpen(): boolean {
    return !this.#place.hidden;
  }

  focus(): void {
    this.#place.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  toggle(isOpen: boolean): void {
    this.#place.hidden = !isOpen;
  }

  /** Shows these nodes; the row that has the focus keeps it while it is there. */
  show(plan: string, label: string, nodes: readonly FlowNode[], edges: readonly FlowEdge[]): void {
    this.#plan = plan;
    const focused = this.#nodeOf(rowAt(document.activeElement));
    const scrolled = this.#place.scrollTop;
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#rows.clear();
    this.#place.setAttribute('aria-label', label);
    const children = new Map<string | undefined, FlowNode[]>();
    for (const node of nodes) {
      const parent = node.parent !== undefined && this.#nodes.has(node.parent) ? node.parent : undefined;
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [node]);
      else known.push(node);
    }
    const unblocks = new Map<string, string[]>();
    for (const { from, to } of edges) {
      const node = this.#nodes.get(to);
      if (node === undefined) continue;
      const known = unblocks.get(from);
      if (known === undefined) unblocks.set(from, [nameOf(node)]);
      else known.push(nameOf(node));
    }
    const rows = (parent: string | undefined, level: number): readonly HTMLElement[] => {
      const siblings = children.get(parent) ?? [];
      return siblings.flatMap((node, index) => {
        const inside = children.has(node.id);
        const row = this.#row(node, unblocks.get(node.id) ?? [], level, inside);
        row.setAttribute('aria-posinset', String(index + 1));
        row.setAttribute('aria-setsize', String(siblings.length));
        return [row, ...(inside && !this.#closed.has(node.id) ? rows(node.id, level + 1) : [])];
      });
    };
    const all = rows(undefined, 1);
    this.#place.replaceChildren(...all);
    this.#place.scrollTop = scrolled;
    const again = focused && [...this.#rows].find(([id]) => isSameNode(this.#nodes.get(id), focused))?.[1];
    const stop = again ?? all[0];
    if (stop !== undefined) this.#tabStop(stop);
    if (again !== undefined) this.#focus(again);
    this.#edges = edges;
    this.#label = label;
  }

  select(thing: NodeThing | undefined): void {
    for (const [id, row] of this.#rows) {
      const node = this.#nodes.get(id);
      const isIt = thing !== undefined && node !== undefined && isSameThing(thingOf(node), thing);
      row.setAttribute('aria-selected', String(isIt));
      if (!isIt || this.#place.contains(document.activeElement)) continue;
      this.#tabStop(row);
      row.scrollIntoView({ block: 'nearest' });
    }
  }

  #row(node: FlowNode, unblocks: readonly string[], level: number, hasChildren: boolean): HTMLElement {
    const { name, title, state } = node;
    const sign = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    sign.setAttribute('class', 'sign');
    sign.setAttribute('viewBox', '0 0 16 16');
    sign.setAttribute('aria-hidden', 'true');
    sign.append(markOf(state));
    const facts = [
      ...factsOf(node, this.#strings),
      ...(unblocks.length === 0 ? [] : [fill(this.#strings.comesBefore, unblocks.join(', '))]),
    ];
    // What a row says is its name, too: who speaks to the computer says what stands there.
    const row = element(
      'div',
      {
        role: 'treeitem',
        tabindex: '-1',
        'aria-level': String(level),
        'aria-selected': 'false',
        'data-outline': node.id,
        'data-state': state,
        'data-kind': node.kind,
        'data-vscode-context': contextOf(this.#plan, node),
        style: `--level: ${level}`,
        ...(hasChildren && { 'aria-expanded': String(!this.#closed.has(node.id)) }),
        ...(node.faint && { 'data-faint': '' }),
        ...(node.aside && { 'data-aside': '' }),
      },
      element('span', { class: 'twistie', 'aria-hidden': 'true' }),
      sign,
      element('span', { class: 'what', dir: 'auto' }, ...(name === '' ? [] : [element('b', {}, name), ' ']), title),
      element('small', { class: 'facts' }, facts.join(' · ')),
    );
    this.#rows.set(node.id, row);
    return row;
  }

  #key(event: KeyboardEvent): void {
    const row = rowAt(event.target);
    const node = this.#nodeOf(row);
    if (row === undefined || node === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...this.#place.children] as HTMLElement[];
    const at = rows.indexOf(row);
    const isOpen = row.getAttribute('aria-expanded');
    switch (event.key) {
      case 'ArrowDown':
        this.#focus(rows[at + 1]);
        break;
      case 'ArrowUp':
        this.#focus(rows[at - 1]);
        break;
      case 'Home':
        this.#focus(rows[0]);
        break;
      case 'End':
        this.#focus(rows.at(-1));
        break;
      case 'ArrowRight':
        if (isOpen === 'false') this.#toggle(node);
        else if (isOpen === 'true') this.#focus(rows[at + 1]);
        break;
      case 'ArrowLeft':
        if (isOpen === 'true') this.#toggle(node);
        else this.#focus(node.parent === undefined ? undefined : this.#rows.get(node.parent));
        break;
      case 'Enter':
        this.#actions.open(node);
        break;
      case ' ':
        this.#actions.choose(node, row);
        break;
      default:
        this.#actions.key(event);
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #toggle(node: FlowNode): void {
    if (!this.#closed.delete(node.id)) this.#closed.add(node.id);
    this.show(this.#plan, this.#label, [...this.#nodes.values()], this.#edges);
    this.#focus(this.#rows.get(node.id));
  }

  #focus(row: HTMLElement | undefined): void {
    if (row === undefined) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
    const node = this.#nodeOf(row);
    if (node !== undefined) this.#actions.select(node);
  }

  #tabStop(row: HTMLElement): void {
    this.#place.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    row.setAttribute('tabindex', '0');
  }

  #nodeOf(row: HTMLElement | undefined): FlowNode | undefined {
    return this.#nodes.get(row?.getAttribute('data-outline') ?? '');
  }
}

function rowAt(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element ? target.closest<HTMLElement>('[data-outline]') : undefined) ?? undefined;
}

function nameOf({ name, title }: FlowNode): string {
  return name || title;
}

function isSameNode(a: FlowNode | undefined, b: FlowNode): boolean {
  return a?.kind === b.kind && a.thing === b.thing;
}
