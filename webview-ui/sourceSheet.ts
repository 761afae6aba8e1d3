import type { PageStrings } from '../src/protocol';
import { element } from './dom';

/** The picture as text in mermaid's language, beside it. */
export class SourceSheet {
  readonly #sheet: HTMLElement;
  readonly #text = element('pre', { tabindex: '0', dir: 'ltr' });

  constructor(
    sheet: HTMLElement,
    strings: PageStrings,
    actions: { readonly copy: () => void; readonly close: () => void },
  ) {
    this.#sheet = sheet;
    const copy = element('button', { type: 'button', class: 'link' }, strings.copy);
    copy.addEventListener('click', actions.copy);
    const close = element(
      'button',
      { type: 'button', class: 'close', 'aria-label': strings.close, title: strings.close },
      '×',
    );
    close.addEventListener('click', actions.close);
    sheet.replaceChildren(element('header', {}, element('h2', {}, strings.source), copy, close), this.#text);
    sheet.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') actions.close();
    });
  }

  get isOpen(): boolean {
    return !this.#sheet.hidden;
  }

  show(text: string): void {
    this.#text.textContent = text;
  }

  toggle(isOpen: boolean): void {
    this.#sheet.hidden = !isOpen;
  }
}
