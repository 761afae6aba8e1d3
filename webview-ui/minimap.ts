import { type Corner, coveredIn, freestCorner } from './corners';
import type { Size } from './layout/geometry';
import type { PanZoom } from './panZoom';
import type { Picture } from './picture';
import type { Rectangle } from './viewport';

/** Pixels. */
const WIDEST = 180;
const HIGHEST = 130;
const MARGIN = 6;
/** Around the map; to the sides of the panel, as in the style sheet. */
const AROUND = 12;

interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isBox: boolean;
  readonly element: Element;
}

/** A small map of the picture, when it is larger than the panel, with what of it is in sight. For the pointer only. */
export class Minimap {
  readonly #map: HTMLCanvasElement;
  readonly #panZoom: PanZoom;
  readonly #canvas: HTMLElement;
  #blocks: readonly Block[] = [];
  #size = { width: 0, height: 0 };
  #isWaiting = false;
  #corner: Corner | undefined;

  constructor(map: HTMLCanvasElement, canvas: HTMLElement, panZoom: PanZoom) {
    this.#map = map;
    this.#canvas = canvas;
    this.#panZoom = panZoom;
    const go = (event: PointerEvent) => {
      const box = map.getBoundingClientRect();
      const scale = this.#scale();
      panZoom.lookAt({ x: (event.clientX - box.x - MARGIN) / scale, y: (event.clientY - box.y - MARGIN) / scale });
    };
    map.addEventListener('pointerdown', (event) => {
      map.setPointerCapture(event.pointerId);
      go(event);
    });
    map.addEventListener('pointermove', (event) => {
      if (map.hasPointerCapture(event.pointerId)) go(event);
    });
  }

  /** Where it stands on the page, while it does. */
  get place(): DOMRect | undefined {
    return this.#map.hidden ? undefined : this.#map.getBoundingClientRect();
  }

  /**
   * Measures the picture that stands now, once it has been painted: that comes first. Where another level opens, the map
   * goes to the corner in which it covers least, and stays there.
   */
  setPicture(picture: Picture | undefined, isOpening: boolean): void {
    this.#blocks = [];
    this.#map.hidden = true;
    if (isOpening) this.#corner = undefined;
    if (picture !== undefined) requestAnimationFrame(() => setTimeout(() => this.#measure(picture)));
  }

  #measure(picture: Picture): void {
    if (!picture.svg.isConnected) return;
    const { zoom } = this.#panZoom.viewport;
    const corner = picture.svg.getBoundingClientRect();
    this.#size = { width: corner.width / zoom, height: corner.height / zoom };
    this.#blocks = picture.shapes.map(({ element, node }) => {
      const outline = element.querySelector(':scope > .label-container, :scope > rect') ?? element;
      const { x, y, width, height } = outline.getBoundingClientRect();
      return {
        x: (x - corner.x) / zoom,
        y: (y - corner.y) / zoom,
        width: width / zoom,
        height: height / zoom,
        isBox: node.form === 'group',
        element,
      };
    });
    this.update();
  }

  /** In the next frame: a drag moves many times in one. */
  update(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      this.#draw();
    });
  }

  /** Where it covers nodes all the same, they show through it. */
  #place(size: Size, room: Size): void {
    const nodes = this.#nodes();
    if (this.#corner === undefined) {
      this.#corner = freestCorner(nodes, size, room);
      this.#map.dataset.corner = this.#corner;
    }
    this.#map.classList.toggle('covering', coveredIn(this.#corner, nodes, size, room) > 0);
  }

  #nodes(): readonly Rectangle[] {
    const { x, y, zoom } = this.#panZoom.viewport;
    return this.#blocks.flatMap((block) =>
      block.isBox
        ? []
        : [
            {
              x: x + block.x * zoom,
              y: y + block.y * zoom,
              width: block.width * zoom,
              height: block.height * zoom,
            },
          ],
    );
  }

  #scale(): number {
    return Math.min((WIDEST - 2 * MARGIN) / this.#size.width, (HIGHEST - 2 * MARGIN) / this.#size.height);
  }

  #draw(): void {
    const { x, y, zoom } = this.#panZoom.viewport;
    const room = { width: this.#canvas.clientWidth, height: this.#canvas.clientHeight };
    const isLarger = this.#size.width * zoom > room.width + 1 || this.#size.height * zoom > room.height + 1;
    this.#map.hidden = this.#blocks.length === 0 || !isLarger || room.width < 2 * WIDEST || room.height < 2 * HIGHEST;
    if (this.#map.hidden) return;
    const scale = this.#scale();
    const ratio = window.devicePixelRatio;
    const [width, height] = [this.#size.width * scale + 2 * MARGIN, this.#size.height * scale + 2 * MARGIN];
    this.#map.width = Math.round(width * ratio);
    this.#map.height = Math.round(height * ratio);
    this.#map.style.width = `${width}px`;
    this.#map.style.height = `${height}px`;
    this.#place({ width: width + 2 * AROUND, height: height + 2 * AROUND }, room);
    const pen = this.#map.getContext('2d');
    if (pen === null) return;
    const style = getComputedStyle(this.#map);
    const colour = (name: string) => style.getPropertyValue(name);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    const colours = new Map(['node', 'box', 'ready', 'now', 'done'].map((name) => [name, colour(`--map-${name}`)]));
    for (const block of this.#blocks) {
      pen.fillStyle = colours.get(block.isBox ? 'box' : colourOf(block.element.getAttribute('data-state'))) ?? '';
      pen.globalAlpha = block.element.hasAttribute('data-faint') ? 0.3 : 1;
      pen.fillRect(
        MARGIN + block.x * scale,
        MARGIN + block.y * scale,
        Math.max(1.5, block.width * scale),
        Math.max(1.5, block.height * scale),
      );
    }
    pen.globalAlpha = 1;
    pen.strokeStyle = colour('--map-sight');
    pen.lineWidth = 1.5;
    const sight = {
      x: clamp(MARGIN - (x / zoom) * scale, 1, width - 1),
      y: clamp(MARGIN - (y / zoom) * scale, 1, height - 1),
      right: clamp(MARGIN + ((room.width - x) / zoom) * scale, 1, width - 1),
      bottom: clamp(MARGIN + ((room.height - y) / zoom) * scale, 1, height - 1),
    };
    pen.strokeRect(sight.x, sight.y, sight.right - sight.x, sight.bottom - sight.y);
  }
}

function colourOf(state: string | null): string {
  switch (state) {
    case 'ready':
    case 'due':
      return 'ready';
    case 'in_progress':
      return 'now';
    case 'closed':
    case 'passed':
    case 'satisfied':
      return 'done';
    default:
      return 'node';
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
