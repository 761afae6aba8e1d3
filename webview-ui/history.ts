import type { FlowLevel } from '../src/core/flowchart/levels';
import type { NodeThing } from '../src/protocol';
import { placeKey } from './levels';
import type { Viewport } from './viewport';

/** A level that was looked at, and what of it. */
export interface Visit {
  readonly level: FlowLevel;
  readonly viewport?: Viewport;
  readonly selected?: NodeThing;
}

/** What is kept of it. */
export interface KeptHistory {
  readonly visits: readonly Visit[];
  readonly at: number;
}

/** Older visits are forgotten. */
const MOST = 50;

/** The levels that were looked at, to go back and forth between, as in a browser. */
export class VisitHistory {
  #visits: Visit[];
  #at: number;

  constructor(kept: KeptHistory = { visits: [], at: -1 }) {
    this.#visits = [...kept.visits];
    this.#at = Math.min(kept.at, kept.visits.length - 1);
  }

  get kept(): KeptHistory {
    return { visits: this.#visits, at: this.#at };
  }

  get current(): Visit | undefined {
    return this.#visits[this.#at];
  }

  /** What lies so many steps away: -1 is back, 1 is forward. */
  beside(steps: number): Visit | undefined {
    return this.#visits[this.#at + steps];
  }

  /**
   * Somebody is at this level now. Where that is what lies one step back or forward and `step` says that it was gone
   * to, the rest stays; any other level is a new end, and what lay ahead is forgotten.
   */
  arrive(level: FlowLevel, step: number): Visit {
    const key = placeKey(level);
    const aimed = this.beside(step);
    if (aimed !== undefined && placeKey(aimed.level) === key) {
      this.#at += step;
      return this.#replace({ ...aimed, level });
    }
    const visit = { level };
    this.#visits = [...this.#visits.slice(0, this.#at + 1), visit].slice(-MOST);
    this.#at = this.#visits.length - 1;
    return visit;
  }

  /** What of the present level is looked at. */
  look(viewport: Viewport, selected: NodeThing | undefined): void {
    const now = this.current;
    if (now !== undefined) this.#replace({ level: now.level, viewport, ...(selected && { selected }) });
  }

  #replace(visit: Visit): Visit {
    this.#visits[this.#at] = visit;
    return visit;
  }
}
