/**
 * Activation in a real extension host, from the request to its end: loading the code, `activate`, and what VS Code does
 * around them. Each time in a VS Code of its own, so that nothing is loaded yet; the workspace holds no plan.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { median, milliseconds, printTable, verdict } from './report';

const TURNS = 5;
const GOAL = 50;

interface Times {
  readonly phasewise: number;
  readonly builtIn: number;
}

void measure();

async function measure(): Promise<void> {
  const entry = join(process.cwd(), 'dist/test/bench/inHost/activation.js');
  const { targets, nodeBundle } = await script<{
    readonly targets: (production: boolean) => Record<string, BuildOptions>;
    readonly nodeBundle: BuildOptions;
  }>('scripts/build/targets.mjs');
  await build({ ...targets(true).host, absWorkingDir: process.cwd() });
  await build({
    ...nodeBundle,
    absWorkingDir: process.cwd(),
    entryPoints: ['test/bench/inHost/activation.ts'],
    outfile: entry,
    external: ['vscode'],
    logLevel: 'warning',
  });
  const { inExtensionHost } = await script<{
    readonly inExtensionHost: (where: string, entry: string) => Promise<{ report?: Times; failure?: Error }>;
  }>('scripts/tiers/host.mjs');
  const all: Times[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const { report, failure } = await inExtensionHost('current', entry);
    if (report === undefined) throw failure ?? new Error('VS Code did not start');
    all.push(report);
  }
  const own = median(all.map(({ phasewise }) => phasewise));
  const builtIn = median(all.map((times) => times.builtIn));
  printTable(
    ['activation of', 'median', 'goal', 'reached'],
    [
      ['Phasewise', milliseconds(own), `≤ ${GOAL} ms`, verdict(own, GOAL)],
      ['the built-in gulp extension', milliseconds(builtIn), '', ''],
    ],
  );
}

/** Build scripts are no part of what is bundled. */
async function script<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(join(process.cwd(), path)).href)) as T;
}
