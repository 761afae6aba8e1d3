import type { Priority } from '../model';
import type { BeadState, GateState, PhaseState, Progress } from '../snapshot';
import type { FlowFilter, FlowLevel } from './levels';
import type { FlowWords } from './words';

export type FlowchartOptions = FlowLevel & {
  /** Waves are columns, whatever is asked for. */
  readonly direction: 'TB' | 'LR';
  /** Leaves out what is closed, passed or satisfied. */
  readonly hideClosed: boolean;
  /** What does not match is `faint`. */
  readonly filter?: FlowFilter;
  readonly words?: FlowWords;
};

export interface FlowNode {
  /** Made for this flowchart: `p3`, `b12`, `g0`. Holds no plan text, is stable while the plan's list of things is. */
  readonly id: string;
  /**
   * `rest`: what stands in no phase, as one node of the overview. `more`: beads of a wave that are not drawn one by one;
   * `later`: waves that are not; `waveless`: beads that are in no wave.
   * `absent`: what a thing waits for though this plan does not hold it.
   */
  readonly kind: 'phase' | 'bead' | 'gate' | 'rest' | 'wave' | 'more' | 'later' | 'waveless' | 'absent';
  /** The thing's id in the plan; of `wave`, `more` and `later`, the wave's number from 0. */
  readonly thing: string;
  /** As people call it: the id, of phases with the word; empty where the plan wrote no id. */
  readonly name: string;
  /** Whole, on one line. */
  readonly title: string;
  readonly form: 'box' | 'group' | 'decision' | 'human' | 'external';
  /** The node whose box this one stands in. */
  readonly parent?: string;
  readonly priority?: Priority;
  /** Not what the picture is about: it is there because something in the picture touches it. */
  readonly aside?: true;
  /** It stands in an export of the Beads tracker. */
  readonly exported?: true;
  // From here on: what changes without a change of `Flowchart.text`.
  readonly state: BeadState | GateState | PhaseState;
  readonly critical: boolean;
  /** Whoever looks at the picture has this bead in progress. */
  readonly inHand?: boolean;
  /** Of phases and of beads with sub-beads. */
  readonly progress?: Progress;
  /** What it directly waits for, by name, while it does. */
  readonly waitsFor: readonly string[];
  /** The filter does not match it. */
  readonly faint?: true;
}

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  /** `order`: one phase after another, where nothing inside them says so already. */
  readonly kind: 'blocks' | 'gate' | 'order';
  readonly critical: boolean;
  /** It holds, but is no arrow: a longer way says it already, or there would be too many. */
  readonly undrawn?: true;
}

export interface Flowchart {
  /** In mermaid's language. States, progress and the critical path are not in it: a change of them is no new drawing. */
  readonly text: string;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}
