/**
 * Many writers at once, and writers that are killed, at full counts: `npm run stress`. Smaller with
 * `npm run stress -- --processes 4 --beads 100 --kills 100`; a count of 0 leaves that part out.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from './build/targets.mjs';
import { root } from './root.mjs';

const outdir = join(root, 'dist/test/stress');
await build({
  ...nodeBundle,
  absWorkingDir: root,
  entryPoints: ['test/stress/main.ts'],
  outdir,
  // It bundles the programs that it starts.
  packages: 'external',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [join(outdir, 'main.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
