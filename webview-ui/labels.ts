import type { Size } from './layout/geometry';
import { svgElement } from './svg';

/**
 * A label as mermaid hands it over, as elements: bold, small, line breaks and characters by number are all that the
 * text of a graph holds. Nothing else of it becomes markup. `undefined` for any other label.
 */
export function labelParts(label: string): DocumentFragment | undefined {
  const whole = document.createDocumentFragment();
  const open: Node[] = [whole];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < label.length) {
    const found = TOKEN.exec(label);
    const place = open.at(-1);
    if (found === null || place === undefined) return undefined;
    const { opened, closed, code, text } = found.groups ?? {};
    if (opened !== undefined) open.push(place.appendChild(document.createElement(opened)));
    else if (closed !== undefined) {
      if (place.nodeName.toLowerCase() !== closed) return undefined;
      open.pop();
    } else if (code !== undefined || text !== undefined) {
      place.appendChild(document.createTextNode(text ?? characterOf(Number(code))));
    } else place.appendChild(document.createElement('br'));
  }
  if (open.length > 1) return undefined;
  whole.normalize();
  return whole;
}

export function plainText(text: string): DocumentFragment {
  const whole = document.createDocumentFragment();
  whole.append(text);
  return whole;
}

/** mermaid has turned `#38;` into signs of its own by then. */
const TOKEN = /<(?<opened>b|small|i)>|<\/(?<closed>b|small|i)>|<br\s?\/?>|ﬂ°°(?<code>\d{1,7})¶ß|(?<text>[^<&ﬂ]+)/y;

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

/** HTML in the picture, as mermaid has it: the page's style sheet decides how it breaks. */
export function htmlLabel(parts: DocumentFragment): SVGForeignObjectElement {
  const paragraph = document.createElement('p');
  paragraph.append(parts);
  const span = document.createElement('span');
  span.className = 'nodeLabel';
  span.append(paragraph);
  const div = document.createElement('div');
  div.append(span);
  return svgElement('foreignObject', {}, div);
}

/** The size that the browser gives to a label, which must be in the page. Asked for many in a row, it is laid out once. */
export function sizeOfLabel(label: SVGForeignObjectElement): Size {
  const { width, height } = label.firstElementChild?.getBoundingClientRect() ?? { width: 0, height: 0 };
  return { width, height };
}

/** So many sizes are remembered. */
const MOST_KNOWN = 20_000;

/** Sizes of labels by what decides them: text, class and font. */
export class LabelSizes {
  readonly #known = new Map<string, Size>();

  get(key: string): Size | undefined {
    return this.#known.get(key);
  }

  set(key: string, size: Size): void {
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(key, size);
  }
}
