import type { Size } from './layout/geometry';
import { onPaper } from './paper';

const SVG = 'http://www.w3.org/2000/svg';

/** What of a shape's style is written into the document, and the values that go without saying. */
const SHAPE_STYLE: Readonly<Record<string, string>> = {
  fill: '',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  opacity: '1',
  rx: 'auto',
};
const SHAPES = 'path, rect, polygon, circle, ellipse, line, polyline';
/** Style sheets, and what mermaid brings along for other looks. */
const UNWANTED = 'style, filter, linearGradient, defs:empty, g:empty, rect:not([width])';
/** Pixels around the picture. */
const MARGIN = 16;

/** What is behind a picture: the panel's colour, white with the colours that go with it, or nothing. */
export type Ground = 'theme' | 'white' | 'transparent';

/**
 * The standing picture as a document of its own, as it looks: colours, fonts and signs are written into it, labels
 * become SVG text. So it needs no style sheet, and viewers that know no HTML inside SVG show it too.
 */
export function standaloneSvg(svg: SVGSVGElement, ground: Ground = 'theme'): string {
  if (ground !== 'white') return asItLooks(svg, ground === 'transparent');
  const putBack = onPaper();
  try {
    return asItLooks(svg, false);
  } finally {
    putBack();
  }
}

function asItLooks(svg: SVGSVGElement, isTransparent: boolean): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [...svg.querySelectorAll('*')];
  const copies = [...copy.querySelectorAll('*')];
  const arrows = new Arrows(copy);
  originals.forEach((original, index) => {
    const twin = copies[index];
    if (twin === undefined) return;
    if (original.matches(SHAPES)) {
      writeStyle(original, twin);
      if (original.hasAttribute('marker-end')) arrows.paint(original, twin);
    } else if (original.localName === 'foreignObject') twin.replaceWith(...textOf(original));
  });
  arrows.removeUnused();
  for (const unwanted of copy.querySelectorAll(UNWANTED)) unwanted.remove();
  for (const each of [copy, ...copy.querySelectorAll('*')]) strip(each);
  const { x, y, width, height } = svg.viewBox.baseVal;
  const box = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  if (!isTransparent) {
    const ground = document.createElementNS(SVG, 'rect');
    for (const [name, value] of Object.entries(box)) ground.setAttribute(name, String(value));
    paint(ground, 'fill', getComputedStyle(document.body).backgroundColor);
    copy.prepend(ground);
  }
  copy.setAttribute('viewBox', `${box.x} ${box.y} ${box.width} ${box.height}`);
  copy.setAttribute('width', String(box.width));
  copy.setAttribute('height', String(box.height));
  return new XMLSerializer().serializeToString(copy);
}

/** Pixels that a canvas may have in one direction, in every browser. */
const LARGEST_SIDE = 16_384;

/** The document as a PNG in base64, at `scale` pixels for one, or as many as a canvas can hold. */
export async function pngOf(svg: string, scale: number): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const size: Size = { width: image.naturalWidth, height: image.naturalHeight };
  const factor = Math.min(scale, LARGEST_SIDE / size.width, LARGEST_SIDE / size.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * factor);
  canvas.height = Math.round(size.height * factor);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const [, data] = canvas.toDataURL('image/png').split(',', 2);
  if (data === undefined || data === '') throw new Error('The picture is too large for a PNG.');
  return data;
}

function writeStyle(original: Element, twin: Element): void {
  const style = getComputedStyle(original);
  const hasLine = style.stroke !== 'none';
  for (const [name, usual] of Object.entries(SHAPE_STYLE)) {
    const value = style.getPropertyValue(name);
    if (name.startsWith('stroke-') && !hasLine) continue;
    if (value === '' || value === usual) twin.removeAttribute(name);
    else if (name === 'fill' || name === 'stroke') paint(twin, name, value);
    else twin.setAttribute(name, value);
  }
}

/** Browsers tell mixed colours in notations that other viewers do not know: here they are red, green and blue. */
function paint(element: Element, name: 'fill' | 'stroke', colour: string): void {
  const { hex, opacity } = colour === 'none' ? { hex: 'none', opacity: 1 } : plainColour(colour);
  element.setAttribute(name, opacity === 0 ? 'none' : hex);
  if (opacity > 0 && opacity < 1) element.setAttribute(`${name}-opacity`, rounded(opacity));
}

const knownColours = new Map<string, { readonly hex: string; readonly opacity: number }>();

function plainColour(colour: string): { readonly hex: string; readonly opacity: number } {
  const known = knownColours.get(colour);
  if (known !== undefined) return known;
  palette ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (palette === null) return { hex: colour, opacity: 1 };
  palette.clearRect(0, 0, 1, 1);
  palette.fillStyle = colour;
  palette.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = palette.getImageData(0, 0, 1, 1).data;
  const hex = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  const plain = { hex, opacity: alpha / 255 };
  knownColours.set(colour, plain);
  return plain;
}

let palette: CanvasRenderingContext2D | null = null;

