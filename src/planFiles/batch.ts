/** Collects names from the first one on for a while, and hands them over together. */
export class Batch {
  readonly #delay: number;
  readonly #take: (names: readonly string[]) => void;
  readonly #names = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** @param delay milliseconds */
  constructor(delay: number, take: (names: readonly string[]) => void) {
    this.#delay = delay;
    this.#take = take;
  }

  add(name: string): void {
    this.#names.add(name);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const names = [...this.#names];
      this.#names.clear();
      this.#take(names);
    }, this.#delay);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
