import type { FlowNode } from '../src/core/flowchart/flowchart';
import { MARK_SIZE, markOf } from './marks';

const SVG = 'http://www.w3.org/2000/svg';

/** Pixels: from the left side of a phase's card to the middle of its ring. */
const RING_AT = 28;
const RING_RADIUS = 15;
const BAR = 3;

/** What a node shows beside its label: how it stands, and how much of it is done. */
export function ornament(element: SVGGElement, node: FlowNode): void {
  const { progress, kind, form, state } = node;
  setProgress(element, progress);
  const isCard = form === 'box' && (kind === 'phase' || kind === 'rest');
  if (isCard) setRing(element, progress);
  else if (progress !== undefined && kind === 'phase') setBar(element, progress);
  setMark(element, state, isCard);
}

function setProgress(element: Element, progress: FlowNode['progress']): void {
  const label = element.querySelector(':scope > .label, :scope > .cluster-label');
  const place = [...(label?.querySelectorAll('small') ?? [])].at(-1);
  if (progress !== undefined && place !== undefined) place.textContent = `${progress.closed}/${progress.total}`;
}

/** How much of a phase is done, around the sign of its state. */
function setRing(element: SVGGElement, progress: FlowNode['progress']): void {
  const middle = middleOfRing(element);
  if (middle === undefined) return;
  element.querySelector(':scope > .ring')?.remove();
  const around = 2 * Math.PI * RING_RADIUS;
  const done = progress === undefined || progress.total === 0 ? 0 : (around * progress.closed) / progress.total;
  const ring = document.createElementNS(SVG, 'g');
  ring.setAttribute('class', 'ring');
  ring.setAttribute('transform', `translate(${middle.x} ${middle.y}) rotate(-90)`);
  ring.append(circle('ring-whole'));
  if (done > 0) {
    const part = circle('ring-part');
    part.setAttribute('stroke-dasharray', `${done} ${around}`);
    ring.append(part);
  }
  element.append(ring);
}

function circle(className: string): SVGCircleElement {
  const made = document.createElementNS(SVG, 'circle');
  made.setAttribute('class', className);
  made.setAttribute('r', String(RING_RADIUS));
  return made;
}

function middleOfRing(element: SVGGElement): { readonly x: number; readonly y: number } | undefined {
  const box = outlineOf(element);
  return box && { x: box.x + RING_AT, y: box.y + box.height / 2 };
}

/** To ask the browser for the box would lay out the page for each node. */
function outlineOf(element: SVGGElement): { x: number; y: number; width: number; height: number } | undefined {
  const outline = element.querySelector(':scope > rect');
  if (outline === null) return undefined;
  const number = (name: string) => Number(outline.getAttribute(name));
  return { x: number('x'), y: number('y'), width: number('width'), height: number('height') };
}

/** How much is done, as a line along the upper side of a phase's box. */
function setBar(element: SVGGElement, { closed, total }: NonNullable<FlowNode['progress']>): void {
  const outline = outlineOf(element);
  if (outline === undefined) return;
  element.querySelector(':scope > .bar')?.remove();
  const { x, y, width } = outline;
  const inset = 10;
  const whole = Math.max(0, width - 2 * inset);
  const bar = document.createElementNS(SVG, 'g');
  bar.setAttribute('class', 'bar');
  bar.append(
    rectangle('bar-whole', x + inset, y, whole),
    rectangle('bar-part', x + inset, y, total === 0 ? 0 : (whole * closed) / total),
  );
  element.append(bar);
}

function rectangle(className: string, x: number, y: number, width: number): SVGRectElement {
  const made = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({ class: className, x, y, width, height: BAR, rx: BAR / 2 })) {
    made.setAttribute(name, String(value));
  }
  return made;
}

/** The sign stands where the label leaves room for it: before its first line, or in the middle of the ring. */
function setMark(element: SVGGElement, state: FlowNode['state'], isInRing: boolean): void {
  const mark = markOf(state);
  const known = element.querySelector(':scope > .mark');
  if (known !== null) {
    mark.setAttribute('transform', known.getAttribute('transform') ?? '');
    known.replaceWith(mark);
    // The ring is made anew with each change, and would cover it.
    element.append(mark);
    return;
  }
  const at = isInRing ? inRing(element) : startOfLabel(element);
  if (at === undefined) return;
  mark.setAttribute('transform', `translate(${at.x} ${at.y})`);
  element.append(mark);
}

function inRing(element: SVGGElement): { readonly x: number; readonly y: number } | undefined {
  const middle = middleOfRing(element);
  return middle && { x: middle.x - MARK_SIZE / 2, y: middle.y - MARK_SIZE / 2 };
}

function startOfLabel(element: SVGGElement): { readonly x: number; readonly y: number } | undefined {
  const label = element.querySelector(':scope > .label, :scope > .cluster-label');
  const at = /translate\(\s*([-\d.]+)[ ,]+([-\d.]+)/.exec(label?.getAttribute('transform') ?? '');
  return at === null ? undefined : { x: Number(at[1]), y: Number(at[2]) + 1.5 };
}
