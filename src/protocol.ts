import { isArrayOf, isNumber, isOneOf, isOptional, isRecord, isString } from './core/checks';
import type { FlowEdge, FlowNode } from './core/flowchart/flowchart';
import type { FlowFilter, FlowLevel, FlowThing, LevelName } from './core/flowchart/levels';

/**
 * What the extension and the page of the graph panel say to each other. Both ends check what arrives with `isToPage`
 * and `isToHost`; anything else is ignored and logged.
 */

/** What of a plan is shown, and how. The extension holds it; the page asks for changes. */
export type GraphView = FlowLevel & {
  readonly direction: 'TB' | 'LR';
  readonly hideClosed: boolean;
  readonly filter?: FlowFilter;
};

/** How many edges a neighbourhood may reach. */
export const DEPTHS = { least: 1, usual: 2, most: 6 } as const;

/** A thing of the plan that is shown. */
export type NodeThing = FlowThing;

/** From the whole plan down to what is shown. */
export interface Crumb {
  readonly label: string;
  /** Where it leads; none from what is shown. */
  readonly level?: FlowLevel;
}

/** A thing that was searched for. */
export interface FoundThing extends NodeThing {
  readonly name: string;
  readonly title: string;
  readonly state: FlowNode['state'];
  /** The phase it stands in, as people read it. */
  readonly where: string;
  /** A level that shows it. */
  readonly level: FlowLevel;
}

/** A new picture, or the first one. */
export interface ShowChart {
  readonly type: 'chart';
  /** The plan's key. */
  readonly plan: string;
  readonly title: string;
  readonly view: GraphView;
  readonly crumbs: readonly Crumb[];
  /** All phases, for choosing one. */
  readonly phases: readonly { readonly id: string; readonly label: string }[];
  /** Everybody who owns a bead. */
  readonly owners: readonly string[];
  /** mermaid's language; the page draws again only when this changes. */
  readonly text: string;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

export type ToPage =
  | ShowChart
  /** The same picture; states, progress or the critical path have changed. */
  | { readonly type: 'states'; readonly nodes: readonly FlowNode[]; readonly edges: readonly FlowEdge[] }
  /** The user is at this thing now, by way of another view. */
  | { readonly type: 'select'; readonly thing?: NodeThing }
  | { readonly type: 'details'; readonly thing: NodeThing; readonly details: Details }
  /** What the search for `query` has found, best first. */
  | { readonly type: 'found'; readonly query: string; readonly things: readonly FoundThing[] }
  | { readonly type: 'source'; readonly text: string }
  /** A command asks for the picture in this form; the page answers with `save`. */
  | { readonly type: 'export'; readonly format: 'svg' | 'png' }
  /** The plan is no longer there. */
  | { readonly type: 'gone' };

export type ToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'view'; readonly view: GraphView }
  | { readonly type: 'select'; readonly thing?: NodeThing }
  | { readonly type: 'open'; readonly thing: NodeThing }
  | { readonly type: 'peek'; readonly thing: NodeThing }
  | { readonly type: 'search'; readonly query: string }
  | { readonly type: 'source' }
  | { readonly type: 'copy' }
  | { readonly type: 'saveSource' }
  /** `data`: the SVG's text, or the PNG in base64. */
  | { readonly type: 'save'; readonly format: 'svg' | 'png'; readonly data: string }
  | { readonly type: 'problem'; readonly message: string };

/** What the details of a node say. Texts as the plan has them, shown as plain text. */
export interface Details {
  /** Label and paragraphs, in the order in which they are read. */
  readonly sections: readonly { readonly label: string; readonly texts: readonly string[] }[];
}

/** What the page keeps, and gets back when it is shown again or VS Code has been restarted. */
export interface PageState {
  readonly plan: string;
  readonly view: GraphView;
}

