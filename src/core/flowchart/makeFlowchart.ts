import type { Plan } from '../model';
import type { PlanSnapshot } from '../snapshot';
import { type Drawing, drawGraph, type Item } from './drawing';
import type { Flowchart, FlowchartOptions, FlowEdge, FlowNode } from './flowchart';
import { mermaidText, shorten } from './text';

/** The picture that a page draws and then keeps up to date. Linear in what is drawn, but for the reduction of edges. */
export function flowchart(snapshot: PlanSnapshot, options: FlowchartOptions): Flowchart {
  const drawing = drawGraph(snapshot, options);
  const text = [...body(drawing, false), ...classes(drawing.items, classOf)].join('\n');
  return { text: `${text}\n`, nodes: drawing.items.map(({ node }) => node), edges: drawing.edges };
}

/** The picture as a document for other people's renderers: with states, their marks and colours, and the critical path. */
export function flowchartSource(snapshot: PlanSnapshot, options: FlowchartOptions): string {
  const drawing = drawGraph(snapshot, options);
  const critical = drawing.items.filter(({ node }) => node.critical).map(({ node }) => node.id);
  const drawn = drawnEdges(drawing);
  const criticalLinks = drawn.flatMap((edge, index) => (edge.critical ? [index] : []));
  const lines = [...body(drawing, true)];
  const order = drawing.order();
  if (drawn.length + drawing.rows.length + order.length <= USUAL_EDGES) {
    for (const [from, to] of order) lines.push(`  ${from} ~~~ ${to}`);
  }
  lines.push(...classes(drawing.items, styleOf));
  if (critical.length > 0) lines.push(`  class ${critical.join(',')} critical`);
  const aside = drawing.items.filter(({ node }) => node.aside).map(({ node }) => node.id);
  if (aside.length > 0) lines.push(`  class ${aside.join(',')} aside`);
  if (criticalLinks.length > 0) lines.push(`  linkStyle ${criticalLinks.join(',')} ${CRITICAL_LINK}`);
  const used = new Set(drawing.items.map(({ node }) => styleOf(node)));
  if (critical.length > 0) used.add('critical');
  if (aside.length > 0) used.add('aside');
  for (const [name, style] of Object.entries(STYLES)) if (used.has(name)) lines.push(`  classDef ${name} ${style}`);
  return `${lines.join('\n')}\n`;
}

/** How many nodes the plan has when everything is drawn. */
export function flowchartSize(plan: Plan): number {
  return plan.phases.length + plan.beads.length + plan.gates.length;
}

function drawnEdges({ edges }: Drawing): readonly FlowEdge[] {
  return edges.filter(({ undrawn }) => undrawn === undefined);
}

function* body(drawing: Drawing, marked: boolean): Generator<string> {
  const { direction } = drawing;
  yield `flowchart ${direction}`;
  yield* nodes(drawing.top, direction, marked, '  ');
  for (const { from, to, kind } of drawnEdges(drawing)) yield `  ${from} ${ARROWS[kind]} ${to}`;
  for (const [from, to] of drawing.rows) yield `  ${from} ~~~ ${to}`;
}

function* nodes(items: readonly Item[], direction: string, marked: boolean, indent: string): Generator<string> {
  for (const { node, children } of items) {
    const text = `"${label(node, marked)}"`;
    if (node.form === 'group') {
      yield `${indent}subgraph ${node.id}[${text}]`;
      yield `${indent}  direction ${direction}`;
      yield* nodes(children, direction, marked, `${indent}  `);
      yield `${indent}end`;
    } else {
      const [open, close] = BRACKETS[node.form];
      yield `${indent}${node.id}${open}${text}${close}`;
    }
  }
}

