/** The size of the host's code, built as it is packaged: what activation loads, and all of it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { printTable, verdict } from './report';

const GOAL = 700;

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
  const entry = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === 'src/extension.ts') ?? '';
  const kilobytes = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0) / 1024;
  const atStart = kilobytes(importedBy(entry, outputs));
  printTable(
    ['code of the extension host', 'minified', 'goal', 'reached'],
    [
      ['loaded by activation', `${atStart.toFixed(0)} KB`, `≤ ${GOAL} KB`, verdict(atStart, GOAL)],
      ['all, in chunks that load on demand', `${kilobytes(Object.keys(outputs)).toFixed(0)} KB`, '', ''],
    ],
  );
}

/** A file and all that it imports before it runs. */
function importedBy(entry: string, outputs: Metafile['outputs']): ReadonlySet<string> {
  const files = new Set([entry]);
  for (const file of files) {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && path in outputs) files.add(path);
    }
  }
  return files;
}
