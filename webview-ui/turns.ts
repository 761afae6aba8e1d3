/** Milliseconds of work after which others get a turn: half of what the eye takes for a pause. */
const LONGEST = 20;

/** Long work in slices, so that the page answers in between. */
export class Turns {
  #end = performance.now() + LONGEST;

  /** Resolves at once while there is time left, else after whatever else the page has to do. */
  async next(): Promise<void> {
    if (performance.now() < this.#end) return;
    await others();
    this.#end = performance.now() + LONGEST;
  }
}

/** A timer would wait for some milliseconds more. */
function others(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}
