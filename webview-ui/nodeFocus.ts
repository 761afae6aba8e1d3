import { type Direction, firstShape, lastShape, neighbour } from './navigation';
import type { PanZoom } from './panZoom';
import type { Picture, Shape } from './picture';
import type { Rectangle } from './viewport';

/** What a node may have to be brought into sight in. */
export interface NodeFocusPlace {
  readonly picture: () => Picture | undefined;
  readonly panZoom: PanZoom;
  /** What stands over the picture in a corner of it. */
  readonly covered: () => Rectangle | undefined;
}

/** Which node of the picture has the keyboard, and where it goes from there. */
export class NodeFocus {
  readonly #picture: () => Picture | undefined;
  readonly #panZoom: PanZoom;
  readonly #covered: () => Rectangle | undefined;

  constructor(canvas: HTMLElement, { picture, panZoom, covered }: NodeFocusPlace) {
    this.#picture = picture;
    this.#panZoom = panZoom;
    this.#covered = covered;
    canvas.addEventListener('focusin', (event) => {
      const shape = picture()?.shapeAt(event.target);
      if (shape === undefined) return;
      this.tabStop(shape);
      if (shape.element.matches(':focus-visible')) this.reveal(shape);
    });
  }

  get current(): Shape | undefined {
    return this.#picture()?.shapeAt(document.activeElement);
  }

  get first(): Shape | undefined {
    const picture = this.#picture();
    return picture && firstShape(picture);
  }

  get last(): Shape | undefined {
    const picture = this.#picture();
    return picture && lastShape(picture);
  }

  move(direction: Direction): void {
    const picture = this.#picture();
    const from = this.current;
    if (picture === undefined) return;
    this.take(from === undefined ? firstShape(picture) : neighbour(picture, from, direction));
  }

  take(shape: Shape | undefined): void {
    shape?.element.focus({ preventScroll: true });
  }

  /** Tab leads to one node; from there arrow keys go on. */
  tabStop(shape: Shape | undefined): void {
    if (shape === undefined) return;
    this.#picture()?.svg.querySelector('[data-node][tabindex="0"]')?.setAttribute('tabindex', '-1');
    shape.element.setAttribute('tabindex', '0');
  }

  /** Brings a node into sight; of a box, its title. */
  reveal(shape: Shape | undefined): void {
    if (shape === undefined) return;
    const part = shape.node.form === 'group' ? shape.element.querySelector('.cluster-label') : null;
    this.#panZoom.reveal((part ?? shape.element).getBoundingClientRect(), this.#covered());
  }
}
