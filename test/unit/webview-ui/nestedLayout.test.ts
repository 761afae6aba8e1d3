import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box } from '../../../webview-ui/layout/geometry';
import type { LayoutEdge, LayoutNode } from '../../../webview-ui/layout/tree';
import { type NestedLayout, nestedLayout } from '../../../webview-ui/nestedLayout';

const directions = ['TB', 'LR'] as const;
const size = { width: 100, height: 40 };
const node = (id: string, parent?: string): LayoutNode => ({ id, ...(parent && { parent }), size });
const edge = (from: string, to: string): LayoutEdge => ({ id: `${from}>${to}`, from, to });

function boxOf(layout: NestedLayout, id: string): Box {
  const box = layout.boxes.get(id);
  if (box === undefined) throw new Error(`${id} was not placed`);
  return box;
}

const left = (box: Box) => box.x - box.width / 2;
const right = (box: Box) => box.x + box.width / 2;
const top = (box: Box) => box.y - box.height / 2;
const bottom = (box: Box) => box.y + box.height / 2;

describe.each(directions)('%s', (direction) => {
  test('what waits comes after what it waits for', () => {
    const layout = nestedLayout([node('a'), node('b')], [edge('a', 'b')], direction);
    const [a, b] = [boxOf(layout, 'a'), boxOf(layout, 'b')];
    if (direction === 'TB') expect(top(b)).toBeGreaterThan(bottom(a));
    else expect(left(b)).toBeGreaterThan(right(a));
  });

  test('all of a box comes before all of the next, when one thing in it does', () => {
    const nodes = [node('p'), node('p1', 'p'), node('p2', 'p'), node('q'), node('q1', 'q'), node('q2', 'q')];
    const layout = nestedLayout(nodes, [edge('p1', 'q1'), edge('p1', 'p2')], direction);
    const [p2, q2] = [boxOf(layout, 'p2'), boxOf(layout, 'q2')];
    if (direction === 'TB') expect(top(q2)).toBeGreaterThan(bottom(p2));
    else expect(left(q2)).toBeGreaterThan(right(p2));
  });

  test('a box has room for its title above its content: on one line where it is wide enough, else on several', () => {
    const roomFor = (title: number, content: number) => {
      const box: LayoutNode = { id: 'p', size: { width: title, height: 20 } };
      const layout = nestedLayout([box, { id: 'a', parent: 'p', size: { width: content, height: 40 } }], [], direction);
      expect(boxOf(layout, 'a')).toMatchObject({ width: content, height: 40 });
      expect(boxOf(layout, 'p').width).toBeGreaterThan(Math.min(title, 240));
      return top(boxOf(layout, 'a')) - top(boxOf(layout, 'p'));
    };
    const oneLine = roomFor(200, 100);
    expect(roomFor(500, 600)).toBe(oneLine);
    expect(roomFor(500, 100)).toBe(oneLine + 40);
  });

  test('routes begin and end at the sides of what they join', () => {
    const nodes = [node('p'), node('a', 'p'), node('b', 'p'), node('c')];
    const layout = nestedLayout(nodes, [edge('a', 'b'), edge('p', 'c')], direction);
    for (const [from, to] of [
      ['a', 'b'],
      ['p', 'c'],
    ] as const) {
      const route = layout.routes.get(`${from}>${to}`) ?? [];
      const [first, last] = [route[0], route.at(-1)];
      if (direction === 'TB') {
        expect(first?.y).toBeCloseTo(bottom(boxOf(layout, from)), 3);
        expect(last?.y).toBeCloseTo(top(boxOf(layout, to)), 3);
      } else {
        expect(first?.x).toBeCloseTo(right(boxOf(layout, from)), 3);
        expect(last?.x).toBeCloseTo(left(boxOf(layout, to)), 3);
      }
    }
  });
});

test('columns begin and end in line, however much stands in each and whatever passes them', () => {
  const column = (id: string): LayoutNode => ({ ...node(id), isRanked: true });
  const nodes = [
    column('w0'),
    ...['a', 'b', 'c'].map((id) => node(id, 'w0')),
    column('w1'),
    node('d', 'w1'),
    column('w2'),
    ...['e', 'f'].map((id) => node(id, 'w2')),
    column('w3'),
    node('g', 'w3'),
  ];
  const edges = [edge('w0', 'w1'), edge('w1', 'w2'), edge('w2', 'w3'), edge('a', 'g'), edge('c', 'e'), edge('b', 'g')];
  const layout = nestedLayout(nodes, edges, 'LR');
  const columns = ['w0', 'w1', 'w2', 'w3'].map((id) => boxOf(layout, id));
  for (const box of columns) {
    expect(top(box)).toBeCloseTo(top(boxOf(layout, 'w0')), 2);
    expect(bottom(box)).toBeCloseTo(bottom(boxOf(layout, 'w0')), 2);
  }
  expect(top(boxOf(layout, 'd'))).toBeCloseTo(top(boxOf(layout, 'a')), 2);
});

