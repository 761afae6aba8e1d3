import { join } from 'node:path';
import { build } from 'esbuild';

/** Programs of this folder, made to be run by node from `outdir`. Gives their paths in the same order. */
export async function bundlePrograms(names: readonly string[], outdir: string): Promise<readonly string[]> {
  await build({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    loader: { '.md': 'text' },
    entryPoints: names.map((name) => `test/stress/${name}.ts`),
    outdir,
    logLevel: 'warning',
  });
  return names.map((name) => join(outdir, `${name}.js`));
}
