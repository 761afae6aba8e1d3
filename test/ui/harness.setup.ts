import type { TestProject } from 'vitest/node';
import { startServer } from '../../scripts/vscode/server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The VS Code server that all journeys share: a page is a window of its own, with its own storage. */
    server: { readonly port: number; readonly data: string };
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const edition = process.env.PHASEWISE_VSCODE === 'oldest' ? 'oldest' : 'current';
  const server = await startServer({ edition });
  console.log(`Journeys in VS Code ${server.version}`);
  project.provide('server', { port: server.port, data: server.data });
  return () => server.stop();
}
