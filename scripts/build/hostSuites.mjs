import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../root.mjs';
import { nodeBundle } from './targets.mjs';

/**
 * Bundles the suites that run inside the extension host, one file each, so that they can import from src.
 * @returns {Promise<string>} the program that VS Code is told to run
 */
export async function buildHostSuites() {
  const outdir = join(root, 'dist/test/host');
  rmSync(outdir, { recursive: true, force: true });
  const suites = readdirSync(join(root, 'test/host'), { recursive: true, encoding: 'utf8' });
  await build({
    absWorkingDir: root,
    entryPoints: ['entry.ts', ...suites.filter((file) => file.endsWith('.test.ts'))].map((file) => `test/host/${file}`),
    outbase: 'test/host',
    outdir,
    ...nodeBundle,
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'entry.js');
}
