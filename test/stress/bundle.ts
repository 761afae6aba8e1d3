import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from '../../scripts/build/targets.mjs';
import { root } from '../../scripts/root.mjs';

/** Programs of this folder, made to be run by node from `outdir`. Gives their paths in the same order. */
export async function bundlePrograms(names: readonly string[], outdir: string): Promise<readonly string[]> {
  await build({
    ...nodeBundle,
    absWorkingDir: root,
    entryPoints: names.map((name) => `test/stress/${name}.ts`),
    outdir,
    logLevel: 'warning',
  });
  return names.map((name) => join(outdir, `${name}.js`));
}
