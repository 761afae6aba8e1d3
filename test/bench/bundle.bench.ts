/** The size of the host's code, built as it is packaged: what activation loads, what the main job loads, and all of it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { printTable, verdict } from './report';

const GOAL = 700;
const START = 'src/extension.ts';
/** What is loaded for plans in the tree, for prompts and for the graph. */
const MAIN_JOB = [START, 'src/core/plan/planStore.ts', 'src/promptFor.ts', 'src/graph/panels.ts'];

void measure();

async function measure(): Promise<void> {
  const script = pathToFileURL(join(process.cwd(), 'scripts/build/targets.mjs')).href;
  const { targets } = (await import(script)) as { targets: (production: boolean) => Record<string, BuildOptions> };
  const { metafile } = await build({
    ...targets(true).host,
    plugins: [],
    absWorkingDir: process.cwd(),
    write: false,
    metafile: true,
  });
  const outputs = metafile?.outputs ?? {};
  const kilobytes = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0) / 1024;
  const atStart = kilobytes(loadedFor([START], outputs));
  const mainJob = kilobytes(loadedFor(MAIN_JOB, outputs));
  printTable(
    ['code of the extension host', 'minified', 'goal', 'reached'],
    [
      ['loaded by activation', `${atStart.toFixed(0)} KB`, `≤ ${GOAL} KB`, verdict(atStart, GOAL)],
      ['and with plans, prompts and graph', `${mainJob.toFixed(0)} KB`, `≤ ${GOAL} KB`, verdict(mainJob, GOAL)],
      ['all, in chunks that load on demand', `${kilobytes(Object.keys(outputs)).toFixed(0)} KB`, '', ''],
    ],
  );
}

/** The files built from some sources and all that they import before they run. */
function loadedFor(sources: readonly string[], outputs: Metafile['outputs']): ReadonlySet<string> {
  const builtFrom = new Map(Object.entries(outputs).map(([file, { entryPoint }]) => [entryPoint, file]));
  const files = new Set<string>();
  for (const source of sources) {
    const file = builtFrom.get(source);
    if (file === undefined) throw new Error(`${source} has no chunk of its own`);
    files.add(file);
  }
  for (const file of files) {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && path in outputs) files.add(path);
    }
  }
  return files;
}
