import type { FlowLevel } from '../src/core/flowchart/levels';
import { DEPTHS, type Details, type PageStrings } from '../src/protocol';
import { thingOf } from './anchor';
import { element } from './dom';
import { markOf } from './marks';
import type { Shape } from './picture';
import { fill } from './strings';

export interface DetailsActions {
  readonly openSource: () => void;
  readonly goTo: (level: FlowLevel) => void;
  readonly close: () => void;
}

/** What shows beside a node that was clicked: what it is about, what it needs, and why it waits. */
export class DetailsCard {
  readonly #card: HTMLElement;
  readonly #strings: PageStrings;
  readonly #actions: DetailsActions;
  #shape: Shape | undefined;
  #beside: Element | undefined;

  constructor(card: HTMLElement, strings: PageStrings, actions: DetailsActions) {
    this.#card = card;
    this.#strings = strings;
    this.#actions = actions;
    card.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      actions.close();
    });
  }

  get isOpen(): boolean {
    return !this.#card.hidden;
  }

  /** First with what the page knows itself; the rest follows. Beside the node, or what stands for it elsewhere. */
  show(shape: Shape, details: Details | undefined, beside: Element | undefined = this.#beside): void {
    this.#shape = shape;
    this.#beside = beside;
    const { node } = shape;
    const title = element(
      'h2',
      {},
      ...(node.name === '' ? [] : [element('span', { class: 'id' }, node.name), ' ']),
      node.title,
    );
    const closeButton = element(
      'button',
      { class: 'close', type: 'button', 'aria-label': this.#strings.close, title: this.#strings.close },
      '×',
    );
    closeButton.addEventListener('click', this.#actions.close);
    const sections = (details?.sections ?? []).flatMap(({ label, texts }) => [
      element('h3', {}, label),
      ...(texts.length === 1
        ? texts.map((text) => element('p', { dir: 'auto' }, ...withCode(text)))
        : [element('ul', {}, ...texts.map((text) => element('li', { dir: 'auto' }, ...withCode(text))))]),
    ]);
    this.#card.replaceChildren(
      element('header', {}, title, closeButton),
      this.#stateLine(shape),
      element('div', { class: 'sections' }, ...sections),
      element('footer', {}, ...this.#links(shape)),
    );
    this.#card.setAttribute('aria-label', node.name === '' ? node.title : node.name);
    this.#card.hidden = false;
    this.place();
  }

  hide(): void {
    this.#card.hidden = true;
    this.#shape = undefined;
    this.#beside = undefined;
  }

  /** Beside the node, under it or above it, wherever there is room: it never covers the node. */
  place(): void {
    if (this.#shape === undefined || this.#card.hidden) return;
    const node = (this.#beside ?? this.#shape.element).getBoundingClientRect();
    const room = (this.#card.offsetParent ?? document.body).getBoundingClientRect();
    this.#card.style.maxHeight = '';
    const { offsetWidth: width, offsetHeight: height } = this.#card;
    const [left, right] = [node.left - room.left, node.right - room.left];
    const [top, bottom] = [node.top - room.top, node.bottom - room.top];
    const isBeside = right + GAP + width <= room.width - GAP || left - GAP - width >= GAP;
    const under = room.height - GAP - (bottom + GAP);
    const isUnder = under >= Math.min(height, SMALLEST) || under >= top - 2 * GAP;
    const x = isBeside
      ? right + GAP + width <= room.width - GAP
        ? right + GAP
        : left - GAP - width
      : clamp(left, GAP, room.width - width - GAP);
    const y = isBeside
      ? clamp(top, GAP, room.height - height - GAP)
      : isUnder
        ? bottom + GAP
        : Math.max(GAP, top - GAP - height);
    if (!isBeside) this.#card.style.maxHeight = `${Math.max(SMALLEST, isUnder ? under : top - 2 * GAP)}px`;
    this.#card.style.left = `${x}px`;
    this.#card.style.top = `${y}px`;
  }

  /** The source, and levels that tell more of the node. */
  #links({ node }: Shape): readonly HTMLElement[] {
    const { levels, openSource, openPhase } = this.#strings;
    const thing = thingOf(node);
    const link = (text: string, run: () => void) => {
      const button = element('button', { class: 'link', type: 'button' }, text);
      button.addEventListener('click', run);
      return button;
    };
    const to = (text: string, level: FlowLevel) => link(text, () => this.#actions.goTo(level));
    if (thing === undefined) return [];
    const isWaiting = node.state === 'blocked' || node.state === 'guarded' || node.state === 'waiting';
    const isDone = node.state === 'closed' || node.state === 'satisfied' || node.state === 'passed';
    return [
      link(openSource, this.#actions.openSource),
      ...(thing.kind === 'phase' ? [to(openPhase, { level: 'phase', phase: thing.id })] : []),
      ...(isWaiting ? [to(levels.blockers, { level: 'blockers', thing })] : []),
      ...(isDone ? [] : [to(levels.unblocks, { level: 'unblocks', thing })]),
      to(levels.neighbourhood, { level: 'neighbourhood', thing, depth: DEPTHS.usual }),
    ];
  }

  #stateLine({ node }: Shape): HTMLElement {
    const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    picture.setAttribute('class', 'sign');
    picture.setAttribute('viewBox', '0 0 16 16');
    picture.setAttribute('aria-hidden', 'true');
    picture.append(markOf(node.state));
    const words = [
      this.#strings.states[node.state],
      ...(node.priority === undefined ? [] : [`P${node.priority}`]),
      ...(node.progress === undefined ? [] : [fill(this.#strings.progress, node.progress.closed, node.progress.total)]),
      ...(node.critical ? [this.#strings.onCriticalPath] : []),
    ];
    return element('p', { class: 'state', 'data-state': node.state }, picture, words.join(' · '));
  }
}

/** Words between backticks as code; everything else as it is. */
function withCode(text: string): readonly (Node | string)[] {
  return text.split('`').map((part, index, parts) => {
    const isCode = index % 2 === 1 && index < parts.length - 1;
    return isCode ? element('code', {}, part) : index % 2 === 1 ? `\`${part}` : part;
  });
}

const GAP = 8;
/** Pixels that the card needs to say anything. */
const SMALLEST = 120;

/** The lower bound wins. */
function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