test('what no edge puts elsewhere stands in the order in which it is written', () => {
  const nodes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => node(id));
  const under = ['b', 'c', 'd'].map((id) => edge('a', id));
  const layout = nestedLayout(nodes, [...under, edge('b', 'e'), edge('c', 'f'), edge('d', 'g')], 'TB');
  const xs = (ids: readonly string[]) => ids.map((id) => boxOf(layout, id).x);
  for (const row of [xs(['b', 'c', 'd']), xs(['e', 'f', 'g'])]) expect(row).toEqual(row.toSorted((x, y) => x - y));
});

test('things that hang together stand beside each other, in the order in which they are written, line by line', () => {
  const nodes = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => node(id));
  const layout = nestedLayout(nodes, [edge('a', 'd'), edge('b', 'e'), edge('c', 'f')], 'TB');
  const inLines = ['a', 'b', 'c'].toSorted((one, other) => {
    const [a, b] = [boxOf(layout, one), boxOf(layout, other)];
    return a.y - b.y || a.x - b.x;
  });
  expect(inLines).toEqual(['a', 'b', 'c']);
  expect(boxOf(layout, 'b').y).toBe(boxOf(layout, 'a').y);
});

test('an edge out of a box goes around what stands in its way', () => {
  const nodes = [node('p'), node('a', 'p'), node('b', 'p'), node('c')];
  const layout = nestedLayout(nodes, [edge('a', 'b'), edge('a', 'c')], 'TB');
  const b = boxOf(layout, 'b');
  const beside = (layout.routes.get('a>c') ?? []).filter(({ y }) => y > top(b) && y < bottom(boxOf(layout, 'p')) + 1);
  expect(beside.length).toBeGreaterThan(0);
  for (const { x } of beside) expect(Math.abs(x - b.x)).toBeGreaterThan(b.width / 2);
});

test('an edge between a box and what stands in it has no route', () => {
  const layout = nestedLayout([node('p'), node('a', 'p')], [edge('a', 'p'), edge('p', 'a'), edge('a', 'a')], 'TB');
  expect(layout.routes.size).toBe(0);
});

test('unknown ends, unknown boxes and nothing at all are no trouble', () => {
  expect(nestedLayout([], [], 'TB').boxes.size).toBe(0);
  const layout = nestedLayout([node('a', 'nowhere')], [edge('a', 'b'), edge('c', 'a')], 'TB');
  expect(layout.boxes.size).toBe(1);
  expect(layout.routes.size).toBe(0);
});

/** Nodes whose parent is an earlier node or none, and edges between any two, rings included. */
const graphs = fc.integer({ min: 1, max: 24 }).chain((count) =>
  fc.record({
    parents: fc.array(fc.option(fc.nat(), { nil: undefined }), { minLength: count, maxLength: count }),
    sizes: fc.array(fc.record({ width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 200 }) }), {
      minLength: count,
      maxLength: count,
    }),
    edges: fc.array(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), { maxLength: 40 }),
    direction: fc.constantFrom(...directions),
  }),
);

test('whatever the graph: all is placed, children are inside, siblings do not overlap, joined things have a route', () => {
  fc.assert(
    fc.property(graphs, ({ parents, sizes, edges, direction }) => {
      const nodes = parents.map((parent, index): LayoutNode => {
        const above = parent === undefined || index === 0 ? undefined : `n${parent % index}`;
        return { id: `n${index}`, ...(above && { parent: above }), size: sizes[index] ?? size };
      });
      const links = edges.map(([from, to], index) => ({ id: `e${index}`, from: `n${from}`, to: `n${to}` }));
      const layout = nestedLayout(nodes, links, direction);
      expect(layout.boxes.size).toBe(nodes.length);
      const wayUp = (id: string | undefined): readonly string[] =>
        id === undefined ? [] : [id, ...wayUp(nodes.find((each) => each.id === id)?.parent)];
      for (const { id, parent } of nodes) {
        const box = boxOf(layout, id);
        for (const value of [box.x, box.y, box.width, box.height]) expect(Number.isFinite(value)).toBe(true);
        if (parent === undefined) continue;
        const outer = boxOf(layout, parent);
        expect(left(box)).toBeGreaterThanOrEqual(left(outer));
        expect(right(box)).toBeLessThanOrEqual(right(outer));
        expect(top(box)).toBeGreaterThanOrEqual(top(outer));
        expect(bottom(box)).toBeLessThanOrEqual(bottom(outer));
      }
      for (const [index, a] of nodes.entries()) {
        for (const b of nodes.slice(index + 1)) {
          if (a.parent !== b.parent) continue;
          const [x, y] = [boxOf(layout, a.id), boxOf(layout, b.id)];
          const apart = left(x) >= right(y) || left(y) >= right(x) || top(x) >= bottom(y) || top(y) >= bottom(x);
          expect(apart).toBe(true);
        }
      }
      for (const link of links) {
        const isInside = wayUp(link.from).includes(link.to) || wayUp(link.to).includes(link.from);
        const route = layout.routes.get(link.id);
        expect(route === undefined).toBe(isInside);
        for (const point of route ?? []) expect(Number.isFinite(point.x) && Number.isFinite(point.y)).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});
