/** Milliseconds of work after which others get a turn: half of what the eye takes for a pause. */
const LONGEST = 20;

export interface TurnsOptions {
  /** About how often `next` is going to be called. */
  readonly expected: number;
  /** Hears how much is done, from 0 to 1, after each slice. */
  readonly progress: (done: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Long work in slices, so that the page answers in between, and the work can be cancelled there. */
export class Turns {
  readonly #options: TurnsOptions;
  #end = performance.now() + LONGEST;
  #count = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Resolves at once while there is time left, else after whatever else the page has to do. Rejects when cancelled. */
  async next(): Promise<void> {
    this.#count++;
    if (performance.now() < this.#end) return;
    const { expected, progress, signal } = this.#options;
    progress(Math.min(1, this.#count / expected));
    await others();
    signal?.throwIfAborted();
    this.#end = performance.now() + LONGEST;
  }
}

/** Resolves after whatever else the page has to do. A timer would wait for some milliseconds more. */
export function others(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}