/** Every word of the page; the extension translates them. `{0}` … stand for what is put in. */
export interface PageStrings {
  readonly states: Readonly<Record<FlowNode['state'], string>>;
  readonly kinds: Readonly<Record<FlowNode['kind'] | 'human' | 'external', string>>;
  /** Graph of {0} */
  readonly graph: string;
  /** waits for {0} */
  readonly waitsFor: string;
  /** {0} of {1} closed */
  readonly progress: string;
  /** comes before {0} */
  readonly comesBefore: string;
  readonly onCriticalPath: string;
  /** you work on it */
  readonly inHand: string;
  /** What stands aside on the level of a phase. */
  readonly aside: string;
  readonly keys: string;
  readonly show: string;
  readonly breadcrumbs: string;
  readonly back: string;
  readonly forward: string;
  readonly levels: Readonly<Record<Exclude<LevelName, 'phase'>, string>>;
  readonly direction: string;
  readonly topDown: string;
  readonly leftToRight: string;
  readonly fewerSteps: string;
  readonly moreSteps: string;
  /** {0} steps */
  readonly steps: string;
  readonly filter: string;
  /** {0} of {1} match */
  readonly matching: string;
  readonly clearFilter: string;
  readonly state: string;
  readonly priority: string;
  readonly owner: string;
  readonly noPriority: string;
  readonly noOwner: string;
  readonly hideClosed: string;
  readonly find: string;
  readonly findHint: string;
  readonly nothingFound: string;
  /** {0} found */
  readonly found: string;
  readonly outline: string;
  readonly minimap: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly actualSize: string;
  readonly fit: string;
  readonly source: string;
  readonly legend: string;
  readonly shapes: string;
  readonly beadWithParts: string;
  readonly arrows: string;
  /** Which way arrows point. */
  readonly arrowsPoint: string;
  readonly export: string;
  readonly copyMermaid: string;
  readonly saveSvg: string;
  readonly savePng: string;
  readonly saveSvgOnWhite: string;
  readonly savePngOnWhite: string;
  readonly saveSvgTransparent: string;
  readonly savePngTransparent: string;
  readonly saveMermaid: string;
  readonly copy: string;
  readonly close: string;
  readonly cancel: string;
  readonly openSource: string;
  readonly openPhase: string;
  readonly critical: string;
  /** What arrows of each kind say. */
  readonly edges: Readonly<Record<FlowEdge['kind'], string>>;
  readonly drawing: string;
  /** Drawing {0} nodes… */
  readonly drawingMany: string;
  readonly cancelled: string;
  /** The graph could not be drawn: {0} */
  readonly failed: string;
  readonly empty: string;
  /** Nothing keeps {0} from being worked on. */
  readonly notBlocked: string;
  /** {0} is done. */
  readonly isDone: string;
  /** Nothing waits for {0}. */
  readonly unblocksNothing: string;
  readonly gone: string;
  /** {0}: {1} — a node and its new state */
  readonly changed: string;
  /** {0} nodes have changed */
  readonly changedMany: string;
}

export function isToPage(value: unknown): value is ToPage {
  if (!isRecord(value)) return false;
  switch (value.type) {
    case 'chart':
      return (
        isString(value.plan) &&
        isString(value.title) &&
        isGraphView(value.view) &&
        isString(value.text) &&
        isArrayOf(value.crumbs, isCrumb) &&
        isArrayOf(value.owners, isString) &&
        isArrayOf(value.phases, (phase) => isRecord(phase) && isString(phase.id) && isString(phase.label)) &&
        isArrayOf(value.nodes, isNode) &&
        isArrayOf(value.edges, isEdge)
      );
    case 'states':
      return isArrayOf(value.nodes, isNode) && isArrayOf(value.edges, isEdge);
    case 'select':
      return value.thing === undefined || isNodeThing(value.thing);
    case 'details':
      return isNodeThing(value.thing) && isDetails(value.details);
    case 'found':
      return isString(value.query) && isArrayOf(value.things, isFoundThing);
    case 'source':
      return isString(value.text);
    case 'export':
      return isOneOf(value.format, ['svg', 'png']);
    case 'gone':
      return true;
    default:
      return false;
  }
}

