import fc from 'fast-check';
import { expect, test } from 'vitest';
import { components, EdgeList } from '../../../../src/core/graph/adjacency';
import { Forest } from '../../../../src/core/graph/forest';

const graphs = fc.integer({ min: 1, max: 8 }).chain((count) => {
  const node = fc.nat(count - 1);
  return fc.record({
    count: fc.constant(count),
    edges: fc.array(fc.tuple(node, node), { maxLength: 16 }),
    leftOut: fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: count, maxLength: count }),
  });
});

test('components are the nodes that reach each other, each after all that it leads to', () => {
  fc.assert(
    fc.property(graphs, ({ count, edges, leftOut }) => {
      const list = new EdgeList();
      for (const [from, to] of edges) list.add(from, to);
      const { componentOf, sizes, order } = components(count, list.successors(count), Uint8Array.from(leftOut));
      const isIn = (node: number) => leftOut[node] === 0;
      const reaches = (from: number, to: number, seen = new Set<number>()): boolean =>
        from === to ||
        edges.some(([a, b]) => {
          if (a !== from || !isIn(b) || seen.has(b)) return false;
          seen.add(b);
          return reaches(b, to, seen);
        });
      const nodes = Array.from({ length: count }, (_, node) => node);
      expect([...order].sort()).toEqual(nodes.filter(isIn));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(order.length);
      for (const a of nodes) {
        if (!isIn(a)) expect(componentOf[a]).toBe(-1);
        for (const b of nodes) {
          if (!isIn(a) || !isIn(b)) continue;
          expect(componentOf[a] === componentOf[b]).toBe(reaches(a, b) && reaches(b, a));
          if (reaches(a, b) && !reaches(b, a)) expect(order.indexOf(b)).toBeLessThan(order.indexOf(a));
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('a path of 200,000 nodes does not overflow the stack', () => {
  const list = new EdgeList();
  for (let node = 1; node < 200_000; node++) list.add(node - 1, node);
  const { sizes, order } = components(200_000, list.successors(200_000));
  expect([sizes.length, order[0]]).toEqual([200_000, 199_999]);
});

test('a forest knows parents before children, and who is part of whom', () => {
  const parents = fc.array(fc.nat(1000), { maxLength: 12 }).map((picks) =>
    // Each node hangs below an earlier one, or none.
    Int32Array.from(picks, (pick, index) => (pick % (index + 1)) - 1),
  );
  fc.assert(
    fc.property(parents, (parentOf) => {
      const forest = new Forest(parentOf);
      const isWithin = (inner: number, outer: number): boolean =>
        inner === outer || (inner >= 0 && isWithin(parentOf[inner] ?? -1, outer));
      const order = [...forest.parentsFirst];
      expect([...order].sort((a, b) => a - b)).toEqual([...parentOf.keys()]);
      for (const a of parentOf.keys()) {
        const parent = parentOf[a] ?? -1;
        if (parent >= 0) expect(order.indexOf(parent)).toBeLessThan(order.indexOf(a));
        for (const b of parentOf.keys()) expect(forest.areKin(a, b)).toBe(isWithin(a, b) || isWithin(b, a));
      }
    }),
  );
});
