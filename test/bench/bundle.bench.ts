/** The size of the host bundle, built as it is packaged. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { printTable, verdict } from './report';

const GOAL = 700;

void measure();

async function measure(): Promise<void> {
  const script = pathToFileURL(join(process.cwd(), 'scripts/build/targets.mjs')).href;
  const { targets } = (await import(script)) as { targets: (production: boolean) => Record<string, BuildOptions> };
  const { outputFiles } = await build({
    ...targets(true).host,
    absWorkingDir: process.cwd(),
    write: false,
    metafile: false,
  });
  const kilobytes = (outputFiles?.find(({ path }) => path.endsWith('.js'))?.contents.length ?? 0) / 1024;
  printTable(
    ['bundle', 'minified', 'goal', 'reached'],
    [['extension.js', `${kilobytes.toFixed(0)} KB`, `≤ ${GOAL} KB`, verdict(kilobytes, GOAL)]],
  );
}