export function isToHost(value: unknown): value is ToHost {
  if (!isRecord(value)) return false;
  switch (value.type) {
    case 'ready':
    case 'source':
    case 'copy':
    case 'saveSource':
      return true;
    case 'view':
      return isGraphView(value.view);
    case 'search':
      return isString(value.query);
    case 'select':
      return value.thing === undefined || isNodeThing(value.thing);
    case 'open':
    case 'peek':
      return isNodeThing(value.thing);
    case 'save':
      return isOneOf(value.format, ['svg', 'png']) && isString(value.data);
    case 'problem':
      return isString(value.message);
    default:
      return false;
  }
}

export function isPageState(value: unknown): value is PageState {
  return isRecord(value) && isString(value.plan) && isGraphView(value.view);
}

function isGraphView(value: unknown): value is GraphView {
  return (
    isRecord(value) &&
    isLevel(value) &&
    isOneOf(value.direction, ['TB', 'LR']) &&
    typeof value.hideClosed === 'boolean' &&
    isOptional(value.filter, isFilter)
  );
}

function isLevel(value: unknown): boolean {
  if (!isRecord(value)) return false;
  switch (value.level) {
    case 'overview':
    case 'whole':
      return true;
    case 'phase':
      return isString(value.phase);
    case 'neighbourhood':
      return (
        isNodeThing(value.thing) && isNumber(value.depth) && value.depth >= DEPTHS.least && value.depth <= DEPTHS.most
      );
    case 'blockers':
    case 'unblocks':
      return isNodeThing(value.thing);
    case 'waves':
      return isOptional(value.wave, isCount) && isOptional(value.from, isCount);
    default:
      return false;
  }
}

function isCount(value: unknown): boolean {
  return isNumber(value) && Number.isInteger(value) && value >= 0;
}

function isFilter(value: unknown): value is FlowFilter {
  return (
    isRecord(value) &&
    isOptional(value.states, (list) => isArrayOf(list, isString)) &&
    isOptional(value.priorities, (list) => isArrayOf(list, isNumber)) &&
    isOptional(value.owners, (list) => isArrayOf(list, isString)) &&
    isOptional(value.phases, (list) => isArrayOf(list, isString))
  );
}

function isCrumb(value: unknown): value is Crumb {
  return isRecord(value) && isString(value.label) && isOptional(value.level, isLevel);
}

function isFoundThing(value: unknown): value is FoundThing {
  return (
    isNodeThing(value) &&
    isRecord(value) &&
    [value.name, value.title, value.state, value.where].every(isString) &&
    isLevel(value.level)
  );
}

function isNodeThing(value: unknown): value is NodeThing {
  return isRecord(value) && isOneOf(value.kind, ['phase', 'bead', 'gate']) && isString(value.id);
}

function isNode(value: unknown): value is FlowNode {
  return (
    isRecord(value) &&
    isString(value.id) &&
    isOneOf(value.kind, ['phase', 'bead', 'gate', 'rest', 'wave', 'more', 'later', 'waveless', 'absent']) &&
    isString(value.thing) &&
    isString(value.name) &&
    isString(value.title) &&
    isOneOf(value.form, ['box', 'group', 'decision', 'human', 'external']) &&
    isOptional(value.parent, isString) &&
    isString(value.state) &&
    typeof value.critical === 'boolean' &&
    isOptional(value.exported, (exported) => exported === true) &&
    isOptional(value.inHand, (inHand) => typeof inHand === 'boolean') &&
    isOptional(
      value.progress,
      (progress) => isRecord(progress) && isNumber(progress.closed) && isNumber(progress.total),
    ) &&
    isArrayOf(value.waitsFor, isString)
  );
}

function isEdge(value: unknown): value is FlowEdge {
  return (
    isRecord(value) &&
    isString(value.from) &&
    isString(value.to) &&
    isOneOf(value.kind, ['blocks', 'gate', 'order']) &&
    typeof value.critical === 'boolean'
  );
}

function isDetails(value: unknown): value is Details {
  return (
    isRecord(value) &&
    isArrayOf(value.sections, (each) => isRecord(each) && isString(each.label) && isArrayOf(each.texts, isString))
  );
}
