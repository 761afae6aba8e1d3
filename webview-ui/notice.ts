import type { PageStrings } from '../src/protocol';
import { element } from './dom';
import { fill } from './strings';

/** A sentence in place of the picture, or above it; what takes long can be cancelled there. */
export class Notice {
  readonly #place: HTMLElement;
  readonly #strings: PageStrings;
  readonly #cancel: () => void;

  constructor(place: HTMLElement, strings: PageStrings, cancel: () => void) {
    this.#place = place;
    this.#strings = strings;
    this.#cancel = cancel;
  }

  say(text: string | undefined): void {
    this.#place.hidden = text === undefined;
    this.#place.replaceChildren(text ?? '');
  }

  /** `nodes` is how many are to be drawn. */
  drawing(nodes: number, isLong: boolean): void {
    this.say(isLong ? fill(this.#strings.drawingMany, nodes) : this.#strings.drawing);
    if (!isLong) return;
    const button = element('button', { type: 'button', class: 'link', id: 'cancel' }, this.#strings.cancel);
    button.addEventListener('click', this.#cancel);
    this.#place.append(element('progress', { 'aria-label': this.#strings.drawing }), button);
  }

  /** From 0 to 1. */
  progress(done: number): void {
    this.#place.querySelector('progress')?.setAttribute('value', String(done));
  }
}
