import { layout as dagre } from 'dagre-d3-es/src/dagre/index.js';
import { Graph } from 'dagre-d3-es/src/graphlib/index.js';
import {
  BETWEEN_NEIGHBOURS,
  BETWEEN_RANKS,
  type Box,
  type Point,
  type Size,
} from '../../../webview-ui/layout/geometry';
import { layered } from '../../../webview-ui/layout/layered';
import type { Arc } from '../../../webview-ui/layout/ranks';
import type { LaidOutChart } from './charts';
import { crossings, type Line, lengthOf } from './crossings';

/** Of all edges, each in the box around both its ends. */
export interface Figures {
  readonly crossings: number;
  readonly length: number;
}

/** How the boxes of a chart come out when they are laid out here, and when dagre does it. */
export function besideDagre(input: LaidOutChart): { readonly own: Figures; readonly dagre: Figures } {
  const figures = (lay: typeof withDagre): Figures => {
    const all = contentsOf(input).map(({ sizes, arcs }) => linesOf(arcs, lay(sizes, arcs)));
    return {
      crossings: all.reduce((sum, lines) => sum + crossings(lines), 0),
      length: all.flat().reduce((sum, line) => sum + lengthOf(line), 0),
    };
  };
  return { own: figures(layered), dagre: figures(withDagre) };
}

interface Placed {
  readonly places: readonly Point[];
  readonly bends: readonly (readonly Point[])[];
}

/** By box: what stands side by side in it, and the drawn edges between them. */
function contentsOf({ nodes, edges }: LaidOutChart): readonly { sizes: readonly Size[]; arcs: readonly Arc[] }[] {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent ?? '']));
  return ['', ...new Set(nodes.flatMap(({ parent }) => parent ?? []))].map((box) => {
    const inside = nodes.filter(({ parent }) => (parent ?? '') === box);
    const numbers = new Map(inside.map(({ id }, index) => [id, index]));
    const holder = (id: string): number | undefined => {
      const number = numbers.get(id);
      const above = parents.get(id);
      return number ?? (above === undefined || above === '' ? undefined : holder(above));
    };
    const arcs = new Map<string, Arc>();
    for (const edge of edges) {
      const [from, to] = [holder(edge.from), holder(edge.to)];
      if (from !== undefined && to !== undefined && from !== to) arcs.set(`${from} ${to}`, { from, to });
    }
    return { sizes: inside.map(({ size }) => size), arcs: [...arcs.values()] };
  });
}

function withDagre(sizes: readonly Size[], arcs: readonly Arc[]): Placed {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: BETWEEN_NEIGHBOURS, ranksep: BETWEEN_RANKS });
  graph.setDefaultEdgeLabel(() => ({}));
  sizes.forEach((size, index) => {
    graph.setNode(String(index), { ...size });
  });
  for (const { from, to } of arcs) graph.setEdge(String(from), String(to));
  if (sizes.length > 0) dagre(graph, {});
  return {
    places: sizes.map((_, index) => graph.node(String(index)) as Point),
    bends: arcs.map(({ from, to }) =>
      (graph.edge(String(from), String(to)) as { points: Point[] }).points.slice(1, -1),
    ),
  };
}

function linesOf(arcs: readonly Arc[], { places, bends }: Placed): readonly Line[] {
  return arcs.map(({ from, to }, index) => ({
    from,
    to,
    points: [places[from] as Point, ...(bends[index] ?? []), places[to] as Point],
  }));
}

/** Whether a line runs through the inside of a box. */
export function passes(points: readonly Point[], box: Box): boolean {
  return points.slice(1).some((end, index) => {
    const start = points[index] ?? end;
    for (let share = 0; share <= 1; share += 0.05) {
      const [x, y] = [start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share];
      if (Math.abs(x - box.x) < box.width / 2 - 2 && Math.abs(y - box.y) < box.height / 2 - 2) return true;
    }
    return false;
  });
}
