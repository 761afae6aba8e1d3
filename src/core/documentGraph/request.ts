import type { FlowchartOptions } from '../flowchart/flowchart';
import { extentOf } from '../flowchart/limits';
import { flowchartSize, flowchartSource } from '../flowchart/makeFlowchart';
import { shorten } from '../flowchart/text';
import { nearest } from '../nearest';
import type { PlanSnapshot } from '../snapshot';

export const graphLevels = ['overview', 'phase', 'waves', 'all'] as const;

export type GraphLevel = (typeof graphLevels)[number];

/** Which graph of a plan is wanted as mermaid's text. */
export interface GraphRequest {
  /** What can be read and is drawn everywhere, where none is asked for. */
  readonly level?: GraphLevel;
  /** The id of a phase, for the level `phase`. */
  readonly phase?: string;
  readonly direction?: 'TB' | 'LR';
}

export type GraphAnswer =
  /** `note` says what was drawn instead of what was asked for, and why. */
  { readonly text: string; readonly note?: string } | { readonly refused: string };

/** More nodes than this cannot be read as a whole. */
const READABLE = 100;

/**
 * The text of a graph for other people's renderers, with states and colours. A level that they would refuse as too large
 * gives way to the overview, and that to a refusal.
 */
export function graphSource(snapshot: PlanSnapshot, request: GraphRequest): GraphAnswer {
  const options = optionsOf(snapshot, request);
  if ('refused' in options) return options;
  const text = flowchartSource(snapshot, options);
  const { isUsual, edges, characters } = extentOf(text);
  if (isUsual) return { text };
  const size = `${edges} edges and ${characters} characters, more than Mermaid draws by default`;
  const overview = flowchartSource(snapshot, optionsAt(request, 'overview'));
  if (request.level === 'overview' || !extentOf(overview).isUsual) return { refused: `the graph has ${size}` };
  return { text: overview, note: `The graph has ${size}: this is the overview.` };
}

/** The options of a level without the limits of other people's renderers. */
export function optionsOf(
  { plan }: PlanSnapshot,
  request: GraphRequest,
): FlowchartOptions | { readonly refused: string } {
  const level =
    request.level ??
    (request.phase !== undefined
      ? 'phase'
      : flowchartSize(plan) > READABLE && plan.phases.length > 0
        ? 'overview'
        : 'all');
  if (level !== 'phase') return optionsAt(request, level);
  if (request.phase === undefined) return { refused: 'the level “phase” needs the id of a phase' };
  const wanted = request.phase;
  const phase = plan.phases.find(({ id }) => id === wanted);
  if (phase === undefined) {
    const near = nearest(
      wanted,
      plan.phases.map(({ id }) => id),
    );
    const advice = near === undefined ? '' : `. Did you mean ${shorten(near, 60)}?`;
    return { refused: `there is no phase ${shorten(wanted, 60)}${advice}` };
  }
  return { level: 'phase', phase: wanted, ...common(request) };
}

function optionsAt(request: GraphRequest, level: Exclude<GraphLevel, 'phase'>): FlowchartOptions {
  return { level: level === 'all' ? 'whole' : level, ...common(request) };
}

function common({ direction = 'TB' }: GraphRequest) {
  return { direction, hideClosed: false } as const;
}
