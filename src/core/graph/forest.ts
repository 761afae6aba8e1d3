import { at, EdgeList } from './adjacency';

/** Who is part of whom, by index. */
export class Forest {
  /** Parents before their children. */
  readonly parentsFirst: Int32Array;
  /** The place of each when each is followed by all its parts. */
  readonly #place: Int32Array;
  /** How many it and its parts are. */
  readonly #size: Int32Array;

  /** `parentOf` gives the index of each one's parent, or -1; following it must end. Linear, however deep. */
  constructor(parentOf: Int32Array) {
    const count = parentOf.length;
    this.parentsFirst = breadthFirst(parentOf);
    this.#size = new Int32Array(count).fill(1);
    for (let next = count - 1; next >= 0; next--) {
      const node = at(this.parentsFirst, next);
      const parent = at(parentOf, node);
      if (parent >= 0) this.#size[parent] = at(this.#size, parent) + at(this.#size, node);
    }
    this.#place = new Int32Array(count);
    const free = new Int32Array(count);
    let freeAtTop = 0;
    for (let next = 0; next < count; next++) {
      const node = at(this.parentsFirst, next);
      const parent = at(parentOf, node);
      this.#place[node] = parent < 0 ? freeAtTop : at(free, parent);
      free[node] = at(this.#place, node) + 1;
      if (parent < 0) freeAtTop += at(this.#size, node);
      else free[parent] = at(free, parent) + at(this.#size, node);
    }
  }

  /** Whether one is the other, or a part of it however deep. Constant time. */
  areKin(a: number, b: number): boolean {
    const outer = at(this.#place, a) <= at(this.#place, b) ? a : b;
    return at(this.#place, a + b - outer) < at(this.#place, outer) + at(this.#size, outer);
  }
}

function breadthFirst(parentOf: Int32Array): Int32Array {
  const edges = new EdgeList();
  const order = new Int32Array(parentOf.length);
  let count = 0;
  for (let node = 0; node < parentOf.length; node++) {
    const parent = at(parentOf, node);
    if (parent < 0) order[count++] = node;
    else edges.add(parent, node);
  }
  const { starts, neighbours } = edges.successors(parentOf.length);
  for (let next = 0; next < count; next++) {
    const node = at(order, next);
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) order[count++] = at(neighbours, edge);
  }
  return order;
}
