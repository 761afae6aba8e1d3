import type { FlowNode } from '../src/core/flowchart/flowchart';
import type { FlowLevel } from '../src/core/flowchart/levels';
import { DEPTHS, type NodeThing, type ShowChart } from '../src/protocol';
import { type KeptHistory, type Visit, VisitHistory } from './history';
import { post } from './host';
import { levelOf, optionsOf, placeKey, type ViewOptions } from './levels';
import type { Origin } from './motion';
import type { Viewport } from './viewport';

/** How the user has asked for the level that is on its way. */
export interface Asked {
  /** Where on the page. */
  readonly origin?: Origin;
  /** -1 for back, 1 for forward, 0 for any other way. */
  readonly step: number;
}

const BY_ANY_WAY: Asked = { step: 0 };

/** Goes from level to level: asks the extension for them, and remembers which were looked at. */
export class LevelWalk {
  #history = new VisitHistory();
  #asked = BY_ANY_WAY;
  #chart: ShowChart | undefined;

  get kept(): KeptHistory {
    return this.#history.kept;
  }

  get asked(): Asked {
    return this.#asked;
  }

  /** What was looked at on the present level, when it was come back to. */
  get lastLook(): Viewport | undefined {
    return this.#asked.step === 0 ? undefined : this.#history.current?.viewport;
  }

  restore(kept: KeptHistory | undefined): void {
    this.#history = new VisitHistory(kept);
  }

  /** A chart has come; the visit, if its level is another one than before. */
  arrive(chart: ShowChart): Visit | undefined {
    this.#chart = chart;
    const level = levelOf(chart.view);
    const before = this.#history.current;
    if (before !== undefined && placeKey(before.level) === placeKey(level)) return undefined;
    return this.#history.arrive(level, this.#asked.step);
  }

  /** The level that was asked for stands. */
  settle(): void {
    this.#asked = BY_ANY_WAY;
  }

  look(viewport: Viewport, selected: NodeThing | undefined): void {
    this.#history.look(viewport, selected);
  }

  canStep(by: number): boolean {
    return this.#history.beside(by) !== undefined;
  }

  goTo(level: FlowLevel, from?: Element, step = 0): void {
    const view = this.#chart?.view;
    if (view === undefined) return;
    const origin = from?.getBoundingClientRect();
    this.#asked = { step, ...(origin && { origin }) };
    post({ type: 'view', view: { ...optionsOf(view), ...level } });
  }

  step(by: number): void {
    const visit = this.#history.beside(by);
    if (visit !== undefined) this.goTo(visit.level, undefined, by);
  }

  /** To the level around the present one. */
  up(): void {
    const level = this.#chart?.crumbs.flatMap((crumb) => crumb.level ?? []).at(-1);
    if (level !== undefined) this.goTo(level);
  }

  change(options: Partial<ViewOptions>): void {
    const view = this.#chart?.view;
    if (view !== undefined) post({ type: 'view', view: { ...view, ...options } });
  }

  /** More or fewer edges of a neighbourhood. */
  reach(by: number): void {
    const view = this.#chart?.view;
    if (view?.level !== 'neighbourhood') return;
    const depth = Math.max(DEPTHS.least, Math.min(DEPTHS.most, view.depth + by));
    if (depth !== view.depth) this.goTo({ level: 'neighbourhood', thing: view.thing, depth });
  }

  /** The level that a node stands for, if it does so where it is shown now. */
  levelOf({ kind, thing, aside, form }: FlowNode): FlowLevel | undefined {
    const now = this.#chart?.view;
    if (kind === 'rest') return { level: 'phase', phase: '' };
    if (kind === 'later') return { level: 'waves', from: Number(thing) };
    if (kind === 'wave' || kind === 'more') {
      const wave = Number(thing);
      return now?.level === 'waves' && now.wave === wave ? undefined : { level: 'waves', wave };
    }
    const isCard = kind === 'phase' && (now?.level === 'overview' || aside === true || form === 'box');
    const isHere = now?.level === 'phase' && now.phase === thing;
    return isCard && !isHere ? { level: 'phase', phase: thing } : undefined;
  }
}
