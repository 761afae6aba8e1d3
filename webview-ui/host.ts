import type { FlowEdge, FlowNode } from '../src/core/flowchart/flowchart';
import { type GraphView, isPageState, isToPage, type NodeThing, type ToHost, type ToPage } from '../src/protocol';
import type { KeptHistory } from './history';
import type { Viewport } from './viewport';

/** What the page keeps for its next life. */
export interface KeptState {
  readonly plan: string;
  readonly view: GraphView;
  readonly viewport?: Viewport;
  readonly selected?: NodeThing;
  readonly history?: KeptHistory;
  readonly isOutline?: boolean;
  readonly drawn?: DrawnPicture;
}

/** A picture as it stood, to be shown at once. */
export interface DrawnPicture {
  readonly text: string;
  /** The font it was measured with. */
  readonly font: string;
  /** What is kept is its text. */
  readonly svg: string | SVGSVGElement;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): unknown;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function post(message: ToHost): void {
  api.postMessage(message);
}

/** Messages that are not the extension's are ignored, and told to the log. */
export function onMessage(handle: (message: ToPage) => void): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isToPage(event.data)) handle(event.data);
    else post({ type: 'problem', message: 'The graph was sent a message that it does not know.' });
  });
}

export function keptState(): KeptState | undefined {
  const state = api.getState();
  return isPageState(state) ? state : undefined;
}

/** A picture of more nodes or characters than this is drawn anew instead of being kept. */
const MOST_KEPT_NODES = 400;
const LARGEST_KEPT_PICTURE = 1_000_000;
/** Milliseconds; a drag would keep every pixel of its way. */
const KEEP_AFTER = 150;

let waiting: KeptState | undefined;

/** Soon, and at the latest when the page goes. */
export function keep(state: KeptState): void {
  if (waiting === undefined) setTimeout(keepNow, KEEP_AFTER);
  waiting = state;
}

function keepNow(): void {
  if (waiting === undefined) return;
  const { drawn, ...rest } = waiting;
  const svg = drawn === undefined || drawn.nodes.length > MOST_KEPT_NODES ? undefined : textOf(drawn.svg);
  const isKept = drawn !== undefined && svg !== undefined && svg.length <= LARGEST_KEPT_PICTURE;
  api.setState(isKept ? { ...rest, drawn: { ...drawn, svg } } : rest);
  waiting = undefined;
}

const texts = new WeakMap<SVGSVGElement, string>();

/** As it was drawn: states are put on it again. */
function textOf(svg: string | SVGSVGElement): string {
  if (typeof svg === 'string') return svg;
  const text = texts.get(svg) ?? svg.outerHTML;
  texts.set(svg, text);
  return text;
}

window.addEventListener('pagehide', keepNow);
