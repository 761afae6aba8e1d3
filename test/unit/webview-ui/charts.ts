import type { Flowchart, FlowchartOptions } from '../../../src/core/flowchart/flowchart';
import { flowchart } from '../../../src/core/flowchart/makeFlowchart';
import type { PlanSnapshot } from '../../../src/core/snapshot';
import type { Size } from '../../../webview-ui/layout/geometry';
import type { LayoutEdge, LayoutNode } from '../../../webview-ui/layout/tree';

export interface LaidOutChart {
  readonly chart: Flowchart;
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

export const WHOLE: FlowchartOptions = { level: 'whole', direction: 'TB', hideClosed: false };

/** What the page would lay out for a plan, with sizes of labels that need no browser: a character is 6.4 pixels wide. */
export function layoutInput(snapshot: PlanSnapshot, options: FlowchartOptions = WHOLE): LaidOutChart {
  const chart = flowchart(snapshot, options);
  const waves = new Set(chart.nodes.flatMap(({ id, kind }) => (kind === 'wave' ? [id] : [])));
  const nodes = chart.nodes.map(({ id, parent, form, name, title }): LayoutNode => {
    const size =
      form === 'group' ? { width: 6.4 * `${name} ${title} 0/0`.length + 22, height: 18 } : nodeSize(form, title);
    return {
      id,
      ...(parent !== undefined && { parent }),
      size,
      isPointed: form !== 'box' && form !== 'group',
      isRanked: waves.size > 1 && waves.has(id),
    };
  });
  const drawn = chart.edges.flatMap(({ from, to, undrawn }): readonly LayoutEdge[] =>
    undrawn ? [] : [{ id: `${from}>${to}`, from, to }],
  );
  const hidden = [...chart.text.matchAll(/^ {2}(\w+) ~~~ (\w+)$/gm)].map(
    ([, from = '', to = '']): LayoutEdge => ({ id: `${from}~${to}`, from, to, isHidden: !waves.has(from) }),
  );
  return { chart, nodes, edges: [...drawn, ...hidden] };
}

function nodeSize(form: string, title: string): Size {
  const lines = Math.ceil((6.4 * title.length) / 194);
  const box = { width: Math.min(248, Math.max(196, 6.4 * title.length + 54)), height: 34 + 18 * lines };
  return form === 'box' ? box : { width: box.width + box.height / 2, height: box.height };
}
