import type { Size } from './geometry';

export interface LayoutNode {
  readonly id: string;
  /** The box it stands in. */
  readonly parent?: string;
  /** Of a node; of a box around others, that of its title on one line. */
  readonly size: Size;
  /** Edges end at the middle of its sides only, as at a diamond's corners. */
  readonly isPointed?: boolean;
  /** What is in it stands in the rows that all edges make, hidden ones too; nothing is packed. */
  readonly isRanked?: boolean;
}

export interface LayoutEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Only there to keep order. */
  readonly isHidden?: boolean;
}

/** The box around everything. */
export const ROOT = '';

/** Who stands in whom. */
export interface Tree {
  readonly nodes: ReadonlyMap<string, LayoutNode>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Boxes, inner ones before those that they stand in; the outermost is `ROOT`. */
  readonly insideOut: readonly string[];
}

export function treeOf(nodes: readonly LayoutNode[]): Tree {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const children = new Map<string, string[]>([[ROOT, []]]);
  for (const { id, parent } of nodes) {
    const box = parent !== undefined && byId.has(parent) ? parent : ROOT;
    const siblings = children.get(box);
    if (siblings === undefined) children.set(box, [id]);
    else siblings.push(id);
  }
  const outsideIn = [ROOT];
  for (const box of outsideIn) outsideIn.push(...(children.get(box) ?? []).filter((child) => children.has(child)));
  return { nodes: byId, children, insideOut: outsideIn.reverse() };
}

/** An edge, the innermost box around both its ends, and the two things in that box that hold them. */
export interface Span {
  readonly edge: LayoutEdge;
  readonly box: string;
  readonly from: string;
  readonly to: string;
}

/** None where one end stands in the other. */
export function spanOf(edge: LayoutEdge, tree: Tree): Span | undefined {
  const out = wayOut(edge.from, tree);
  const into = wayOut(edge.to, tree);
  const around = new Set(into);
  const box = out.find((each) => around.has(each)) ?? ROOT;
  const holder = (way: readonly string[]) => way.find((each) => (tree.nodes.get(each)?.parent ?? ROOT) === box);
  const from = holder(out);
  const to = holder(into);
  return from === undefined || to === undefined || from === to ? undefined : { edge, box, from, to };
}

export function leavesIn(box: string, tree: Tree): readonly string[] {
  const children = tree.children.get(box);
  return children === undefined ? [box] : children.flatMap((child) => leavesIn(child, tree));
}

/** From a node to the outermost thing around it. */
function wayOut(id: string, { nodes }: Tree): readonly string[] {
  const way: string[] = [];
  for (let at: string | undefined = id; at !== undefined && nodes.has(at); at = nodes.get(at)?.parent) way.push(at);
  return way;
}
