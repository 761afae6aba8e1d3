import type { PageStrings } from '../src/protocol';

/** The parts of the page. */
export interface Parts {
  readonly toolbar: HTMLElement;
  /** What shows the picture, and takes the keyboard. */
  readonly canvas: HTMLElement;
  /** What pictures grow in when they are opened. */
  readonly scene: HTMLElement;
  /** What moves inside it. */
  readonly stage: HTMLElement;
  /** Where pictures are drawn before they show. */
  readonly workshop: HTMLElement;
  /** A sentence in place of the picture, or above it. */
  readonly notice: HTMLElement;
  readonly details: HTMLElement;
  readonly source: HTMLElement;
  readonly find: HTMLElement;
  readonly minimap: HTMLCanvasElement;
  /** The graph as a tree to read, in place of the canvas. */
  readonly outline: HTMLElement;
  /** Read aloud by screen readers. */
  readonly announcer: HTMLElement;
}

export function buildPage(strings: PageStrings): Parts {
  const toolbar = element('div', { id: 'toolbar', role: 'toolbar' });
  const stage = element('div', { id: 'stage', class: 'picture' });
  const workshop = element('div', { id: 'workshop', class: 'picture', 'aria-hidden': 'true' });
  const scene = element('div', { id: 'scene' }, stage);
  const canvas = element(
    'div',
    { id: 'canvas', role: 'application', 'aria-describedby': 'keys', tabindex: '-1' },
    scene,
  );
  const find = element('section', { id: 'find', role: 'search', 'aria-label': strings.find, hidden: '' });
  const minimap = element('canvas', { id: 'minimap', 'aria-hidden': 'true', hidden: '' }) as HTMLCanvasElement;
  const outline = element('div', { id: 'outline', role: 'tree', 'aria-describedby': 'keys', hidden: '' });
  const notice = element('div', { id: 'notice', role: 'status', hidden: '' });
  const details = element('section', { id: 'details', hidden: '' });
  const source = element('section', { id: 'source', 'aria-label': strings.source, hidden: '' });
  const announcer = element('div', { id: 'announcer', class: 'unseen', 'aria-live': 'polite' });
  const keys = element('div', { id: 'keys', class: 'unseen' }, strings.keys);
  const graph = element('div', { id: 'graph' }, canvas, minimap, outline, workshop, notice, find, details, source);
  document.body.append(element('main', {}, toolbar, graph, announcer, keys));
  return { toolbar, canvas, scene, stage, workshop, notice, details, source, find, minimap, outline, announcer };
}

/** An element with attributes and content; text stays text. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...content);
  return made;
}
