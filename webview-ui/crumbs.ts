import type { FlowLevel } from '../src/core/flowchart/levels';
import type { Crumb } from '../src/protocol';
import { element } from './dom';

/** The way from the whole plan down to what is shown; each step but the last leads there. */
export class Crumbs {
  readonly #list = element('ol');
  readonly #goTo: (level: FlowLevel, from: HTMLElement) => void;
  readonly element: HTMLElement;

  constructor(label: string, goTo: (level: FlowLevel, from: HTMLElement) => void) {
    this.#goTo = goTo;
    this.element = element('nav', { id: 'crumbs', 'aria-label': label }, this.#list);
  }

  show(crumbs: readonly Crumb[]): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.#list.replaceChildren(...crumbs.map((crumb) => element('li', {}, this.#entry(crumb))));
    if (hadFocus) this.#list.querySelector<HTMLElement>('button')?.focus();
  }

  #entry({ label, level }: Crumb): HTMLElement {
    if (level === undefined) return element('span', { 'aria-current': 'page', dir: 'auto', title: label }, label);
    const button = element('button', { type: 'button', dir: 'auto', title: label }, label);
    button.addEventListener('click', () => this.#goTo(level, button));
    return button;
  }
}
