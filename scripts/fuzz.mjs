/** Takes plans apart at random for a while: `npm run fuzz [-- --seconds 60] [--seed N] [PATHS]`. See test/fuzz/fuzz.ts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from './build/targets.mjs';
import { root } from './root.mjs';

const outfile = join(root, 'dist/test/fuzz/fuzz.js');
await build({
  ...nodeBundle,
  absWorkingDir: root,
  entryPoints: ['test/fuzz/fuzz.ts'],
  outfile,
  sourcemap: 'inline',
  logLevel: 'warning',
});
const args = ['--enable-source-maps', outfile, ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
