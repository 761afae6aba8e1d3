/** Where the texts go. Files are URI strings; `root` is the workspace folder's. */
export interface TextSink {
  /** Comes before anything else, where there is something to read. */
  open(): Promise<void>;
  /** Reads a text in steps, ahead of the `set` that makes it count. */
  readAhead(file: string, text: string): Iterable<unknown>;
  set(file: string, text: string, root: string): void;
  delete(file: string): void;
  /** What was set last. */
  text(file: string): string | undefined;
  /** These may be otherwise on disk than they were. */
  touched(files: readonly string[]): void;
  /** Called between slices of a scan: work out what follows from the texts so far. */
  collect(): void;
  /** Called when views should hear of it. */
  publish(): void;
}
