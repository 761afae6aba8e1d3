import type { FoundThing, PageStrings } from '../src/protocol';
import { element } from './dom';
import { markOf } from './marks';
import { fill } from './strings';

export interface FindActions {
  readonly search: (query: string) => void;
  /** The found thing that is looked at; none when there is none. */
  readonly look: (thing: FoundThing | undefined) => void;
  readonly choose: (thing: FoundThing) => void;
  readonly close: () => void;
}

/** Finds things of the plan by id or title while somebody types. */
export class FindBar {
  readonly #bar: HTMLElement;
  readonly #strings: PageStrings;
  readonly #actions: FindActions;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #count = element('span', { class: 'count', role: 'status' });
  #things: readonly FoundThing[] = [];
  /** What `#things` was found for; what is typed can be ahead of it. */
  #answered = '';
  /** Enter was pressed before what was typed had been answered. */
  #isAwaited = false;
  #at = 0;

  constructor(bar: HTMLElement, strings: PageStrings, actions: FindActions) {
    this.#bar = bar;
    this.#strings = strings;
    this.#actions = actions;
    this.#input = element('input', {
      type: 'text',
      role: 'combobox',
      'aria-label': strings.find,
      'aria-expanded': 'false',
      'aria-controls': 'found',
      'aria-autocomplete': 'list',
      placeholder: strings.findHint,
      spellcheck: 'false',
    }) as HTMLInputElement;
    this.#list = element('ul', { id: 'found', role: 'listbox', 'aria-label': strings.find });
    const close = element(
      'button',
      { class: 'close', type: 'button', 'aria-label': strings.close, title: strings.close },
      '×',
    );
    close.addEventListener('click', () => this.close());
    bar.append(element('div', { class: 'field' }, this.#input, this.#count, close), this.#list);
    this.#input.addEventListener('input', () => this.#type());
    bar.addEventListener('keydown', (event) => this.#key(event));
    this.#list.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest('[data-at]') : null;
      const thing = this.#things[Number(row?.getAttribute('data-at') ?? -1)];
      if (thing !== undefined) this.#choose(thing);
    });
  }

  open(): void {
    this.#bar.hidden = false;
    this.#input.focus();
    this.#input.select();
    if (this.#input.value !== '') this.#actions.search(this.#input.value);
  }

  close(): void {
    if (this.#bar.hidden) return;
    this.#bar.hidden = true;
    this.#isAwaited = false;
    this.#answered = '';
    this.#show([]);
    this.#count.textContent = '';
    this.#actions.look(undefined);
    this.#actions.close();
  }

  found(query: string, things: readonly FoundThing[]): void {
    if (this.#bar.hidden || query !== this.#input.value) return;
    this.#answered = query;
    this.#show(things);
    const [first] = things;
    if (this.#isAwaited && first !== undefined) {
      this.#choose(first);
      return;
    }
    this.#isAwaited = false;
    this.#count.textContent =
      query.trim() === ''
        ? ''
        : things.length === 0
          ? this.#strings.nothingFound
          : fill(this.#strings.found, things.length);
    this.#actions.look(first);
  }

  #type(): void {
    this.#isAwaited = false;
    if (this.#input.value.trim() === '') this.found(this.#input.value, []);
    else this.#actions.search(this.#input.value);
  }

  #show(things: readonly FoundThing[]): void {
    this.#things = things;
    this.#at = 0;
    this.#input.setAttribute('aria-expanded', String(things.length > 0));
    this.#list.replaceChildren(...things.map((thing, index) => this.#row(thing, index)));
    this.#list.hidden = things.length === 0;
    this.#mark();
  }

  #row({ name, title, state, where }: FoundThing, index: number): HTMLElement {
    const sign = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    sign.setAttribute('class', 'sign');
    sign.setAttribute('viewBox', '0 0 16 16');
    sign.setAttribute('aria-hidden', 'true');
    sign.append(markOf(state));
    return element(
      'li',
      { role: 'option', id: `found-${index}`, 'data-at': String(index), 'data-state': state },
      sign,
      element(
        'span',
        { class: 'what', dir: 'auto' },
        ...(name === '' ? [] : [element('b', {}, name), ' ']),
        title,
        element('span', { class: 'unseen' }, ` · ${this.#strings.states[state]}`),
      ),
      element('small', { dir: 'auto' }, where),
    );
  }

  #mark(): void {
    for (const [index, row] of [...this.#list.children].entries()) {
      row.setAttribute('aria-selected', String(index === this.#at));
      if (index === this.#at) row.scrollIntoView({ block: 'nearest' });
    }
    if (this.#things.length === 0) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', `found-${this.#at}`);
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && event.target === this.#input) {
      const thing = this.#things[this.#at];
      if (this.#input.value !== this.#answered) this.#isAwaited = true;
      else if (thing !== undefined) this.#choose(thing);
    } else if (step !== undefined && this.#things.length > 0) {
      this.#at = (this.#at + step + this.#things.length) % this.#things.length;
      this.#mark();
      this.#actions.look(this.#things[this.#at]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(thing: FoundThing): void {
    this.close();
    this.#actions.choose(thing);
  }
}
