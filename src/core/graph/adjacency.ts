/** Neighbours of each node, in one array: those of node `n` stand from `starts[n]` up to `starts[n + 1]`. */
export interface Adjacency {
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
}

/** Edges in the order in which they are found; turned into adjacency in two linear passes. */
export class EdgeList {
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  add(from: number, to: number): void {
    this.#from.push(from);
    this.#to.push(to);
  }

  successors(nodeCount: number): Adjacency {
    return adjacency(nodeCount, this.#from, this.#to);
  }

  predecessors(nodeCount: number): Adjacency {
    return adjacency(nodeCount, this.#to, this.#from);
  }
}

function adjacency(nodeCount: number, from: readonly number[], to: readonly number[]): Adjacency {
  const starts = new Int32Array(nodeCount + 1);
  for (let edge = 0; edge < from.length; edge++) {
    const node = from[edge] as number;
    starts[node + 1] = at(starts, node + 1) + 1;
  }
  for (let node = 0; node < nodeCount; node++) starts[node + 1] = at(starts, node + 1) + at(starts, node);
  const next = starts.slice();
  const neighbours = new Int32Array(from.length);
  for (let edge = 0; edge < from.length; edge++) {
    const node = from[edge] as number;
    const place = at(next, node);
    neighbours[place] = to[edge] as number;
    next[node] = place + 1;
  }
  return { starts, neighbours };
}

/** An element that is known to exist. One function for each kind of array: the engine is fast with one kind only. */
export function at(array: Int32Array, index: number): number {
  return array[index] as number;
}

/** The same for flags. */
export function isSet(flags: Uint8Array, index: number): boolean {
  return flags[index] === 1;
}

export interface Components {
  /** The component of each node; -1 for nodes that were left out. */
  readonly componentOf: Int32Array;
  /** Number of nodes by component. */
  readonly sizes: readonly number[];
  /** All nodes, component by component: a node comes after everything that it leads to. */
  readonly order: Int32Array;
}

/**
 * Strongly connected components (Tarjan 1972) with a stack of its own instead of recursion, so that long chains do not
 * overflow the call stack. Linear in nodes and edges. `leftOut[n]` = 1 takes node n out of the graph.
 */
export function components(nodeCount: number, successors: Adjacency, leftOut?: Uint8Array): Components {
  const { starts, neighbours } = successors;
  const componentOf = new Int32Array(nodeCount).fill(-1);
  const index = new Int32Array(nodeCount).fill(-1);
  const low = new Int32Array(nodeCount);
  const nextEdge = new Int32Array(nodeCount);
  const path = new Int32Array(nodeCount);
  const open = new Int32Array(nodeCount);
  const order = new Int32Array(nodeCount);
  const sizes: number[] = [];
  let counter = 0;
  let ordered = 0;
  let openCount = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (at(index, root) !== -1 || leftOut?.[root] === 1) continue;
    let depth = 0;
    path[depth++] = root;
    while (depth > 0) {
      const node = at(path, depth - 1);
      if (at(index, node) === -1) {
        index[node] = low[node] = counter++;
        nextEdge[node] = at(starts, node);
        open[openCount++] = node;
      }
      let descended = false;
      const end = at(starts, node + 1);
      for (let edge = at(nextEdge, node); edge < end; edge++) {
        const neighbour = at(neighbours, edge);
        if (leftOut?.[neighbour] === 1) continue;
        if (at(index, neighbour) === -1) {
          nextEdge[node] = edge;
          path[depth++] = neighbour;
          descended = true;
          break;
        }
        if (at(componentOf, neighbour) === -1) low[node] = Math.min(at(low, node), at(low, neighbour));
      }
      if (descended) continue;
      depth--;
      if (at(low, node) !== at(index, node)) {
        const above = at(path, depth - 1);
        low[above] = Math.min(at(low, above), at(low, node));
        continue;
      }
      let size = 0;
      let member = -1;
      while (member !== node) {
        member = at(open, --openCount);
        componentOf[member] = sizes.length;
        order[ordered++] = member;
        size++;
      }
      sizes.push(size);
    }
  }
  return { componentOf, sizes, order: order.subarray(0, ordered) };
}