function label(node: FlowNode, marked: boolean): string {
  const { name, title, form, progress, state } = node;
  const lines = form === 'group' ? ' ' : '<br/>';
  const head = [
    marked ? MARKS[state] : '',
    name === '' ? '' : `<b>${mermaidText(shorten(name, LENGTH.name))}</b>`,
    node.priority === undefined || form === 'group' ? '' : `<small>P${node.priority}</small>`,
  ];
  const shown =
    progress === undefined ? '' : `<small>${marked ? progress.closed : progress.total}/${progress.total}</small>`;
  const parts = [words(head), mermaidText(shorten(title, LENGTH[form])), shown];
  return parts.filter((part) => part !== '').join(lines);
}

function words(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function* classes(items: readonly Item[], className: (node: FlowNode) => string): Generator<string> {
  const members = new Map<string, string[]>();
  for (const { node } of items) {
    const name = className(node);
    const ids = members.get(name);
    if (ids === undefined) members.set(name, [node.id]);
    else ids.push(node.id);
  }
  for (const [name, ids] of members) yield `  class ${ids.join(',')} ${name}`;
}

/** Boxes only stand behind what is in them. */
function styleOf({ form, state }: FlowNode): string {
  return form === 'group' ? 'box' : state;
}

/** What decides how a node is measured. */
function classOf({ kind, form }: FlowNode): string {
  return kind === 'gate' ? form : kind;
}

/** More edges than this are refused by mermaid as it comes. */
const USUAL_EDGES = 500;

/** In characters. Three lines of a node; one of a group. */
const LENGTH = { name: 40, box: 80, group: 80, decision: 50, human: 60, external: 60 } as const;

const ARROWS = { blocks: '-->', gate: '-.->', order: '==>' } as const;

const BRACKETS = {
  box: ['[', ']'],
  // A diamond would be twice as large as its text.
  decision: ['{{', '}}'],
  human: ['([', '])'],
  external: ['[/', '/]'],
} as const;

const MARKS: Readonly<Record<FlowNode['state'], string>> = {
  ready: '○',
  open: '○',
  in_progress: '◐',
  blocked: '⊘',
  guarded: '⊘',
  closed: '✓',
  satisfied: '✓',
  passed: '✓',
  deferred: '–',
  waiting: '…',
  due: '●',
  adjusted: '±',
  aborted: '✕',
};

const CRITICAL_LINK = 'stroke:#8250df,stroke-width:3px';

/** Readable on white and on dark pages: each names its text colour, or is see-through. */
const STYLES: Readonly<Record<string, string>> = {
  box: 'fill:#8c959f1f,stroke:#8c959f',
  ready: 'fill:#ddf4ff,stroke:#0969da,stroke-width:2px,color:#0a3069',
  in_progress: 'fill:#fff8c5,stroke:#9a6700,stroke-width:2px,color:#3b2300',
  blocked: 'fill:#f6f8fa,stroke:#6e7781,stroke-dasharray:5 3,color:#24292f',
  closed: 'fill:#dafbe1,stroke:#1a7f37,color:#0b3d1b',
  deferred: 'fill:#f6f8fa,stroke:#afb8c1,stroke-dasharray:1 3,color:#57606a',
  open: 'fill:#eaeef2,stroke:#6e7781,color:#24292f',
  guarded: 'fill:#eaeef2,stroke:#afb8c1,stroke-dasharray:5 3,color:#24292f',
  satisfied: 'fill:#dafbe1,stroke:#1a7f37,color:#0b3d1b',
  waiting: 'fill:#f6f8fa,stroke:#6e7781,stroke-dasharray:5 3,color:#24292f',
  due: 'fill:#fff1e5,stroke:#bc4c00,stroke-width:2px,color:#471700',
  passed: 'fill:#dafbe1,stroke:#1a7f37,color:#0b3d1b',
  adjusted: 'fill:#fff8c5,stroke:#9a6700,color:#3b2300',
  aborted: 'fill:#ffebe9,stroke:#cf222e,stroke-width:2px,color:#66121a',
  critical: 'stroke:#8250df,stroke-width:3px',
  aside: 'opacity:0.6',
};
