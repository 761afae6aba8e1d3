import type { Services } from './services';

/** What is loaded when it is first asked for, so that activation does not pay for it. A failure is tried again. */
export function onDemand<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

/** Loads what only makes sense where there is a plan, after the first one was found. */
export function onceThereArePlans({ context, index, log }: Services, load: () => Promise<unknown>): void {
  const started = index.onDidChange(() => {
    started.dispose();
    load().catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
  });
  context.subscriptions.push(started);
}
