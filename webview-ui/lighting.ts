import { conesOf } from './cones';
import type { Picture, Shape } from './picture';

/** Milliseconds that the pointer rests before it lights anything: passing over nodes is no question. */
const REST = 120;

/** Lights what a node waits for and what waits for it, while the pointer or the keyboard is at it. */
export class Lighting {
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #lit: string | undefined;
  readonly #picture: () => Picture | undefined;

  constructor(canvas: HTMLElement, picture: () => Picture | undefined) {
    this.#picture = picture;
    canvas.addEventListener('pointerover', (event) => {
      if (event.pointerType !== 'touch' && event.buttons === 0) this.#soon(picture()?.shapeAt(event.target));
    });
    canvas.addEventListener('pointerleave', () => this.#soon(undefined));
    canvas.addEventListener('pointerdown', () => this.light(undefined));
    canvas.addEventListener('focusin', (event) => {
      const shape = picture()?.shapeAt(event.target);
      if (shape?.element.matches(':focus-visible')) this.light(shape);
    });
    canvas.addEventListener('focusout', () => this.light(undefined));
  }

  light(shape: Shape | undefined): void {
    clearTimeout(this.#waiting);
    this.#lit = shape?.node.id;
    const picture = this.#picture();
    if (picture === undefined) return;
    const nodes = picture.shapes.map(({ node }) => node);
    picture.light(shape && conesOf(nodes, picture.edges, shape.node.id));
  }

  /** A box lights nothing: the pointer is always over some box. */
  #soon(shape: Shape | undefined): void {
    const node = shape?.node.form === 'group' ? undefined : shape;
    clearTimeout(this.#waiting);
    if (node?.node.id === this.#lit) return;
    this.#waiting = setTimeout(() => this.light(node), REST);
  }
}