/** The page colours an arrow's head like its line, which few viewers know: here each colour gets a head of its own. */
class Arrows {
  readonly #copy: SVGSVGElement;
  readonly #made = new Map<string, string>();

  constructor(copy: SVGSVGElement) {
    this.#copy = copy;
  }

  paint(original: Element, twin: Element): void {
    const colour = getComputedStyle(original).stroke;
    const name = /url\(["']?#([^"')]+)/.exec(original.getAttribute('marker-end') ?? '')?.[1];
    const marker = name === undefined ? null : this.#copy.querySelector(`marker[id="${CSS.escape(name)}"]`);
    if (name === undefined || marker === null) return;
    const key = `${name} ${colour}`;
    let id = this.#made.get(key);
    if (id === undefined) {
      id = `arrow${this.#made.size}`;
      this.#made.set(key, id);
      const head = marker.cloneNode(true) as Element;
      head.id = id;
      for (const shape of head.querySelectorAll(SHAPES)) {
        paint(shape, 'fill', colour);
        paint(shape, 'stroke', colour);
      }
      this.#copy.append(head);
    }
    twin.setAttribute('marker-end', `url(#${id})`);
  }

  removeUnused(): void {
    const made = new Set(this.#made.values());
    for (const marker of this.#copy.querySelectorAll('marker')) if (!made.has(marker.id)) marker.remove();
  }
}

const KEPT_ATTRIBUTES = /^(?!data-|aria-|on|class$|style$|role$|tabindex$|direction$)/;

function strip(element: Element): void {
  for (const name of element.getAttributeNames()) {
    if (name === 'direction' && element.localName === 'text') continue;
    if (!KEPT_ATTRIBUTES.test(name)) element.removeAttribute(name);
  }
}

/** The lines of a label where they stand. */
function textOf(label: Element): readonly Element[] {
  const box = label.getBoundingClientRect();
  const scale = Number(label.getAttribute('width')) / box.width || 1;
  const lines: Element[] = [...groundOf(label)];
  const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const style = node.parentElement === null ? undefined : getComputedStyle(node.parentElement);
    if (style === undefined || style.visibility === 'hidden') continue;
    for (const { text, area } of linesOf(node as Text)) {
      const line = document.createElementNS(SVG, 'text');
      const isRightToLeft = RIGHT_TO_LEFT.test(text);
      line.textContent = text;
      line.setAttribute('x', rounded((area.x - box.x + (isRightToLeft ? area.width / 2 : 0)) * scale));
      line.setAttribute('y', rounded((area.y - box.y + ascentShare(style) * area.height) * scale));
      // Another font must not push it out of its node.
      line.setAttribute('textLength', rounded(area.width * scale));
      line.setAttribute('lengthAdjust', 'spacingAndGlyphs');
      if (isRightToLeft) {
        line.setAttribute('text-anchor', 'middle');
        line.setAttribute('direction', 'rtl');
      }
      line.setAttribute('font-family', `${style.fontFamily}, sans-serif`);
      line.setAttribute('font-size', style.fontSize);
      line.setAttribute('font-weight', style.fontWeight);
      paint(line, 'fill', style.color);
      lines.push(line);
    }
  }
  return lines;
}

/** Titles of boxes cover the edges that run under them. */
function groundOf(label: Element): readonly Element[] {
  const text = label.querySelector('.nodeLabel');
  const colour = text === null ? '' : getComputedStyle(text).backgroundColor;
  if (colour === '' || plainColour(colour).opacity === 0) return [];
  const ground = document.createElementNS(SVG, 'rect');
  for (const side of ['width', 'height']) ground.setAttribute(side, label.getAttribute(side) ?? '0');
  paint(ground, 'fill', colour);
  return [ground];
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

interface Line {
  readonly text: string;
  readonly area: DOMRect;
}

/** A text node as the browser has broken it. */
function linesOf(node: Text): readonly Line[] {
  const lines: { start: number; end: number; top: number }[] = [];
  const range = document.createRange();
  for (const { index, segment } of new Intl.Segmenter().segment(node.data)) {
    range.setStart(node, index);
    range.setEnd(node, index + segment.length);
    const area = range.getBoundingClientRect();
    if (area.width === 0 && segment.trim() === '') continue;
    const last = lines.at(-1);
    if (last !== undefined && Math.abs(area.top - last.top) < area.height / 2) last.end = index + segment.length;
    else lines.push({ start: index, end: index + segment.length, top: area.top });
  }
  return lines.flatMap(({ start, end }) => {
    const whole = node.data.slice(start, end);
    const text = whole.trim();
    if (text === '') return [];
    const first = start + whole.length - whole.trimStart().length;
    range.setStart(node, first);
    range.setEnd(node, first + text.length);
    return [{ text, area: range.getBoundingClientRect() }];
  });
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

let ruler: CanvasRenderingContext2D | null = null;

/** How much of a line of text is above its base line. */
function ascentShare(style: CSSStyleDeclaration): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (ruler === null) return 0.8;
  ruler.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = ruler.measureText('Mg');
  return ascent / (ascent + descent);
}
