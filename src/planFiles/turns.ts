/** A stretch of time, in milliseconds, that begins again whenever it is found to be over. */
export class Stretch {
  readonly #length: number;
  #started = performance.now();

  constructor(length: number) {
    this.#length = length;
  }

  isOver(): boolean {
    return performance.now() - this.#started >= this.#length;
  }

  restart(): void {
    this.#started = performance.now();
  }
}

/** Lets everything else that waits for the thread have its turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
