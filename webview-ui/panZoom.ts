import type { Size } from './layout/geometry';
import type { Rectangle, Viewport } from './viewport';

const SMALLEST = 0.05;
const LARGEST = 4;
/** Pixels that stay between the picture and the edge when it is fitted. */
const MARGIN = 24;
/** Pixels between what is revealed and what would cover it. */
const GAP = 8;
/** So much of the picture always stays in sight. */
const IN_SIGHT = 48;
/** Pixels that a pointer may tremble before a click becomes a drag. */
const TREMBLE = 4;

/** Moves and scales one element inside another: drag, wheel, pinch. Keys and buttons call `zoomBy` and its like. */
export class PanZoom {
  readonly #canvas: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #changed: (viewport: Viewport) => void;
  #size: Size = { width: 0, height: 0 };
  #viewport: Viewport = { x: 0, y: 0, zoom: 1 };
  #dragged = false;

  constructor(canvas: HTMLElement, stage: HTMLElement, changed: (viewport: Viewport) => void) {
    this.#canvas = canvas;
    this.#stage = stage;
    this.#changed = changed;
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener('pointerdown', (event) => this.#startDrag(event));
    // A drag that ends over a node is no click on it.
    canvas.addEventListener('click', (event) => this.#dragged && event.stopImmediatePropagation(), { capture: true });
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  /** Of the picture, unscaled. */
  setSize(size: Size): void {
    this.#size = size;
  }

  moveTo(viewport: Viewport): void {
    const zoom = clamp(viewport.zoom, SMALLEST, LARGEST);
    const { clientWidth, clientHeight } = this.#canvas;
    const x = clamp(viewport.x, IN_SIGHT - this.#size.width * zoom, clientWidth - IN_SIGHT);
    const y = clamp(viewport.y, IN_SIGHT - this.#size.height * zoom, clientHeight - IN_SIGHT);
    this.#viewport = { x, y, zoom };
    this.#stage.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
    this.#changed(this.#viewport);
  }

  panBy(x: number, y: number): void {
    const at = this.#viewport;
    this.moveTo({ ...at, x: at.x + x, y: at.y + y });
  }

  /** Around a point of the canvas; its middle when none is given. */
  zoomBy(factor: number, point = this.#middle()): void {
    this.zoomTo(this.#viewport.zoom * factor, point);
  }

  zoomTo(target: number, point = this.#middle()): void {
    const at = this.#viewport;
    const zoom = clamp(target, SMALLEST, LARGEST);
    const factor = zoom / at.zoom;
    this.moveTo({ x: point.x - (point.x - at.x) * factor, y: point.y - (point.y - at.y) * factor, zoom });
  }

  /** The zoom at which the whole picture is in sight; never enlarges. */
  fittingZoom(): number {
    const { clientWidth, clientHeight } = this.#canvas;
    const { width, height } = this.#size;
    return Math.min(1, (clientWidth - 2 * MARGIN) / width, (clientHeight - 2 * MARGIN) / height);
  }

  fit(): void {
    const zoom = clamp(this.fittingZoom(), SMALLEST, 1);
    const { clientWidth, clientHeight } = this.#canvas;
    const { width, height } = this.#size;
    this.moveTo({ x: (clientWidth - width * zoom) / 2, y: (clientHeight - height * zoom) / 2, zoom });
  }

  /** The zoom at which the whole width is in sight, or the whole height. */
  fittingZoomAcross(side: 'width' | 'height'): number {
    const { clientWidth, clientHeight } = this.#canvas;
    return ((side === 'width' ? clientWidth : clientHeight) - 2 * MARGIN) / this.#size[side];
  }

  /** Brings a rectangle of the page into the middle, but leaves no room empty that the picture could fill. */
  centre(rectangle: Rectangle): void {
    const canvas = this.#canvas.getBoundingClientRect();
    const { x, y, zoom } = this.#viewport;
    const left = x + canvas.x + canvas.width / 2 - rectangle.x - rectangle.width / 2;
    const top = y + canvas.y + canvas.height / 2 - rectangle.y - rectangle.height / 2;
    this.moveTo({
      x: filling(left, this.#size.width * zoom, canvas.width),
      y: filling(top, this.#size.height * zoom, canvas.height),
      zoom,
    });
  }

  /** Brings a point of the unscaled picture into the middle. */
  lookAt({ x, y }: { readonly x: number; readonly y: number }): void {
    const { zoom } = this.#viewport;
    const middle = this.#middle();
    this.moveTo({ x: middle.x - x * zoom, y: middle.y - y * zoom, zoom });
  }

  /**
   * Moves as little as it takes to bring a rectangle of the page into sight. What is `covered` in a corner is out of
   * sight.
   */
  reveal(rectangle: Rectangle, covered?: Rectangle): void {
    const canvas = this.#canvas.getBoundingClientRect();
    const x = needed(rectangle.x, rectangle.width, canvas.x, canvas.width);
    const y = needed(rectangle.y, rectangle.height, canvas.y, canvas.height);
    const inCanvas = { ...sizeOf(rectangle), x: rectangle.x + x, y: rectangle.y + y };
    const out = covered === undefined ? { x: 0, y: 0 } : wayOut(inCanvas, covered, canvas);
    if (x + out.x !== 0 || y + out.y !== 0) this.panBy(x + out.x, y + out.y);
  }

  #middle(): { readonly x: number; readonly y: number } {
    return { x: this.#canvas.clientWidth / 2, y: this.#canvas.clientHeight / 2 };
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const [x, y] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
    if (!event.ctrlKey && Math.abs(x) > Math.abs(y)) {
      this.panBy(-x * unit, 0);
      return;
    }
    const box = this.#canvas.getBoundingClientRect();
    // A pinch arrives as a wheel with Ctrl, in much smaller steps.
    const speed = event.ctrlKey ? 0.01 : 0.0015;
    this.zoomBy(Math.exp(-y * unit * speed), { x: event.clientX - box.x, y: event.clientY - box.y });
  }

  #startDrag(down: PointerEvent): void {
    this.#dragged = false;
    if (down.button !== 0) return;
    const from = this.#viewport;
    const move = (event: PointerEvent) => {
      const x = event.clientX - down.clientX;
      const y = event.clientY - down.clientY;
      if (!this.#dragged && Math.hypot(x, y) < TREMBLE) return;
      if (!this.#dragged) this.#canvas.setPointerCapture(down.pointerId);
      this.#dragged = true;
      this.#canvas.classList.add('dragging');
      this.moveTo({ ...from, x: from.x + x, y: from.y + y });
    };
    const end = () => {
      this.#canvas.classList.remove('dragging');
      this.#canvas.removeEventListener('pointermove', move);
      this.#canvas.removeEventListener('pointerup', end);
      this.#canvas.removeEventListener('pointercancel', end);
    };
    this.#canvas.addEventListener('pointermove', move);
    this.#canvas.addEventListener('pointerup', end);
    this.#canvas.addEventListener('pointercancel', end);
  }
}

/** How far something must move to lie inside, with a margin. What is too long shows its beginning. */
function needed(start: number, length: number, from: number, room: number): number {
  const first = from + MARGIN;
  const last = from + room - MARGIN - length;
  return last < first || start < first ? first - start : Math.min(0, last - start);
}

/** From under a covered corner: sideways where that is shorter and all stays in sight, else up or down. */
function wayOut(rectangle: Rectangle, covered: Rectangle, room: Rectangle): { readonly x: number; readonly y: number } {
  const x = away(rectangle.x, rectangle.width, covered.x, covered.width, room.x + room.width / 2);
  const y = away(rectangle.y, rectangle.height, covered.y, covered.height, room.y + room.height / 2);
  if (x === 0 || y === 0) return { x: 0, y: 0 };
  const staysInSight = needed(rectangle.x + x, rectangle.width, room.x, room.width) === 0;
  return Math.abs(x) < Math.abs(y) && staysInSight ? { x, y: 0 } : { x: 0, y };
}

/** How far something must move towards the middle to leave what is covered; 0 when it does not touch it. */
function away(start: number, length: number, covered: number, coveredLength: number, middle: number): number {
  const before = covered - GAP - start - length;
  const after = covered + coveredLength + GAP - start;
  if (before >= 0 || after <= 0) return 0;
  return covered + coveredLength / 2 > middle ? before : after;
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}

/** Where something begins: in the middle where it is smaller than the room, else with no more than a margin before or after it. */
function filling(start: number, length: number, room: number): number {
  return length + 2 * MARGIN <= room
    ? (room - length) / 2
    : clamp(Math.min(start, MARGIN), room - MARGIN - length, MARGIN);
}

/** The lower bound wins. */
function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
